using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb moments</c>, and files of moments where other verbs meet them.</summary>
public sealed class MomentsTests : BuiltTool
{
    private const string May = "x,k,y,w\n1,a,1.5,1\n2,b,2.25,2\n3,a,2.75,1\n4,b,4.5,0\n5,a,NA,2\n6,b,6.5,1\n";
    private const string June = "x,k,y,w\n7,c,1.25,1\n8,c,2.5,2\n9,a,3,3\n10,b,1,1\n";

    public MomentsTests()
    {
        Write("may.csv", May);
        Write("june.csv", June);
        Build("may", "may.csv", "y ~ x + C(k)");
        Build("june", "june.csv", "y~C(k)+x");
    }

    [Fact]
    public void A_fit_of_moments_is_the_fit_of_the_rows_to_the_byte()
    {
        Assert.Equal(Run("fit", "may.csv", "y ~ x + C(k)", "--json").Output, Run("fit", "may.moments", "--json").Output);
        Assert.Equal(Run("fit", "may.csv", "y ~ x + C(k)", "--level", "0.9", "--contrasts", "sum").Output, Run("fit", "may.moments", "--level", "0.9", "--contrasts", "sum").Output);
        Assert.Equal(
            Run("fit", "may.csv", "y ~ C(k, base = \"b\")", "--where", "y is not null", "--weights", "w", "--json").Output,
            Run("fit", Build("weighted", "may.csv", "y ~ x + k", "--where", "y is not null", "--weights", "w"), "y ~ C(k, base = \"b\")", "--json").Output);
        string both = Run("fit", "may.csv", "june.csv", "y ~ x + C(k)", "--json").Output;
        foreach (string[] files in (string[][])[["may.moments", "june.moments"], ["june.moments", "may.moments"]])
        {
            Assert.Equal(WithoutSource(both), WithoutSource(Run(["fit", .. files, "y ~ x + C(k)", "--json"]).Output));
        }
        Assert.Equal(0, Run("moments", "merge", "june.moments", "may.moments", "-o", "both").Exit);       // told by its content, not by its name
        Assert.Equal(WithoutSource(both), WithoutSource(Run("fit", "both", "y ~ x + C(k)", "--json").Output));
        Assert.Equal(0, Run("fit", "both", "-o", "model.json").Exit);
        Assert.Equal(0, Run("predict", "model.json", "june.csv").Exit);
    }

