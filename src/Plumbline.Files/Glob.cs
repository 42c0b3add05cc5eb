namespace Plumbline.Files;

/// <summary>
/// File name patterns: <c>*</c> any characters, <c>?</c> one character, <c>[a-c]</c> and <c>[!a-c]</c> one of a set,
/// <c>**</c> as a whole folder name any number of folders. Names that begin with a dot need a dot in the pattern.
/// </summary>
internal static class Glob
{
    /// <summary>Whether <paramref name="path"/> has characters that make it a pattern.</summary>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>The folder above the first part of a pattern that is one.</summary>
    public static string Root(string pattern)
    {
        string full = Path.GetFullPath(pattern);
        string[] parts = full.Split(Path.DirectorySeparatorChar);
        return string.Join(Path.DirectorySeparatorChar, parts.TakeWhile(part => !IsPattern(part))) + Path.DirectorySeparatorChar;
    }

    /// <summary>The files that match, in ordinal order.</summary>
    public static List<string> Expand(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] parts = pattern[root.Length..].Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Walk(root, parts, 0, found);
        return [.. found];
    }

    private static void Walk(string folder, string[] parts, int at, SortedSet<string> found)
    {
        if (at == parts.Length)
        {
            return;
        }
        string part = parts[at];
        bool last = at == parts.Length - 1;
        if (part == "**")
        {
            Walk(folder, parts, at + 1, found);
            foreach (string sub in Entries(folder, folders: true))
            {
                if (Path.GetFileName(sub)[0] != '.')
                {
                    Walk(sub, parts, at, found);
                }
            }
            return;
        }
        if (!IsPattern(part))
        {
            string next = Path.Join(folder, part);
            if (last && File.Exists(next))
            {
                found.Add(next);
            }
            else if (!last && (part is "." or ".." || Directory.Exists(next)))
            {
                Walk(next, parts, at + 1, found);
            }
            return;
        }
        foreach (string entry in Entries(folder, folders: !last))
        {
            string name = Path.GetFileName(entry);
            if ((name[0] != '.' || part[0] == '.') && Matches(part, name))
            {
                if (last)
                {
                    found.Add(entry);
                }
                else
                {
                    Walk(entry, parts, at + 1, found);
                }
            }
        }
    }

    private static IEnumerable<string> Entries(string folder, bool folders)
    {
        string where = folder.Length == 0 ? "." : folder;
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        if (!Directory.Exists(where))
        {
            return [];
        }
        IEnumerable<string> paths = folders ? Directory.EnumerateDirectories(where, "*", options) : Directory.EnumerateFiles(where, "*", options);
        return paths.Select(path => Path.Join(folder, Path.GetFileName(path)));
    }

    /// <summary>Whether a name matches one folder's part of a pattern.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && One(pattern[p..], name[n], out int used))
            {
                p += used;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool One(ReadOnlySpan<char> pattern, char c, out int used)
    {
        used = 1;
        if (pattern[0] != '[')
        {
            return pattern[0] == '?' || pattern[0] == c;
        }
        bool not = pattern.Length > 1 && pattern[1] is '!' or '^';
        int first = not ? 2 : 1;
        int close = pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (close < 0)
        {
            return c == '[';
        }
        close += first + 1;
        used = close + 1;
        bool hit = false;
        for (int i = first; i < close; i++)
        {
            bool range = i + 2 < close && pattern[i + 1] == '-';
            hit |= range ? c >= pattern[i] && c <= pattern[i + 2] : c == pattern[i];
            i += range ? 2 : 0;
        }
        return hit != not;
    }
}
