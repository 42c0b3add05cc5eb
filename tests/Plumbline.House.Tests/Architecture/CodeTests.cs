using System.Text.RegularExpressions;

namespace Plumbline.House.Tests.Architecture;

/// <summary>The codes of errors and notes are promises to programs: each stands in the reference.</summary>
public sealed partial class CodeTests
{
    private static readonly string s_page = Repository.At("docs", "reference", "errors.md");

    [Fact]
    public void Every_code_in_the_sources_is_in_the_reference_and_no_other()
    {
        Codes codes = Codes.Of(Rooms.Compile(Repository.At("src")));
        Expect.None(codes.Hidden);
        Expect.None(Differences(codes.Errors, "Errors").Concat(Differences(codes.Notes, "Notes")));
        Assert.All(codes.Errors.Concat(codes.Notes), code => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", code));
    }

    [Fact]
    public void Codes_are_found_where_they_are_given()
    {
        string folder = Directory.CreateTempSubdirectory("plumbline-codes-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Fake.cs"), """
                record Note(string Code, string Text);
                class Error(string code, string message) : Exception(message) { public string Code => code; }
                class Thrower
                {
                    public static Error At(string message, string code = "usual") => new(code, message);
                    public static object[] All(bool which, string secret) =>
                    [
                        At("a"), At("b", code: "named"), new Error(which ? "one" : "other", "c"), new Note("said", "d"), new Error(secret, "e"),
                    ];
                }
                """);
            Codes codes = Codes.Of(Rooms.Compile(folder));
            Assert.Equal(["named", "one", "other", "usual"], codes.Errors);
            Assert.Equal(["said"], codes.Notes);
            Assert.EndsWith(":8: secret", Assert.Single(codes.Hidden), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Differences(IReadOnlyList<string> given, string heading)
    {
        string[] listed = Listed("## " + heading);
        return given.Except(listed, StringComparer.Ordinal).Select(code => $"{heading} lacks {code}")
            .Concat(listed.Except(given, StringComparer.Ordinal).Select(code => $"{heading} has {code}, which no source gives"))
            .Concat(listed.SequenceEqual(listed.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? [] : [$"{heading} is not in alphabetical order"]);
    }

    private static string[] Listed(string heading)
    {
        string section = File.ReadAllText(s_page).Split("\n" + heading + "\n")[1].Split("\n## ")[0];
        return [.. Row().Matches(section).Select(match => match.Groups["code"].Value)];
    }

    [GeneratedRegex(@"^\| `(?<code>[^`]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Row();
}
