using System.Reflection;
using PublicApiGenerator;

namespace Plumbline.House.Tests.Api;

public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions s_options = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("Plumbline")]
    [InlineData("Plumbline.Databases")]
    [InlineData("Plumbline.Files")]
    [InlineData("Plumbline.Reports")]
    public void The_public_api_is_the_one_written_down(string assembly)
    {
        string actual = Assembly.Load(assembly).GeneratePublicApi(s_options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string path = Repository.At("tests", "Plumbline.House.Tests", "Api", assembly + ".txt");
        if (Repository.Accepts)
        {
            File.WriteAllText(path, actual);
        }
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(actual == expected, Differences(expected, actual) + "\nIf this is meant, accept it: see CONTRIBUTING.md.");
    }

    [Fact]
    public void Differences_name_what_went_and_what_came() =>
        Assert.Equal("- b\n+ c", Differences("a\nb\n", "a\nc\n"));

    [Fact]
    public void Public_types_of_the_library_live_in_its_three_namespaces() =>
        Expect.None(typeof(LinearModel).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is not ("Plumbline" or "Plumbline.Numerics" or "Plumbline.Layers"))
            .Select(type => type.FullName));

    private static string Differences(string expected, string actual)
    {
        string[] before = expected.Split('\n');
        string[] after = actual.Split('\n');
        return string.Join('\n', before.Except(after, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(after.Except(before, StringComparer.Ordinal).Select(line => "+ " + line)));
    }
}
