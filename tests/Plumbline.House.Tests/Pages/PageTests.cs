using System.Globalization;

namespace Plumbline.House.Tests.Pages;

/// <summary>What the pages show is run, so that they cannot go stale.</summary>
[Collection("shell")]
public sealed class PageTests
{
    public static TheoryData<string, int, string> Examples()
    {
        TheoryData<string, int, string> rows = [];
        foreach (string page in RunPages())
        {
            foreach ((int index, Example example) in Page.Examples(Read(page)).Index())
            {
                rows.Add(page, index, example.Text.Split('\n')[0]);
            }
        }
        return rows;
    }

    public static TheoryData<string> AllPages() =>
        new TheoryData<string>(RunPages().Concat(["CONTRIBUTING.md", "CHANGELOG.md"]).ToArray());

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_the_page_says(string page, int index, string firstLine)
    {
        Example example = Page.Examples(Read(page))[index];
        string name = $"{page.Replace('/', '-')}-{index.ToString(CultureInfo.InvariantCulture)}";
        Run run = example.Code.Language == "sh" ? Shell.Commands(example.Text) : Shell.Program(name, example.Text);
        bool fails = example.Code.Has("fails");
        Assert.True(
            fails ? run.ExitCode != 0 : run.ExitCode == 0,
            $"{page}, '{firstLine}': exit code {run.ExitCode}.\n{run.Output}\n{run.Errors}");
        string printed = fails ? run.Errors : run.Output;
        if (example.Output is null || Page.Says(example.Output.Content, printed))
        {
            return;
        }
        Assert.True(
            Repository.Accepts,
            $"{page}, '{firstLine}' now prints:\n{printed}\nIf this is right, accept it: see CONTRIBUTING.md.");
        File.WriteAllText(Repository.At(page), Page.With(Read(page), example.Output, printed));
    }

    [Fact]
    public void The_readme_starts_with_a_fit_and_goes_on_with_the_tests()
    {
        string[] commands = [.. Page.Blocks(Read("README.md")).Where(block => block.Language == "sh").SelectMany(block => block.Content)];
        Assert.Equal("""dotnet run -c Release --project src/Plumbline.Cli -- fit data/houses.csv "price ~ sqft_living + age" """.TrimEnd(), commands[0]);
        Assert.Equal("./test.sh", commands[1]);
        Assert.Contains(Page.Examples(Read("README.md")), example => example.Code.Language == "csharp" && example.Output is not null);
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_between_pages_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Repository.At(page))!;
        Assert.All(Page.LocalLinks(Read(page)), link => Assert.True(Path.Exists(Path.Combine(folder, link)), link));
    }

    private static IEnumerable<string> RunPages() =>
        Directory.EnumerateFiles(Repository.At("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Repository.Shown(path))
            .Order(StringComparer.Ordinal)
            .Prepend("README.md");

    private static string Read(string page) => File.ReadAllText(Repository.At(page));
}
