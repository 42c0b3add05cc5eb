using System.Text;

namespace Plumbline.Reports;

/// <summary>A training as plain text: the trace, the coefficients beside the exact ones, and how it ended.</summary>
public static class TrainingText
{
    private const int ShownPoints = 12;

    /// <summary>The report, lines ended by LF.</summary>
    /// <param name="report">What it says.</param>
    /// <param name="options">Digits and width; null for the defaults.</param>
    public static string Render(TrainingReport report, FitReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= FitReportOptions.Default;
        StringBuilder page = new();
        TrainingDetails details = report.Details;
        TextLayout.Paragraph(page, "", TerminalText.Clean(report.Model.Formula), options.Width);
        TextLayout.Paragraph(page, "", TerminalText.Clean(report.Model.Source), options.Width);
        TextLayout.Paragraph(page, "", Head(details), options.Width);
        page.Append('\n');
        Trace(report, options).Write(page, options.Width);
        page.Append('\n');
        Coefficients(report, options).Write(page, options.Width);
        page.Append('\n');
        foreach ((string label, string text) in Facts(report, options.Digits))
        {
            TextLayout.Paragraph(page, label.PadRight(16), TerminalText.Clean(text), options.Width);
        }
        Note[] notes = [.. report.Model.Notes.Where(static n => n.Code != "trained")];       // the head says that already
        if (notes.Length > 0)
        {
            page.Append("\nNotes:\n");
            foreach (Note note in notes)
            {
                TextLayout.Paragraph(page, "- ", TerminalText.Clean(note.Text), options.Width);
            }
        }
        return page.ToString();
    }

    private static string Head(TrainingDetails details)
    {
        string batch = details.Batch == details.TrainingRows ? "all rows a step" : $"minibatches of {NumberText.Count(details.Batch)}";
        string rate = double.IsNaN(details.LearningRate) ? "" : $", learning rate {NumberText.Significant(details.LearningRate, 4)}";
        return $"{details.Optimizer}, {batch}{rate}, {details.Loss} loss, {(details.Standardized ? "standardized columns" : "columns as they are")}, seed {details.Seed}";
    }

    private static TextTable Trace(TrainingReport report, FitReportOptions options)
    {
        // The first and the last epochs; those between are in the trace file.
        TrainingReportPoint[] all = [.. report.Trace.DistinctBy(static p => p.Step)];
        TrainingReportPoint[] shown = all.Length <= ShownPoints ? all : [.. all[..(ShownPoints / 2)], .. all[^(ShownPoints / 2)..]];
        string unit = report.IsBatch ? "step" : "epoch";
        TextTable table = new([.. shown.Select(p => $"{unit} {p.Epoch}")]);
        table.Add("Loss", [.. shown.Select(p => Value(p.Loss, options.Digits))], together: false);
        if (shown.Any(static p => p.ValidationLoss is not null))
        {
            table.Add("Validation", [.. shown.Select(p => Value(p.ValidationLoss, options.Digits))], together: false);
        }
        if (shown.Any(static p => p.ExcessLoss is not null))
        {
            table.Add("Excess", [.. shown.Select(static p => Value(p.ExcessLoss, 3))], together: false);
            table.Add("Gradient", [.. shown.Select(static p => Value(p.GradientNorm, 3))], together: false);
        }
        return table;
    }

    private static TextTable Coefficients(TrainingReport report, FitReportOptions options)
    {
        TextTable table = new([.. report.Coefficients.Select(static c => c.Name)]);
        table.Add("Trained", [.. report.Coefficients.Select(c => NumberText.Significant(c.Estimate, options.Digits))], together: false);
        if (report.Coefficients.Any(static c => !double.IsNaN(c.Exact)))
        {
            table.Add("Exact", [.. report.Coefficients.Select(c => NumberText.Significant(c.Exact, options.Digits))], together: false);
        }
        return table;
    }

    private static IEnumerable<(string Label, string Text)> Facts(TrainingReport report, int digits)
    {
        TrainingDetails details = report.Details;
        yield return ("Ended", Ended(report));
        if (!double.IsNaN(details.ExcessLoss) && report.Explanation is null)
        {
            yield return ("Excess loss", $"{Value(details.ExcessLoss, 3)} above the exact minimum {Value(report.Trace[^1].Loss - report.Trace[^1].ExcessLoss, digits)}");
        }
        string best = report.BestRate is { } rate ? $", best {NumberText.Significant(rate, 4)}" : "";
        yield return ("Learning rates", $"stable below {NumberText.Significant(report.StableRate, 4)} for full batches{best}");
        if (report.PredictedRate is { } predicted)
        {
            yield return ("Rate a step", $"predicted {NumberText.Significant(predicted, 8)}, observed {Value(report.ObservedRate, 8)}");
        }
        string blocks = report.BlockRows is { } block ? $", shuffled within blocks of {NumberText.Count(block)}" : "";
        yield return ("Rows", $"{NumberText.Count(details.TrainingRows)} trained on{blocks}, {NumberText.Count(details.ValidationRows)} held out");
    }

    private static string Ended(TrainingReport report)
    {
        string best = report.BestEpoch is { } epoch && epoch != report.Details.Epochs ? $"; the coefficients are those of epoch {NumberText.Count(epoch)}, whose validation loss was least" : "";
        string after = $"after {NumberText.Count(report.Details.Epochs)} {(report.IsBatch ? "steps" : "epochs")}";
        return report.Details.Stopped switch
        {
            "patience" => $"{after}: the validation loss got no better{best}",
            "excess" => $"{after}: near enough to the exact minimum{best}",
            "gradient" => $"{after}: the gradient is short enough{best}",
            "time" when report.Trace is [.., { Epoch: var before }, { Epoch: var last }] && before == last => $"in epoch {last + 1}: the time was up{best}",
            "time" => $"{after}: the time was up{best}",
            "diverged" => $"diverged in {(report.IsBatch ? "step" : "epoch")} {report.Details.Epochs + (report.IsBatch ? 0 : 1)}. {report.Explanation}",
            _ => after + best,
        };
    }

    private static string Value(double? value, int digits) => value is { } number && !double.IsNaN(number) ? NumberText.Significant(number, digits, limit: digits) : NumberText.Undefined;
}
