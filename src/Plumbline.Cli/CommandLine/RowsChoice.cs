using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that say which rows of the data are read, and which columns as text: the same for every verb.</summary>
internal sealed class RowsChoice
{
    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _text = Values.Text("--text", "COLUMN[,COLUMN]", "Read these columns as text, whatever they look like: codes, 01 and 1.");

    /// <summary>The options.</summary>
    public IReadOnlyList<Option<string?>> All => [_where, _text];

    /// <summary>Makes them options of a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_where);
        verb.Options.Add(_text);
    }

    /// <summary>The condition on rows, or null.</summary>
    public string? Where(ParseResult line) => line.GetValue(_where);

    /// <summary>Columns to read as text.</summary>
    public IReadOnlyList<string> TextColumns(ParseResult line, Command verb) => verb.Names(line.GetValue(_text), "--text");
}
