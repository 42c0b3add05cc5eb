namespace Plumbline.Tests;

/// <summary>A page with parts between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- generated: end --&gt;</c>: PLUMBLINE_ACCEPT=1 writes them.</summary>
internal static class GeneratedPage
{
    /// <summary>Compares the parts of a page with what they should be, or writes them.</summary>
    /// <param name="file">The page's path below docs.</param>
    /// <param name="parts">The name of each part, and its text.</param>
    public static void Check(string file, params (string Name, string Text)[] parts)
    {
        string path = Path.Combine(TestFiles.Root, "docs", file), page = File.ReadAllText(path).ReplaceLineEndings("\n");
        string made = parts.Aggregate(page, static (text, part) => Replace(text, part.Name, part.Text));
        if (Environment.GetEnvironmentVariable("PLUMBLINE_ACCEPT") == "1")
        {
            File.WriteAllText(path, made);
            return;
        }
        Assert.Equal(made, page);
    }

    private static string Replace(string page, string name, string text)
    {
        string begin = $"<!-- generated: {name} -->\n", end = "<!-- generated: end -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"The page has no place for {name}.");
        int to = page.IndexOf(end, from, StringComparison.Ordinal);
        return page[..(from + begin.Length)] + text + page[to..];
    }
}
