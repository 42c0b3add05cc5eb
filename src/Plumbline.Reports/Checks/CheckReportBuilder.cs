namespace Plumbline.Reports;

/// <summary>Turns what the checks found into what a report says of it.</summary>
internal sealed class CheckReportBuilder
{
    private const int MostNumbers = 6;      // of what a remedy changes
    private const double Chance = 1e-3;     // above it nothing is in doubt

    private readonly ModelCheck _check;
    private readonly CheckReportOptions _options;
    private readonly FitCommand _command;
    private readonly int _digits;
    private readonly int _statistic;
    private readonly int _probability;

    private CheckReportBuilder(ModelCheck check, CheckReportOptions options)
    {
        _check = check;
        _options = options;
        _command = options.Command ?? FitCommand.Of(check.Model);
        _digits = Math.Min(options.Digits, 14);
        _statistic = Math.Clamp(options.Digits - 2, 3, 14);
        _probability = Math.Clamp(options.Digits - 3, 2, 12);
    }

    /// <summary>The report.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="options">Digits, the length of tables, and the command; null for the defaults.</param>
    public static CheckReport Of(ModelCheck check, CheckReportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(check);
        options ??= CheckReportOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Digits, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Digits, 17, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostRows, 1, nameof(options));
        return new CheckReportBuilder(check, options).Build();
    }

    /// <summary>The assumptions in the order of their first check; those without one last.</summary>
    /// <param name="check">What was found.</param>
    public static IReadOnlyList<ModelAssumption> Order(ModelCheck check) =>
        [.. check.Checks.Select(static c => c.Assumption).Concat(CheckWords.All).Distinct()];

    private CheckReport Build() => new()
    {
        Formula = _check.Model.Formula,
        Facts = [_check.Model.Source, .. TestFacts.Of(_check.Model, _options.Digits)],
        Conclusion = Conclusion(),
        Verdicts = [.. Order(_check).Select(Verdict)],
        Findings = Findings(),
        Tables = [.. Tables()],
        PartialResiduals = PartialResidualsTable.Of(_check.PartialResiduals, _check.Model.Response, _statistic),
        Notes = [.. _check.Notes.Concat(_check.Model.Notes).DistinctBy(static n => n.Text, StringComparer.Ordinal).Where(n => n.Code != "rows-dropped" || _check.Rows.Dropped == 0).Select(static n => n.Text)],
    };

    private string Conclusion()
    {
        ModelAssumption[] looked = [.. _check.Checks.Select(static c => c.Assumption).Distinct()];
        string List(CheckVerdict verdict) => string.Join(", ", looked.Where(a => _check.VerdictOn(a) == verdict).Select(CheckWords.Of));
        string broken = List(CheckVerdict.Broken), doubt = List(CheckVerdict.Doubt);
        if (looked.Length == 0)
        {
            return "Nothing could be checked: the notes say why.";
        }
        string first = broken.Length > 0 ? $"Broken: {broken}." : doubt.Length > 0 ? "Nothing is broken." : "Nothing was found that would change the answer.";
        return doubt.Length > 0 ? $"{first} In doubt: {doubt}." : first;
    }

    private CheckLine Verdict(ModelAssumption assumption)
    {
        // The check that decided: of the worst verdict, the one with the largest effect.
        AssumptionCheck? leading = _check.Checks.Where(c => c.Assumption == assumption).OrderByDescending(static c => c.Verdict).FirstOrDefault();
        return leading is null
            ? new CheckLine(CheckWords.Of(assumption), "not checked", "")
            : new CheckLine(CheckWords.Of(assumption), CheckWords.Of(leading.Verdict), Measure(leading));
    }

    // A large effect that is ok is one that chance gives, too: few rows.
    private string Measure(AssumptionCheck check)
    {
        string value = double.IsNaN(check.EffectValue) ? "" : $": {NumberText.Significant(check.EffectValue, 3)}";
        string chance = check is { Verdict: CheckVerdict.Ok, EffectValue: > 0, P: > Chance } ? $" (chance gives as much: {NumberText.ProbabilityPhrase(check.P, 2)})" : "";
        return check.EffectMeasure + value + chance;
    }

    /// <summary>All that is not ok, an assumption each; a remedy is told once, where it stands first.</summary>
    private List<CheckFinding> Findings()
    {
        var told = new HashSet<(RemedyKind, string)>();
        var findings = new List<CheckFinding>();
        foreach (IGrouping<ModelAssumption, AssumptionCheck> group in _check.Checks.Where(static c => c.Verdict != CheckVerdict.Ok).GroupBy(static c => c.Assumption))
        {
            CheckPoint[] points = [.. group.GroupBy(static c => c.Effect, StringComparer.Ordinal).Select(g => new CheckPoint(g.Key, [.. g.Select(Test)]))];
            CheckRemedy[] remedies = [.. group.Select(static c => c.Remedy).OfType<CheckRemedy>().Where(r => told.Add((r.Kind, r.Value)))];
            findings.Add(new CheckFinding(CheckWords.Of(group.Max(static c => c.Verdict)), CheckWords.Of(group.Key), points, [.. remedies.Select(Advice)]));
        }
        return findings;
    }

    /// <summary>A remedy, with the numbers that it changes most, in their order.</summary>
    private CheckAdvice Advice(CheckRemedy remedy)
    {
        HashSet<RemedyNumber> shown = [.. remedy.Numbers.OrderByDescending(Change).Take(MostNumbers)];
        string more = remedy.Numbers.Count > MostNumbers ? $"… {NumberText.Count(remedy.Numbers.Count - MostNumbers)} more, which change less; with --json" : "";
        return new CheckAdvice(
            remedy.Text, _command.Trying(remedy), [.. remedy.Numbers.Where(shown.Contains).Select(n => (n.What, Value(n.Before), Value(n.After)))], more);
    }

    private static double Change(RemedyNumber number)
    {
        double change = Math.Abs(number.After - number.Before) / Math.Max(Math.Abs(number.Before), Math.Abs(number.After));
        return double.IsNaN(change) ? 0 : change;
    }

    private string Test(AssumptionCheck check)
    {
        string statistic = double.IsNaN(check.Statistic) ? "" : Statistic(check.Statistic) + (check.Df.Count == 0 ? "" : $" on {Df(check)} df");
        string p = double.IsNaN(check.P) ? "" : NumberText.ProbabilityPhrase(check.P, _probability);
        string numbers = statistic.Length > 0 && p.Length > 0 ? $"{statistic}, {p}" : statistic + p;
        return $"{check.Name}{(numbers.Length > 0 ? $": {numbers}" : "")} ({check.Method})";
    }

    private static string Df(AssumptionCheck check) => string.Join(" and ", check.Df.Select(static d => double.IsInfinity(d) ? "∞" : d == Math.Floor(d) ? NumberText.Count((long)d) : NumberText.Significant(d, 4)));

    private IEnumerable<CheckTable> Tables()
    {
        if (_check.Checks.Count > 0)
        {
            yield return Checks();
        }
        if (_check.Influence.Count > 0)
        {
            yield return Influence();
        }
        if (_check.Inflation.Count > 0)
        {
            yield return Inflation();
        }
        if (_check.NearDependences.Count > 0)
        {
            yield return Dependences();
        }
    }

    private CheckTable Checks()
    {
        AssumptionCheck[] quiet = [.. _check.Checks.Where(static c => c.Verdict == CheckVerdict.Ok)];
        AssumptionCheck[] rows = Cut(quiet, out string more);
        return new CheckTable(
            quiet.Length == 0 ? "Every check found something" : "Checks that found nothing",
            quiet.Length == 0 ? "" : "The effect is on one scale for all checks: doubt begins at 0.5, broken at 1. A small p beside a small effect says only that there are many rows.",
            [.. rows.Select(static c => c.Name)],
            [
                new("Effect", [.. rows.Select(static c => NumberText.Significant(c.EffectSize, 2))]),
                new("Statistic", [.. rows.Select(c => double.IsNaN(c.Statistic) ? "" : Statistic(c.Statistic))]),
                new("Df", [.. rows.Select(Df)]),
                new("p", [.. rows.Select(c => double.IsNaN(c.P) ? "" : NumberText.Probability(c.P, _probability))]),
                new("Assumption", [.. rows.Select(static c => CheckWords.Of(c.Assumption))], Together: false),
            ],
            more);
    }

    private CheckTable Influence()
    {
        InfluenceRow[] rows = Cut(_check.Influence, out string more);
        return new CheckTable(
            "Most influential rows",
            "By Cook's distance. The last column: the coefficient that moves most without the row, in its standard errors (DFBETAS).",
            [.. rows.Select(static r => $"row {NumberText.Count(r.Row)}")],
            [
                new(_check.Model.Response, [.. rows.Select(r => Value(r.Response))]),
                new("Fitted", [.. rows.Select(r => Value(r.Fitted))]),
                new("Studentized", [.. rows.Select(r => Statistic(r.Studentized))], Together: false),
                new("Leverage", [.. rows.Select(r => Statistic(r.Leverage))]),
                new("Cook", [.. rows.Select(r => Statistic(r.CooksDistance))]),
                new("DFFITS", [.. rows.Select(r => Statistic(r.Dffits))]),
                new("Moves most", [.. rows.Select(MovesMost)], Together: false),
            ],
            more);
    }

    private string MovesMost(InfluenceRow row)
    {
        int most = -1;
        for (int j = 0; j < row.Dfbetas.Length && j < _check.Model.Coefficients.Count; j++)
        {
            if (!double.IsNaN(row.Dfbetas[j]) && (most < 0 || Math.Abs(row.Dfbetas[j]) > Math.Abs(row.Dfbetas[most])))
            {
                most = j;
            }
        }
        return most < 0 ? NumberText.Undefined : $"{_check.Model.Coefficients[most].Name} {NumberText.Significant(row.Dfbetas[most], 3)}";
    }

    private CheckTable Inflation()
    {
        TermInflation[] rows = Cut([.. _check.Inflation.OrderByDescending(static t => t.ErrorInflation)], out string more);
        return new CheckTable(
            "Variance inflation",
            "How many times as large a standard error is because the other terms tell much the same; for several coefficients GVIF^(1/2df).",
            [.. rows.Select(static t => t.Term)],
            [
                new("Error times", [.. rows.Select(t => Statistic(t.ErrorInflation))]),
                new("VIF", [.. rows.Select(t => Statistic(t.Gvif))]),
                new("Df", [.. rows.Select(static t => NumberText.Count(t.Df))]),
            ],
            more);
    }

    private CheckTable Dependences()
    {
        NearDependence[] rows = Cut(_check.NearDependences, out string more);
        return new CheckTable(
            "Equations that nearly hold between the columns",
            "",
            [.. rows.Select(static d => AliasText.Near(d))],
            [
                new("Condition index", [.. rows.Select(d => Statistic(d.ConditionIndex))]),
                new("Left of its variance", [.. rows.Select(d => Statistic(d.ResidualShare))]),
            ],
            more);
    }

    private T[] Cut<T>(IReadOnlyList<T> all, out string more)
    {
        int left = all.Count - _options.MostRows;
        more = left > 0 ? $"… {NumberText.Count(left)} more; all with --json" : "";
        return [.. all.Take(_options.MostRows)];
    }

    private string Value(double value) => NumberText.Significant(value, _digits);

    private string Statistic(double value) => NumberText.Significant(value, _statistic);
}
