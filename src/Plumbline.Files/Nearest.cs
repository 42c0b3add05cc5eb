namespace Plumbline.Files;

/// <summary>The name that was probably meant: the fewest insertions, deletions, replacements and swaps away.</summary>
internal static class Nearest
{
    /// <summary>The nearest of <paramref name="names"/>, or null when none is close (a third of the letters, at most three).</summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        string? best = null;
        int least = Math.Min(3, Math.Max(1, name.Length / 3)) + 1;
        foreach (string candidate in names)
        {
            int distance = string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate, least + 1);     // one more: a tie is told from what is farther
            if (distance < least || (distance == least && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, least) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>Optimal string alignment distance, at least <paramref name="give"/> when it cannot be less.</summary>
    private static int Distance(string a, string b, int give)
    {
        if (Math.Abs(a.Length - b.Length) >= give)
        {
            return give;
        }
        int[] before = new int[b.Length + 1];
        int[] above = new int[b.Length + 1];
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, above, row) = (above, row, before);
        }
        return above[b.Length];
    }
}
