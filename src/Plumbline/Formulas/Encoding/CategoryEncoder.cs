namespace Plumbline;

/// <summary>
/// Finds the codes of one category: passes on those that a source delivers, looks numbers up, and makes missing what
/// the formula does not list. For one thread.
/// Cost: nothing for codes without a list; one hash look-up a row for numbers.
/// </summary>
internal sealed class CategoryEncoder(CategoryPlan plan, LevelSet levels)
{
    private readonly HashSet<string>? _listed = plan.Listed is null ? null : new HashSet<string>(plan.Listed, StringComparer.Ordinal);
    private readonly Dictionary<(double High, double Low), double> _codes = [];
    private readonly ColumnBuffer _buffer = new();
    private double[] _kept = [];        // for each code: the code itself, or NaN when it is not listed
    private int _known;

    /// <summary>The codes of a block's values (numbers, or codes of the source); NaN where missing or not listed.</summary>
    public NumberColumn Encode(NumberColumn values)
    {
        if (plan.Input is not null)
        {
            return values;
        }
        ReadOnlySpan<double> high = values.High, low = values.Low;
        _buffer.Prepare(high.Length, low: false);
        double[] codes = _buffer.High;
        for (int i = 0; i < high.Length; i++)
        {
            codes[i] = double.IsNaN(high[i]) ? double.NaN
                : plan.Column is null ? OfNumber(high[i], low.IsEmpty ? 0 : low[i])
                : Kept((int)high[i]);
        }
        _buffer.Written(high.Length, wide: false);
        return _buffer.Column;
    }

    /// <summary>The rows of the codes that stay, when they were found here.</summary>
    public NumberColumn Compact(NumberColumn codes, ReadOnlySpan<int> kept)
    {
        _buffer.Compact(codes, kept);
        return _buffer.Column;
    }

    private double OfNumber(double high, double low)
    {
        if (!_codes.TryGetValue((high, low), out double code))
        {
            string text = plan.TimeUnit is string unit ? LevelText.OfTime(high, unit) : LevelText.Of(high, low);
            code = _listed?.Contains(text) == false || !double.IsFinite(high) ? double.NaN : levels.CodeOf(text);
            _codes.Add((high, low), code);
        }
        return code;
    }

    private double Kept(int code)
    {
        if (code >= _known)
        {
            int known = levels.Count;
            Array.Resize(ref _kept, known);
            for (int c = _known; c < known; c++)
            {
                _kept[c] = _listed!.Contains(levels[c]) ? c : double.NaN;
            }
            _known = known;
        }
        return _kept[code];
    }
}
