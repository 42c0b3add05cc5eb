using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Tradeoff;

/// <summary><c>plumb tradeoff</c>: simulates or resamples while listening for Ctrl-C, then writes the report.</summary>
internal static class TradeoffRun
{
    public static int Run(TradeoffRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput output = ReportOutput.To(request.OutputPath, surroundings);
        OutputFile? rows = request.RowsPath is { } path ? OutputFile.At(path, "--rows-file") : null;
        FitReportOptions options = new() { Digits = request.Digits, Width = output.Width };
        (byte[] report, byte[]? held) = Worker.Run(
            (progress, cancellation) => request.Truth is { } truth
                ? (OfTruth(request, truth, options, progress, cancellation), null)
                : OfData(request, options, progress, cancellation),
            new Fraction(),
            static () => "Training",
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        interrupts.Token.ThrowIfCancellationRequested();
        rows?.Write(held!, interrupts.Token);
        output.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private static byte[] OfTruth(
        TradeoffRequest request, TradeoffTruth truth, FitReportOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        KnownTruth known = KnownTruth.Parse(truth.Function, truth.Noise, truth.Low, truth.High);
        BiasVarianceResult result = BiasVariance.OfTruth(known, request.Learners, request.Simulation, progress, cancellation);
        return request.Format switch
        {
            ReportFormat.Json => TradeoffJson.Render(result, truth),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(TradeoffMarkdown.Render(result, truth, options)),
            _ => Encoding.UTF8.GetBytes(TradeoffText.Render(result, truth, options)),
        };
    }

    private static (byte[] Report, byte[]? Rows) OfData(TradeoffRequest request, FitReportOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows opened = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            ResampledResult result = BiasVariance.OfData(source, request.Formulas, request.Resampling, progress, cancellation);
            byte[] report = request.Format switch
            {
                ReportFormat.Json => TradeoffJson.Render(result, request.Formula!),
                ReportFormat.Markdown => Encoding.UTF8.GetBytes(TradeoffMarkdown.Render(result, request.Formula!, options)),
                _ => Encoding.UTF8.GetBytes(TradeoffText.Render(result, request.Formula!, options)),
            };
            return (report, request.RowsPath is null ? null : ResampledRowsCsv.Render(result));
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }
}
