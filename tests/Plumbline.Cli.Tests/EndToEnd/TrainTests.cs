using System.Diagnostics;
using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary><c>plumb train</c> as a process: what it prints, writes and refuses.</summary>
public sealed class TrainTests : BuiltTool
{
    private const string Formula = "price ~ sqft_living + age";

    [Fact]
    public void Text_has_the_trace_the_coefficients_beside_the_exact_ones_and_the_end()
    {
        Ended ended = Run("train", Houses, Formula, "--epochs", "3", "--validate", "0.2", "--seed", "7");
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        Assert.Contains("sgd, minibatches of 32, learning rate 0.03000, squared loss, standardized columns, seed 7\n", ended.Output, StringComparison.Ordinal);
        Assert.Matches("\nepoch 3 +3\\.\\d{5}e10 +\\d\\.\\d{5}e10 +\\S+ +\\S+\n", ended.Output);
        Assert.Matches("\nsqft_living +\\S+ +\\S+\n", ended.Output);
        Assert.Matches("\nEnded +after 3 epochs\n", ended.Output);
        Assert.Matches("\nExcess loss +\\S+ above the exact minimum 3\\.\\d{5}e10\n", ended.Output);
        Assert.Matches("\nRows +17,\\d{3} trained on, 4,\\d{3} held out\n", ended.Output);
    }

