using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>The checks of one fit: two passes over its rows, and what they come to.</summary>
/// <param name="parts">The fit.</param>
/// <param name="moments">What it was made from.</param>
/// <param name="source">The rows.</param>
/// <param name="fit">How the fit was made.</param>
/// <param name="options">What was asked.</param>
internal sealed class CheckRun(FittedParts parts, DesignMoments moments, IRowSource source, FitOptions fit, CheckOptions options)
{
    private const int DefaultLags = 10;

    private readonly LinearModel _model = parts.Model;
    private readonly List<Note> _notes = [];

    /// <summary>Reads the rows and judges.</summary>
    public ModelCheck Check(Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? eachRow, IProgress<double>? progress, CancellationToken cancellation)
    {
        FitStatistics statistics = parts.Solution.Statistics;
        if (parts.Solution.Rank == 0 || statistics.DfResidual < 1 || statistics.IsExactFit)
        {
            WriteRows(eachRow, progress, cancellation);
            return WithoutResiduals(statistics);
        }
        var layout = CheckLayout.Of(parts, moments);
        ColumnInfo[] inputs = [.. parts.Origin.Design!.Inputs.Select(static i => i.Column).Where(static c => c.IsNumeric)];
        string[] extras = [.. ((string?[])[options.Order, .. inputs.Select(static c => c.Name), options.Split]).OfType<string>().Distinct(StringComparer.Ordinal)];
        int Place(string? name) => name is null ? -1 : Array.IndexOf(extras, name);
        var rows = new ModelRows(parts.Origin.Design, source, new ModelRowsOptions { Missing = fit.Missing, Extras = extras });

        FirstLook look;
        using (var first = new FirstPass(layout, options, [.. inputs.Select(c => Place(c.Name))], Place(options.Split), Place(options.Order)))
        {
            rows.ForEachBlock(options.Threads, first.Add, PartProgress.Of(progress, 1, 3), cancellation);
            RobustChecks.RequireSameRows(rows.Counts(), parts.Origin.Rows, parts.Origin.Source);
            look = first.Total();
        }
        var suspicion = Suspicion.Of(layout, look, options.IsOrdered);
        (double[][] root, double[] errors, double[] robust) = Evidence.Scales(layout, look);
        int lags = Lags(statistics.Rows, layout.IsFrequency);
        TermComponents components = Components(layout, look);
        var curves = new PartialCurves(
            layout, components, [.. parts.Origin.Design.Inputs.Where(static i => i.Column.IsNumeric).Select(i => (i, Place(i.Column.Name)))], look.Inputs);
        using var second = new SecondPass(layout, options, suspicion, curves, lags);
        double[]? neweyWest = ReadAgain(rows, second, lags, eachRow is null ? null : () => new RowWriter(parts, components, eachRow), PartProgress.Of(progress, 2, 3), cancellation);
        (double[] sample, double[] logSample) = second.Sample();
        var schema = new Schema(source.Columns);
        var evidence = new Evidence
        {
            Layout = layout,
            Options = options,
            Model = _model,
            First = look,
            Suspicion = suspicion,
            Second = second.Total(),
            Components = components,
            RepairedSample = sample,
            RepairedLogSample = logSample,
            Raw = second.Raw,
            Repaired = second.Repaired,
            NeweyWest = neweyWest,
            OrderInfo = options.Order is null ? null : schema.Find(options.Order),
            SplitIsNumber = options.Split is not null && schema.Find(options.Split) is { IsCategory: false },
            LevelText = LevelText(),
            Inputs = inputs,
            Root = root,
            RobustErrors = robust,
            Errors = errors,
        };
        return Judge(evidence) with { PartialResiduals = curves.Total() };
    }

    private ModelCheck Judge(Evidence evidence)
    {
        (AssumptionCheck[] influence, InfluenceRow[] influential) = InfluenceChecks.Of(evidence);
        (AssumptionCheck[] collinearity, TermInflation[] inflation, NearDependence[] equations) =
            CollinearityChecks.Of(_model, parts.Solution.Geometry, evidence.Layout.Centers, evidence.Layout.Scales);
        AssumptionCheck[] all =
        [
            .. influence, .. StabilityChecks.Of(evidence), .. LinearityChecks.Of(evidence), .. IndependenceChecks.Of(evidence),
            .. VarianceChecks.Of(evidence), .. NormalityChecks.Of(evidence), .. collinearity,
        ];
        AssumptionCheck[] undefined = [.. all.Where(static c => double.IsNaN(c.Statistic))];
        CheckNotes.Add(_notes, evidence, undefined);
        return new ModelCheck
        {
            Model = _model,
            Checks = [.. all.Except(undefined).OrderByDescending(static c => c.EffectSize)],
            Inflation = inflation,
            NearDependences = equations,
            Influence = influential,
            ResidualSample = [.. evidence.First.Standardized],
            PartialResiduals = [],
            Rows = _model.Rows,
            Notes = [.. _model.Notes, .. _notes],
        };
    }

    /// <summary>The rows of a fit that leaves nothing to check are written all the same.</summary>
    private void WriteRows(Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? eachRow, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (eachRow is null)
        {
            return;
        }
        var rows = new ModelRows(parts.Origin.Design!, source, new ModelRowsOptions { Missing = fit.Missing });
        TermComponents components = IsWeighted ? TermComponents.OfRows(parts, rows.Read(null, cancellation)) : TermComponents.Of(parts, moments.Code(null).Model);
        rows = new ModelRows(parts.Origin.Design!, source, new ModelRowsOptions { Missing = fit.Missing });
        WriteInOrder(rows, () => new RowWriter(parts, components, eachRow), static _ => { }, PartProgress.Of(progress, 1, 3), cancellation);
        RobustChecks.RequireSameRows(rows.Counts(), parts.Origin.Rows, parts.Origin.Source);
    }

