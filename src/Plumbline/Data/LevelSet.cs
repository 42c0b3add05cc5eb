using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// The distinct texts of a column, numbered in the order in which they were first seen. It only grows, and several threads may
/// add to it at once: which text gets which number may then differ from run to run, so nothing that is shown may
/// depend on the numbers.
/// </summary>
public sealed class LevelSet
{
    /// <summary>The most texts that a column can have: more are no category.</summary>
    public const int Most = 1_000_000;

    private readonly string? _column;
    private readonly string? _source;
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile string[] _texts = new string[16];
    private volatile int _count;

    /// <summary>An empty set.</summary>
    /// <param name="column">The column whose texts these are, for messages.</param>
    /// <param name="source">Where the column is, for messages: the file, or what the data are called.</param>
    public LevelSet(string? column = null, string? source = null)
    {
        _column = column;
        _source = source;
    }

    /// <summary>The levels of a column of booleans, as R has them: <c>FALSE</c> is 0, <c>TRUE</c> is 1.</summary>
    public static LevelSet OfBooleans()
    {
        var levels = new LevelSet();
        levels.CodeOf("FALSE");
        levels.CodeOf("TRUE");
        return levels;
    }

    /// <summary>How many there are so far.</summary>
    public int Count => _count;

    /// <summary>The text of a code, 0 ≤ code &lt; <see cref="Count"/>.</summary>
    public string this[int code]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(code);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, _count);
            return _texts[code];
        }
    }

    /// <summary>The code of a text, which is added when it is new.</summary>
    /// <exception cref="PlumblineException">Code <c>too-many-levels</c>: there are <see cref="Most"/> already.</exception>
    public int CodeOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _codes.TryGetValue(text, out int code) ? code : Add(text);
    }

    /// <summary>The code of a text that is there; −1 when it is not.</summary>
    public int Find(string text) => _codes.TryGetValue(text, out int code) ? code : -1;

    /// <summary>All texts so far, in the order of their codes.</summary>
    public string[] ToArray() => _texts.AsSpan(0, _count).ToArray();

    private int Add(string text)
    {
        lock (_gate)
        {
            if (_codes.TryGetValue(text, out int known))
            {
                return known;
            }
            int code = _count;
            if (code == Most)
            {
                throw TooMany();
            }
            if (code == _texts.Length)
            {
                string[] larger = new string[2 * code];
                _texts.CopyTo(larger, 0);
                _texts = larger;
            }
            _texts[code] = text;
            _count = code + 1;
            _codes[text] = code;
            return code;
        }
    }

    private PlumblineException TooMany()
    {
        string where = _source is null ? "" : $"{Shown(_source)}: ";
        string what = _column is null ? "a category" : $"the column `{Shown(_column)}`";
        return new PlumblineException(
            "too-many-levels",
            $"{where}{what} has more than {Most:N0} different texts, too many for a category. Is it a name or a number that tells rows apart? "
            + "Leave it out of the formula, or group its values.")
        {
            Column = _column,
        };
    }

    private static string Shown(string name) => string.Concat(name.Select(static c => char.IsControl(c) ? ' ' : c));
}
