using System.Globalization;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb tune</c>, from rows to a report, a table and back from where it was.</summary>
public sealed class TuneTests : BuiltTool
{
    public TuneTests()
    {
        var rows = new System.Text.StringBuilder("x,y,g\n");
        for (int i = 0; i < 200; i++)
        {
            double x = i / 50.0;
            rows.Append(CultureInfo.InvariantCulture, $"{x},{(x * x) + (0.3 * Math.Sin(i * i))},{(i % 3 == 0 ? 'a' : 'b')}\n");
        }
        Write("curve.csv", rows.ToString());
        Write("more.csv", string.Concat(rows.ToString().Split('\n').Take(51).Select(static l => l + "\n")));
    }

    [Fact]
    public void A_grid_is_reported_as_text_JSON_and_CSV()
    {
        string[] line = ["tune", "curve.csv", "y ~ x + g", "--lr", "0.001,0.05", "--batch", "16,64", "--optimizer", "sgd,adam", "--epochs", "5", "--folds", "4"];
        Ended text = Run([.. line, "-o", "table.csv"]);
        Assert.Equal("", text.Error);
        Assert.Contains("8 settings, the whole grid; up to 5 epochs; judged on 4 folds; seed 0", text.Output, StringComparison.Ordinal);
        Assert.Single(text.Output.Split('\n'), static l => l.EndsWith("  best", StringComparison.Ordinal));
        string[] table = File.ReadAllLines(Path.Combine(Folder, "table.csv"));
        Assert.Equal(9, table.Length);
        JsonElement json = JsonDocument.Parse(Run([.. line, "--json"]).Output).RootElement;
        Assert.Equal("plumbline/tune/1", json.GetProperty("schema").GetString());
        JsonElement[] trials = [.. json.GetProperty("trials").EnumerateArray()];
        Assert.Equal(8, trials.Length);
        Assert.Equal(trials.Min(static t => t.GetProperty("loss").GetDouble()), json.GetProperty("best").GetProperty("loss").GetDouble());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $",{trials[7].GetProperty("loss").GetDouble():R},"), table[8], StringComparison.Ordinal);
        Assert.Contains("selected", json.GetProperty("notes").EnumerateArray().Select(static n => n.GetProperty("code").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Degrees_are_compared_and_a_resumed_tuning_says_the_same()
    {
        string[] line = ["tune", "curve.csv", "y ~ x", "--degree", "x:1..3", "--lr", "0.03", "--epochs", "6", "--json"];
        string whole = Run(line).Output;
        string[] resumable = [.. line, "--resume", "tuning.jsonl"];
        Assert.Equal(whole, Run(resumable).Output);
        string kept = Path.Combine(Folder, "tuning.jsonl");
        string[] lines = File.ReadAllLines(kept);
        Assert.Equal(3, lines.Length);
        File.WriteAllText(kept, $"{lines[1]}\n{lines[0][..40]}");
        Assert.Equal(whole, Run(resumable).Output);
        Assert.Equal(4, File.ReadAllLines(kept).Length);
        Ended other = Run([.. resumable, "--seed", "1"]);
        Assert.Equal(2, other.Exit);
        Assert.Contains("checkpoint", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_ranks_settings_and_weights_are_named()
    {
        string[] line = ["tune", "curve.csv", "y ~ x", "--lr", "0.001,0.05", "--epochs", "4", "--folds", "3", "--weights", "x"];
        JsonElement json = JsonDocument.Parse(Run([.. line, "--score", "r2", "--json"]).Output).RootElement;
        Assert.Equal("r2", json.GetProperty("score").GetString());
        Assert.Equal("x", json.GetProperty("weights").GetString());
        Assert.Equal(json.GetProperty("trials").EnumerateArray().Max(static t => t.GetProperty("score").GetDouble()), json.GetProperty("best").GetProperty("score").GetDouble());
        Assert.Equal(199, json.GetProperty("rows").GetProperty("used").GetInt32());        // the first row has the weight 0
        string page = Run([.. line, "--score", "mae", "--markdown"]).Output;
        Assert.StartsWith("# `curve.csv`\n\n2 settings, the whole grid; up to 4 epochs; judged on 3 folds; seed 0; precision weights x\n", page, StringComparison.Ordinal);
        Assert.Contains("| | Rate | Epochs | MAE | Std. error | Excess |  |\n", page, StringComparison.Ordinal);
        Assert.Contains("\n- Exact fit: MAE ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_read_one_after_the_other()
    {
        Ended ended = Run("tune", "curve.csv", "more.csv", "y ~ x", "--lr", "0.05", "--epochs", "1", "--json");
        Assert.Equal("", ended.Error);
        Assert.Equal(250, JsonDocument.Parse(ended.Output).RootElement.GetProperty("rows").GetProperty("used").GetInt32());
    }

    [Fact]
    public void Halving_of_random_draws_trains_few_to_the_end()
    {
        Ended ended = Run("tune", "curve.csv", "y ~ x", "--lr", "0.0001,0.5", "--trials", "9", "--halving", "--epochs", "9", "--json");
        JsonElement[] trials = [.. JsonDocument.Parse(ended.Output).RootElement.GetProperty("trials").EnumerateArray()];
        Assert.Equal(9, trials.Length);
        Assert.Single(trials, static t => t.GetProperty("epochs").GetInt32() == 9);
        Assert.Equal(6, trials.Count(static t => t.GetProperty("epochs").GetInt32() == 1));
    }

    [Theory]
    [InlineData("tune", "DATA and FORMULA are missing")]
    [InlineData("tune curve.csv", "FORMULA is missing")]
    [InlineData("tune - y~x", "a pipe can be read only once")]
    [InlineData("tune curve.csv y~x --weights x --weight-kind frequency", "precision weights only")]
    [InlineData("tune curve.csv y~x --score auc", "expected loss, mse, rmse, mae or r2")]
    [InlineData("tune curve.csv y~x --validate 1", "expected a number between 0 and 1")]
    [InlineData("tune curve.csv y~x --lr 0", "must be above 0")]
    [InlineData("tune curve.csv y~x --lr a", "expected numbers of 0 or more")]
    [InlineData("tune curve.csv y~x --optimizer addam", "Did you mean")]
    [InlineData("tune curve.csv y~x --degree 1..3", "expected a column and degrees")]
    [InlineData("tune curve.csv y~x --folds 3 --validate 0.1", "exclude each other")]
    [InlineData("tune curve.csv y~x --batch 500", "there are")]
    [InlineData("tune curve.csv y~x -o table.md", "written as .csv or .json")]
    [InlineData("tune curve.csv y~x --resume curve.csv", "no training of a tuning")]
    public void What_cannot_be_is_told_once(string line, string says)
    {
        Ended ended = Run(line.Split(' '));
        Assert.Equal(2, ended.Exit);
        Assert.Equal("", ended.Output);
        Assert.Contains(says, ended.Error, StringComparison.OrdinalIgnoreCase);
    }
}
