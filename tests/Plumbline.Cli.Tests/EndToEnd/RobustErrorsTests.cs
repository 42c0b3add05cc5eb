using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb fit --cov</c> on real files.</summary>
public sealed class RobustErrorsTests : BuiltTool
{
    private static readonly string[] s_kinds = ["HC3", "CR1:zipcode,yr_built", "newey-west:3", "bootstrap:10"];

    public static TheoryData<string> Kinds() => [.. s_kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_and_the_format_of_the_file_change_no_bit(string kind)
    {
        File.WriteAllText(Path.Combine(Folder, "h.jsonl"), JsonLines());
        string[] asked = ["price ~ sqft_living + age", "--cov", kind];
        string all = Covariance(Fit([Houses, .. asked]));
        Assert.Equal(all, Covariance(Fit([Houses, .. asked, "--threads", "1"])));
        Assert.Equal(all, Covariance(Fit(["h.jsonl", .. asked])));
    }

    [Fact]
    public void Clusters_of_text_are_clusters()
    {
        string[] lines = File.ReadAllLines(Houses);
        int zip = Array.IndexOf(lines[0].Split(','), "zipcode");
        File.WriteAllLines(Path.Combine(Folder, "t.csv"), [.. lines.Take(1).Select(static l => l + ",area"), .. lines.Skip(1).Select(l => $"{l},\"zip \"\"{l.Split(',')[zip]}\"\"\"")]);
        JsonElement named = Fit("t.csv", "price ~ age", "--cov", "CR1:area").GetProperty("covariance");
        JsonElement numbered = Fit("t.csv", "price ~ age", "--cov", "CR1:zipcode").GetProperty("covariance");
        Assert.Equal(numbered.GetProperty("matrix").GetRawText(), named.GetProperty("matrix").GetRawText());
        Assert.Equal(70, named.GetProperty("clusters")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public void Rows_that_miss_their_cluster_are_refused_and_can_be_left_out()
    {
        File.WriteAllText(Path.Combine(Folder, "m.csv"), "y,x,g\n1,2,a\n3,1,b\n2,5,\n4,4,a\n7,6,c\n,1,\n");
        Ended ended = Run("fit", "m.csv", "y ~ x", "--cov", "CR1:g");
        Assert.Equal(2, ended.Exit);
        Assert.Contains("`g` is missing in 1 of the rows that the model was fitted to", ended.Error, StringComparison.Ordinal);
        Assert.Equal(3, Fit("m.csv", "y ~ x", "--cov", "CR1:g", "--where", "g is not null").GetProperty("covariance").GetProperty("clusters")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_pipe_cannot_be_read_twice_and_it_is_said_why_that_was_wanted()
    {
        Ended ended = Shell($"cat '{Houses}' | $PLUMB fit - 'price ~ age' --cov HC1");
        Assert.Equal(2, ended.Exit);
        Assert.Contains("HC1 needs the rows a second time. ", ended.Error, StringComparison.Ordinal);
    }

    private static string Covariance(JsonElement fit) => fit.GetProperty("covariance").GetRawText() + fit.GetProperty("f").GetRawText();

    private static string JsonLines()
    {
        string[] lines = File.ReadAllLines(Houses);
        string[] names = lines[0].Split(',');
        return string.Concat(lines[1..].Select(line =>
            "{" + string.Join(',', line.Split(',').Zip(names).Where(static v => v.Second is "price" or "sqft_living" or "age" or "zipcode" or "yr_built").Select(static v => $"\"{v.Second}\":{v.First}")) + "}\n"));
    }
}