    [Fact]
    public void Merging_and_taking_out_leave_the_checksum_that_the_rows_have()
    {
        Write("all.csv", May + June[(June.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Build("all", "all.csv", "y ~ x + C(k)");
        Assert.Equal(0, Run("moments", "merge", "may.moments", "june.moments", "-o", "both.moments").Exit);
        Assert.Equal(Checksum("all.moments"), Checksum("both.moments"));
        Assert.Equal(0, Run("moments", "subtract", "both.moments", "june.moments", "-o", "both.moments").Exit);
        Assert.Equal(Checksum("may.moments"), Checksum("both.moments"));
        JsonElement rest = Describe("both.moments");
        Assert.Equal(["a", "b"], rest.GetProperty("categories")[0].GetProperty("levels").EnumerateArray().Select(static l => l.GetString()!), StringComparer.Ordinal);
        Assert.Equal("june.csv", rest.GetProperty("removed")[0].GetProperty("name").GetString());
        Says("not-a-part", "may.moments is not part of what it is taken from", "moments", "subtract", "june.moments", "may.moments", "-o", "x.moments");
        Assert.False(File.Exists(Path.Combine(Folder, "x.moments")));
    }

    [Fact]
    public void Different_moments_are_not_merged_unless_for_a_formula_that_they_share()
    {
        Build("other", "june.csv", "y ~ x + k + w");
        Says("different-design", "other.moments does not go with the files before it: moments that were read differently do not add up: `y ~ x + k + w` has the term `w`", "moments", "merge", "may.moments", "other.moments", "-o", "x.moments");
        Assert.Equal(0, Run("moments", "merge", "may.moments", "other.moments", "--formula", "y ~ x + k", "-o", "x.moments").Exit);
        Assert.Equal(0, Run("moments", "merge", "may.moments", "june.moments", "-o", "both.moments").Exit);
        Assert.Equal(Checksum("both.moments"), Checksum("x.moments"));
        Says("not-in-moments", "may.moments: There is no column `w`", "fit", "may.moments", "other.moments", "y ~ x + w");
        Says("not-in-moments", "`log(x)` is not in the moments", "fit", "may.moments", "y ~ log(x)");
    }

    [Fact]
    public void A_file_to_share_is_not_written_when_a_group_is_small()
    {
        Says("too-few-rows", "`C(k)[a]`, has 2 rows, and at least 3 were asked for", "moments", "build", "may.csv", "y ~ x + C(k)", "--min-rows", "3", "-o", "x.moments");
        Assert.False(File.Exists(Path.Combine(Folder, "x.moments")));
        Says("too-few-rows", "`C(k)[c]`, has 2 rows", "moments", "merge", "may.moments", "june.moments", "--min-rows", "3", "-o", "x.moments");
        Build("shared", "may.csv", "y ~ x + C(k)", "--min-rows", "2");
        Assert.Equal(Checksum("may.moments"), Checksum("shared.moments"));
        Assert.DoesNotContain("from 1 to 6", Run("show", "shared.moments").Output, StringComparison.Ordinal);
        Assert.Contains("from 1 to 6", Run("show", "may.moments").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_holds_is_shown()
    {
        Ended text = Run("show", "may.moments");
        Assert.Equal((0, ""), (text.Exit, text.Error));
        foreach (string line in (string[])
        [
            "Moments of         y ~ x + C(k)\n", "Rows               5 used of 6; 1 left out (y: 1)\n", "Smallest group     C(k)[a]: 2 rows\n", $"Checksum           {Checksum("may.moments")}\n",
            "- y  number, from 1.5 to 6.5\n", "- k  text\n", "- C(k)  levels (rows): a (2), b (3)\n",
        ])
        {
            Assert.Contains(line, text.Output, StringComparison.Ordinal);
        }
        Assert.Contains("\n- Smallest group: C(k)", Run("show", "may.moments", "--markdown").Output, StringComparison.Ordinal);
        Assert.Equal("C(k)[a]", Describe("may.moments").GetProperty("smallest_group").GetProperty("name").GetString());
    }

    [Fact]
    public void What_moments_cannot_do_is_said()
    {
        Write("model.moments", Run("fit", "may.csv", "y ~ x", "--json").Output);
        File.WriteAllBytes(Path.Combine(Folder, "cut.moments"), File.ReadAllBytes(Path.Combine(Folder, "may.moments"))[..^5]);
        Run("fit", "may.csv", "y ~ x", "-o", "m.json");
        Says("needs-rows", "--cov HC3 needs the rows a second time", "fit", "may.moments", "--cov", "HC3");
        Says("usage", "--where says how rows are read, and moments have none", "fit", "may.moments", "--where", "x > 1");
        Says("usage", "'may.csv' is neither a file of moments nor a formula", "fit", "may.moments", "may.csv", "y ~ x");
        Says("unknown-format", "may.moments holds moments: sums over rows, and no row.", "fit", "may.csv", "may.moments", "y ~ x");
        Says("unknown-format", "may.moments holds moments", "predict", "m.json", "may.moments");
        Says("unknown-format", "may.moments holds moments", "train", "may.moments", "y ~ x");
        Says("unknown-format", "may.moments holds moments", "test", "may.moments", "y ~ x");
        Says("unknown-format", "may.moments holds moments", "show", "m.json", "--verify", "may.moments");
        Says("not-a-model", "it holds moments, and `plumb fit` makes a model of them", "predict", "may.moments", "may.csv");
        Says("not-moments", "model.moments is no moments file: it begins like JSON", "fit", "model.moments");
        Says("damaged-moments", "cut.moments is damaged: it ends too early", "show", "cut.moments");
        Says("file-not-found", "none.moments: no such file", "moments", "merge", "may.moments", "none.moments", "-o", "x.moments");
        Says("duplicate-file", "may.moments is named twice", "moments", "merge", "may.moments", "./may.moments", "-o", "x.moments");
        Says("usage", "'may.moments' holds moments already", "moments", "build", "may.moments", "y ~ x", "-o", "x.moments");
        Says("usage", "-o is missing", "moments", "build", "may.csv", "y ~ x");
        Says("usage", "The part is missing", "moments", "subtract", "may.moments", "-o", "x.moments");
        Assert.Contains("a command is missing. See 'plumb moments --help'", Run("moments").Error, StringComparison.Ordinal);
        Assert.Contains("'mrge' is no command of plumb moments. Did you mean 'merge'?", Run("moments", "mrge", "a").Error, StringComparison.Ordinal);
        Says("not-moments", "may.csv is no moments file", "moments", "subtract", "may.csv", "june.csv", "-o", "x.moments");
        Build("sampled", "may.csv", "y ~ x", "--weights", "w", "--weight-kind", "sampling");
        Says("option", "With sampling weights standard errors are robust, and need the rows", "fit", "sampled.moments");
    }

    private string Build(string name, params string[] args)
    {
        Ended ended = Run(["moments", "build", .. args, "-o", name + ".moments"]);
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        return name + ".moments";
    }

    private JsonElement Describe(string file)
    {
        Ended ended = Run("show", file, "--json");
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private string Checksum(string file) => Describe(file).GetProperty("checksum").GetString()!;

    private static string WithoutSource(string json) =>
        string.Join('\n', json.Split('\n').Where(static l => !l.StartsWith("  \"source\":", StringComparison.Ordinal) && !l.StartsWith("  \"checksum\":", StringComparison.Ordinal)));

    private void Says(string code, string says, params string[] args)
    {
        Ended text = Run(args);
        Assert.Equal((2, ""), (text.Exit, text.Output));
        Assert.Contains(says, text.Error, StringComparison.Ordinal);
        Assert.Equal(code, JsonDocument.Parse(Run([.. args, "--json"]).Error).RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
