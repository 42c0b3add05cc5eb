using Plumbline.Reports;

namespace Plumbline.Cli.Tests.Reports;

public sealed class FitMarkdownTests
{
    [Fact]
    public void The_houses_read_as_in_the_golden_file() => Golden.Check("houses.md", FitMarkdown.Render(SampleModels.Houses));

    [Theory]
    [InlineData("a|b")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[text](javascript:x)")]
    [InlineData("`code`")]
    [InlineData("**bold** _it_ ~~no~~ # $x$")]
    [InlineData("new\nline")]
    [InlineData("back\\slash|")]
    public void Names_from_the_data_stand_as_themselves(string name)
    {
        string markdown = FitMarkdown.Render(SampleModels.Named(name));
        string row = Assert.Single(markdown.Split('\n'), l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| |", StringComparison.Ordinal));
        Assert.Equal(9, UnescapedPipes(row));
        string prose = string.Join('\n', markdown.Split('\n').Where(l => !l.StartsWith("# ", StringComparison.Ordinal)));
        Assert.DoesNotContain("<", prose, StringComparison.Ordinal);
        foreach (char markup in "`*[]~$")
        {
            Assert.Equal(prose.Count(c => c == markup), prose.Split("\\" + markup).Length - 1);
        }
    }

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("a `b` c", "``a `b` c``")]
    [InlineData("`b`", "`` `b` ``")]
    public void A_code_span_has_a_fence_longer_than_what_it_holds(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void Underscores_inside_words_are_left_alone() => Assert.Equal("sqft_living \\_x\\_", MarkdownText.Escape("sqft_living _x_"));

    private static int UnescapedPipes(string row)
    {
        int pipes = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == '\\')
            {
                i++;
            }
            else if (row[i] == '|')
            {
                pipes++;
            }
        }
        return pipes;
    }
}
