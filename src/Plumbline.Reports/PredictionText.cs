using System.Text;

namespace Plumbline.Reports;

/// <summary>What there is to say of predictions as a whole, for people: scores and notes, a line each.</summary>
public static class PredictionText
{
    /// <summary>The lines, ended by LF; empty when there is nothing to say.</summary>
    public static string Render(PredictionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        StringBuilder text = new();
        if (summary.Scores is { } scores)
        {
            string rSquared = double.IsNaN(scores.RSquared) ? "undefined (the responses are all equal)" : NumberText.Significant(scores.RSquared, 6);
            text.Append("scores on ").Append(NumberText.Count(scores.Rows)).Append(scores.Rows == 1 ? " row: RMSE " : " rows: RMSE ")
                .Append(NumberText.Significant(scores.Rmse, 6)).Append(", MAE ").Append(NumberText.Significant(scores.Mae, 6))
                .Append(", R² ").Append(rSquared).Append('\n');
        }
        foreach (Note note in summary.Notes)
        {
            text.Append("note: ").Append(TerminalText.Clean(note.Text)).Append('\n');
        }
        return text.ToString();
    }
}
