using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// The second look: residuals after the repairs that the first look asks for, so that what remains of each fault is not another one's shadow;
/// residuals of log y; and what needs rows in order.
/// </summary>
internal sealed class SecondPass : IDisposable
{
    private readonly CheckLayout _layout;
    private readonly CheckOptions _options;
    private readonly Suspicion _suspicion;
    private readonly PartialCurves _curves;
    private readonly ExactSums _sums;
    private readonly ColumnRounding? _rounding;
    private readonly ConcurrentBag<Worker> _idle = [];
    private readonly ConcurrentBag<Worker> _all = [];
    private readonly int _base;                     // the place of the first of the pass's own columns

    /// <param name="layout">What columns there are.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="suspicion">What the first look found.</param>
    /// <param name="curves">Takes the rows, too.</param>
    /// <param name="lags">L, when the rows are in order; 0 when not.</param>
    public SecondPass(CheckLayout layout, CheckOptions options, Suspicion suspicion, PartialCurves curves, int lags)
    {
        _layout = layout;
        _options = options;
        _suspicion = suspicion;
        _curves = curves;
        _base = layout.Coefficients;
        // z are rounded already.
        _rounding = layout.Rounding is null ? null : ColumnRounding.Of(layout.Rounding.IsCoarse, [.. Enumerable.Repeat<int?>(null, _base), .. SecondLookColumns.Powers]);
        _sums = new ExactSums(_base + SecondLookColumns.Count, layout.IsFrequency);
        if (lags > 0)
        {
            Raw = new LagSums(layout.Coefficients, lags);
            Repaired = new LagSums(0, lags);
        }
    }

    /// <summary>The residuals in order; null when they are not.</summary>
    public LagSums? Raw { get; }

    /// <summary>The repaired residuals in order.</summary>
    public LagSums? Repaired { get; }

