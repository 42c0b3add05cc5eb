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
        _layout = layout;
        _options = options;
        _read = layout.Parts.Origin.Rows.Read;
        _inputs = inputs;
        _split = split;
        bool hasWeights = layout.IsWeighted || layout.IsFrequency;
        _eighths = [.. Enumerable.Range(0, Eighths).Select(_ => new ExactSums(layout.Size, hasWeights))];
        _plain = layout.IsWeighted ? new ExactSums(layout.Size, weighted: false) : null;
        _scores = new ExactSums(layout.Constant, weighted: true);
    }

    /// <summary>Adds the rows of a block; from several threads at a time.</summary>
    public void Add(ModelBlock block)
    {
        if (!_idle.TryTake(out Worker? worker))
        {
            int most = Math.Max(_options.MostInfluential, Outlying);
            worker = new Worker(new CheckStrip(_layout, withProducts: true, withFitted: true), new TopRows(most), new TopRows(Outlying), new RowSample(_options.SampleSize, _options.Seed));
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
        AuxiliaryMoments[] eighths = [.. _eighths.Select(s => AuxiliaryMoments.Of(size, s.Total()))];
        AuxiliaryMoments whole = AuxiliaryMoments.Sum(eighths);
        double[][] sample = RowSample.Merge(_all.Select(static w => w.Sample), _options.SampleSize);
        return new FirstLook
        {
            Eighths = eighths,
            Whole = whole,
            Plain = _plain is null ? whole : AuxiliaryMoments.Of(size, _plain.Total()),
            Scores = AuxiliaryMoments.Of(_layout.Constant, _scores.Total()),
            Levels = [.. _levels.Where(static l => !double.IsNaN(l.Key)).OrderBy(static l => l.Key).Select(l => (l.Key, AuxiliaryMoments.Of(size, l.Value.Total())))],
            TooManyLevels = _levels.Count > MostLevels,
            Influential = TopRows.Merge(_all.Select(static w => w.Influential), Math.Max(_options.MostInfluential, Outlying)),
            Outlying = TopRows.Merge(_all.Select(static w => w.Outlying), Outlying),
            Standardized = RowSample.Sorted(sample, 0),
            Residuals = RowSample.Sorted(sample, 1),
            Inputs = [.. sample.Select(static s => s[2..])],
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
        }
        _scores.Add(strip.Views.AsSpan(0, _layout.Constant), worker.Omega, 0, rows);
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
            ExactSums sums = _levels.GetOrAdd(level, static (_, made) => new ExactSums(made._layout.Size, made._layout.IsWeighted || made._layout.IsFrequency), this);
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
            if (worker.Sample.Takes(row))
            {
                int at = strip.Places[r];
                worker.Sample.Add(row, [standardized, strip.Whitened[r], .. _inputs.Select(i => block.Extra(i)[at])]);
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

    private sealed record Worker(CheckStrip Strip, TopRows Influential, TopRows Outlying, RowSample Sample)
    {
        public Dictionary<int, (long Row, double Order)> FirstOrder { get; } = [];

        public double[] Omega { get; } = new double[RowScores.Strip];

        public long UnitLeverages { get; set; }
    }
}

/// <summary>What the first look found.</summary>
internal sealed record FirstLook
{
    /// <summary>Σ w d dᵀ over each eighth of the rows.</summary>
    public required AuxiliaryMoments[] Eighths { get; init; }

    /// <summary>Σ w d dᵀ over all rows.</summary>
    public required AuxiliaryMoments Whole { get; init; }

    /// <summary>Σ d dᵀ, with whitened residuals; the same as <see cref="Whole"/> without weights.</summary>
    public required AuxiliaryMoments Plain { get; init; }

    /// <summary>Σ ω d dᵀ for z, products and powers, ω = (we)²/(σ̂(1 − h))².</summary>
    public required AuxiliaryMoments Scores { get; init; }

    /// <summary>Σ w d dᵀ over the rows of each level of the split.</summary>
    public required IReadOnlyList<(double Level, AuxiliaryMoments Moments)> Levels { get; init; }

    /// <summary>Whether the split has more levels than are looked at.</summary>
    public required bool TooManyLevels { get; init; }

    /// <summary>The rows of largest Cook's distance, the largest first.</summary>
    public required CheckRow[] Influential { get; init; }

    /// <summary>The rows of largest standardized residual, the largest first.</summary>
    public required CheckRow[] Outlying { get; init; }

    /// <summary>Standardized residuals of a sample of the rows, sorted.</summary>
    public required double[] Standardized { get; init; }

    /// <summary>√w·e/σ̂ of the same rows, sorted.</summary>
    public required double[] Residuals { get; init; }

    /// <summary>The values of the numeric inputs in the rows of the sample.</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>For each eighth of the rows the order of the first; empty without a column of the order.</summary>
    public required IReadOnlyDictionary<int, double> FirstOrder { get; init; }

    /// <summary>How many rows have leverage 1.</summary>
    public required long UnitLeverages { get; init; }
}
