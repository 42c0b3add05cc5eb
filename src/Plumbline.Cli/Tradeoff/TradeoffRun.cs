using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Files;
using Plumbline.Reports;

namespace Plumbline.Cli.Tradeoff;

/// <summary><c>plumb tradeoff</c>: simulates or resamples while listening for Ctrl-C, then writes the report.</summary>
internal static class TradeoffRun
{
    public static int Run(TradeoffRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? output = request.OutputPath is { } path ? OutputFile.At(path) : null;
        Fraction fraction = new();
        FitReportOptions options = new() { Digits = request.Digits, Width = output is null ? surroundings.OutputWidth() ?? int.MaxValue : int.MaxValue };
        byte[] report = Worker.Run(
            (progress, cancellation) => request.Truth is { } truth ? OfTruth(request, truth, options, progress, cancellation) : OfData(request, options, progress, cancellation),
            fraction,
            static () => "Training",
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        interrupts.Token.ThrowIfCancellationRequested();
        if (output is not null)
        {
            output.Write(report, interrupts.Token);
        }
        else
        {
            StandardOutput.Write(surroundings.Output, report);
        }
        return ExitCode.Done;
    }

    private static byte[] OfTruth(
        TradeoffRequest request, TradeoffTruth truth, FitReportOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        KnownTruth known = KnownTruth.Parse(truth.Function, truth.Noise, truth.Low, truth.High);
        BiasVarianceResult result = BiasVariance.OfTruth(known, request.Learners, request.Simulation, progress, cancellation);
        return request.Format == ReportFormat.Json ? TradeoffJson.Render(result, truth) : Encoding.UTF8.GetBytes(TradeoffText.Render(result, truth, options));
    }

    private static byte[] OfData(TradeoffRequest request, FitReportOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        using FileSource source = FileSource.Open(request.Data!, new FileSourceOptions { Where = request.Where, TextColumns = request.TextColumns });
        try
        {
            ResampledResult result = BiasVariance.OfData(source, request.Formulas, request.Resampling, progress, cancellation);
            return request.Format == ReportFormat.Json
                ? TradeoffJson.Render(result, request.Formula!)
                : Encoding.UTF8.GetBytes(TradeoffText.Render(result, request.Formula!, options));
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, request.Data!, request.Where);
        }
    }
}
