using System.Text;

namespace Plumbline;

/// <summary>The names of a model's coefficients, found again in a text in which they stand as they are printed.</summary>
/// <param name="names">The coefficients.</param>
/// <param name="aliased">Columns that got none.</param>
internal sealed class CoefficientNames(IReadOnlyList<string> names, IReadOnlyList<string> aliased)
{
    private const string Joints = ":[(";                // after a whole name they would go on with it
    private const string Ends = "+-*/=,";               // of a name that is not known, outside brackets

    private const int MostShown = 10;

    private readonly int[] _longestFirst = [.. Enumerable.Range(0, names.Count).OrderByDescending(i => names[i].Length)];

    /// <summary>
    /// The coefficient whose name stands at a place: the longest one, letter by letter, else with other blanks in it; or a name
    /// in backquotes. Null when there is none; otherwise the place moves behind the name.
    /// </summary>
    /// <exception cref="PlumblineException"><c>no-coefficient</c>: a name in backquotes is none of a coefficient.</exception>
    public int? Match(string text, ref int at)
    {
        foreach (bool isExact in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (int i in _longestFirst)
            {
                int end = isExact ? Exact(text, at, names[i]) : Loose(text, at, names[i]);
                if (end >= 0 && IsEnd(text, end))
                {
                    at = end;
                    return i;
                }
            }
        }
        return at < text.Length && text[at] == '`' ? Quoted(text, ref at) : null;
    }

    /// <summary>The error at a name that is none of a coefficient.</summary>
    public PlumblineException Unknown(string text, int at) => Unknown(text, at, Word(text, at));

    private PlumblineException Unknown(string text, int at, string name)
    {
        if (aliased.Contains(name, StringComparer.Ordinal))
        {
            return Error(text, at, $"{FormulaError.Code(name)} has no coefficient: columns before it determine it.", "Test the coefficients that the model has.");
        }
        string? near = NearestName.Find(name, names);
        string next = $"{(near is null ? "" : $"Did you mean {FormulaError.Code(near)}?")} {List(name)}".Trim();
        return Error(text, at, $"There is no coefficient {FormulaError.Code(name)} in this model.", next.Length > 0 ? next : null);
    }

    /// <summary>The coefficients, when they are few: of the same variable when the name is one of a level.</summary>
    private string List(string name)
    {
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        string[] levels = bracket < 0 ? [] : [.. names.Where(n => n.StartsWith(name[..(bracket + 1)], StringComparison.Ordinal) && !n.Contains(':', StringComparison.Ordinal))];
        IReadOnlyList<string> shown = levels.Length > 0 ? levels : names;
        return shown.Count is > 0 and <= MostShown ? $"{(levels.Length > 0 ? "Those of that variable" : "The coefficients")} are {string.Join(", ", shown.Select(FormulaError.Code))}." : "";
    }

    private int Quoted(string text, ref int at)
    {
        int start = at;
        var name = new StringBuilder();
        int place = at + 1;
        for (; place < text.Length && text[place] != '`'; place++)
        {
            char c = text[place];
            if (c == '\\' && place + 1 < text.Length)
            {
                c = text[++place] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', char other => other };
            }
            name.Append(c);
        }
        if (place >= text.Length)
        {
            throw FormulaError.At(text, start, "The name that starts here never ends.", "Close it with ` .", "hypothesis");
        }
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name.ToString())
            {
                at = place + 1;
                return i;
            }
        }
        throw Unknown(text, start, name.ToString());
    }

    private static int Exact(string text, int at, string name) =>
        string.CompareOrdinal(text, at, name, 0, name.Length) == 0 ? at + name.Length : -1;

    private static int Loose(string text, int at, string name)
    {
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c))
            {
                continue;
            }
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            if (at == text.Length || text[at] != c)
            {
                return -1;
            }
            at++;
        }
        return at;
    }

    /// <summary>Whether a name may end here: not within a word, nor before what would go on with it.</summary>
    private static bool IsEnd(string text, int end)
    {
        if (end < text.Length && IsOfWord(text[end - 1]) && IsOfWord(text[end]))
        {
            return false;
        }
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }
        return end == text.Length || !Joints.Contains(text[end]);
    }

    /// <summary>What was meant as a name: up to a blank or an operator outside of brackets.</summary>
    private static string Word(string text, int at)
    {
        int depth = 0, end = at;
        for (; end < text.Length; end++)
        {
            char c = text[end];
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (depth < 0 || (depth == 0 && (char.IsWhiteSpace(c) || Ends.Contains(c))))
            {
                break;
            }
        }
        return text[at..Math.Max(end, at + 1)];
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    private static PlumblineException Error(string text, int at, string problem, string? next) =>
        FormulaError.At(text, at, problem, next, "no-coefficient");
}
