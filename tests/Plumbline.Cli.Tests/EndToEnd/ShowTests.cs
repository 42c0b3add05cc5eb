using System.Text;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb show</c>: a model file, whole, and verified against data.</summary>
public sealed class ShowTests : BuiltTool
{
    private const string Few = "x,z,y,w\n1,2,1.5,1\n2,1,2.25,2\n3,4,2.75,1\n4,3,4.5,0\n5,6,4.75,2\n6,8,6.5,1\n7,7,NA,1\n";

    public ShowTests()
    {
        Write("few.csv", Few);
        Assert.Equal(0, Run("fit", "few.csv", "log(y) ~ x + z", "--weights", "w", "--where", "x < 7", "--level", "0.9", "-o", "m.json").Exit);
    }

    [Fact]
    public void Every_stored_value_of_the_data_is_shown()
    {
        string text = Run("show", "m.json").Output;
        Assert.StartsWith(Run("fit", "few.csv", "log(y) ~ x + z", "--weights", "w", "--where", "x < 7", "--level", "0.9").Output, text, StringComparison.Ordinal);
        foreach (string line in (string[])
        [
            "Fitted by          Plumbline 0.1.0\n", "Condition on rows  x < 7\n",
            "- x  number, needed to predict, from 1 to 6\n", "- z  number, needed to predict, from 1 to 8\n",
            "- y  number, of the response, from 1.5 to 6.5\n", "- w  number, weights, from 0 to 2\n",
        ])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void JSON_is_the_file_itself_and_Markdown_says_the_same()
    {
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "m.json")), Run("show", "m.json", "--json").Output);
        string page = Run("show", "m.json", "--markdown").Output;
        Assert.Contains("\n## Origin\n\n- Fitted by: Plumbline 0.1.0\n", page, StringComparison.Ordinal);
        Assert.Contains("\n- x: number, needed to predict, from 1 to 6\n", page, StringComparison.Ordinal);
        Assert.Equal(0, Run("show", "m.json", "-o", "m.md").Exit);
        Assert.Equal(page, File.ReadAllText(Path.Combine(Folder, "m.md")));
    }

    [Fact]
    public void A_model_is_verified_by_its_rows_in_any_order()
    {
        string[] lines = Few.TrimEnd('\n').Split('\n');
        Write("turned.csv", string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0])) + "\n");
        foreach (string data in (string[])["few.csv", "turned.csv"])
        {
            Ended ended = Run("show", "m.json", "--verify", data);
            Assert.Equal((0, ""), (ended.Exit, ended.Error));
            Assert.Contains($"Verified           the same bits from {data}: estimates, standard errors, covariance, the moments, 5 rows\n", ended.Output, StringComparison.Ordinal);
        }
        JsonElement json = JsonDocument.Parse(Run("show", "m.json", "--verify", "few.csv", "--json").Output).RootElement;
        Assert.Equal(("plumbline/verify/1", true, true), (json.GetProperty("schema").GetString(), json.GetProperty("holds").GetBoolean(), json.GetProperty("moments_compared").GetBoolean()));
    }

    [Fact]
    public void A_model_that_does_not_hold_is_exit_code_1_and_what_differs_is_told()
    {
        Write("other.csv", Few.Replace("2.75", "2.750000000000001", StringComparison.Ordinal));
        Ended ended = Run("show", "m.json", "--verify", "other.csv");
        Assert.Equal((1, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: m.json is not the model of other.csv: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("\n  checksum of the moments: ", ended.Error, StringComparison.Ordinal);
        Ended json = Run("show", "m.json", "--verify", "other.csv", "--json");
        Assert.Equal("verification", JsonDocument.Parse(json.Error).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void A_damaged_edited_or_newer_file_is_told_apart_and_refused()
    {
        string text = File.ReadAllText(Path.Combine(Folder, "m.json"));
        Write("cut.json", text[..(text.Length / 2)]);
        Write("edited.json", text.Replace("\"level\": 0.9,", "\"level\": 0.99,", StringComparison.Ordinal));
        Write("newer.json", text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal).Replace("\"plumbline\": \"0.1.0\"", "\"plumbline\": \"7.0.0\"", StringComparison.Ordinal));
        Says("cut.json", "damaged-model", "cut.json ends too early");
        Says("edited.json", "edited-model", "edited.json was changed after it was written");
        Says("newer.json", "newer-model", "newer.json was written by Plumbline 7.0.0");
        Says("few.csv", "not-a-model", "few.csv is no model file: it is not a JSON object");
        Says("none.json", "file-not-found", "none.json: no such file");
        Assert.Contains("- edited.json was changed after it was written", Run("show", "edited.json", "--accept-edited").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("predict", "edited.json", "few.csv", "--accept-edited").Exit);
    }

    [Fact]
    public void Hostile_names_reach_the_terminal_as_plain_text()
    {
        Write("h.csv", "\"\u001b[31mred\u001b[0m\",\"[red]x[/]\",\"a\nb\",y\n1,2,3,4\n2,3,4,4\n4,1,3,0\n5,5,5,1\n7,5,2,8\n");
        Assert.Equal(0, Run("fit", "h.csv", "y ~ .", "-o", "h.json").Exit);
        foreach (string[] line in (string[][])[["show", "h.json"], ["show", "h.json", "--markdown"], ["show", "h.json", "--json"], ["show", "h.json", "--verify", "h.csv"], ["predict", "h.json", "h.csv"]])
        {
            Ended ended = Run(line);
            Assert.Equal(0, ended.Exit);
            Assert.DoesNotContain(ended.Output + ended.Error, static c => char.IsControl(c) && c != '\n');
        }
    }

    private void Says(string file, string code, string says)
    {
        foreach (string[] line in (string[][])[["show", file], ["predict", file, "few.csv"]])
        {
            Ended ended = Run(line);
            Assert.Equal((2, ""), (ended.Exit, ended.Output));
            Assert.StartsWith("plumb: " + says, ended.Error, StringComparison.Ordinal);
            Assert.Equal(code, JsonDocument.Parse(Run([.. line, "--json"]).Error).RootElement.GetProperty("error").GetProperty("code").GetString());
        }
    }
}