    [Fact]
    public void Json_keeps_the_contract()
    {
        JsonElement training = Run("train", Houses, Formula, "--epochs", "2", "--json").Fit();
        Keys(training, "schema plumbline formula source optimizer loss batch learning_rate seed standardized rows stable_rate best_rate predicted_rate observed_rate epochs stopped best_epoch explanation coefficients notes");
        Assert.Equal("plumbline/train/1", training.GetProperty("schema").GetString());
        Assert.Equal(3, training.GetProperty("epochs").GetArrayLength());
        Assert.All(training.GetProperty("epochs").EnumerateArray(), static e => Keys(e, "epoch step loss validation_loss excess_loss gradient_norm"));
        Assert.All(training.GetProperty("coefficients").EnumerateArray(), static c => Keys(c, "name estimate exact"));
        Assert.Equal("epochs", training.GetProperty("stopped").GetString());

        double[] exact = [.. Fit(Houses, Formula).GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble())];
        Assert.Equal(exact, training.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("exact").GetDouble()));
    }

    [Fact]
    public void Patience_keeps_the_best_coefficients_and_says_whose_they_are()
    {
        string[] line = ["train", Houses, Formula, "--schedule", "inverse", "--validate", "0.2", "--patience", "3", "--epochs", "100", "--seed", "1"];
        JsonElement training = Run([.. line, "--json", "--trace", "trace.csv"]).Fit();
        JsonElement[] epochs = [.. training.GetProperty("epochs").EnumerateArray()];
        int best = epochs.Skip(1).MinBy(static e => e.GetProperty("validation_loss").GetDouble()).GetProperty("epoch").GetInt32();
        Assert.Equal(("patience", best), (training.GetProperty("stopped").GetString(), training.GetProperty("best_epoch").GetInt32()));
        Assert.Equal(best + 3, epochs[^1].GetProperty("epoch").GetInt32());
        string[] kept = File.ReadAllLines(Path.Combine(Folder, "trace.csv"))[best + 1].Split(',')[^3..];
        Assert.Equal(kept, training.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture)), StringComparer.Ordinal);

        string text = Run(line).Output;
        Assert.Contains($"the validation loss got no better; the coefficients are those of epoch {best}, whose validation loss was least\n", text, StringComparison.Ordinal);
        Assert.Contains("above the exact minimum", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_descent_has_the_rate_of_theory_and_ends_at_the_exact_fit()
    {
        JsonElement training = Run("train", Houses, Formula, "--batch", "all", "--json").Fit();
        Assert.Equal(training.GetProperty("predicted_rate").GetDouble(), training.GetProperty("observed_rate").GetDouble(), 1e-6);
        Assert.All(training.GetProperty("coefficients").EnumerateArray(), static c => Assert.Equal(1, c.GetProperty("estimate").GetDouble() / c.GetProperty("exact").GetDouble(), 1e-14));
    }

    [Fact]
    public void The_model_file_predicts_and_says_how_it_was_trained()
    {
        Assert.Equal(0, Run("train", Houses, Formula, "--epochs", "2", "-o", "model.json", "--trace", "trace.csv", "--surface", "surface.json", "--over", "age,sqft_living").Exit);
        Assert.Contains("trained by gradient descent (sgd, 2 epochs)", Run("show", "model.json").Output, StringComparison.Ordinal);
        Ended predicted = Run("predict", "model.json", Houses);
        Assert.Equal(0, predicted.Exit);
        Assert.Equal(21_614, predicted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        string[] trace = File.ReadAllLines(Path.Combine(Folder, "trace.csv"));
        Assert.Equal("epoch,step,loss,validation_loss,excess_loss,gradient_norm,learning_rate,\"(Intercept)\",\"sqft_living\",\"age\"", trace[0]);
        Assert.Equal(4, trace.Length);
        JsonElement surface = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "surface.json"))).RootElement;
        Assert.Equal("age", surface.GetProperty("first").GetString());
        Assert.Equal(3, surface.GetProperty("path").GetArrayLength());
    }

    [Fact]
    public void Several_files_are_the_rows_of_all_for_train_and_for_test()
    {
        string[] lines = File.ReadAllLines(Houses);
        File.WriteAllLines(Path.Combine(Folder, "a.csv"), lines[..9_000]);
        File.WriteAllLines(Path.Combine(Folder, "b.csv"), [lines[0], .. lines[9_000..]]);
        Assert.Equal(
            Coefficients(Run("train", Houses, Formula, "--epochs", "1", "--json").Output), Coefficients(Run("train", "a.csv", "b.csv", Formula, "--epochs", "1", "--json").Output));
        JsonElement one = JsonDocument.Parse(Run("test", Houses, Formula, "--json").Output).RootElement, two = JsonDocument.Parse(Run("test", "a.csv", "b.csv", Formula, "--json").Output).RootElement;
        Assert.Equal(one.GetProperty("anova").GetRawText(), two.GetProperty("anova").GetRawText());
    }

    [Theory]
    [InlineData("--lr 0", "--lr '0': expected a number above 0, or auto.")]
    [InlineData("--lr -0.1", "--lr '-0.1': expected a number above 0, or auto.")]
    [InlineData("--lr NaN", "--lr 'NaN': expected a number above 0, or auto.")]
    [InlineData("--batch 0", "--batch '0': expected a whole number from 1 to 2147483647.")]
    [InlineData("--batch 30000", "The batch is 30000, and there are 21613 rows to train on. It must be from 1 to 21613.")]
    [InlineData("--validate 1", "--validate '1': expected a share from 0 to below 1, e.g. 0.2.")]
    [InlineData("--validate 0.9999999", "leaves no rows to train on: all 21613 were held out. Hold out fewer.")]
    [InlineData("--validate 1e-9", "holds out none. Hold out more, or none.")]
    [InlineData("--patience 3", "Patience looks at the validation loss: give a validation share, such as 0.2.")]
    [InlineData("--optimizer adm", "--optimizer 'adm': expected sgd, momentum, nesterov, adam or averaged-sgd. Did you mean 'adam'?")]
    [InlineData("--schedule lin", "--schedule 'lin': expected constant, step, inverse, exponential or cosine.")]
    [InlineData("--loss hubr", "--loss 'hubr': expected squared, absolute or huber. Did you mean 'huber'?")]
    [InlineData("--momentum 0.5", "--momentum is for --optimizer momentum or nesterov.")]
    [InlineData("--optimizer momentum --momentum 1", "--momentum '1': expected a number from 0 to below 1.")]
    [InlineData("--huber-delta 2", "--huber-delta is for --loss huber.")]
    [InlineData("--epochs 0", "--epochs '0': expected a whole number from 1 to 2147483647.")]
    [InlineData("--seed -1", "--seed '-1': expected a whole number, 0 or more.")]
    [InlineData("--excess 1 --loss huber", "there is no excess loss to stop at.")]
    [InlineData("--batch all --loss huber", "--loss is for minibatches")]
    [InlineData("--batch all --checkpoint c", "--checkpoint is for minibatches")]
    [InlineData("--batch all --optimizer conjugate-gradient --lr 1", "--lr is for the other optimizers")]
    [InlineData("--over age,lat", "--over says what a surface lies over")]
    [InlineData("--resume none.json", "none.json: no such file. A checkpoint is written by `plumb train … --checkpoint FILE`.")]
    [InlineData("--checkpoint none/c.json", "there is no folder")]
    public void A_wrong_option_is_answered_with_what_was_expected(string options, string says)
    {
        Ended ended = Run(["train", Houses, Formula, .. options.Split(' ')]);
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.StartsWith("plumb: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd('\n').Split('\n'));
        Ended json = Run(["train", Houses, Formula, .. options.Split(' '), "--json"]);
        Assert.Contains(JsonDocument.Parse(json.Error).RootElement.GetProperty("error").GetProperty("code").GetString(), new[] { "usage", "option", "no-rows", "file-not-found", "output" }, StringComparer.Ordinal);
    }

    [Fact]
    public void Rows_that_cannot_be_trained_on_are_told()
    {
        Write("nan.csv", "x,y\n1,2\nNaN,3\n4,5\n6,8\n");
        Assert.Contains("- 1 row is left out because a value is missing (x: 1).", Run("train", "nan.csv", "y ~ x", "--batch", "1").Output, StringComparison.Ordinal);
        Write("inf.csv", "x,y\n1,2\n2,3\ninf,3\n4,5\n");
        Ended ended = Run("train", "inf.csv", "y ~ x", "--batch", "1");
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.Contains("inf.csv, line 4: `x` is infinite", ended.Error, StringComparison.Ordinal);
        ended = Shell("$PLUMB train - 'y ~ x' < inf.csv");
        Assert.Equal((2, ""), (ended.Exit, ended.Output));
        Assert.Contains("a pipe can be read only once. Write it to a file first.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descent_that_diverges_says_why_and_writes_no_model()
    {
        Ended ended = Run("train", Houses, Formula, "--no-standardize", "--lr", "0.5", "-o", "model.json");
        Assert.Equal(1, ended.Exit);
        Assert.StartsWith("plumb: The loss grew from 2.13E+11 beyond all bounds: the learning rate 0.5 is above 2/λmax = 3.87E-07 for these columns. `sqft_living` has 43 times", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "model.json")));
        Assert.DoesNotContain("Excess loss ", ended.Output, StringComparison.Ordinal);      // the last one known is not that of the end
    }

    [Fact]
    public void An_interrupt_writes_the_checkpoint_and_says_so_and_the_run_goes_on_from_there()
    {
        using Process process = StartUntilCheckpoint("INT");
        Ended ended = Wait(process);
        Assert.Equal((130, ""), (ended.Exit, ended.Output));
        Assert.Equal("plumb: the checkpoint is in run.json; go on with --resume run.json\nplumb: interrupted\n", ended.Error);
        ResumesToTheSameBits();
    }

    [Fact]
    public void A_run_that_was_killed_goes_on_from_its_last_checkpoint()
    {
        using Process process = StartUntilCheckpoint("KILL");
        Assert.Equal(137, Wait(process).Exit);
        ResumesToTheSameBits();
    }

    // In blocks, from the file, so that it takes a while; endless, but for the signal.
    private Process StartUntilCheckpoint(string signal)
    {
        Process process = Start("train", Houses, Formula, "--memory", "1", "--batch", "10", "--optimizer", "adam", "--lr", "0.001", "--validate", "0.1", "--epochs", "1000000", "--checkpoint", "run.json", "-o", "endless.json");
        for (int i = 0; i < 6000 && !File.Exists(Path.Combine(Folder, "run.json")) && !process.HasExited; i++)
        {
            Thread.Sleep(20);
        }
        using Process kill = Process.Start("kill", ["-s", signal, process.Id.ToString()]);
        kill.WaitForExit();
        return process;
    }

    private void ResumesToTheSameBits()
    {
        Assert.Equal([Path.Combine(Folder, "run.json")], Directory.GetFiles(Folder));
        using JsonDocument checkpoint = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "run.json")));
        string epochs = (checkpoint.RootElement.GetProperty("epoch").GetInt32() + 2).ToString();
        string[] same = ["train", Houses, Formula, "--memory", "1", "--batch", "10", "--optimizer", "adam", "--lr", "0.001", "--validate", "0.1", "--epochs", epochs];
        Assert.Equal(0, Run([.. same, "--resume", "run.json", "-o", "resumed.json"]).Exit);
        Assert.Equal(0, Run([.. same, "-o", "whole.json"]).Exit);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "whole.json")), File.ReadAllText(Path.Combine(Folder, "resumed.json")));

        Ended other = Run([.. same, "--resume", "run.json", "--seed", "2"]);
        Assert.Equal((2, ""), (other.Exit, other.Output));
        Assert.Contains("The checkpoint is of another descent", other.Error, StringComparison.Ordinal);
    }

    private static double[] Coefficients(string json) =>
        [.. JsonDocument.Parse(json).RootElement.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("estimate").GetDouble())];

    private static void Keys(JsonElement element, string expected) => Assert.Equal(expected, string.Join(' ', element.EnumerateObject().Select(static p => p.Name)));
}