    /// <summary>Adds the rows of a block: in order when lags are wanted, else from several threads at a time.</summary>
    public void Add(ModelBlock block)
    {
        if (!_idle.TryTake(out Worker? worker))
        {
            worker = new Worker(new CheckStrip(_layout, withProducts: _suspicion.Repairs.Term, withFitted: true), new RowSample<double[]>(_options.SampleSize, _options.Seed), _base + SecondLookColumns.Count);
            _all.Add(worker);
        }
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            worker.Strip.Take(block, start, Math.Min(RowScores.Strip, block.Rows - start));
            Take(worker, block);
            _curves.Add(worker.Strip, block);
        }
        _idle.Add(worker);
    }

    /// <summary>Moments of z and <see cref="SecondLookColumns"/>.</summary>
    public AuxiliaryMoments Total() => AuxiliaryMoments.Of(_base + SecondLookColumns.Count, _sums.Total(), _rounding is { IsCoarse: true });

    /// <summary>Repaired residuals of the rows of the sample, sorted; and by the other form of the variance.</summary>
    public (double[] Linear, double[] Log) Sample()
    {
        double[][] sample = [.. RowSample<double[]>.Merge(_all.Select(static w => w.Sample), _options.SampleSize)];
        return ([.. sample.Select(static s => s[0]).Order()], [.. sample.Select(static s => s[1]).Order()]);
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();

    private void Take(Worker worker, ModelBlock block)
    {
        CheckStrip strip = worker.Strip;
        int rows = 0;
        for (int r = 0; r < strip.Rows; r++)
        {
            long row = block.RowNumbers[strip.Places[r]];
            double factor = _layout.IsFrequency ? 1 : Math.Sqrt(strip.Weights[r]);
            bool isExcluded = _suspicion.Excluded.Contains(row);
            double repair = isExcluded ? 0 : _suspicion.Repair(strip.Columns, r, row);
            double repaired = isExcluded ? 0 : factor * (strip.Columns[_layout.Residual][r] - repair);
            Raw?.Add(strip.Whitened[r], strip.Columns, r, factor);
            Repaired?.Add(repaired, strip.Columns, r, 1);
            if (isExcluded)
            {
                continue;
            }
            double rest = Math.Max(1e-6, 1 - strip.Leverages[r]);
            (double linear, double ofLog) = _suspicion.Variance(strip.Columns, r);
            double evened = factor * (strip.Columns[_layout.Residual][r] - _suspicion.Even(strip.Columns, r, row, repair));
            double even = evened / Math.Sqrt(linear * rest), evenLog = evened / Math.Sqrt(ofLog * rest);
            double log = _layout.HasLog ? factor * _suspicion.LogResidual(strip.Columns, r, _layout.Log) : 0;
            double[][] columns = worker.Columns;
            for (int k = 0; k < _base; k++)
            {
                columns[k][rows] = strip.Columns[k][r];
            }
            columns[_base + SecondLookColumns.Constant][rows] = 1;
            columns[_base + SecondLookColumns.FittedSquare][rows] = strip.Columns[_layout.FittedPowers][r];
            columns[_base + SecondLookColumns.Square][rows] = repaired * repaired;
            columns[_base + SecondLookColumns.Even][rows] = even;
            columns[_base + SecondLookColumns.EvenSquare][rows] = even * even;
            columns[_base + SecondLookColumns.EvenLog][rows] = evenLog;
            columns[_base + SecondLookColumns.EvenLogSquare][rows] = evenLog * evenLog;
            columns[_base + SecondLookColumns.Log][rows] = log;
            columns[_base + SecondLookColumns.LogSquare][rows] = log * log;
            double logFitted = _layout.HasLog ? _suspicion.LogFitted(strip.Columns, r) : 0;
            columns[_base + SecondLookColumns.LogFittedSquare][rows] = logFitted * logFitted;
            columns[_base + SecondLookColumns.LogFittedCube][rows] = logFitted * logFitted * logFitted;
            worker.Weights[rows] = strip.Weights[r];
            if (worker.Sample.Takes(row, out double order))
            {
                worker.Sample.Keep(order, [even, evenLog]);
            }
            rows++;
        }
        for (int j = _base; _rounding is not null && j < worker.Columns.Length; j++)
        {
            _rounding.Round(j, worker.Columns[j].AsSpan(0, rows));
        }
        _sums.Add(worker.Views, _layout.IsFrequency ? worker.Weights : null, 0, rows);
    }

    private sealed class Worker
    {
        public Worker(CheckStrip strip, RowSample<double[]> sample, int columns)
        {
            Strip = strip;
            Sample = sample;
            Columns = new double[columns][];
            for (int j = 0; j < columns; j++)
            {
                Columns[j] = new double[RowScores.Strip];
            }
            Views = Array.ConvertAll(Columns, static c => new NumberColumn(c, null, 0, c.Length));
        }

        public CheckStrip Strip { get; }

        public RowSample<double[]> Sample { get; }

        public double[][] Columns { get; }

        public NumberColumn[] Views { get; }

        public double[] Weights { get; } = new double[RowScores.Strip];
    }
}

/// <summary>The columns of the second look, after z.</summary>
internal static class SecondLookColumns
{
    /// <summary>How many.</summary>
    public const int Count = 11;

    /// <summary>1.</summary>
    public const int Constant = 0;

    /// <summary>The square of the standardized fitted value.</summary>
    public const int FittedSquare = 1;

    /// <summary>The square of the repaired residual.</summary>
    public const int Square = 2;

    /// <summary>The repaired residual, standardized by the variance that the first look estimated.</summary>
    public const int Even = 3;

    /// <summary>Its square.</summary>
    public const int EvenSquare = 4;

    /// <summary>The residual of log y.</summary>
    public const int Log = 5;

    /// <summary>Its square.</summary>
    public const int LogSquare = 6;

    /// <summary>The square of the standardized fitted value of log y.</summary>
    public const int LogFittedSquare = 7;

    /// <summary>Its cube.</summary>
    public const int LogFittedCube = 8;

    /// <summary>The repaired residual, standardized by the variance whose logarithm the first look estimated.</summary>
    public const int EvenLog = 9;

    /// <summary>Its square.</summary>
    public const int EvenLogSquare = 10;

    /// <summary>How large values are, as powers of two; null for what is not rounded (<see cref="ColumnRounding"/>).</summary>
    public static ReadOnlySpan<int?> Powers => new int?[] { null, 1, 1, 0, 1, 0, 1, 1, 3, 0, 1 };
}
