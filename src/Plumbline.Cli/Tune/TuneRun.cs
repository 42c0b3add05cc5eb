using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Tune;

/// <summary>What <c>plumb tune</c> was asked to do.</summary>
internal sealed record TuneRequest
{
    /// <summary>The data, as for fit; no pipe, since rows are read several times.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>What is tried.</summary>
    public required TuningSpace Space { get; init; }

    /// <summary>How it is searched.</summary>
    public required TuningOptions Options { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the settings and their losses, as CSV or JSON; or null.</summary>
    public string? OutputPath { get; init; }

    /// <summary>The file that trainings are taken from and added to, or null.</summary>
    public string? ResumePath { get; init; }
}

/// <summary><c>plumb tune</c>: trains while listening for Ctrl-C, then writes the report and the table.</summary>
internal static class TuneRun
{
    public static int Run(TuneRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? output = request.OutputPath is { } path ? OutputFile.At(path) : null;
        TuningHooks hooks = request.ResumePath is { } resume
            ? new TuningHooks { Known = TuningFile.Read(resume), Save = record => Append(resume, record) }
            : new TuningHooks();
        (TuningResult result, string source) = Worker.Run(
            (progress, cancellation) => Tune(request, hooks, progress, cancellation), new Fraction(), static () => "Training", surroundings.ErrorIsTerminal, interrupts.Token);
        interrupts.Token.ThrowIfCancellationRequested();
        byte[] json = TuningJson.Render(result, source);
        bool isJson = Path.GetExtension(request.OutputPath ?? "").Equals(".json", StringComparison.OrdinalIgnoreCase);
        output?.Write(isJson ? json : TuningJson.Table(result), interrupts.Token);
        FitReportOptions options = new() { Digits = request.Digits, Width = surroundings.OutputWidth() ?? int.MaxValue };
        StandardOutput.Write(surroundings.Output, request.Format switch
        {
            ReportFormat.Json => json,
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(TuningMarkdown.Render(result, source, options)),
            _ => Encoding.UTF8.GetBytes(TuningText.Render(result, source, options)),
        });
        return ExitCode.Done;
    }

    private static (TuningResult Result, string Source) Tune(TuneRequest request, TuningHooks hooks, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows opened = DataRows.Open(request.Data, request.Where, request.TextColumns, cancellation: cancellation);
        IRowSource source = opened.Rows;
        try
        {
            return (HyperparameterSearch.Run(source, request.Space, request.Options, progress, hooks, cancellation), source.Name);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }

    private static void Append(string path, TuningRecord record)
    {
        try
        {
            TuningFile.Append(path, record);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.Of(exception, path);
        }
    }
}
