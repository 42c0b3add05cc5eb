namespace Plumbline.Cli.CommandLine;

/// <summary>The known word nearest to one that is not known.</summary>
internal static class Nearest
{
    /// <summary><c> Did you mean 'fit'?</c>, or nothing when no word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) => To(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The first word that begins as the unknown one does, from two letters on, else the nearest name; or null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        bool isBeginning = word.TrimStart('-').Length > 1;
        return known.FirstOrDefault(candidate => isBeginning && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            ?? NearestName.Find(word, known);
    }
}
