using System.Text.RegularExpressions;

namespace Plumbline.House.Tests.Pages;

/// <summary>A fenced block of a Markdown page.</summary>
/// <param name="Info">What stands behind the opening fence: <c>sh</c>, <c>csharp no-run</c> …</param>
/// <param name="FirstLine">The 0-based line of the page on which the content starts.</param>
/// <param name="Content">The lines between the fences.</param>
internal sealed record Block(string Info, int FirstLine, IReadOnlyList<string> Content)
{
    public string Language => Info.Split(' ')[0];

    public bool Has(string word) => Info.Split(' ').Skip(1).Contains(word, StringComparer.Ordinal);
}

/// <summary>Something on a page that can be run, and what the page says it prints (null when it says nothing).</summary>
internal sealed record Example(Block Code, Block? Output)
{
    /// <summary>What is run: the block without the test command, which would call these tests again.</summary>
    public string Text => string.Join('\n', Code.Content.Where(line => line.Trim() != "./test.sh"));
}

/// <summary>
/// A Markdown page. Its <c>sh</c> and <c>csharp</c> blocks are examples unless marked <c>no-run</c>; a <c>text</c> or
/// <c>json</c> block that comes next is what they print, where <c>…</c> stands for anything on a line, and alone on a
/// line for any lines.
/// </summary>
internal static partial class Page
{
    public static IReadOnlyList<Block> Blocks(string page)
    {
        string[] lines = page.Split('\n');
        List<Block> blocks = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }
            int end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == "```");
            if (end < 0)
            {
                throw new FormatException($"The fence on line {i + 1} is never closed.");
            }
            blocks.Add(new Block(lines[i][3..].Trim(), i + 1, lines[(i + 1)..end]));
            i = end;
        }
        return blocks;
    }

    public static IReadOnlyList<Example> Examples(string page)
    {
        IReadOnlyList<Block> blocks = Blocks(page);
        return blocks.Index()
            .Where(entry => entry.Item.Language is "sh" or "csharp" && !entry.Item.Has("no-run"))
            .Select(entry => new Example(entry.Item, OutputAfter(blocks, entry.Index)))
            .Where(example => example.Text.Trim().Length > 0)
            .ToList();
    }

    /// <summary>Whether what was printed is what the page says.</summary>
    public static bool Says(IEnumerable<string> expected, string printed)
    {
        IEnumerable<string> patterns = expected.Select(line => line.Trim() == "…"
            ? "(?:.*\n)*?"
            : Regex.Escape(line.TrimEnd()).Replace("…", ".*", StringComparison.Ordinal) + "\n");
        return Regex.IsMatch(Trimmed(printed) + "\n", $@"\A{string.Concat(patterns)}\z", RegexOptions.None, TimeSpan.FromSeconds(10));
    }

    /// <summary>The page with the content of a block replaced.</summary>
    public static string With(string page, Block block, string content)
    {
        List<string> lines = [.. page.Split('\n')];
        lines.RemoveRange(block.FirstLine, block.Content.Count);
        lines.InsertRange(block.FirstLine, Trimmed(content).Split('\n'));
        return string.Join('\n', lines);
    }

    /// <summary>The targets of the page's links to other files of the repository.</summary>
    public static IEnumerable<string> LocalLinks(string page) =>
        Link().Matches(page)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Printed text without blanks at the ends of lines and empty lines at its end.</summary>
    public static string Trimmed(string printed) =>
        string.Join('\n', printed.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');

    private static Block? OutputAfter(IReadOnlyList<Block> blocks, int index) =>
        index + 1 < blocks.Count && blocks[index + 1].Language is "text" or "json" ? blocks[index + 1] : null;

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)[^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
