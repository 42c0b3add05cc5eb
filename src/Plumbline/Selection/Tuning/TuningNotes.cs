namespace Plumbline;

/// <summary>What the reader of a tuning should know.</summary>
internal static class TuningNotes
{
    private const int NamedTrials = 6;

    /// <summary>The notes.</summary>
    public static IEnumerable<Note> Of(TuningSpace space, TuningTrial[] trials, TuningTrial best)
    {
        TuningSetting[] tried = [.. trials.Select(static t => t.Setting)];
        IEnumerable<string?> edges =
        [
            Edge("learning rate", best.Setting.LearningRate, tried.Select(static s => s.LearningRate), 0),
            Edge("batch", best.Setting.Batch, tried.Select(static s => (double)s.Batch), 1),
            Edge("penalty", best.Setting.L2, tried.Select(static s => s.L2), 0),
            Edge(space, best),
        ];
        foreach (string edge in edges.OfType<string>())
        {
            yield return new Note("best-on-edge", $"{edge}: a better one may lie beyond. Try further values.");
        }
        TuningTrial[] near = [.. trials.Where(t => t.IsNearBest && t.Number != best.Number)];
        if (near.Length > 0)
        {
            string numbers = string.Join(", ", near.Take(NamedTrials).Select(static t => t.Number));
            string more = near.Length > NamedTrials ? $" and {near.Length - NamedTrials} more" : "";
            yield return new Note(
                "within-noise", $"The best cannot be told from {numbers}{more}: on these rows the differences are within two standard errors. Choose among them by other reasons.");
        }
        int diverged = trials.Count(static t => double.IsInfinity(t.Loss));
        if (diverged > 0)
        {
            double least = trials.Where(static t => double.IsInfinity(t.Loss)).Min(static t => t.Setting.LearningRate);
            yield return new Note("settings-diverged", $"{diverged} of {trials.Length} settings diverged, with learning rates from {least} on.");
        }
        yield return new Note(
            "selected", $"The best of {trials.Length} settings was chosen by these losses, so its own is too small an estimate of its error. Judge it on rows that took no part.");
    }

    private static string? Edge(string name, double best, IEnumerable<double> tried, double end)
    {
        double low = tried.Min(), high = tried.Max();
        return low == high || best == end ? null
            : best == low ? $"The {name} of the best, {best}, is the least tried"
            : best == high ? $"The {name} of the best, {best}, is the largest tried"
            : null;
    }

    private static string? Edge(TuningSpace space, TuningTrial best)
    {
        int last = space.Formulas.Count - 1;
        return last < 1 ? null
            : best.Setting.Formula == space.Formulas[last] ? $"The formula of the best, {FormulaError.Code(best.Setting.Formula)}, is the last of its list"
            : null;
    }
}
