using System.Text;
using System.Text.Json;
using Plumbline.Reports;

namespace Plumbline.Cli.Tests.Reports;

public sealed class CheckReportTests
{
    private const string Harm = "\u001b[2J`|<b>*_x_\r\n‮$(rm -rf ~)'\"";

    [Fact]
    public void Text_reads_as_in_the_golden_file() => Golden.Check("check.txt", CheckText.Render(SampleChecks.Houses));

    [Fact]
    public void Markdown_reads_as_in_the_golden_file() => Golden.Check("check.md", CheckMarkdown.Render(SampleChecks.Houses));

    [Fact]
    public void JSON_reads_as_in_the_golden_file() => Golden.Check("check.json", Encoding.UTF8.GetString(CheckJson.Render(SampleChecks.Houses)));

    [Fact]
    public void What_changes_the_answer_most_stands_first_and_what_was_not_checked_last()
    {
        string[] lines = CheckText.Render(SampleChecks.Houses).Split('\n');
        string[] verdicts = [.. lines.SkipWhile(static l => !l.StartsWith("Broken: ", StringComparison.Ordinal)).Skip(2).TakeWhile(static l => l.Length > 0)];
        Assert.Equal(7, verdicts.Length);
        Assert.StartsWith("  broken       constant variance", verdicts[0], StringComparison.Ordinal);
        Assert.StartsWith("  doubt        a linear relation", verdicts[1], StringComparison.Ordinal);
        Assert.StartsWith("  not checked  ", verdicts[^1], StringComparison.Ordinal);
        Assert.Contains("Broken: constant variance. In doubt: a linear relation.", lines, StringComparer.Ordinal);
    }

    [Fact]
    public void A_remedy_is_told_once_with_the_line_to_type()
    {
        FitCommand command = new() { Data = ["may sales.csv"], Formula = "price ~ age", Where = "age > 3", TextColumns = "zip", Weights = "w", Contrasts = "sum", Order = "day", Split = "zip" };
        string text = CheckText.Render(SampleChecks.Houses, new CheckReportOptions { Command = command });
        Assert.Single(text.Split('\n'), static l => l.EndsWith("--cov HC3", StringComparison.Ordinal));
        Assert.Contains("\n    plumb fit \"may sales.csv\" \"price ~ age\" --where \"age > 3\" --text zip --weights w --contrasts sum --cov HC3\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    plumb check \"may sales.csv\" \"price ~ sqft_living + sqft_above + sqft_basement + age + I(age^2)\" --where \"age > 3\" --text zip --weights w --contrasts sum --order day --split zip\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Told once.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RemedyKind.Rows, "NOT (x = 3)", "plumb check d.csv \"y ~ x\" --where \"(x > 1 OR y > 1) AND (NOT (x = 3))\"")]
    [InlineData(RemedyKind.Weights, "w", "plumb check d.csv \"y ~ x\" --where \"x > 1 OR y > 1\" --weights w")]
    [InlineData(RemedyKind.Covariance, "newey-west:4", "plumb fit d.csv \"y ~ x\" --where \"x > 1 OR y > 1\" --cov newey-west:4 --order t")]
    [InlineData(RemedyKind.Bootstrap, "bootstrap:1000", "plumb fit d.csv \"y ~ x\" --where \"x > 1 OR y > 1\" --cov bootstrap:1000")]
    public void A_remedy_changes_its_part_of_the_command(RemedyKind kind, string value, string line)
    {
        FitCommand command = new() { Data = ["d.csv"], Formula = "y ~ x", Where = "x > 1 OR y > 1", Order = kind == RemedyKind.Covariance ? "t" : null };
        Assert.Equal(line, command.Trying(new CheckRemedy { Kind = kind, Value = value, Text = "" }));
    }

    [Theory]
    [InlineData("data/houses.csv")]
    [InlineData("y ~ x + I(x^2)")]
    [InlineData("")]
    [InlineData("it's $HOME `id` \"x\" \\ !")]
    [InlineData("a\nb\u001b[2Jc'd\\e\u0007")]
    [InlineData("-rf")]
    [InlineData("\"name\" = 'O''Brien'")]
    public void A_shell_reads_back_what_was_quoted(string word)
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/bash"))
        {
            Assert.Skip("This system has no bash.");
            return;
        }
        string quoted = ShellText.Quote(word);
        Assert.DoesNotContain(quoted, static c => char.IsControl(c));
        var start = new System.Diagnostics.ProcessStartInfo("/bin/bash", ["-c", "printf '%s.' " + quoted])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        };
        using var shell = System.Diagnostics.Process.Start(start)!;
        Assert.Equal(word + ".", shell.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void Names_that_mean_harm_change_nothing_on_a_terminal_nor_in_Markdown()
    {
        ModelCheck check = SampleChecks.Named(Harm);
        string text = CheckText.Render(check, new CheckReportOptions { Width = 80 });
        Assert.DoesNotContain(text, static c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain("‮", text, StringComparison.Ordinal);
        string markdown = CheckMarkdown.Render(check);
        Assert.DoesNotContain(markdown, static c => char.IsControl(c) && c != '\n');
        string outside = string.Join('\n', markdown.Split('\n').Where(static l => !l.StartsWith("    ", StringComparison.Ordinal) && !l.StartsWith("# ", StringComparison.Ordinal)));
        Assert.DoesNotContain("<b>", outside, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(CheckJson.Render(check)).RootElement.ValueKind);
    }

    [Fact]
    public void Long_tables_are_cut_and_say_how_much_is_missing()
    {
        string text = CheckText.Render(SampleChecks.Houses, new CheckReportOptions { MostRows = 1 });
        Assert.Equal(3, text.Split('\n').Count(static l => l is "… 1 more; all with --json" or "… 2 more; all with --json"));
        Assert.DoesNotContain("row 3,915", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_wider_than_the_page_but_what_is_to_be_typed()
    {
        string text = CheckText.Render(SampleChecks.Houses, new CheckReportOptions { Width = 80 });
        Assert.All(
            text.Split('\n').Where(static l => !l.StartsWith("    ", StringComparison.Ordinal)),
            static line => Assert.True(TerminalText.Width(line) <= 80, line));
    }

    [Fact]
    public void Without_checks_that_is_said()
    {
        string text = CheckText.Render(SampleChecks.Houses with { Checks = [], Influence = [], Inflation = [], NearDependences = [] });
        Assert.Contains("\nNothing could be checked: the notes say why.\n", text, StringComparison.Ordinal);
        Assert.Equal(7, text.Split('\n').Count(static l => l.StartsWith("  not checked  ", StringComparison.Ordinal)));
    }
}
