using System.Buffers;

namespace Plumbline;

/// <summary>
/// The name that was probably meant. Names are compared without regard to case, dots, underscores, hyphens and
/// spaces; what is left may differ by a few edits.
/// Method: optimal string alignment distance (insert, delete, replace, swap neighbors), three rows at a time.
/// Cost: the product of the two lengths for each candidate.
/// Fails when: nothing is near; then the answer is null, because a wrong guess is worse than none.
/// </summary>
public static class NearestName
{
    private const int LongestName = 200;

    /// <summary>The candidate nearest to <paramref name="name"/>, the first one of several; null when none is near: more than a third of the letters would have to change, and more than one.</summary>
    /// <param name="name">The name that is not known.</param>
    /// <param name="candidates">The names that are.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string wanted = Normal(name);
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            string offered = Normal(candidate);
            int allowed = Math.Max(1, Math.Min(wanted.Length, offered.Length) / 3);
            int distance = Distance(wanted, offered, Math.Min(allowed, bestDistance - 1));
            if (distance <= allowed && distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// <summary>The number of edits between two texts, or a larger number than <paramref name="limit"/> when there are more.</summary>
    internal static int Distance(string a, string b, int limit = int.MaxValue - 1)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > LongestName || b.Length > LongestName)
        {
            return a == b ? 0 : int.MaxValue;
        }
        int width = b.Length + 1;
        int[] rented = ArrayPool<int>.Shared.Rent(3 * width);
        Span<int> before = rented.AsSpan(0, width);
        Span<int> last = rented.AsSpan(width, width);
        Span<int> current = rented.AsSpan(2 * width, width);
        for (int j = 0; j < width; j++)
        {
            last[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j < width; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int edits = Math.Min(replaced, 1 + Math.Min(last[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits = Math.Min(edits, before[j - 2] + 1);
                }
                current[j] = edits;
            }
            Span<int> spare = before;
            before = last;
            last = current;
            current = spare;
        }
        int distance = last[b.Length];
        ArrayPool<int>.Shared.Return(rented);
        return distance;
    }

    private static string Normal(string name)
    {
        string bare = string.Concat(name.Where(static c => c is not ('.' or '_' or '-') && !char.IsWhiteSpace(c)));
        return (bare.Length == 0 ? name : bare).ToUpperInvariant();
    }
}
