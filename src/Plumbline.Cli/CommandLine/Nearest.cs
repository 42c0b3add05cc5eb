namespace Plumbline.Cli.CommandLine;

/// <summary>The known word nearest to one that is not known.</summary>
internal static class Nearest
{
    /// <summary><c> Did you mean 'fit'?</c>, or nothing when no word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) => To(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The nearest word within a third of the letters (at least two), or null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(2, word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = candidate.Length > 2 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.TrimStart('-').Length > 1
                ? 1
                : Distance(word, candidate);
            if (distance < least && distance < Math.Max(word.Length, candidate.Length))
            {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    // Edits of one letter, and swaps of two neighbors, that turn a into b (optimal string alignment).
    internal static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
        {
            return int.MaxValue;
        }
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            edits[i, 0] = i;
        }
        for (int j = 0; j <= b.Length; j++)
        {
            edits[0, j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                int least = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    least = Math.Min(least, edits[i - 2, j - 2] + 1);
                }
                edits[i, j] = least;
            }
        }
        return edits[a.Length, b.Length];
    }
}
