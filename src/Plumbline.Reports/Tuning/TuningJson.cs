using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>A tuning as JSON, schema <c>plumbline/tune/1</c>, and its settings as CSV.</summary>
public static class TuningJson
{
    /// <summary>The object as UTF-8, with a line end.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="source">What the data are called.</param>
    public static byte[] Render(TuningResult result, string source)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        return JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/tune/1");
            json.WriteString("plumbline", ProductVersion.Text);
            json.WriteString("source", source);
            json.WriteString("search", result.Options.Trials is null ? "grid" : "random");
            json.WriteBoolean("halving", result.Options.Halving);
            json.WriteString("score", Name(result.Options.Score));
            json.WriteString("weights", result.Options.Fit.Weights);
            json.WriteNumber("epochs", result.Options.Epochs);
            json.WriteNumber("folds", result.Options.Folds);
            json.WriteNumber("seed", result.Options.Seed);
            json.WriteStartObject("rows");
            json.WriteNumber("used", result.RowsUsed);
            json.WriteNumber("judged", result.RowsJudged);
            json.WriteEndObject();
            json.WriteStartArray("trials");
            foreach (TuningTrial trial in result.Trials)
            {
                Trial(json, trial);
            }
            json.WriteEndArray();
            json.WritePropertyName("best");
            Trial(json, result.Best);
            Estimate(json, "exact_loss", result.ExactLoss);
            Estimate(json, "exact_score", result.ExactScore);
            json.Notes(result.Notes);
            json.WriteEndObject();
        });
    }

    /// <summary>The settings as CSV, one a line.</summary>
    public static byte[] Table(TuningResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder csv = new("trial,formula,optimizer,schedule,batch,l2,learning_rate,epochs,loss,score,std_error,excess,excess_std_error,near_best\n");
        foreach (TuningTrial t in result.Trials)
        {
            TuningSetting s = t.Setting;
            csv.Append(CultureInfo.InvariantCulture, $"{t.Number},\"{s.Formula.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{DescentWords.Of(s.Optimizer)},{DescentWords.Of(s.Schedule)},{s.Batch},{s.L2:R},{s.LearningRate:R},{t.Epochs},")
                .Append(CultureInfo.InvariantCulture, $"{Cell(t.Loss)},{Cell(t.Score)},{Cell(t.StandardError)},{Cell(t.Excess.Value)},{Cell(t.Excess.StandardError)},{(t.IsNearBest ? "true" : "false")}\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Cell(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Trial(Utf8JsonWriter json, TuningTrial trial)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", trial.Number);
        json.WriteString("formula", trial.Setting.Formula);
        json.WriteString("optimizer", DescentWords.Of(trial.Setting.Optimizer));
        json.WriteString("schedule", DescentWords.Of(trial.Setting.Schedule));
        json.WriteNumber("batch", trial.Setting.Batch);
        json.Number("l2", trial.Setting.L2);
        json.Number("learning_rate", trial.Setting.LearningRate);
        json.WriteNumber("epochs", trial.Epochs);
        json.Number("loss", trial.Loss);
        json.Number("score", trial.Score);
        json.Number("std_error", trial.StandardError);
        Estimate(json, "excess", trial.Excess);
        json.WriteBoolean("near_best", trial.IsNearBest);
        json.WriteEndObject();
    }

    private static void Estimate(Utf8JsonWriter json, string name, MonteCarlo estimate)
    {
        json.WriteStartObject(name);
        json.Number("value", estimate.Value);
        json.Number("std_error", estimate.StandardError);
        json.WriteEndObject();
    }

    private static string Name(TuningScore score) => score switch
    {
        TuningScore.Loss => "loss",
        TuningScore.MeanSquaredError => "mse",
        TuningScore.RootMeanSquaredError => "rmse",
        TuningScore.MeanAbsoluteError => "mae",
        _ => "r2",
    };
}
