using System.Globalization;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb tradeoff</c>, from a truth or from rows to a report.</summary>
public sealed class TradeoffTests : BuiltTool
{
    public TradeoffTests()
    {
        var rows = new System.Text.StringBuilder("x,y,g\n");
        for (int i = 0; i < 60; i++)
        {
            double x = i / 10.0;
            rows.Append(CultureInfo.InvariantCulture, $"{x},{Math.Sin(x) + (0.3 * Math.Sin(i * i))},{(i % 2 == 0 ? 'a' : 'b')}\n");
        }
        Write("waves.csv", rows.ToString());
    }

    [Fact]
    public void The_U_of_a_polynomial_family_is_said_in_words()
    {
        Ended ended = Run("tradeoff", "--truth", "sin(2*x)", "--range", "0,3", "--rows", "30", "--degrees", "0..10", "--sets", "200");
        Assert.Equal(0, ended.Exit);
        Assert.Equal("", ended.Error);
        string[] lines = ended.Output.Split('\n');
        Assert.EndsWith("underfits", lines.Single(static l => l.StartsWith("degree 1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("overfits", lines.Single(static l => l.StartsWith("degree 10 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Single(lines, static l => l.EndsWith("  best", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("Underfitting ", StringComparison.Ordinal) && l.Contains("degree 0; degree 1; degree 2. Too simple", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("Overfitting ", StringComparison.Ordinal) && l.Contains("degree 10. Too complex", StringComparison.Ordinal));
    }

    [Fact]
    public void The_parts_add_up_in_the_JSON_and_the_closed_form_is_there_for_a_fixed_design()
    {
        JsonElement json = Json(["tradeoff", "--truth", "x1 * x2", "--noise", "0.1 + x1", "--degrees", "0,2", "--lambdas", "0,0.5", "--rows", "20,40", "--sets", "50", "--points", "30"]);
        Assert.Equal("plumbline/tradeoff/1", json.GetProperty("schema").GetString());
        Assert.Equal(8, json.GetProperty("parts").GetArrayLength());
        foreach (JsonElement part in json.GetProperty("parts").EnumerateArray())
        {
            double mse = Value(part, "mse");
            Assert.Equal(mse, Value(part, "bias_squared") + Value(part, "variance") + part.GetProperty("noise").GetDouble(), 1e-12 * mse);
            Assert.Equal(30, part.GetProperty("points").GetArrayLength());
            Assert.Equal(2, part.GetProperty("points")[0].GetProperty("x").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, part.GetProperty("closed_form").ValueKind);
        }
        JsonElement fixedDesign = Json(["tradeoff", "--truth", "x", "--noise", "0.2", "--degrees", "1", "--rows", "25", "--sets", "10", "--fixed-design"]).GetProperty("parts")[0];
        Assert.Equal(0.04 * 2 / 25, fixedDesign.GetProperty("closed_form").GetProperty("variance").GetDouble(), 1e-15);
    }

    [Fact]
    public void A_network_stands_beside_a_line()
    {
        string text = Run("tradeoff", "--truth", "sin(2*x)", "--range", "0,3", "--degrees", "1", "--network", "4", "--epochs", "2", "--rows", "10", "--sets", "5").Output;
        Assert.Contains("degree 1 ", text, StringComparison.Ordinal);
        Assert.Contains("network, 4 units", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("degree:x:1..5", 5, "poly(x, 5)")]
    [InlineData("lambda:0,0.1,1", 3, "y ~ x + g")]
    [InlineData("rows:10,20,40", 3, "y ~ x + g")]
    public void On_data_a_family_is_resampled(string over, int count, string formula)
    {
        foreach (string[] way in (string[][])[["--bootstrap", "30"], ["--splits", "30"]])
        {
            JsonElement json = Json(["tradeoff", "waves.csv", "y ~ x + g", "--over", over, .. way, "--test", "0.3"]);
            Assert.Equal(way[0][2..], json.GetProperty("resampling").GetString());
            Assert.Equal(18, json.GetProperty("rows").GetProperty("held_out").GetInt32());
            Assert.Equal(count, json.GetProperty("parts").GetArrayLength());
            JsonElement last = json.GetProperty("parts")[count - 1];
            Assert.Contains(formula, last.GetProperty("formula").GetString(), StringComparison.Ordinal);
            Assert.Equal(Value(last, "loss"), Value(last, "bias_and_noise") + Value(last, "variance"), 1e-12 * Value(last, "loss"));
            Assert.Contains("noise-in-bias", json.GetProperty("notes").EnumerateArray().Select(static n => n.GetProperty("code").GetString()), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void A_report_goes_to_a_file_and_threads_change_no_bit()
    {
        string[] line = ["tradeoff", "waves.csv", "y ~ x", "--over", "degree:x:1..4", "--bootstrap", "20", "--seed", "7"];
        Assert.Equal(0, Run([.. line, "--threads", "1", "-o", "one.json"]).Exit);
        Assert.Equal(Run([.. line, "--threads", "3", "--json"]).Output, File.ReadAllText(Path.Combine(Folder, "one.json")));
    }

    [Fact]
    public void Weights_Markdown_and_the_rows_held_out()
    {
        string[] line = ["tradeoff", "waves.csv", "y ~ x", "--over", "degree:x:1..3", "--splits", "20", "--weights", "x"];
        Ended ended = Run([.. line, "--rows-file", "rows.csv", "--markdown"]);
        Assert.Equal("", ended.Error);
        Assert.StartsWith("# `y ~ x`\n\nwaves.csv  \n20 splits; ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("; precision weights x\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\n| | Bias² + noise | Variance | Loss | Std. error |  |\n|:--|--:|--:|--:|--:|--:|\n| degree 1 | ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\n## Notes\n\n- ", ended.Output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(Path.Combine(Folder, "rows.csv"));
        Assert.Equal("learner,row,observed,mean_prediction,bias_and_noise,variance,predictions", rows[0]);
        JsonElement part = Json(line).GetProperty("parts")[0];
        double loss = 0, weight = 0;
        foreach (string[] row in rows.Skip(1).Select(static r => r.Split(',')).Where(static r => r[0] == "\"degree 1\""))
        {
            double[] v = [.. row.Skip(1).Select(static c => double.Parse(c, CultureInfo.InvariantCulture))];
            double w = (v[0] - 1) / 10 * v[5];
            loss += w * (v[3] + v[4]);
            weight += w;
        }
        Assert.Equal(Value(part, "loss"), loss / weight, 1e-9);
        Assert.Contains("●", Run(line).Output, StringComparison.Ordinal);
        Assert.Contains("| MSE | Std. error |", Run("tradeoff", "--truth", "x", "--degrees", "1..2", "--sets", "5", "--markdown").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tradeoff", "expected data and a formula")]
    [InlineData("tradeoff waves.csv", "expected data and a formula")]
    [InlineData("tradeoff waves.csv y~x --noise 1", "--noise is for simulations")]
    [InlineData("tradeoff waves.csv y~x --fixed-design", "--fixed-design is for simulations")]
    [InlineData("tradeoff waves.csv y~x --bootstrap 5 --splits 5", "exclude each other")]
    [InlineData("tradeoff waves.csv y~x --over degree:z:1..3", "no term of")]
    [InlineData("tradeoff waves.csv y~x --over degree:1..3", "expected degree:COLUMN:1..8")]
    [InlineData("tradeoff waves.csv y~x --over lambda:-1", "expected numbers of 0 or more")]
    [InlineData("tradeoff waves.csv y~x --test 1", "expected a number between 0 and 1")]
    [InlineData("tradeoff waves.csv y~x --over rows:50", "50 rows was asked for, and 45 are left")]
    [InlineData("tradeoff --truth x --over degree:x:1", "--over is for data")]
    [InlineData("tradeoff waves.csv --truth x", "exclude each other")]
    [InlineData("tradeoff --truth z", "there is no `z` here")]
    [InlineData("tradeoff --truth 1/x --range -1,1 --points 1", "must be finite")]
    [InlineData("tradeoff --truth x --noise -1", "0 or more")]
    [InlineData("tradeoff --truth x --degrees 5..1", "expected whole numbers")]
    [InlineData("tradeoff --truth x --degrees 9 --rows 5", "has 10 coefficients, and a training set has 5 rows")]
    [InlineData("tradeoff --truth x --range 1,0", "the smaller first")]
    [InlineData("tradeoff --truth x --epochs 3", "--network UNITS")]
    [InlineData("tradeoff --truth x -o report.pdf", "written as .json, .md or .txt")]
    [InlineData("tradeoff --truth x --weights w", "--weights is for data")]
    [InlineData("tradeoff --truth x --rows-file a.csv", "--rows-file is for data")]
    [InlineData("tradeoff waves.csv y~x --rows-file a.parquet", "written as .csv")]
    [InlineData("tradeoff waves.csv y~x --weights x --weight-kind sampling", "precision weights only")]
    [InlineData("tradeoff - y~x", "a pipe can be read only once")]
    public void What_cannot_be_is_told_once(string line, string says)
    {
        Ended ended = Run(line.Split(' '));
        Assert.Equal(2, ended.Exit);
        Assert.Equal("", ended.Output);
        Assert.Contains(says, ended.Error, StringComparison.OrdinalIgnoreCase);
    }

    private JsonElement Json(string[] line)
    {
        Ended ended = Run([.. line, "--json"]);
        Assert.Equal("", ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private static double Value(JsonElement part, string name) => part.GetProperty(name).GetProperty("value").GetDouble();
}
