using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>Carries the blocks of a source through the design's encoder to whatever sums them, on several threads.</summary>
/// <param name="design">The design.</param>
/// <param name="source">The rows.</param>
/// <param name="options">Threads, weights, missing values.</param>
/// <param name="extras">Further columns to read, after the design's inputs.</param>
internal sealed class RowPump(Design design, IRowSource source, FitOptions options, IReadOnlyList<string>? extras = null)
{
    private readonly ConcurrentBag<DesignEncoder> _idle = [];
    private readonly ConcurrentBag<DesignEncoder> _all = [];
    private readonly CategoryCodes _codes = design.CodesOf(source);

    /// <summary>Reads every row once. <paramref name="consume"/> is called from several threads at a time.</summary>
    public void Run(Action<RowBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        Run((encoded, _, _) => consume(encoded), progress, cancellation);

    /// <summary>The same, with the block of the source that the encoded one was made of (the design's inputs, then the extras), and its encoder.</summary>
    public void Run(Action<RowBlock, RowBlock, DesignEncoder> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        BlockPump.Run(source, [.. design.Inputs, .. extras ?? []], options.Threads, block => Take(block, consume), progress, cancellation);

    /// <summary>What became of the rows so far; <paramref name="used"/> of them had weight.</summary>
    public RowCounts Count(long used)
    {
        var byColumn = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (DesignEncoder encoder in _all)
        {
            foreach ((string name, long count) in encoder.DroppedByColumn)
            {
                byColumn[name] = byColumn.GetValueOrDefault(name) + count;
            }
        }
        return new RowCounts(_all.Sum(static e => e.RowsRead), used, _all.Sum(static e => e.RowsDropped), byColumn);
    }

    /// <summary>For each category of the design the texts of its codes.</summary>
    public IReadOnlyList<LevelSet> LevelSets => _codes.Sets;

    /// <summary>For each input of the design the smallest and largest value in the rows kept so far; meaningless for codes.</summary>
    public ValueRange[] Ranges()
    {
        var ranges = new ValueRange[design.Inputs.Count];
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = _all.Aggregate(ValueRange.Empty, (range, encoder) => ValueRange.Union(range, encoder.Ranges[i]));
        }
        return ranges;
    }

    private void Take(RowBlock block, Action<RowBlock, RowBlock, DesignEncoder> consume)
    {
        using (block)
        {
            if (!_idle.TryTake(out DesignEncoder? encoder))
            {
                encoder = design.CreateEncoder(options.Missing, _codes, options.WeightKind == WeightKind.Frequency);
                _all.Add(encoder);
            }
            RowBlock encoded = encoder.Encode(block);
            if (encoded.Rows > 0)
            {
                consume(encoded, block, encoder);
            }
            _idle.Add(encoder);
        }
    }
}
