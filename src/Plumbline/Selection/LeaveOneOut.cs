using System.Collections.Concurrent;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>How well a fit predicts each row from all others.</summary>
public sealed record LeaveOneOutResult
{
    /// <summary>The fit of all rows.</summary>
    public required LinearModel Model { get; init; }

    /// <summary>The mean squared error over the rows, each predicted from the others, and its standard error; NaN when a row has leverage 1.</summary>
    public required ValidationScore Score { get; init; }

    /// <summary>The prediction sum of squares, Σ w(e/(1 − h))²; NaN when a row has leverage 1.</summary>
    public required double Press { get; init; }

    /// <summary>The mean absolute error.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>1 − PRESS/TSS.</summary>
    public required double RSquared { get; init; }

    /// <summary>The mean squared error of the fit on its own rows.</summary>
    public required double TrainingError { get; init; }

    /// <summary>The largest leverage.</summary>
    public required double LargestLeverage { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}

/// <summary>Leave-one-out validation in closed form: one fit, and one more look at the rows.</summary>
/// <remarks>
/// Method      the residual of a row that was left out is e/(1 − h), h its leverage; residuals and leverages in double-double, the sums exact, so the
///             same bits for any threads and order. With frequency weights one of the rows that a row stands for is left out.
/// Cost        p²/2 double-double multiply–adds a row.
/// Source      Allen, The relationship between variable selection and data augmentation and a method for prediction, Technometrics 16 (1974).
/// Fails when  a row has leverage 1: without it a coefficient is not determined. Then the error is NaN, and a note says so. Terms learnt from
///             the data (<c>poly</c>, <c>scale</c>) span the same columns whatever the row left out, so it is exact for these, too.
/// </remarks>
public static class LeaveOneOut
{
    /// <summary>Fits the rows, and predicts each from the others.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows; they are read twice.</param>
    /// <param name="options">Weights, missing values, threads; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>.</exception>
    public static LeaveOneOutResult Evaluate(
        string formula, IRowSource source, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        DesignMoments moments = DesignMoments.Read(formula, source, options, HalfProgress.First(progress), cancellation);
        FittedParts parts = moments.FitParts(options);
        bool isFrequency = parts.Origin.WeightKind == WeightKind.Frequency;
        var rows = new ModelRows(parts.Origin.Design!, source, ModelRowsOptions.OfFit with { Missing = options.Missing });
        var sums = new PressSums(parts.Solution.Geometry, parts.Solution.Statistics.IsExactFit, isFrequency);
        rows.ForEachBlock(options.Threads, sums.Add, HalfProgress.Second(progress), cancellation);
        RobustChecks.RequireSameRows(rows.Counts(), moments.Rows, source.Name);
        FitStatistics statistics = parts.Solution.Statistics;
        double weight = moments.Code(null).Model.Moments[0, 0].ToDouble();
        int power = parts.Solution.Geometry.ResidualPower;
        PressTotals totals = sums.Total();
        bool isDefined = totals.UnitLeverages == 0;
        double press = isDefined ? Math.ScaleB(totals.Squares, 2 * power) : double.NaN, mean = press / weight;
        double spread = isDefined ? Math.ScaleB(totals.Fourths, 4 * power) / weight : double.NaN;
        return new LeaveOneOutResult
        {
            Model = parts.Model,
            Score = new ValidationScore(mean, Math.Sqrt(Math.Max(0, spread - (mean * mean)) / Math.Max(1, statistics.Rows - 1))),
            Press = press,
            MeanAbsoluteError = isDefined ? Math.ScaleB(totals.Lengths, power) / weight : double.NaN,
            RSquared = statistics.Tss > 0 ? 1 - (press / statistics.Tss) : double.NaN,
            TrainingError = statistics.Rss / weight,
            LargestLeverage = totals.LargestLeverage,
            Notes =
            [
                .. parts.Model.Notes,
                .. isDefined ? Array.Empty<Note>() :
                [
                    new Note("leverage-one", $"{totals.UnitLeverages} {(totals.UnitLeverages == 1 ? "row has" : "rows have")} leverage 1: without such a row a coefficient is not determined, so leaving one out is not defined. Use folds."),
                ],
            ],
        };
    }
}

/// <summary>Sums over rows of what leaving each out costs, in scaled units.</summary>
internal readonly record struct PressTotals(double Squares, double Lengths, double Fourths, double LargestLeverage, long UnitLeverages);

/// <summary>Adds up e/(1 − h); from several threads at a time.</summary>
internal sealed class PressSums(LeastSquaresGeometry geometry, bool isExactFit, bool frequency)
{
    private readonly ConcurrentBag<Worker> _idle = [];
    private readonly ConcurrentBag<Worker> _all = [];
    private readonly double _nearest = Math.ScaleB(geometry.Count * geometry.Condition, -92);

    /// <summary>Adds the rows of a block.</summary>
    public void Add(ModelBlock block)
    {
        if (!_idle.TryTake(out Worker? worker))
        {
            worker = new Worker(new RowScores(geometry, isExactFit, withLeverages: true));
            _all.Add(worker);
        }
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            int count = Math.Min(RowScores.Strip, block.Rows - start);
            worker.Scores.Take(block, start, count);
            for (int r = 0; r < count; r++)
            {
                double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                if (weight != 0)
                {
                    worker.Take(r, weight, frequency, _nearest);
                }
            }
        }
        _idle.Add(worker);
    }

    /// <summary>The sums.</summary>
    public PressTotals Total() => new(
        Sum(static w => w.Squares), Sum(static w => w.Lengths), Sum(static w => w.Fourths), _all.Select(static w => w.Largest).DefaultIfEmpty(0).Max(), _all.Sum(static w => w.Units));

    private double Sum(Func<Worker, ExactValue> part) => _all.Aggregate(ExactValue.Zero, (sum, worker) => sum + part(worker)).ToDouble();

    private sealed class Worker(RowScores scores)
    {
        public RowScores Scores => scores;

        public ExactValue Squares { get; private set; }

        public ExactValue Lengths { get; private set; }

        public ExactValue Fourths { get; private set; }

        public double Largest { get; private set; }

        public long Units { get; private set; }

        public void Take(int row, double weight, bool frequency, double nearest)
        {
            DoubleDouble w = DoubleDouble.From(weight), h = frequency ? scores.Distances[row] : scores.Distances[row] * w, rest = DoubleDouble.From(1) - h;
            Largest = Math.Max(Largest, h.High);
            if (!(rest.High > nearest))
            {
                Units++;
                return;
            }
            DoubleDouble e = scores.Residuals[row] / rest, square = e * e * w;
            Squares += ExactValue.From(square.High);
            Lengths += ExactValue.From(Math.Abs((w * e).High));
            Fourths += ExactValue.From((square * e * e).High);
        }
    }
}
