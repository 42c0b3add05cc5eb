namespace Plumbline.Reports;

/// <summary>A column of a table of numbers.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Cells">One a row, as text.</param>
/// <param name="Together">Whether it stays beside the column before it when the page is narrow.</param>
internal sealed record TestColumn(string Header, IReadOnlyList<string> Cells, bool Together = true);

/// <summary>A part of a report on tests: a title, sentences about what is tested, a table, lines under it.</summary>
internal sealed record TestSection(string Title)
{
    /// <summary>Above the table; may hold names from the data.</summary>
    public IReadOnlyList<string> Introduction { get; init; } = [];

    /// <summary>The names of the table's rows; none when there is no table.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>The table's columns.</summary>
    public IReadOnlyList<TestColumn> Columns { get; init; } = [];

    /// <summary>Under the table.</summary>
    public IReadOnlyList<FitSummaryFact> Facts { get; init; } = [];

    /// <summary>What else there is to say.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
