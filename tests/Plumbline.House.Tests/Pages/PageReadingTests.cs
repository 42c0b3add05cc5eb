namespace Plumbline.House.Tests.Pages;

/// <summary>The tests of pages are themselves held to account.</summary>
[Collection("shell")]
public sealed class PageReadingTests
{
    private const string Sample = """
        # Title
        ```sh
        ./test.sh
        ```
        ```sh
        echo one
        echo two
        ```
        prints
        ```text
        one
        two
        ```
        ```csharp no-run
        nothing
        ```
        ```csharp
        Console.WriteLine(1);
        ```
        """;

    [Fact]
    public void Examples_are_the_blocks_that_can_run_with_the_output_that_follows()
    {
        IReadOnlyList<Example> examples = Page.Examples(Sample);
        string[] texts = [.. examples.Select(example => example.Text)];
        Assert.Equal(["echo one\necho two", "Console.WriteLine(1);"], texts);
        Assert.Equal(["one", "two"], examples[0].Output!.Content);
        Assert.Null(examples[1].Output);
    }

    [Theory]
    [InlineData("one\ntwo", "one\ntwo\n", true)]
    [InlineData("one\ntwo", "one  \ntwo\n\n", true)]
    [InlineData("one\ntwo", "one\ntwo\nthree\n", false)]
    [InlineData("one\ntwo", "one\n", false)]
    [InlineData("one", "one.", false)]
    [InlineData("1.5 s", "1x5 s", false)]
    [InlineData("took … s", "took 12 s", true)]
    [InlineData("took … s", "took 12 m", false)]
    [InlineData("first\n…\nlast", "first\nmany\nlines\nlast", true)]
    [InlineData("first\n…\nlast", "first\nlast", true)]
    [InlineData("first\n…\nlast", "first\nmany\n", false)]
    public void Printed_text_is_compared_line_by_line(string expected, string printed, bool same) =>
        Assert.Equal(same, Page.Says(expected.Split('\n'), printed));

    [Fact]
    public void A_stale_output_is_replaced_and_then_holds()
    {
        Example stale = Page.Examples(Sample)[0];
        string fresh = Page.With(Sample, stale.Output!, "three\n");
        Assert.False(Page.Says(stale.Output!.Content, "three\n"));
        Assert.True(Page.Says(Page.Examples(fresh)[0].Output!.Content, "three\n"));
        Assert.Equal(Sample.Replace("one\ntwo\n```\n```csharp", "three\n```\n```csharp", StringComparison.Ordinal), fresh);
    }

    [Fact]
    public void A_fence_that_is_never_closed_is_an_error() =>
        Assert.Throws<FormatException>(() => Page.Blocks("```sh\necho\n"));

    [Fact]
    public void Commands_run_in_the_root_of_the_repository_and_tell_how_they_end()
    {
        Run run = Shell.Commands("ls Plumbline.slnx\necho oh >&2\nexit 3");
        Assert.Equal(new Run(3, "Plumbline.slnx\n", "oh\n"), run);
    }

    [Fact]
    public void A_command_that_fails_ends_its_block() => Assert.Equal(new Run(1, "", ""), Shell.Commands("false\necho on"));

    [Fact]
    public void A_program_can_use_the_library()
    {
        Run run = Shell.Program("self-test", "#:package Plumbline@*\nusing Plumbline;\nConsole.WriteLine(FitOptions.Default.Level);");
        Assert.Equal(new Run(0, "0.95\n", ""), run);
    }

    [Fact]
    public void Links_to_the_web_and_to_headings_are_left_alone()
    {
        string[] links = [.. Page.LocalLinks("[a](docs/a.md) [b](b.md#part) [c](https://example.org/c) [d](#here)")];
        Assert.Equal(["docs/a.md", "b.md"], links);
    }
}
