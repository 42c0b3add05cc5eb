using System.Text;

namespace Plumbline.Files;

/// <summary>
/// What a column of texts can be, by the values seen so far: numbers, booleans, dates, timestamps (a date is one, of its
/// midnight); text when nothing else is left.
/// </summary>
internal sealed class KindGuess
{
    private const int Kinds = (int)FieldKind.Timestamp + 1;

    private readonly bool[] _possible = [.. Enumerable.Range(0, Kinds).Select(static kind => kind != (int)FieldKind.Text)];

    /// <summary>The kind: numbers as long as nothing speaks against it, also when all values are missing.</summary>
    public FieldKind Kind => Array.IndexOf(_possible, true) is var kind && kind >= 0 ? (FieldKind)kind : FieldKind.Text;

    /// <summary>The value that made it text, and its line; null when it is something else.</summary>
    public string? Evidence { get; private set; }

    /// <summary>Takes a value that is not missing into account.</summary>
    public void See(ReadOnlySpan<byte> text, long line, string path) => See(text, text, line, path);

    /// <summary>Takes a field that is not missing into account: as a number is read from it, and as what else it may be.</summary>
    public void See(ReadOnlySpan<byte> number, ReadOnlySpan<byte> text, long line, string path)
    {
        if (Kind == FieldKind.Text)
        {
            return;
        }
        for (int kind = 0; kind < Kinds; kind++)
        {
            _possible[kind] = _possible[kind] && FieldKinds.TryParse((FieldKind)kind, kind == (int)FieldKind.Number ? number : text, out _);
        }
        if (Kind == FieldKind.Text)
        {
            Evidence = $"'{FileErrors.Show(Encoding.UTF8.GetString(text))}' in line {line:N0} of {FileErrors.Show(path)}";
        }
    }

    /// <summary>Takes into account what another file of the same columns is like.</summary>
    public void Meet(KindGuess other)
    {
        for (int kind = 0; kind < Kinds; kind++)
        {
            _possible[kind] &= other._possible[kind];
        }
        Evidence ??= other.Evidence;
    }
}
