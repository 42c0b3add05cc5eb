using System.Globalization;
using System.Text.Json;
using Plumbline.Files;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb predict</c>, from a model file and rows to predictions.</summary>
public sealed class PredictTests : BuiltTool
{
    private const string Few = "x,z,y\n1,2,1.5\n2,1,2.25\n3,4,2.75\n4,3,4.5\n5,6,4.75\n6,8,6.5\n";

    public PredictTests()
    {
        Write("few.csv", Few);
        Assert.Equal(0, Run("fit", "few.csv", "y ~ x + z", "-o", "m.json").Exit);
    }

    [Fact]
    public void Rows_come_as_CSV_in_order_and_scores_and_notes_on_the_error_stream()
    {
        Write("new.csv", "z,x,y\n2,1,1.5\n1,NA,3\n9,6.5,\n");
        Ended ended = Run("predict", "m.json", "new.csv");
        Assert.Equal(0, ended.Exit);
        string[] lines = ended.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("row,estimate,std_error", lines[0]);
        Assert.StartsWith("1,1.", lines[1], StringComparison.Ordinal);
        Assert.Equal("2,,", lines[2]);
        Assert.StartsWith("3,", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("scores on 1 row: RMSE ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("\nnote: 1 row has no prediction because a value is missing, infinite or not defined (x: 1).\n", ended.Error, StringComparison.Ordinal);
        Assert.Contains("\nnote: 1 row has `x` outside its range in the fit, 1 to 6; the first is row 3. ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CSV_JSON_and_Parquet_hold_the_same_numbers()
    {
        string csv = Run("predict", "m.json", "few.csv", "--interval", "prediction", "--level", "0.9").Output;
        JsonElement json = JsonDocument.Parse(Run("predict", "m.json", "few.csv", "--interval", "prediction", "--level", "0.9", "--json").Output).RootElement;
        Assert.Equal(0, Run("predict", "m.json", "few.csv", "--interval", "prediction", "--level", "0.9", "-o", "p.parquet").Exit);
        Assert.Equal(0, Run("predict", "m.json", "few.csv", "--interval", "prediction", "--level", "0.9", "-o", "p.csv").Exit);
        Assert.Equal(0, Run("predict", "m.json", "few.csv", "--interval", "prediction", "--level", "0.9", "-o", "p.json").Exit);
        Assert.Equal(csv, File.ReadAllText(Path.Combine(Folder, "p.csv")));
        Assert.Equal(["few.csv", "m.json", "p.csv", "p.json", "p.parquet"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        Assert.Equal(("plumbline/predict/1", "prediction", 0.9), (json.GetProperty("schema").GetString(), json.GetProperty("interval").GetString(), json.GetProperty("level").GetDouble()));
        using FileSource parquet = FileSource.Open(Path.Combine(Folder, "p.parquet"));
        Assert.Equal(["row", "estimate", "std_error", "lower", "upper"], parquet.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        RowBlock block = parquet.Read(["row", "estimate", "std_error", "lower", "upper"], null, TestContext.Current.CancellationToken).Single();
        string[] lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal((7, 6, 6), (lines.Length, json.GetProperty("rows").GetArrayLength(), block.Rows));
        for (int row = 0; row < 6; row++)
        {
            double[] values = [.. lines[row + 1].Split(',').Select(static v => double.Parse(v, CultureInfo.InvariantCulture))];
            JsonElement one = json.GetProperty("rows")[row];
            string[] names = ["row", "estimate", "std_error", "lower", "upper"];
            for (int c = 0; c < 5; c++)
            {
                Assert.Equal(values[c], one.GetProperty(names[c]).GetDouble());
                Assert.Equal(values[c], block[c].High[row]);
            }
        }
        block.Dispose();
    }

    [Fact]
    public void Missing_predictions_are_null_in_JSON_and_in_Parquet()
    {
        Write("new.csv", "z,x\n2,1\n1,NA\n");
        Assert.Equal(0, Run("predict", "m.json", "new.csv", "-o", "p.parquet").Exit);
        using FileSource parquet = FileSource.Open(Path.Combine(Folder, "p.parquet"));
        using RowBlock block = parquet.Read(["estimate"], null, TestContext.Current.CancellationToken).Single();
        Assert.Equal([false, true], block[0].High.ToArray().Select(double.IsNaN));
        JsonElement json = JsonDocument.Parse(Run("predict", "m.json", "new.csv", "--json").Output).RootElement;
        Assert.Equal("""{"row":2,"estimate":null,"std_error":null,"lower":null,"upper":null}""", JsonSerializer.Serialize(json.GetProperty("rows")[1]));
        Assert.Equal("""{"read":2,"predicted":1,"without_prediction":{"total":1,"by_column":{"x":1}}}""", JsonSerializer.Serialize(json.GetProperty("counts")));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("scores").ValueKind);
        Assert.Equal("rows-without-prediction", json.GetProperty("notes")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Rows_may_come_through_a_pipe_and_leave_by_one()
    {
        Ended ended = Shell($"cat few.csv | $PLUMB predict m.json - 2>/dev/null | head -n 2 | tail -n 1");
        Assert.StartsWith("1,", ended.Output, StringComparison.Ordinal);
        Assert.Equal(Run("predict", "m.json", "few.csv").Output.Split('\n')[1] + "\n", ended.Output);
        ended = Shell("$PLUMB predict m.json " + Houses + " 2>&1; echo $?");
        Assert.Contains("The model needs the column `x`", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_ends_the_work_quietly()
    {
        Assert.Equal(0, Run("fit", Houses, "price ~ age", "-o", "houses.json").Exit);
        Ended ended = Shell($"$PLUMB predict houses.json {Houses} --interval prediction 2>err | head -n 1; cat err");
        Assert.Equal("row,estimate,std_error,lower,upper\n", ended.Output);
    }

    [Fact]
    public void A_level_that_the_fit_did_not_have_is_told_or_left_out_or_taken_for_the_base()
    {
        Write("train.csv", "code,y\n01,1\n1,2\nb[x]\"\",4\n01,2\n1,3\n\"b[x]\"\"\",5\n".Replace("b[x]\"\",4", "\"b[x]\"\"\",4", StringComparison.Ordinal));
        Assert.Equal(0, Run("fit", "train.csv", "y ~ code", "--text", "code", "-o", "codes.json").Exit);
        Write("new.csv", "code\n1\n01\n02\n");     // numbers, were it not for the model
        Ended refused = Run("predict", "codes.json", "new.csv");
        Assert.Equal((2, ""), (refused.Exit, refused.Output));
        Assert.StartsWith("plumb: new.csv: in row 3, `code` has the level \"02\"", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--unseen missing and --unseen base", refused.Error, StringComparison.Ordinal);
        string[] missing = Run("predict", "codes.json", "new.csv", "--unseen", "missing").Output.Split('\n');
        string[] taken = Run("predict", "codes.json", "new.csv", "--unseen", "base").Output.Split('\n');
        Assert.StartsWith("1,2.5,", missing[1], StringComparison.Ordinal);
        Assert.StartsWith("2,1.5,", missing[2], StringComparison.Ordinal);
        Assert.Equal("3,,", missing[3]);
        Assert.Equal(taken[2][1..], taken[3][1..]);
        Assert.Contains("b[x]\" (2)", Run("show", "codes.json").Output, StringComparison.Ordinal);
        Write("turned.csv", "y,code\n5,\"b[x]\"\"\"\n3,1\n2,01\n4,\"b[x]\"\"\"\n2,1\n1,01\n");
        Assert.Equal(0, Run("show", "codes.json", "--verify", "turned.csv").Exit);
    }

    [Fact]
    public void A_condition_chooses_the_rows()
    {
        string[] lines = Run("predict", "m.json", "few.csv", "--where", "x > 4").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("1,", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--interval both", 2, "expected none, confidence or prediction")]
    [InlineData("--level 2", 2, "--level '2'")]
    [InlineData("-o p.xlsx", 2, "predictions are written as .csv, .json or .parquet")]
    [InlineData("-o /dev/none.parquet", 2, "is a device or a pipe, and Parquet needs a file")]
    [InlineData("-o nowhere/p.csv", 2, "there is no folder")]
    public void A_wrong_option_is_told(string options, int exit, string says)
    {
        Ended ended = Run(["predict", "m.json", "few.csv", .. options.Split(' ')]);
        Assert.Equal((exit, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_cannot_be_predicted_leave_no_file()
    {
        Write("bad.csv", "x,z\n1,2\n2,2,2\n");
        Ended ended = Run("predict", "m.json", "bad.csv", "-o", "p.csv");
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: bad.csv, line 3: ", ended.Error, StringComparison.Ordinal);
        ended = Run("predict", "m.json", "bad.csv", "-o", "p.parquet", "--interval", "confidence");
        Assert.Equal(2, ended.Exit);
        Assert.Equal(["bad.csv", "few.csv", "m.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.StartsWith("plumb: MODEL and DATA are missing.", Run("predict").Error, StringComparison.Ordinal);
        Assert.StartsWith("plumb: DATA is missing.", Run("predict", "m.json").Error, StringComparison.Ordinal);
    }
}
