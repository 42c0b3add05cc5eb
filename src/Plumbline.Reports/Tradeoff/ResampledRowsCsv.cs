using System.Globalization;
using System.Text;

namespace Plumbline.Reports;

/// <summary>
/// The rows that were held out, with their own bias² and noise, and variance, as CSV: a line for each row and learner. Numbers in shortest round-trip form.
/// </summary>
public static class ResampledRowsCsv
{
    /// <summary>The table as UTF-8.</summary>
    public static byte[] Render(ResampledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder csv = new("learner,row,observed,mean_prediction,bias_and_noise,variance,predictions\n");
        foreach (ResampledPart part in result.Parts)
        {
            string learner = $"\"{TerminalText.Clean(part.Learner).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            foreach (ResampledRow row in part.Rows)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{learner},{row.Row},{row.Observed:R},{row.MeanPrediction:R},{row.BiasAndNoise:R},{row.Variance:R},{row.Predictions}\n");
            }
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
