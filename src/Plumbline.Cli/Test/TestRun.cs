using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Test;

/// <summary><c>plumb test</c>: fits and tests while listening for Ctrl-C, then writes the report, to the terminal or to a file as a whole.</summary>
internal static class TestRun
{
    public static int Run(TestRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput output = ReportOutput.To(request.Fit.OutputPath, surroundings);
        TestResults results = Worker.Run((progress, cancellation) => Work(request, progress, cancellation), surroundings.ErrorIsTerminal, interrupts.Token);
        byte[] report = Render(results, request, output.Width);
        output.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private static TestResults Work(TestRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
        FitRequest fit = request.Fit;
        if (request.IsModel)
        {
            return ModelTests.Run(ModelFile.Load(fit.Data[0], request.AcceptEdited), request.Tests, request.Level);
        }
        using DataRows data = DataRows.Open(fit.Data, fit.Where, fit.TextColumns, cancellation: cancellation);
        try
        {
            return ModelTests.Run(fit.Formula, data.Rows, request.Tests, fit.Options, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, data.Rows.Name, fit.Where);
        }
        catch (PlumblineException error) when (error.Code == "different-rows")
        {
            throw new PlumblineException("different-rows", $"{error.Message} Such rows are left out by --where, as in --where \"x IS NOT NULL\".", error);
        }
    }

    private static byte[] Render(TestResults results, TestRequest request, int width)
    {
        TestReportOptions options = new()
        {
            Digits = request.Fit.Digits,
            Width = width,
            ShowIntervals = request.ShowIntervals,
            ShowLikelihood = request.ShowLikelihood,
        };
        return request.Fit.Format switch
        {
            ReportFormat.Json => TestJson.Render(results),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(TestMarkdown.Render(results, options)),
            _ => Encoding.UTF8.GetBytes(TestText.Render(results, options)),
        };
    }
}
