using System.Text;

namespace Plumbline;

/// <summary>A level in a message: in quotes, short, and without what could disturb a terminal.</summary>
internal static class LevelShown
{
    private const int Longest = 60;

    /// <summary>The level as a formula writes it.</summary>
    public static string Of(string level)
    {
        var text = new StringBuilder("\"");
        Names.AppendEscaped(text, level.Length <= Longest ? level : level[..Longest] + "…", '"');
        return FormulaError.Clean(text.Append('"').ToString());
    }

    /// <summary>A few levels of many.</summary>
    public static string Several(IReadOnlyList<string> levels, int most = 8)
    {
        string list = string.Join(", ", levels.Take(most).Select(Of));
        return levels.Count > most ? $"{list} and {levels.Count - most} more" : list;
    }
}
