using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>Carries the rows of encoded blocks to the moments of their parts. Several threads may call it at once.</summary>
internal sealed class FoldSplitter : IDisposable
{
    private readonly CellMomentsBuilder[] _builders;
    private readonly RowKeys _keys;
    private readonly bool _hasKey;
    private readonly FoldRule _rule;
    private readonly ConcurrentBag<Buffers> _idle = [];

    /// <param name="design">The design.</param>
    /// <param name="weights">What weights are.</param>
    /// <param name="keys">What tells rows apart.</param>
    /// <param name="hasKey">Whether the rule looks at a further column.</param>
    /// <param name="rule">Which part a row belongs to.</param>
    /// <param name="parts">How many parts.</param>
    public FoldSplitter(Design design, RowWeights weights, RowKeys keys, bool hasKey, FoldRule rule, int parts)
    {
        _keys = keys;
        _hasKey = hasKey;
        _rule = rule;
        _builders = [.. Enumerable.Range(0, parts).Select(_ => new CellMomentsBuilder(design.Shape, weights))];
        KeptRows = new long[parts];
    }

    /// <summary>Rows of each part so far, those of weight 0 too.</summary>
    public long[] KeptRows { get; }

    /// <summary>Adds the rows of a block.</summary>
    /// <exception cref="PlumblineException">Code <c>file-changed</c>: a row is none of those that were dealt.</exception>
    public void Add(RowBlock encoded, RowBlock source, DesignEncoder encoder)
    {
        if (!_idle.TryTake(out Buffers? buffers))
        {
            buffers = new Buffers(_builders.Length, encoded.Count);
        }
        buffers.Clear();
        for (int row = 0; row < encoded.Rows; row++)
        {
            int position = (int)(encoder.Line(row) - 1 - source.FirstRow);
            int part = _rule.PartOf(_rule.NeedsHash ? _keys.HashOf(source, position) : 0, _hasKey ? _keys.KeyOf(source, position) : 0);
            buffers.Rows[part >= 0 ? part : throw new PlumblineException("file-changed", "A row was not there when the rows were divided. Run the command again when nobody writes to the data.")].Add(row);
        }
        for (int part = 0; part < _builders.Length; part++)
        {
            List<int> rows = buffers.Rows[part];
            if (rows.Count > 0)
            {
                Interlocked.Add(ref KeptRows[part], rows.Count);
                _builders[part].Add(buffers.Gather(encoded, rows));
            }
        }
        _idle.Add(buffers);
    }

    /// <summary>The moments of each part.</summary>
    public CellMoments[] Build() => Array.ConvertAll(_builders, static b => b.Build());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CellMomentsBuilder builder in _builders)
        {
            builder.Dispose();
        }
    }

    private sealed class Buffers(int parts, int columns)
    {
        private readonly double[][] _high = [.. Enumerable.Range(0, columns).Select(static _ => Array.Empty<double>())];
        private readonly double[][] _low = [.. Enumerable.Range(0, columns).Select(static _ => Array.Empty<double>())];

        public List<int>[] Rows { get; } = [.. Enumerable.Range(0, parts).Select(static _ => new List<int>())];

        public void Clear()
        {
            foreach (List<int> rows in Rows)
            {
                rows.Clear();
            }
        }

        /// <summary>Some rows of a block, next to one another.</summary>
        public RowBlock Gather(RowBlock block, List<int> rows)
        {
            var gathered = new NumberColumn[block.Count];
            for (int j = 0; j < gathered.Length; j++)
            {
                Take(block[j].High, rows, ref _high[j]);
                if (block[j].HasLow)
                {
                    Take(block[j].Low, rows, ref _low[j]);
                }
                gathered[j] = new NumberColumn(_high[j], block[j].HasLow ? _low[j] : null, 0, rows.Count);
            }
            return new RowBlock(block.FirstRow, rows.Count, gathered);
        }

        private static void Take(ReadOnlySpan<double> from, List<int> rows, ref double[] to)
        {
            if (to.Length < rows.Count)
            {
                to = new double[Math.Max(rows.Count, 2 * to.Length)];
            }
            for (int i = 0; i < rows.Count; i++)
            {
                to[i] = from[rows[i]];
            }
        }
    }
}
