using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that say which rows are read, and how: the same for every verb that fits without errors of estimates.</summary>
internal sealed class ReadingChoice
{
    private readonly RowsChoice _rows = new();
    private readonly Option<string?> _weights = Values.Text("--weights", "COLUMN", "A weight for each row, 0 or more.");
    private readonly Option<string?> _weightKind = Values.Text("--weight-kind", "precision|frequency|sampling", "What they mean: variance σ²/weight; equal rows; 1/probability. [precision]");
    private readonly Option<string?> _contrasts = Values.Text("--contrasts", "treatment|sum|helmert|poly", "How the levels of categories become columns, unless the formula says. [treatment]");
    private readonly Option<string?> _missing = Values.Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most; the result does not depend on it. [all cores]");

    /// <summary>The options that make no sense where there are no rows.</summary>
    public IReadOnlyList<Option<string?>> OfRows => [.. _rows.All, _weights, _weightKind, _contrasts, _missing];

    /// <summary>Makes them options of a verb.</summary>
    public void AddTo(Command verb)
    {
        _rows.AddTo(verb);
        foreach (Option option in (ReadOnlySpan<Option>)[_weights, _weightKind, _contrasts, _missing, _threads])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The condition on rows, or null.</summary>
    public string? Where(ParseResult line) => _rows.Where(line);

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns(ParseResult line, Command verb) => _rows.TextColumns(line, verb);

    /// <summary>The options of the fit.</summary>
    public FitOptions Read(ParseResult line, Command verb) => new()
    {
        Missing = verb.OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
        Weights = line.GetValue(_weights),
        WeightKind = verb.WeightKind(line.GetValue(_weightKind), line.GetValue(_weights)),
        Contrasts = verb.Contrasts(line.GetValue(_contrasts)),
        Threads = verb.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0,
    };
}
