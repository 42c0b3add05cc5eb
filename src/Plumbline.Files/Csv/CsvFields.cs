using System.Text;

namespace Plumbline.Files;

/// <summary>One thread's way from the fields of records to the values of a block.</summary>
internal sealed class CsvFields
{
    private readonly CsvPlan _plan;
    private readonly int[] _places;
    private readonly FieldKind[] _kinds;
    private readonly LevelCache?[] _caches;
    private readonly int _expected;

    /// <summary>For one thread.</summary>
    public CsvFields(CsvPlan plan)
    {
        _plan = plan;
        _places = [.. plan.Columns];
        _expected = plan.Layout.Columns.Count;
        _kinds = [.. plan.Columns.Select(place => place < _expected ? FieldKinds.Of(plan.Layout.Columns[place]) : FieldKind.Number)];
        _caches = [.. plan.Levels.Select((levels, i) => levels is not null && _kinds[i] == FieldKind.Text ? new LevelCache(levels) : null)];
    }

    /// <summary>Whether the records may turn out not to be there: then new texts have no code before <see cref="Settle"/>.</summary>
    public bool Defer
    {
        set
        {
            foreach (LevelCache? cache in _caches)
            {
                cache?.Defer = value;
            }
        }
    }

    /// <summary>Parses records into the block from row <paramref name="from"/> until it is full, or the next begins at <paramref name="end"/>, or the file ends; how many.</summary>
    /// <exception cref="PlumblineException"><c>ragged-row</c>, <c>not-a-number</c>, <c>not-a-boolean</c>, <c>not-a-date</c>, <c>not-utf8</c>, <c>too-many-levels</c>.</exception>
    public int Fill(CsvScanner scanner, string path, BlockBuffer buffer, int from, int until, long end = long.MaxValue)
    {
        double[] values = buffer.Values;
        int stride = buffer.Stride;
        NullTexts missing = _plan.Missing;
        int row = from;
        while (row < until && scanner.Position < end && scanner.Read())
        {
            if (!CsvRows.Fits(scanner, _expected, missing))
            {
                throw FileErrors.Ragged(path, scanner.Line, scanner.Count, _expected);
            }
            int at = row;
            for (int i = 0; i < _places.Length; i++, at += stride)
            {
                if (_places[i] >= _expected)
                {
                    continue;
                }
                double value = double.NaN;
                ReadOnlySpan<byte> text = _kinds[i] == FieldKind.Number ? scanner[_places[i]] : scanner.Text(_places[i]);
                if (!missing.Contains(text) && !(_kinds[i] == FieldKind.Number ? NumberText.TryParse(text, out value) : TryOther(i, text, scanner, path, out value)))
                {
                    throw FileErrors.Unreadable(_kinds[i], path, scanner.Line, _plan.Layout.Names[_places[i]], Encoding.UTF8.GetString(text));
                }
                values[at] = value;
            }
            row++;
        }
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i] >= _expected)
            {
                values.AsSpan((i * stride) + from, row - from).Fill(_plan.OfFolder(i, path));
            }
        }
        return row - from;
    }

    /// <summary>Gives the texts of blocks that are there after all their codes.</summary>
    public void Settle(IReadOnlyList<(BlockBuffer Buffer, int Rows)> blocks)
    {
        for (int i = 0; i < _caches.Length; i++)
        {
            if (_caches[i] is not { HasPending: true } cache)
            {
                continue;
            }
            int[] codes = cache.Settle();
            foreach ((BlockBuffer buffer, int rows) in blocks)
            {
                foreach (ref double code in buffer.High(i)[..rows])
                {
                    code = code < 0 ? codes[-1 - (int)code] : code;
                }
            }
        }
    }

    /// <summary>Forgets the texts of records that are not there.</summary>
    public void Forget()
    {
        foreach (LevelCache? cache in _caches)
        {
            cache?.Forget();
        }
    }

    private bool TryOther(int i, ReadOnlySpan<byte> text, CsvScanner scanner, string path, out double value)
    {
        if (_caches[i] is not { } cache)
        {
            return FieldKinds.TryParse(_kinds[i], text, out value);
        }
        try
        {
            value = cache.CodeOf(text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            throw FileErrors.NotUtf8(path, scanner.Line);
        }
    }
}
