using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

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
        buffers.Sort(encoded, source, encoder, this);
        NumberColumn[] sorted = buffers.Gather(encoded);
        for (int part = 0; part < _builders.Length; part++)
        {
            int count = buffers.CountOf(part);
            if (count > 0)
            {
                Interlocked.Add(ref KeptRows[part], count);
                _builders[part].Add(new RowBlock(encoded.FirstRow, count, buffers.Of(part, sorted)));
            }
        }
        _idle.Add(buffers);
    }

    /// <summary>The moments of each part, several at a time.</summary>
    public CellMoments[] Build(int threads)
    {
        var parts = new CellMoments[_builders.Length];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount }, part => parts[part] = _builders[part].Build());
        return parts;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CellMomentsBuilder builder in _builders)
        {
            builder.Dispose();
        }
    }

    private int PartOf(ulong hash, RowBlock source, int position)
    {
        int part = _rule.PartOf(hash, _hasKey ? _keys.KeyOf(source, position) : 0);
        return part >= 0 ? part : throw new PlumblineException("file-changed", "A row was not there when the rows were divided. Run the command again when nobody writes to the data.");
    }

    private sealed class Buffers(int parts, int columns)
    {
        private readonly double[][] _high = [.. Enumerable.Range(0, columns).Select(static _ => Array.Empty<double>())];
        private readonly double[][] _low = [.. Enumerable.Range(0, columns).Select(static _ => Array.Empty<double>())];
        private readonly int[] _ends = new int[parts];      // of each part in _rows
        private ulong[] _hashes = [];
        private int[] _parts = [];
        private int[] _rows = [];                           // of the block, part by part

        /// <summary>How many rows of the block a part has.</summary>
        public int CountOf(int part) => _ends[part] - Start(part);

        /// <summary>Finds the rows of each part.</summary>
        public void Sort(RowBlock encoded, RowBlock source, DesignEncoder encoder, FoldSplitter splitter)
        {
            if (_hashes.Length < source.Rows)
            {
                _hashes = new ulong[source.Rows];
                _parts = new int[source.Rows];
                _rows = new int[source.Rows];
            }
            if (splitter._rule.NeedsHash)
            {
                splitter._keys.HashAll(source, _hashes.AsSpan(0, source.Rows));
            }
            Span<int> counts = stackalloc int[_ends.Length];
            for (int row = 0; row < encoded.Rows; row++)
            {
                int position = (int)(encoder.Line(row) - 1 - source.FirstRow);
                _parts[row] = splitter.PartOf(_hashes[position], source, position);
                counts[_parts[row]]++;
            }
            int end = 0;
            for (int part = 0; part < counts.Length; part++)
            {
                _ends[part] = end;
                end += counts[part];
            }
            for (int row = 0; row < encoded.Rows; row++)
            {
                _rows[_ends[_parts[row]]++] = row;
            }
        }

        /// <summary>The columns of a block, part by part: each is read once, while it is in the first-level cache.</summary>
        public NumberColumn[] Gather(RowBlock block)
        {
            ReadOnlySpan<int> rows = _rows.AsSpan(0, block.Rows);
            var gathered = new NumberColumn[block.Count];
            for (int j = 0; j < gathered.Length; j++)
            {
                Take(block[j].High, rows, ref _high[j]);
                if (block[j].HasLow)
                {
                    Take(block[j].Low, rows, ref _low[j]);
                }
                gathered[j] = new NumberColumn(_high[j], block[j].HasLow ? _low[j] : null, 0, rows.Length);
            }
            return gathered;
        }

        /// <summary>The rows of a part in such columns.</summary>
        public NumberColumn[] Of(int part, NumberColumn[] sorted)
        {
            int start = Start(part), count = CountOf(part);
            return Array.ConvertAll(sorted, column => new NumberColumn(column.HighArray!, column.LowArray, start, count));
        }

        private int Start(int part) => part == 0 ? 0 : _ends[part - 1];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Take(ReadOnlySpan<double> from, ReadOnlySpan<int> rows, ref double[] to)
        {
            if (to.Length < rows.Length)
            {
                to = new double[Math.Max(rows.Length, 2 * to.Length)];
            }
            Span<double> target = to.AsSpan(0, rows.Length);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = from[rows[i]];
            }
        }
    }
}
