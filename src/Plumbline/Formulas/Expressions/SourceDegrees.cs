using System.Collections;

namespace Plumbline;

/// <summary>
/// The degree of every rounding source in an expression, most of them 0: only the others are stored.
/// Read as a list it has one entry for each source of the design.
/// </summary>
internal sealed class SourceDegrees : IReadOnlyList<int>
{
    /// <summary>No source at all: a constant.</summary>
    public static SourceDegrees None { get; } = new([], [], 0);

    private readonly int[] _sources;    // ascending
    private readonly int[] _degrees;

    private SourceDegrees(int[] sources, int[] degrees, int count)
    {
        _sources = sources;
        _degrees = degrees;
        Count = count;
    }

    /// <summary>Degree 1 in one source.</summary>
    public static SourceDegrees Of(int source) => new([source], [1], source + 1);

    /// <summary>The number of sources of the design.</summary>
    public int Count { get; }

    /// <summary>The sources with a degree other than 0, ascending.</summary>
    public IReadOnlyList<int> Sources => _sources;

    /// <inheritdoc/>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int at = Array.BinarySearch(_sources, index);
            return at < 0 ? 0 : _degrees[at];
        }
    }

    /// <summary>The degrees of a product: they add up.</summary>
    public static SourceDegrees Product(SourceDegrees a, SourceDegrees b) => Join(a, b, static (x, y) => x + y);

    /// <summary>The degrees of a sum: of each source the higher one.</summary>
    public static SourceDegrees Sum(SourceDegrees a, SourceDegrees b) => Join(a, b, Math.Max);

    /// <summary>The degrees of an integer power.</summary>
    public SourceDegrees Power(int exponent) => new(_sources, Array.ConvertAll(_degrees, d => d * exponent), Count);

    /// <summary>The same, as a list over all sources of a design.</summary>
    public SourceDegrees Over(int count) => new(_sources, _degrees, count);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        int at = 0;
        for (int source = 0; source < Count; source++)
        {
            yield return at < _sources.Length && _sources[at] == source ? _degrees[at++] : 0;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static SourceDegrees Join(SourceDegrees a, SourceDegrees b, Func<int, int, int> degree)
    {
        if (ReferenceEquals(a, None) || ReferenceEquals(b, None))
        {
            return ReferenceEquals(a, None) ? b : a;
        }
        int[] sources = [.. a._sources.Union(b._sources).Order()];
        int count = Math.Max(a.Count, b.Count);
        SourceDegrees wideA = a.Over(count), wideB = b.Over(count);
        return new SourceDegrees(sources, Array.ConvertAll(sources, s => degree(wideA[s], wideB[s])), count);
    }
}
