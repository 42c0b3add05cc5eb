using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>Reads rows into the moments of their parts: <see cref="DesignMoments.ReadFolds"/>.</summary>
internal sealed class FoldReader
{
    private const int DealtRows = 1000;     // a part: below, parts are dealt to be equally large

    private readonly Design _design;
    private readonly IRowSource _source;
    private readonly FoldOptions _folds;
    private readonly FitOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly string? _key;
    private readonly string[] _extras;
    private readonly RowKeys _keys;
    private readonly double[] _shares;

    public FoldReader(Design design, Schema schema, IRowSource source, FoldOptions folds, FitOptions options, CancellationToken cancellation)
    {
        _design = design;
        _source = source;
        _folds = folds;
        _options = options;
        _cancellation = cancellation;
        _key = folds.Group ?? folds.Stratify ?? folds.Order;
        RequireColumn(schema);
        _extras = _key is null || design.Inputs.Contains(_key, StringComparer.Ordinal) ? [] : [_key];
        _keys = new RowKeys(source, design.Inputs, _key, folds.Seed);
        _shares = folds.Shares;
    }

    public FoldMoments Read(IProgress<double>? progress)
    {
        if (_key is null)
        {
            FoldMoments? divided = Divide(new FoldRule.ByHash(FoldRule.EndsOf(_shares)), HalfProgress.First(progress), isFinal: false);
            if (divided is not null)
            {
                progress?.Report(1);
                return divided;
            }
        }
        List<(ulong Hash, double Key)> rows = ReadKeys(_key is null ? null : HalfProgress.First(progress));
        if (rows.Count > 0 && rows.Count < _shares.Length)
        {
            throw new PlumblineException("too-many-folds", $"There are {rows.Count} rows for {_shares.Length} parts ({_folds}). Each part needs at least one: ask for fewer folds.");
        }
        FoldRule rule = rows.Count == 0 ? new FoldRule.ByHash(FoldRule.EndsOf(_shares))
            : _folds.Group is not null ? FoldDealer.ByGroup(rows, _shares, _folds.Seed)
            : _folds.Stratify is not null ? FoldDealer.ByStratum(rows, _shares)
            : _folds.Order is not null ? FoldDealer.ByOrder(rows, _shares)
            : FoldDealer.ByHash(rows, _shares);
        return Divide(rule, HalfProgress.Second(progress), isFinal: true)!;
    }

    /// <summary>The parts; null when rows are too few to trust the hash, and this is not the last try.</summary>
    private FoldMoments? Divide(FoldRule rule, IProgress<double>? progress, bool isFinal)
    {
        var pump = new RowPump(_design, _source, _options, _extras);
        using var splitter = new FoldSplitter(_design, _options.RowWeights(_design.Weights is not null), _keys, _key is not null, rule, _shares.Length);
        pump.Run(splitter.Add, progress, _cancellation);
        if (!isFinal && splitter.KeptRows.Sum() < (long)DealtRows * _shares.Length)
        {
            return null;
        }
        CellMoments[] cells = splitter.Build(_options.Threads);
        int[][] codes = [.. pump.LevelSets.Select(static set => Enumerable.Range(0, set.Count).ToArray())];
        CellMoments all = cells.Aggregate((sum, part) => CellMoments.Merge(sum, part, codes));
        RowCounts counts = pump.Count(all.Rows);
        counts.RequireUsed();
        var parts = new DesignMoments[cells.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = DesignMoments.OfPart(pump, _design, cells[i], Counts(splitter.KeptRows[i], cells[i].Rows), _source, _options.WeightKind);
            if (cells[i].Rows == 0)
            {
                throw Empty(i, all.Rows);
            }
        }
        return new FoldMoments(_folds, DesignMoments.OfPart(pump, _design, all, counts, _source, _options.WeightKind), parts);

        static RowCounts Counts(long kept, long used) => new(kept, used, 0, new Dictionary<string, long>(StringComparer.Ordinal));
    }

    private List<(ulong Hash, double Key)> ReadKeys(IProgress<double>? progress)
    {
        var bag = new ConcurrentBag<List<(ulong, double)>>();
        var pump = new RowPump(_design, _source, _options, _extras);
        pump.Run(
            (encoded, source, encoder) =>
            {
                var keys = new List<(ulong, double)>(encoded.Rows);
                ulong[] hashes = new ulong[source.Rows];
                _keys.HashAll(source, hashes);
                for (int row = 0; row < encoded.Rows; row++)
                {
                    long line = encoder.Line(row);
                    int position = (int)(line - 1 - source.FirstRow);
                    double key = _key is null ? 0 : _keys.KeyOf(source, position);
                    if (double.IsNaN(key))
                    {
                        throw new PlumblineException("missing-key", $"The column {Schema.Shown(_key!)} divides the rows, and it is missing in row {line}. Fill it in, or leave such rows out.") { Column = _key, Line = line };
                    }
                    keys.Add((hashes[position], key));
                }
                bag.Add(keys);
            },
            progress,
            _cancellation);
        return [.. bag.SelectMany(static keys => keys)];
    }

    private void RequireColumn(Schema schema)
    {
        if (_key is null)
        {
            return;
        }
        ColumnInfo column = schema.Find(_key) ?? throw new PlumblineException(
            "unknown-column", $"The column {Schema.Shown(_key)} is to divide the rows, and {FormulaError.Clean(_source.Name)} does not have it.\n{schema.Suggest(_key)}")
        { Column = _key };
        if (_folds.Order is not null && !column.IsNumeric)
        {
            throw new PlumblineException("not-numeric", $"The order {Schema.Shown(_key)} does not hold numbers or times. Name a column that grows with time.") { Column = _key };
        }
    }

    private PlumblineException Empty(int part, long rows)
    {
        string why = _folds.Group is { } group ? $"The groups of {Schema.Shown(group)} are too few, or one of them has most of the rows"
            : _folds.Order is { } order ? $"Too many rows have the same {Schema.Shown(order)}"
            : "Too many rows are equal, and equal rows share a part";
        return new PlumblineException("empty-fold", $"Part {part + 1} of {_shares.Length} has no rows, of {rows} ({_folds}). {why}: ask for fewer folds, or divide the rows by another column.");
    }
}
