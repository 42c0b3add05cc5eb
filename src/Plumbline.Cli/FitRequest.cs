using Plumbline.Databases;

namespace Plumbline.Cli;

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    Text,
    Json,
    Markdown,
}

/// <summary>What <c>plumb fit</c> was asked to do.</summary>
internal sealed record FitRequest
{
    /// <summary>Files, directories, globs of files, <c>-</c> for standard input, or the URL of a table.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Whether the files are moments rather than rows.</summary>
    public bool IsMoments { get; init; }

    /// <summary>The formula as typed; of moments empty for the one that they were built for.</summary>
    public required string Formula { get; init; }

    /// <summary>A SQL condition that rows must fulfil, or null.</summary>
    public string? Where { get; init; }

    /// <summary>How a database is asked; null for files.</summary>
    public DatabaseOptions? Database { get; init; }

    /// <summary>Whether the database sums, so that no row leaves it.</summary>
    public bool InEngine { get; init; }

    /// <summary>Columns to be read as text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>How the fit is made.</summary>
    public FitOptions Options { get; init; } = FitOptions.Default;

    /// <summary>How the report is written.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Significant digits of the report.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The file that takes the report; null for standard output.</summary>
    public string? OutputPath { get; init; }
}

/// <summary>Does the work of <c>plumb fit</c>. The tool has one; tests have theirs.</summary>
internal interface IFitter
{
    /// <summary>Reads the data and fits the model.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="progress">Told the fraction of the data read.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="PlumblineException">The input is wrong, or the work failed.</exception>
    LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation);
}
