using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// The distinct texts of a column, numbered in the order in which they were first seen. It only grows, and several threads may
/// add to it at once: which text gets which number may then differ from run to run, so nothing that is shown may
/// depend on the numbers.
/// </summary>
public sealed class LevelSet
{
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile string[] _texts = new string[16];
    private volatile int _count;

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
}
