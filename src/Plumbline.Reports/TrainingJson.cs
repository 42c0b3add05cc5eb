using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>A training as JSON, schema <c>plumbline/train/1</c>, its trace as CSV, and the loss surface under it as JSON.</summary>
public static class TrainingJson
{
    /// <summary>The object as UTF-8, with a line end.</summary>
    public static byte[] Render(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonWriting.Document(json =>
        {
            TrainingDetails details = report.Details;
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/train/1");
            json.WriteString("plumbline", ProductVersion.Text);
            json.WriteString("formula", report.Model.Formula);
            json.WriteString("source", report.Model.Source);
            json.WriteString("optimizer", details.Optimizer);
            json.WriteString("loss", details.Loss);
            json.WriteNumber("batch", details.Batch);
            json.Number("learning_rate", details.LearningRate);
            json.WriteNumber("seed", details.Seed);
            json.WriteBoolean("standardized", details.Standardized);
            json.WriteStartObject("rows");
            json.WriteNumber("training", details.TrainingRows);
            json.WriteNumber("validation", details.ValidationRows);
            json.Count("block", report.BlockRows);
            json.WriteEndObject();
            json.Number("stable_rate", report.StableRate);
            json.Number("best_rate", report.BestRate ?? double.NaN);
            json.Number("predicted_rate", report.PredictedRate ?? double.NaN);
            json.Number("observed_rate", report.ObservedRate ?? double.NaN);
            json.WriteStartArray("epochs");
            foreach (TrainingReportPoint point in report.Trace)
            {
                json.WriteStartObject();
                json.WriteNumber("epoch", point.Epoch);
                json.WriteNumber("step", point.Step);
                json.Number("loss", point.Loss);
                json.Number("validation_loss", point.ValidationLoss ?? double.NaN);
                json.Number("excess_loss", point.ExcessLoss ?? double.NaN);
                json.Number("gradient_norm", point.GradientNorm ?? double.NaN);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("stopped", details.Stopped);
            json.Count("best_epoch", report.BestEpoch);
            json.WriteString("explanation", report.Explanation);
            json.WriteStartArray("coefficients");
            foreach (DescentCoefficient c in report.Coefficients)
            {
                json.WriteStartObject();
                json.WriteString("name", c.Name);
                json.Number("estimate", c.Estimate);
                json.Number("exact", c.Exact);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.Notes(report.Model.Notes);
            json.WriteEndObject();
        });
    }

    /// <summary>The trace as CSV: epoch, step, the losses, the gradient's length, the learning rate, then the parameters by name.</summary>
    public static byte[] Trace(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder csv = new("epoch,step,loss,validation_loss,excess_loss,gradient_norm,learning_rate");
        foreach (DescentCoefficient c in report.Coefficients)
        {
            csv.Append(",\"").Append(c.Name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        csv.Append('\n');
        foreach (TrainingReportPoint p in report.Trace)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{p.Epoch},{p.Step},{Cell(p.Loss)},{Cell(p.ValidationLoss)},{Cell(p.ExcessLoss)},{Cell(p.GradientNorm)},{Cell(p.LearningRate)}");
            foreach (double parameter in p.Parameters)
            {
                csv.Append(',').Append(Cell(parameter));
            }
            csv.Append('\n');
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>The surface over two coefficients and the path of the descent across it: minimum, Hessian, axes, a grid, contours.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="path">The path: both coefficients and the loss of each point.</param>
    public static byte[] Surface(LossSurface surface, IReadOnlyList<(double First, double Second, double Loss)> path)
    {
        ArgumentNullException.ThrowIfNull(surface);
        ArgumentNullException.ThrowIfNull(path);
        (double[] first, double[] second) = Window(surface, path);
        return JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/surface/1");
            json.WriteString("first", surface.First);
            json.WriteString("second", surface.Second);
            json.WriteString("others", surface.Others == OtherCoefficients.Fixed ? "fixed" : "profiled");
            json.WriteStartObject("minimum");
            json.Number("first", surface.FirstAtMinimum);
            json.Number("second", surface.SecondAtMinimum);
            json.Number("loss", surface.Minimum);
            json.WriteEndObject();
            json.WriteStartArray("axes");
            foreach (BowlAxis axis in surface.Axes)
            {
                json.Row([axis.Curvature, axis.First, axis.Second]);
            }
            json.WriteEndArray();
            json.WritePropertyName("grid_first");
            json.Row(first);
            json.WritePropertyName("grid_second");
            json.Row(second);
            json.WriteStartArray("grid");
            double[,] grid = surface.Grid(first, second);
            for (int r = 0; r < first.Length; r++)
            {
                json.Row([.. Enumerable.Range(0, second.Length).Select(s => grid[r, s])]);
            }
            json.WriteEndArray();
            json.WriteStartArray("path");
            foreach ((double a, double b, double loss) in path)
            {
                json.Row([a, b, loss]);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    // As wide as the path, and as far again on the other side of the minimum.
    private static (double[] First, double[] Second) Window(LossSurface surface, IReadOnlyList<(double First, double Second, double Loss)> path)
    {
        double Reach(Func<(double First, double Second, double Loss), double> part, double center) =>
            path.Select(p => Math.Abs(part(p) - center)).Where(double.IsFinite).DefaultIfEmpty(1).Max() is > 0 and double reach ? reach : 1;
        double first = Reach(static p => p.First, surface.FirstAtMinimum), second = Reach(static p => p.Second, surface.SecondAtMinimum);
        return (Points(surface.FirstAtMinimum, first), Points(surface.SecondAtMinimum, second));
    }

    private static double[] Points(double center, double reach) => [.. Enumerable.Range(-20, 41).Select(n => center + (reach * n * 0.06))];

    private static string Cell(double? value) => value is { } number && !double.IsNaN(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";
}
