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
        OutputFile? file = request.OutputPath is null ? null : OutputFile.At(request.OutputPath);
        LinearModel model = Worker.Run(
            (progress, cancellation) => surroundings.Fitter.Fit(request, progress, cancellation),
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        byte[] report = Render(model, request, file is null ? surroundings.OutputWidth() : null);
        interrupts.Token.ThrowIfCancellationRequested();
        if (file is not null)
        {
            file.Write(report, interrupts.Token);
        }
        else
        {
            StandardOutput.Write(surroundings.Output, report);
        }
        return ExitCode.Done;
    }

    private static byte[] Render(LinearModel model, FitRequest request, int? width)
    {
        FitReportOptions options = new() { Digits = request.Digits, Width = width ?? int.MaxValue };
        return request.Format switch
        {
            ReportFormat.Json => ModelFile.Write(model),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(FitMarkdown.Render(model, options)),
            _ => Encoding.UTF8.GetBytes(FitText.Render(model, options)),
        };
    }
}
