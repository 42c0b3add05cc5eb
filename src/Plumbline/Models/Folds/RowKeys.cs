using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>What tells rows apart when they are divided: a hash of the values that the formula reads, and the value of one more column.</summary>
internal sealed class RowKeys
{
    private readonly ulong _seed;
    private readonly (int Place, LevelSet? Levels)[] _columns;      // in the order of their names
    private readonly int _key;
    private readonly LevelSet? _keyLevels;
    private readonly ConcurrentDictionary<(int Column, int Code), ulong> _texts = new();

    /// <param name="source">The rows.</param>
    /// <param name="inputs">The columns of blocks that are hashed.</param>
    /// <param name="key">A further column, which blocks have after them unless it is one of them; null for none.</param>
    /// <param name="seed">The seed of the hash.</param>
    public RowKeys(IRowSource source, IReadOnlyList<string> inputs, string? key, ulong seed)
    {
        _seed = seed;
        _columns = [.. inputs.Select((name, place) => (name, place)).OrderBy(static c => c.name, StringComparer.Ordinal).Select(c => (c.place, source.LevelsOf(c.name)))];
        int known = key is null ? -1 : inputs.Index().Where(c => c.Item == key).Select(static c => c.Index).DefaultIfEmpty(inputs.Count).First();
        _key = known;
        _keyLevels = key is null ? null : source.LevelsOf(key);
    }

    /// <summary>The hashes of all rows of a block of the source.</summary>
    /// <param name="block">The block.</param>
    /// <param name="hashes">One for each row.</param>
    public void HashAll(RowBlock block, Span<ulong> hashes)
    {
        hashes.Fill(new RowHash(_seed).State);
        foreach ((int place, LevelSet? levels) in _columns)
        {
            if (levels is null && !block[place].HasLow)
            {
                RowHash.AddAll(hashes, block[place].High);
                continue;
            }
            for (int row = 0; row < hashes.Length; row++)
            {
                RowHash hash = RowHash.Of(hashes[row]);
                Add(ref hash, block[place], row, place, levels);
                hashes[row] = hash.State;
            }
        }
        for (int row = 0; row < hashes.Length; row++)
        {
            hashes[row] = RowHash.Of(hashes[row]).Bits;
        }
    }

    /// <summary>The further column's value as a number: of text a hash.</summary>
    public double KeyOf(RowBlock block, int row)
    {
        double value = block[_key].High[row];
        return _keyLevels is null || double.IsNaN(value) ? value : RowHash.FractionOf(TextHash(_key, (int)value, _keyLevels));
    }

    private void Add(ref RowHash hash, NumberColumn column, int row, int place, LevelSet? levels)
    {
        double value = column.High[row];
        if (levels is not null && !double.IsNaN(value))
        {
            hash.Add(RowHash.FractionOf(TextHash(place, (int)value, levels)));
            return;
        }
        hash.Add(value);
        if (column.HasLow && column.Low[row] != 0)
        {
            hash.Add(column.Low[row]);
        }
    }

    // Codes may differ from run to run: texts do not.
    private ulong TextHash(int column, int code, LevelSet levels)
    {
        if (_texts.TryGetValue((column, code), out ulong known))
        {
            return known;
        }
        var hash = new RowHash(_seed);
        hash.Add(levels[code]);
        return _texts.GetOrAdd((column, code), hash.Bits);
    }
}
