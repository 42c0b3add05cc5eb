using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// The first look of the checks at the rows of a fit: moments of the auxiliary columns for each eighth of the rows and each level of a split,
/// the rows that stand out, a sample of residuals. In any order, on several threads; the result has the same bits for all of them.
/// </summary>
internal sealed class FirstPass : IDisposable
{
    /// <summary>How many parts the rows are cut into, by their place.</summary>
    public const int Eighths = 8;

    /// <summary>The most levels of a split.</summary>
    public const int MostLevels = 64;

    private const int Outlying = 40;                // rows kept for their residual

    private readonly CheckLayout _layout;
    private readonly CheckOptions _options;
    private readonly long _read;
    private readonly int[] _inputs;                 // of the numeric inputs, among the further columns
    private readonly int _split;                    // among the further columns, or −1
    private readonly int _order;                    // among the further columns, or −1
    private readonly int _kept;                     // rows kept whole
    private readonly Func<int, int, bool>? _wanted; // which sums
    private readonly ExactSums[] _eighths;
    private readonly ExactSums? _plain;             // without weights, when there are some
    private readonly ExactSums _scores;             // weights ω = (we)²/(1 − h)²
    private readonly ConcurrentDictionary<double, ExactSums> _levels = new();
    private readonly ConcurrentBag<Worker> _idle = [];
    private readonly ConcurrentBag<Worker> _all = [];

    /// <param name="layout">What is summed.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="inputs">The places of the numeric inputs among the blocks' further columns.</param>
    /// <param name="split">The place of the split's column, or −1.</param>
    /// <param name="order">The place of the order's column, or −1.</param>
    public FirstPass(CheckLayout layout, CheckOptions options, int[] inputs, int split, int order)
    {
        _order = order;
        _kept = Causes.MostRows(layout);
        _layout = layout;
        _options = options;
        _read = layout.Parts.Origin.Rows.Read;
        _inputs = inputs;
        _split = split;
        bool hasWeights = layout.IsWeighted || layout.IsFrequency;
        _wanted = layout.Wanted(ofScores: false);
        _eighths = [.. Enumerable.Range(0, Eighths).Select(_ => new ExactSums(layout.Size, hasWeights, _wanted))];
        _plain = layout.IsWeighted ? new ExactSums(layout.Size, weighted: false, _wanted) : null;
        _scores = new ExactSums(layout.Constant, weighted: layout.Rounding is null, layout.Wanted(ofScores: true));
    }

    /// <summary>Adds the rows of a block; from several threads at a time.</summary>
    public void Add(ModelBlock block)
    {
        if (!_idle.TryTake(out Worker? worker))
        {
            int most = Math.Max(_options.MostInfluential, Outlying);
            worker = new Worker(new CheckStrip(_layout, withProducts: true, withFitted: true), new TopRows(most), new TopRows(Outlying), new RowSample<double[]>(_options.SampleSize, _options.Seed), new RowSample<CheckRow>(_kept, _options.Seed));
            _all.Add(worker);
        }
        for (int start = 0; start < block.Rows; start += RowScores.Strip)
        {
            worker.Strip.Take(block, start, Math.Min(RowScores.Strip, block.Rows - start));
            Sum(worker, block);
            Look(worker, block);
        }
        _idle.Add(worker);
    }

    /// <summary>What was found.</summary>
    public FirstLook Total()
    {
        int size = _layout.Size;
        bool isRounded = _layout.Rounding is { IsCoarse: true };
        AuxiliaryMoments[] eighths = [.. _eighths.Select(s => AuxiliaryMoments.Of(size, s.Total(), isRounded))];
        AuxiliaryMoments whole = AuxiliaryMoments.Sum(eighths);
        double[][] sample = [.. RowSample<double[]>.Merge(_all.Select(static w => w.Sample), _options.SampleSize)];
        return new FirstLook
        {
            Eighths = eighths,
            Whole = whole,
            Plain = _plain is null ? whole : AuxiliaryMoments.Of(size, _plain.Total()),
            Scores = AuxiliaryMoments.Of(_layout.Constant, _scores.Total(), isRounded),
            Levels = [.. _levels.Where(static l => !double.IsNaN(l.Key)).OrderBy(static l => l.Key).Select(l => (l.Key, AuxiliaryMoments.Of(size, l.Value.Total(), isRounded)))],
            TooManyLevels = _levels.Count > MostLevels,
            Influential = TopRows.Merge(_all.Select(static w => w.Influential), Math.Max(_options.MostInfluential, Outlying)),
            Outlying = TopRows.Merge(_all.Select(static w => w.Outlying), Outlying),
            Standardized = [.. sample.Select(static s => s[0]).Order()],
            Residuals = [.. sample.Select(static s => s[1]).Order()],
            Inputs = [.. sample.Select(static s => s[2..])],
            Kept = [.. RowSample<CheckRow>.Merge(_all.Select(static w => w.Kept), _kept).OrderBy(static r => r.Row)],
            UnitLeverages = _all.Sum(static w => w.UnitLeverages),
            FirstOrder = _all.SelectMany(static w => w.FirstOrder).GroupBy(static f => f.Key)
                .ToDictionary(static g => g.Key, static g => g.MinBy(static f => f.Value.Row).Value.Order),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ExactSums sums in _eighths.Concat(_levels.Values).Append(_scores))
        {
            sums.Dispose();
        }
        _plain?.Dispose();
    }

