using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Evaluate;

/// <summary><c>plumb evaluate</c>: evaluates while listening for Ctrl-C, then writes the report.</summary>
internal static class EvaluateRun
{
    public static int Run(EvaluateRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput output = ReportOutput.To(request.OutputPath, surroundings);
        FitReportOptions options = new() { Digits = request.Digits, Width = output.Width };
        byte[] report = Worker.Run((progress, cancellation) => Report(request, options, progress, cancellation), surroundings.ErrorIsTerminal, interrupts.Token);
        output.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private static byte[] Report(EvaluateRequest request, FitReportOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows opened = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            if (request.Division is not { } division)
            {
                LeaveOneOutResult left = LeaveOneOut.Evaluate(request.Formula, source, request.Options, progress, cancellation);
                return request.Format switch
                {
                    ReportFormat.Json => EvaluationJson.Render(left),
                    ReportFormat.Markdown => Encoding.UTF8.GetBytes(EvaluationMarkdown.Render(left, options)),
                    _ => Encoding.UTF8.GetBytes(EvaluationText.Render(left, options)),
                };
            }
            Evaluation evaluation = ModelEvaluation.Evaluate(request.Formula, source, division, request.Options, request.HasCurve, progress, cancellation);
            return request.Format switch
            {
                ReportFormat.Json => EvaluationJson.Render(evaluation),
                ReportFormat.Markdown => Encoding.UTF8.GetBytes(EvaluationMarkdown.Render(evaluation, options)),
                _ => Encoding.UTF8.GetBytes(EvaluationText.Render(evaluation, options)),
            };
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }
}
