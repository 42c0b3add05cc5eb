using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli;

/// <summary><c>plumb fit</c>: fits while listening for Ctrl-C, then writes the report, to the terminal or to a file as a whole.</summary>
internal static class FitRun
{
    public static int Run(FitRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput output = ReportOutput.To(request.OutputPath, surroundings);
        LinearModel model = Worker.Run(
            (progress, cancellation) => surroundings.Fitter.Fit(request, progress, cancellation),
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        byte[] report = Render(model, request, output.Width);
        output.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private static byte[] Render(LinearModel model, FitRequest request, int width)
    {
        FitReportOptions options = new() { Digits = request.Digits, Width = width };
        return request.Format switch
        {
            ReportFormat.Json => ModelFile.Write(model),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(FitMarkdown.Render(model, options)),
            _ => Encoding.UTF8.GetBytes(FitText.Render(model, options)),
        };
    }
}