    private void Sum(Worker worker, ModelBlock block)
    {
        CheckStrip strip = worker.Strip;
        int rows = strip.Rows;
        bool hasWeights = _layout.IsWeighted || _layout.IsFrequency;
        for (int start = 0; start < rows;)
        {
            int eighth = EighthOf(block.RowNumbers[strip.Places[start]]);
            if (_order >= 0)
            {
                int place = strip.Places[start];
                var first = (Row: block.RowNumbers[place], Order: block.Extra(_order)[place]);
                worker.FirstOrder[eighth] = worker.FirstOrder.TryGetValue(eighth, out (long Row, double Order) known) && known.Row < first.Row ? known : first;
            }
            int end = start + 1;
            while (end < rows && EighthOf(block.RowNumbers[strip.Places[end]]) == eighth)
            {
                end++;
            }
            _eighths[eighth].Add(strip.Views, hasWeights ? strip.Weights[start..end] : null, start, end - start);
            start = end;
        }
        for (int r = 0; r < rows; r++)
        {
            worker.UnitLeverages += strip.IsUnit[r] ? 1 : 0;
            double rest = 1 - strip.Leverages[r], u = strip.Whitened[r];
            worker.Omega[r] = strip.IsUnit[r] ? 0 : strip.Weights[r] * u * u / (rest * rest);
            worker.Root[r] = strip.IsUnit[r] ? 0 : u / rest;
        }
        if (_layout.Rounding is { } rounding)
        {
            worker.Scale(strip, _layout.Constant, rounding);
            _scores.Add(worker.Scaled, null, 0, rows);
        }
        else
        {
            _scores.Add(strip.Views.AsSpan(0, _layout.Constant), worker.Omega, 0, rows);
        }
        if (_split >= 0 && _levels.Count <= MostLevels)
        {
            SumLevels(worker, block);
        }
        if (_plain is not null)
        {
            strip.Whitened.AsSpan(0, rows).CopyTo(strip.Columns[_layout.Residual]);
            _plain.Add(strip.Views, null, 0, rows);
            for (int r = 0; r < rows; r++)
            {
                strip.Columns[_layout.Residual][r] = strip.Whitened[r] / Math.Sqrt(strip.Weights[r]);
            }
        }
    }

    private void SumLevels(Worker worker, ModelBlock block)
    {
        CheckStrip strip = worker.Strip;
        bool hasWeights = _layout.IsWeighted || _layout.IsFrequency;
        ReadOnlySpan<double> levels = block.Extra(_split);
        for (int start = 0; start < strip.Rows;)
        {
            double level = levels[strip.Places[start]];
            int end = start + 1;
            while (end < strip.Rows && levels[strip.Places[end]].Equals(level))
            {
                end++;
            }
            ExactSums sums = _levels.GetOrAdd(level, static (_, made) => new ExactSums(made._layout.Size, made._layout.IsWeighted || made._layout.IsFrequency, made._wanted), this);
            sums.Add(strip.Views, hasWeights ? strip.Weights[start..end] : null, start, end - start);
            start = end;
        }
    }

    private void Look(Worker worker, ModelBlock block)
    {
        CheckStrip strip = worker.Strip;
        for (int r = 0; r < strip.Rows; r++)
        {
            long row = block.RowNumbers[strip.Places[r]];
            double rest = 1 - strip.Leverages[r], standardized = strip.IsUnit[r] ? 0 : strip.Whitened[r] / Math.Sqrt(rest);
            double size = Math.Abs(standardized);
            double cook = strip.IsUnit[r] ? 0 : standardized * standardized * strip.Leverages[r] / rest;
            bool isInfluential = worker.Influential.Takes(cook, row), isOutlying = worker.Outlying.Takes(size, row);
            if (isInfluential || isOutlying)
            {
                CheckRow kept = strip.Keep(r, block, _inputs);
                if (isInfluential)
                {
                    worker.Influential.Add(kept, cook);
                }
                if (isOutlying)
                {
                    worker.Outlying.Add(kept, size);
                }
            }
            if (worker.Kept.Takes(row, out double place))
            {
                worker.Kept.Keep(place, strip.Keep(r, block, []));
            }
            if (worker.Sample.Takes(row, out double order))
            {
                int at = strip.Places[r];
                worker.Sample.Keep(order, [standardized, strip.Whitened[r], .. _inputs.Select(i => block.Extra(i)[at])]);
            }
        }
    }

    private int EighthOf(long row) => (int)Math.Min(Eighths - 1, BoundedEighth(row - 1));

    // Part p begins at ⌊p·N/8⌋.
    private long BoundedEighth(long position)
    {
        long guess = (position * Eighths) / Math.Max(1, _read);
        while (guess + 1 < Eighths && (guess + 1) * _read / Eighths <= position)
        {
            guess++;
        }
        return guess;
    }

    private sealed record Worker(CheckStrip Strip, TopRows Influential, TopRows Outlying, RowSample<double[]> Sample, RowSample<CheckRow> Kept)
    {
        public Dictionary<int, (long Row, double Order)> FirstOrder { get; } = [];

        /// <summary>ω.</summary>
        public double[] Omega { get; } = new double[RowScores.Strip];

        /// <summary>A square root of ω, for rows without weights.</summary>
        public double[] Root { get; } = new double[RowScores.Strip];

        /// <summary>Columns times the root, rounded.</summary>
        public NumberColumn[] Scaled { get; private set; } = [];

        public void Scale(CheckStrip strip, int columns, ColumnRounding rounding)
        {
            if (Scaled.Length == 0)
            {
                Scaled = [.. Enumerable.Range(0, columns).Select(static _ => new NumberColumn(new double[RowScores.Strip], null, 0, RowScores.Strip))];
            }
            for (int j = 0; j < columns; j++)
            {
                double[] scaled = Scaled[j].HighArray!;
                CheckStrip.Multiply(strip.Columns[j], Root, scaled);
                rounding.Round(j, scaled.AsSpan(0, strip.Rows));
            }
        }

        public long UnitLeverages { get; set; }
    }
}
