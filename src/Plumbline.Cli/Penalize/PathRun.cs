using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Penalize;

/// <summary><c>plumb path</c>: fits while listening for Ctrl-C, then writes the report, and the model that was chosen.</summary>
internal static class PathRun
{
    public static int Run(PathRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? model = request.OutputPath is null ? null : OutputFile.At(request.OutputPath);
        PenalizedFit fit = Worker.Run((progress, cancellation) => Fit(request, progress, cancellation), surroundings.ErrorIsTerminal, interrupts.Token);
        int step = request.Choice is { } choice ? fit.StepOf(choice) : 0;
        FitReportOptions options = new() { Digits = request.Digits, Width = surroundings.OutputWidth() ?? int.MaxValue };
        byte[] report = request.Format switch
        {
            ReportFormat.Json => PathJson.Render(fit, step, request.Choice),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(PathMarkdown.Render(fit, step, request.Choice, options)),
            _ => Encoding.UTF8.GetBytes(PathText.Render(fit, step, request.Choice, options)),
        };
        interrupts.Token.ThrowIfCancellationRequested();
        model?.Write(ModelFile.Write(fit.ToModel(step, request.Choice)), interrupts.Token);
        StandardOutput.Write(surroundings.Output, report);
        return ExitCode.Done;
    }

    private static PenalizedFit Fit(PathRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows opened = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            return PenalizedRegression.Fit(request.Formula, source, request.Path, request.Division, request.Options, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }
}