    /// <summary>Only the columns can be checked.</summary>
    private ModelCheck WithoutResiduals(FitStatistics statistics)
    {
        _notes.Add(new Note("not-checked", parts.Solution.Rank == 0 ? "The model has no coefficient, so there is nothing to check."
            : $"The fit leaves {(statistics.DfResidual < 1 ? "no degrees of freedom for errors" : "no errors, since it goes through every row")}: only collinearity is checked."));
        if (parts.Solution.Rank == 0)
        {
            return Nothing([], [], []);
        }
        var layout = CheckLayout.Of(parts, moments);
        (AssumptionCheck[] checks, TermInflation[] inflation, NearDependence[] equations) =
            CollinearityChecks.Of(_model, parts.Solution.Geometry, layout.Centers, layout.Scales);
        return Nothing([.. checks.Select(static c => c with { Remedy = null })], inflation, equations);
    }

    private ModelCheck Nothing(AssumptionCheck[] checks, TermInflation[] inflation, NearDependence[] equations) => new()
    {
        Model = _model,
        Checks = checks,
        Inflation = inflation,
        NearDependences = equations,
        Influence = [],
        ResidualSample = [],
        PartialResiduals = [],
        Rows = _model.Rows,
        Notes = [.. _model.Notes, .. _notes],
    };

    private int Lags(long rows, bool isFrequency)
    {
        if (!options.IsOrdered)
        {
            _notes.Add(new Note("no-order", "Whether errors follow each other was not checked: that needs rows in order. Name the column that tells it (--order COLUMN)."));
            return 0;
        }
        if (isFrequency)
        {
            _notes.Add(new Note("no-order", "Whether errors follow each other was not checked: with frequency weights a row stands for several, and which of them come one after the other is not known."));
            return 0;
        }
        long most = rows - parts.Solution.Rank - 2;
        if (most < 1)
        {
            _notes.Add(new Note("no-order", $"Whether errors follow each other was not checked: {rows} rows are too few."));
            return 0;
        }
        return (int)Math.Min(options.Lags ?? Math.Max(1, Math.Min(DefaultLags, rows / 5)), most);
    }

    /// <summary>The second pass: in order when something asks for it. The standard errors by Newey and West, when rows are in order.</summary>
    private double[]? ReadAgain(
        ModelRows rows, SecondPass second, int lags, Func<RowWriter>? writer, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (lags == 0 && writer is null)
        {
            rows.ForEachBlock(options.Threads, second.Add, progress, cancellation);
            return null;
        }
        LeastSquaresGeometry geometry = parts.Solution.Geometry;
        using WindowSums? window = lags > 0 ? new WindowSums(geometry, isExactFit: false, lags, options.Order) : null;
        if (window is null)
        {
            WriteInOrder(rows, writer!, second.Add, progress, cancellation);
            return null;
        }
        RowWriter? inOrder = writer?.Invoke();
        var inTurn = new List<Action>();
        foreach (ModelBlock block in rows.Read(progress, cancellation))
        {
            window.Add(block);
            second.Add(block);
            inOrder?.Write(block, inTurn);
            Do(inTurn);
        }
        double n = parts.Solution.Statistics.Rows;
        return Sandwich.OfSums(geometry, [new SandwichPart(window.Total(), n, parts.Solution.Statistics.DfResidual * (lags + 1.0))], []).Errors;
    }

    /// <summary>Makes the measures of the rows on all threads, and hands them on in order.</summary>
    private void WriteInOrder(ModelRows rows, Func<RowWriter> create, Action<ModelBlock> also, IProgress<double>? progress, CancellationToken cancellation)
    {
        var idle = new ConcurrentBag<RowWriter>();
        rows.ForEachInOrder(
            options.Threads,
            blocks =>
            {
                RowWriter writer = idle.TryTake(out RowWriter? free) ? free : create();
                var inTurn = new List<Action>();
                foreach (ModelBlock block in blocks)
                {
                    also(block);
                    writer.Write(block, inTurn);
                }
                idle.Add(writer);
                return () => Do(inTurn);
            },
            progress,
            cancellation);
    }

    private static void Do(List<Action> inTurn)
    {
        foreach (Action one in inTurn)
        {
            one();
        }
        inTurn.Clear();
    }

    private bool IsWeighted => parts.Origin.WeightKind is not null and not WeightKind.Frequency;

    /// <summary>With weights that are no frequencies the means of the columns come from the first look, since the fit's moments are weighted.</summary>
    private TermComponents Components(CheckLayout layout, FirstLook look)
    {
        if (!IsWeighted)
        {
            return TermComponents.Of(parts, moments.Code(null).Model);
        }
        AuxiliaryMoments plain = look.Plain;
        double rows = plain[layout.Constant, layout.Constant];
        return TermComponents.OfOrthonormal(parts, [.. layout.Orthonormal.Select(k => (Numerics.DoubleDouble)plain[layout.Constant, k] / rows)]);
    }

    private Func<double, string> LevelText()
    {
        LevelSet? levels = options.Split is null ? null : source.LevelsOf(options.Split);
        return levels is null ? static level => Words.Number(level) : level => levels[(int)level];
    }
}
