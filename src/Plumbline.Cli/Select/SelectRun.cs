using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Select;

/// <summary>What a selection of terms was asked to do.</summary>
internal sealed record SelectRequest
{
    /// <summary>The data; no pipe, since rows are read for the final fit again.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The formula as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>Whether all subsets are looked at; otherwise it goes stepwise.</summary>
    public required bool IsSubset { get; init; }

    /// <summary>How terms are selected.</summary>
    public required SelectionOptions Selection { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the model selected, or null.</summary>
    public string? OutputPath { get; init; }
}

/// <summary>Selects terms while listening for Ctrl-C, then writes the report and the model.</summary>
internal static class SelectRun
{
    public static int Run(SelectRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? model = request.OutputPath is null ? null : OutputFile.At(request.OutputPath);
        SelectionResult result = Worker.Run((progress, cancellation) => Select(request, progress, cancellation), surroundings.ErrorIsTerminal, interrupts.Token);
        interrupts.Token.ThrowIfCancellationRequested();
        model?.Write(ModelFile.Write(result.Model), interrupts.Token);
        FitReportOptions options = new() { Digits = request.Digits, Width = surroundings.OutputWidth() ?? int.MaxValue };
        StandardOutput.Write(surroundings.Output, request.Format switch
        {
            ReportFormat.Json => SelectionJson.Render(result),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(SelectionMarkdown.Render(result, options)),
            _ => Encoding.UTF8.GetBytes(SelectionText.Render(result, options)),
        });
        return ExitCode.Done;
    }

    private static SelectionResult Select(SelectRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows opened = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            return request.IsSubset
                ? SubsetSelection.BestSubsets(request.Formula, source, request.Selection, progress, cancellation)
                : SubsetSelection.Stepwise(request.Formula, source, request.Selection, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }
}
