namespace Plumbline;

/// <summary>What is done with a level that the rows of the fit did not have.</summary>
public enum UnseenLevels
{
    /// <summary>An error that names the level and the row.</summary>
    Fail,

    /// <summary>The row counts as one with a missing value.</summary>
    Missing,

    /// <summary>The level counts as the base level; as the first one where the contrasts have no base.</summary>
    Base,
}

/// <summary>Codes of a source → places of the levels of a fitted category. For one thread.</summary>
internal sealed class LevelPlaces
{
    private const int Unseen = -1;

    private readonly FittedVariable _variable;
    private readonly LevelSet _source;
    private readonly UnseenLevels _policy;
    private readonly Dictionary<string, int> _places;
    private readonly int _base;
    private int[] _placeOf = [];
    private int _known;
    private int[] _rows = [];

    public LevelPlaces(FittedVariable variable, LevelSet source, UnseenLevels policy)
    {
        _variable = variable;
        _source = source;
        _policy = policy;
        _places = variable.Levels.Index().ToDictionary(static l => l.Item, static l => l.Index, StringComparer.Ordinal);
        _base = variable.Base is string text ? _places[text] : 0;
    }

    /// <summary>Rows so far whose level the fit did not have.</summary>
    public long UnseenRows { get; private set; }

    /// <summary>The places of the last block.</summary>
    public ReadOnlySpan<int> Current => _rows;

    /// <summary>For each row the place of its level; −1 where it is missing, or unseen and counted as missing.</summary>
    public ReadOnlySpan<int> Places(NumberColumn codes, Func<int, long> line)
    {
        ReadOnlySpan<double> high = codes.High;
        if (_rows.Length < high.Length)
        {
            _rows = new int[high.Length];
        }
        for (int i = 0; i < high.Length; i++)
        {
            int place = double.IsNaN(high[i]) ? Unseen : PlaceOf((int)high[i]);
            if (place == Unseen && !double.IsNaN(high[i]))
            {
                UnseenRows++;
                place = _policy switch
                {
                    UnseenLevels.Base => _base,
                    UnseenLevels.Missing => Unseen,
                    _ => throw Error((int)high[i], line(i)),
                };
            }
            _rows[i] = place;
        }
        return _rows.AsSpan(0, high.Length);
    }

    private int PlaceOf(int code)
    {
        if (code >= _known)
        {
            int known = _source.Count;
            Array.Resize(ref _placeOf, known);
            for (int c = _known; c < known; c++)
            {
                _placeOf[c] = _places.TryGetValue(_source[c], out int place) ? place : Unseen;
            }
            _known = known;
        }
        return _placeOf[code];
    }

    private PlumblineException Error(int code, long line)
    {
        string level = _source[code];
        string? near = NearestName.Find(level, _variable.Levels);
        string next = near is null ? $"Its levels are {LevelShown.Several(_variable.Levels)}." : $"Did you mean {LevelShown.Of(near)}?";
        return new PlumblineException(
            "unseen-level",
            $"In row {line}, {FormulaError.Code(_variable.Name)} has the level {LevelShown.Of(level)}, which the rows of the fit did not have. {next} "
            + "Leave the row out, or let unseen levels count as missing or as the base level.")
        {
            Line = line,
            Column = _variable.Expression,
        };
    }
}
