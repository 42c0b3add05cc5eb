using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Check;

/// <summary><c>plumb check</c>: fits and checks while listening for Ctrl-C; writes the rows, when they are wanted, and then the report.</summary>
internal static class CheckRun
{
    public static int Run(CheckRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput output = ReportOutput.To(request.Fit.OutputPath, surroundings);
        OutputFile? rows = request.RowsPath is null ? null : OutputFile.At(request.RowsPath, "--rows");
        InfluenceFile.Require(rows, request.RowsPath);
        LinearModel? model = request.Model is null ? null : ModelFile.Load(request.Model, request.AcceptEdited);
        request = model is null ? request : ModelToCheck.RequestOf(request, model);
        ModelCheck check = Worker.Run((progress, cancellation) => Work(request, model, rows, progress, cancellation), surroundings.ErrorIsTerminal, interrupts.Token);
        byte[] report = Render(check, request, output.Width);
        output.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private static ModelCheck Work(CheckRequest request, LinearModel? model, OutputFile? rows, IProgress<double> progress, CancellationToken cancellation)
    {
        FitRequest fit = request.Fit;
        using DataRows opened = DataRows.Open(fit.Data, fit.Where, fit.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            return InfluenceFile.Run(
                rows,
                request.RowsPath,
                eachPiece => model is null
                    ? AssumptionChecks.Run(fit.Formula, source, fit.Options, request.Checks, null, eachPiece, progress, cancellation)
                    : model.Check(source, request.Checks, null, eachPiece, progress, cancellation),
                cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, fit.Where);
        }
    }

    private static byte[] Render(ModelCheck check, CheckRequest request, int width)
    {
        FitCommand command = request.Command();
        CheckReportOptions options = new() { Digits = request.Fit.Digits, Width = width, MostRows = request.MostRows, Command = command };
        return request.Fit.Format switch
        {
            ReportFormat.Json => CheckJson.Render(check, command),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(CheckMarkdown.Render(check, options)),
            _ => Encoding.UTF8.GetBytes(CheckText.Render(check, options)),
        };
    }
}
