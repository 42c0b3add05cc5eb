using System.Xml.Linq;

namespace Plumbline.House.Tests.Architecture;

public sealed class ProjectTests
{
    private const int LongestFile = 300;

    // Who may know whom. A project that is not here has no place yet: give it one in ARCHITECTURE first.
    private static readonly Dictionary<string, string[]> s_mayUse = new(StringComparer.Ordinal)
    {
        ["Plumbline"] = [],
        ["Plumbline.Files"] = ["Plumbline"],
        ["Plumbline.Databases"] = ["Plumbline"],
        ["Plumbline.Reports"] = ["Plumbline"],
        ["Plumbline.Interop"] = ["Plumbline"],
        ["Plumbline.Lab"] = ["Plumbline", "Plumbline.Files", "Plumbline.Reports"],
        ["Plumbline.Cli"] =
        [
            "Plumbline", "Plumbline.Files", "Plumbline.Databases", "Plumbline.Reports", "Plumbline.Interop", "Plumbline.Lab",
        ],
    };

    [Fact]
    public void Projects_refer_only_to_what_the_plan_of_the_house_allows()
    {
        IReadOnlyList<string> projects = SourceProjects();
        Assert.Contains(projects, path => Path.GetFileNameWithoutExtension(path) == "Plumbline");
        Expect.None(projects.SelectMany(path => Strays(Path.GetFileNameWithoutExtension(path), XDocument.Load(path))));
    }

    [Theory]
    [InlineData("Plumbline.Files", "../Plumbline.Reports/Plumbline.Reports.csproj")]
    [InlineData("Plumbline", "../Plumbline.Files/Plumbline.Files.csproj")]
    [InlineData("Plumbline.Lab", "..\\Plumbline.Cli\\Plumbline.Cli.csproj")]
    [InlineData("Plumbline.Attic", "../Plumbline/Plumbline.csproj")]
    public void A_stray_reference_is_found(string project, string reference) =>
        Assert.Single(Strays(project, XDocument.Parse(
            $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""")));

    [Fact]
    public void The_library_has_no_packages() =>
        Expect.None(XDocument.Load(Repository.At("src", "Plumbline", "Plumbline.csproj")).Descendants("PackageReference"));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        HashSet<string> listed = XDocument.Load(Repository.At("Plumbline.slnx")).Descendants("Project")
            .Select(project => project.Attribute("Path")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        string[] present = [.. new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Repository.Shown(path))];
        Expect.None(present.Except(listed, StringComparer.Ordinal));
        Expect.None(listed.Except(present, StringComparer.Ordinal));
    }

    [Fact]
    public void No_source_file_is_longer_than_three_hundred_lines() =>
        Expect.None(Repository.SourceFiles(Repository.At("src"))
            .Select(path => (File: Repository.Shown(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.File}: {file.Lines} lines"));

    private static List<string> SourceProjects() =>
        Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> Strays(string project, XDocument file)
    {
        string[] allowed = s_mayUse.GetValueOrDefault(project, []);
        return file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Where(used => !allowed.Contains(used, StringComparer.Ordinal))
            .Select(used => $"{project} may not use {used}");
    }
}
