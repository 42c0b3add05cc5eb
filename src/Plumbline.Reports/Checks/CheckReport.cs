namespace Plumbline.Reports;

/// <summary>What a report on checks says, before it is laid out: text and Markdown share it, so they cannot differ. Names are as in the data: a renderer escapes them.</summary>
internal sealed record CheckReport
{
    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>Source, rows, and what the fit was when it was not the plain one.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>One sentence on all of it.</summary>
    public required string Conclusion { get; init; }

    /// <summary>A line an assumption, what changes the answer most first.</summary>
    public required IReadOnlyList<CheckLine> Verdicts { get; init; }

    /// <summary>What is not as assumed.</summary>
    public required IReadOnlyList<CheckFinding> Findings { get; init; }

    /// <summary>Tables under the findings.</summary>
    public required IReadOnlyList<CheckTable> Tables { get; init; }

    /// <summary>Partial residuals of a term; null for none. Where there is room for them only.</summary>
    public required CheckTable? PartialResiduals { get; init; }

    /// <summary>What was left out, and what else the reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The verdict on an assumption.</summary>
/// <param name="Assumption">What is assumed.</param>
/// <param name="Verdict">ok, doubt, broken, or not checked.</param>
/// <param name="Measure">What was measured, and its value; empty when nothing was.</param>
internal sealed record CheckLine(string Assumption, string Verdict, string Measure);

/// <summary>An assumption whose verdict is not ok.</summary>
/// <param name="Verdict">doubt or broken.</param>
/// <param name="Assumption">What is assumed.</param>
/// <param name="Points">What was found.</param>
/// <param name="Remedies">What to do; none when nothing helps, or when it was told already.</param>
internal sealed record CheckFinding(string Verdict, string Assumption, IReadOnlyList<CheckPoint> Points, IReadOnlyList<CheckAdvice> Remedies);

/// <summary>What one or several tests found.</summary>
/// <param name="Effect">What it means for the model.</param>
/// <param name="Tests">The tests that say so: name, statistic, degrees of freedom, p, method.</param>
internal sealed record CheckPoint(string Effect, IReadOnlyList<string> Tests);

/// <summary>What to do about a finding.</summary>
/// <param name="Text">In words.</param>
/// <param name="Command">To be typed.</param>
/// <param name="Numbers">What it changes: label, before, after.</param>
/// <param name="More">How many numbers are not shown, or empty.</param>
internal sealed record CheckAdvice(string Text, string Command, IReadOnlyList<(string What, string Before, string After)> Numbers, string More);

/// <summary>A table of the report.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Introduction">A sentence under the title; empty for none.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Columns">The columns.</param>
/// <param name="More">What was cut off, or empty.</param>
internal sealed record CheckTable(string Title, string Introduction, IReadOnlyList<string> Rows, IReadOnlyList<TestColumn> Columns, string More);
