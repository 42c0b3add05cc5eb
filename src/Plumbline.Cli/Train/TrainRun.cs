using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Train;

/// <summary><c>plumb train</c>: trains while listening for Ctrl-C, then writes the report, the model, the trace and the surface.</summary>
internal static class TrainRun
{
    public static int Run(TrainRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? model = At(request.OutputPath), trace = At(request.TracePath), surface = At(request.SurfacePath);
        if (request.CheckpointPath is { } checkpoint)
        {
            OutputFile.At(checkpoint);      // whether it could be written, before any work
        }
        DescentCheckpoint? from = request.ResumePath is { } resume ? CheckpointFile.Load(resume) : null;
        TrainProgress progress = new();
        (TrainingReport report, Trained trained) = Worker.Run(
            (_, cancellation) => Train(request, from, progress, surroundings, cancellation), progress.Fraction, progress.Line, surroundings.ErrorIsTerminal, interrupts.Token);
        interrupts.Token.ThrowIfCancellationRequested();

        FitReportOptions options = new() { Digits = request.Digits, Width = surroundings.OutputWidth() ?? int.MaxValue };
        bool hasDiverged = report.Explanation is not null;
        if (!hasDiverged)
        {
            model?.Write(ModelFile.Write(report.Model), interrupts.Token);
        }
        bool isJson = Path.GetExtension(request.TracePath ?? "").Equals(".json", StringComparison.OrdinalIgnoreCase);
        trace?.Write(isJson ? TrainingJson.Render(report) : TrainingJson.Trace(report), interrupts.Token);
        surface?.Write(Surface(request, report, trained), interrupts.Token);
        StandardOutput.Write(surroundings.Output, request.Format == ReportFormat.Json ? TrainingJson.Render(report) : Encoding.UTF8.GetBytes(TrainingText.Render(report, options)));
        return hasDiverged ? throw new PlumblineException("diverged", report.Explanation!) : ExitCode.Done;
    }

    private static OutputFile? At(string? path) => path is null ? null : OutputFile.At(path);

    private static (TrainingReport Report, Trained Trained) Train(
        TrainRequest request, DescentCheckpoint? from, TrainProgress progress, Surroundings surroundings, CancellationToken cancellation)
    {
        Checkpoints? checkpoints = request.CheckpointPath is { } path ? new Checkpoints(path, cancellation) : null;
        using DataRows data = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        try
        {
            if (request.Batches is { } batches)
            {
                (Trained batch, BatchDescentResult steps) = GradientDescent.TrainBatch(request.Formula, data.Rows, batches, cancellation);
                return (TrainingReport.Of(batch, steps), batch);
            }
            var hooks = new TrainingHooks { Progress = progress, From = from, Save = checkpoints is null ? null : checkpoints.Take };
            (Trained trained, DescentResult result) = GradientDescent.Train(request.Formula, data.Rows, request.Minibatches, hooks, cancellation);
            checkpoints?.Finish();
            return (TrainingReport.Of(trained, result), trained);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, data.Rows.Name, request.Where);
        }
        catch (OperationCanceledException) when (checkpoints is { HasWritten: true })
        {
            string shown = TerminalText.Clean(request.CheckpointPath!);
            surroundings.Error.Write(Encoding.UTF8.GetBytes($"plumb: the checkpoint is in {shown}; go on with --resume {shown}\n"));
            throw;
        }
    }

    private static byte[] Surface(TrainRequest request, TrainingReport report, Trained trained)
    {
        List<string> names = [.. report.Coefficients.Select(static c => c.Name)];
        (string first, string second) = request.SurfaceOver ?? (names.Count > 1 ? (names[0], names[1]) : throw new PlumblineException("no-coefficient", "A surface lies over two coefficients, and the model has one."));
        var surface = LossSurface.Of(trained.Moments, first, second, OtherCoefficients.Profiled, trained.Exact.HasIntercept);
        int i = names.IndexOf(first), j = names.IndexOf(second);
        return TrainingJson.Surface(surface, [.. report.Trace.Select(p => (p.Parameters[i], p.Parameters[j], p.Loss))]);
    }
}
