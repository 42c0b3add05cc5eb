namespace Plumbline.Reports;

/// <summary>Under- and overfitting, said in words.</summary>
internal static class TradeoffWords
{
    /// <summary>The verdict as a word of the JSON.</summary>
    public static string Of(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Underfits => "underfits",
        FitVerdict.Overfits => "overfits",
        _ => "near-best",
    };

    /// <summary>The verdict as it stands at the end of a line.</summary>
    public static string Short(FitVerdict verdict, bool isBest) => isBest ? "best" : verdict == FitVerdict.NearBest ? "near best" : Of(verdict);

    /// <summary>What the verdicts come to.</summary>
    /// <param name="parts">For each line its name and its verdict.</param>
    /// <param name="best">The name of the best.</param>
    /// <param name="under">What underfitting is here.</param>
    /// <param name="over">What overfitting is here.</param>
    public static IEnumerable<(string Label, string Text)> Sentences(IReadOnlyList<(string Name, FitVerdict Verdict)> parts, string best, string under, string over)
    {
        string Names(FitVerdict verdict) => string.Join("; ", parts.Where(p => p.Verdict == verdict && p.Name != best).Select(static p => p.Name));
        string near = Names(FitVerdict.NearBest);
        yield return ("Best", near.Length == 0 ? best : $"{best}. Cannot be told from it: {near}");
        if (Names(FitVerdict.Underfits) is { Length: > 0 } simple)
        {
            yield return ("Underfitting", $"{simple}. {under}");
        }
        if (Names(FitVerdict.Overfits) is { Length: > 0 } complex)
        {
            yield return ("Overfitting", $"{complex}. {over}");
        }
        if (parts.Count > 2 && best == parts[0].Name)
        {
            yield return ("Edge", "the best is the first of the family; what lies before it was not tried");
        }
        if (parts.Count > 2 && best == parts[^1].Name)
        {
            yield return ("Edge", "the best is the last of the family; what lies beyond it was not tried");
        }
    }
}
