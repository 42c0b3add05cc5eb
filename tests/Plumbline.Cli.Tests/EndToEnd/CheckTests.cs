using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumbline.Files;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb check</c>, from rows or a model file to a report and a file of rows.</summary>
public sealed class CheckTests : BuiltTool
{
    private const string Formula = "price ~ sqft_living + age";

    public CheckTests() => Write("bent.csv", Bent(200));

    [Fact]
    public void The_houses_read_as_in_the_golden_files()
    {
        File.Copy(Houses, Path.Combine(Folder, "houses.csv"));
        Ended text = Run("check", "houses.csv", Formula, "--influential", "3");
        Assert.Equal((0, ""), (text.Exit, text.Error));
        Golden.Check("houses-check.txt", text.Output);
        Golden.Check("houses-check.md", Run("check", "houses.csv", Formula, "--influential", "3", "--markdown").Output);
        Golden.Check("houses-check.json", Run("check", "houses.csv", Formula, "--influential", "3", "--json").Output);
    }

    [Fact]
    public void The_remedy_of_a_curve_is_typed_as_it_stands_and_helps()
    {
        Ended first = Run("check", "bent.csv", "y ~ x", "--where", "x < 1e6");
        Assert.Equal((0, ""), (first.Exit, first.Error));
        Assert.Contains("\nBroken: a linear relation", first.Output, StringComparison.Ordinal);
        string remedy = first.Output.Split('\n').First(static l => l.StartsWith("    plumb check ", StringComparison.Ordinal)).Trim();
        Assert.Equal("plumb check bent.csv \"y ~ x + I(x^2)\" --where \"x < 1e6\"", remedy);
        Ended second = Shell(remedy.Replace("plumb ", "$PLUMB ", StringComparison.Ordinal));
        Assert.Equal((0, ""), (second.Exit, second.Error));
        Assert.Contains("\n  ok           a linear relation", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_written_as_CSV_and_as_Parquet_with_the_same_numbers()
    {
        Write("odd.csv", "x,\"a, \"\"b\"\"\",y\n1,2,1\n2,1,3\n3,5,2\n4,,9\n5,3,4\n6,9,7\n7,4,6\n");
        string[] line = ["check", "odd.csv", "y ~ x + `a, \"b\"`", "--rows"];
        Assert.Equal("", Run([.. line, "rows.csv"]).Error);
        Assert.Equal("", Run([.. line, "rows.parquet"]).Error);
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "rows.csv"));
        Assert.Equal("row,response,fitted,residual,leverage,standardized,studentized,outlier_p,cooks_distance,dffits,covariance_ratio,dfbetas_(Intercept),dfbetas_x,\"dfbetas_`a, \"\"b\"\"`\",partial_x,\"partial_`a, \"\"b\"\"`\"", lines[0]);
        Assert.Equal(["1", "2", "3", "5", "6", "7"], lines.Skip(1).Select(static l => l.Split(',')[0]), StringComparer.Ordinal);
        using FileSource parquet = FileSource.Open(Path.Combine(Folder, "rows.parquet"));
        string[] names = [.. parquet.Columns.Select(static c => c.Name)];
        Assert.Equal("dfbetas_`a, \"b\"` partial_x partial_`a, \"b\"`", string.Join(' ', names[^3..]));
        using RowBlock block = parquet.Read(names, null, TestContext.Current.CancellationToken).Single();
        Assert.Equal(6, block.Rows);
        for (int r = 0; r < 6; r++)
        {
            Assert.Equal(lines[r + 1].Split(',').Select(static v => double.Parse(v, CultureInfo.InvariantCulture)), Enumerable.Range(0, names.Length).Select(c => block[c].High[r]));
        }
        Assert.Equal(["bent.csv", "odd.csv", "rows.csv", "rows.parquet"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Fitted_value_and_residual_make_the_response_and_the_rows_in_JSON_are_those_of_the_file()
    {
        JsonElement json = JsonDocument.Parse(Run("check", Houses, Formula, "--rows", "rows.csv", "--json").Output).RootElement;
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "rows.csv"));
        Assert.Equal(21613 + 1, lines.Length);
        foreach (JsonElement row in json.GetProperty("influence").EnumerateArray())
        {
            double[] written = [.. lines[row.GetProperty("row").GetInt32()].Split(',').Select(static v => double.Parse(v, CultureInfo.InvariantCulture))];
            Assert.Equal(row.GetProperty("cooks_distance").GetDouble(), written[8], written[8] * 1e-10);
            Assert.Equal(row.GetProperty("dfbetas").GetProperty("age").GetDouble(), written[13], 1e-10);
            Assert.Equal(row.GetProperty("partial_residuals").GetProperty("age").GetDouble(), written[15], 1e-6);
            Assert.Equal(written[1], written[2] + written[3], 1e-6);
        }
    }

    [Fact]
    public void A_model_file_is_fitted_again_and_it_is_said_whether_the_rows_are_its_own()
    {
        Assert.Equal(0, Run("fit", "bent.csv", "y ~ x + I(x^2)", "--where", "x > 2", "-o", "m.json").Exit);
        JsonElement own = JsonDocument.Parse(Run("check", "m.json", "bent.csv", "--json").Output).RootElement;
        JsonElement direct = JsonDocument.Parse(Run("check", "bent.csv", "y ~ x + I(x^2)", "--where", "x > 2", "--json").Output).RootElement;
        Assert.Equal(direct.GetProperty("checks").GetRawText(), own.GetProperty("checks").GetRawText());
        Assert.Equal("model-agrees", own.GetProperty("notes")[0].GetProperty("code").GetString());
        Write("more.csv", Bent(300));
        JsonElement other = JsonDocument.Parse(Run("check", "m.json", "bent.csv", "more.csv", "--json").Output).RootElement;
        Assert.Equal("model-differs", other.GetProperty("notes")[0].GetProperty("code").GetString());
        Ended twice = Run("check", "m.json", "bent.csv", "--weights", "x");
        Assert.Equal((2, ""), (twice.Exit, twice.Output));
        Assert.Contains("--weights is what the model file says already", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_split_lags_and_seed_reach_the_checks_and_threads_change_nothing()
    {
        string[] line = ["check", "bent.csv", "y ~ x + I(x^2)", "--order", "x", "--split", "g", "--lags", "3", "--seed", "7", "--json"];
        string one = Run([.. line, "--threads", "1"]).Output, many = Run([.. line, "--threads", "4"]).Output;
        Assert.Equal(one, many);
        string[] names = [.. JsonDocument.Parse(one).RootElement.GetProperty("checks").EnumerateArray().Select(static c => c.GetProperty("name").GetString()!)];
        Assert.Contains("durbin-watson", names, StringComparer.Ordinal);
        Assert.Contains("breusch-godfrey", names, StringComparer.Ordinal);
        string without = Run("check", "bent.csv", "y ~ x + I(x^2)", "--json").Output;
        Assert.DoesNotContain("durbin-watson", without, StringComparison.Ordinal);
        Assert.Contains("\"no-order\"", without, StringComparison.Ordinal);
        Assert.Contains("\"durbin-watson\"", Run("check", "bent.csv", "y ~ x + I(x^2)", "--in-order", "--json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "DATA and FORMULA are missing. Expected: plumb check data.csv \"y ~ x\".")]
    [InlineData("bent.csv", "FORMULA is missing")]
    [InlineData("bent.csv y~x --order z", "The order `z` is no column of bent.csv.")]
    [InlineData("bent.csv y~x --order g", "The order `g` does not hold numbers or times.")]
    [InlineData("bent.csv y~x --order y", "The order `y` is ")]
    [InlineData("bent.csv y~x --split z", "The split `z` is no column")]
    [InlineData("bent.csv y~x --order x --in-order", "--order and --in-order exclude each other")]
    [InlineData("bent.csv y~x --lags 0", "--lags '0': expected a whole number from 1")]
    [InlineData("bent.csv y~x --influential many", "--influential 'many'")]
    [InlineData("bent.csv y~x --seed -1", "--seed")]
    [InlineData("bent.csv y~x --rows rows.xlsx", "rows are written as .csv or .parquet")]
    [InlineData("bent.csv y~x --rows nowhere/rows.csv", "there is no folder")]
    [InlineData("bent.csv y~x --rows /dev/none.parquet", "Parquet needs a file")]
    [InlineData("bent.csv y~x -o a.txt --rows ./a.txt", "rows are written as .csv or .parquet")]
    [InlineData("bent.csv y~x -o a --rows ./a", "--rows and -o both name 'a'.")]
    [InlineData("bent.csv y~x -o r.xlsx", "a report on checks is written as .json, .md or .txt")]
    [InlineData("bent.csv y~x --accept-edited", "of use with a model file only")]
    [InlineData("bent.csv y~w", "There is no column `w`")]
    [InlineData("nothing.csv y~x", "nothing.csv")]
    [InlineData("none.json bent.csv", "none.json")]
    public void Bad_input_is_told_in_one_message_with_exit_2(string line, string says)
    {
        Ended ended = Run(["check", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_refused_since_rows_are_read_again()
    {
        Ended ended = Shell("cat bent.csv | $PLUMB check - 'y ~ x'; echo $?");
        Assert.Equal("2\n", ended.Output);
        Assert.Contains("The checks read the rows three times.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_and_Ctrl_C_leave_no_file()
    {
        Write("bad.csv", Bent(200) + "1,2\n");
        Ended ended = Run("check", "bad.csv", "y ~ x", "--rows", "rows.csv", "-o", "report.md");
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: bad.csv, line 202: ", ended.Error, StringComparison.Ordinal);
        Write("long.csv", Bent(300_000));
        using (Process process = Start("check", "long.csv", "y ~ x + I(x^2) + g", "--in-order", "--rows", "rows.csv", "-o", "report.md"))
        {
            // The hidden file of the rows stands from the first reading on.
            while (!process.HasExited && Directory.GetFiles(Folder, ".plumb-*").Length == 0)
            {
                Thread.Sleep(10);
            }
            Shell($"kill -INT {process.Id}");
            Assert.Equal("plumb: interrupted\n", process.StandardError.ReadToEnd());
            process.WaitForExit();
            Assert.Equal(130, process.ExitCode);
        }
        Assert.Equal(["bad.csv", "bent.csv", "long.csv"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void An_exact_fit_has_nothing_to_check_and_says_so()
    {
        Write("line.csv", "x,y\n1,2\n2,4\n3,6\n");
        Ended ended = Run("check", "line.csv", "y ~ x", "--rows", "rows.csv");
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        Assert.Contains("goes through every row", ended.Output, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(Path.Combine(Folder, "rows.csv")).Length);
    }

    /// <summary>A parabola with noise from a fixed sequence, x in order, and a column of two levels that mean nothing.</summary>
    private static string Bent(int rows)
    {
        System.Text.StringBuilder text = new("x,y,g\n");
        NormalNoise noise = new();
        for (int i = 1; i <= rows; i++)
        {
            double x = 10.0 * i / rows;
            text.Append(CultureInfo.InvariantCulture, $"{x},{1 + x + (0.3 * x * x) + noise.Next()},{(i * 7919 % 13 < 6 ? "a" : "b")}\n");
        }
        return text.ToString();
    }

    /// <summary>Sums of twelve uniform numbers of a linear congruential generator: near enough to normal.</summary>
    private sealed class NormalNoise
    {
        private ulong _state = 42;

        public double Next()
        {
            double sum = -6;
            for (int i = 0; i < 12; i++)
            {
                _state = (_state * 6364136223846793005) + 1442695040888963407;
                sum += (_state >> 11) * Math.ScaleB(1, -53);
            }
            return sum;
        }
    }
}
