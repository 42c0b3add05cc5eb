using System.Numerics;

namespace Plumbline;

/// <summary>
/// The rows that expressions work on at one time: a stretch of the input columns short enough for the cache,
/// and scratch strips, one pair for each level of nesting. One per encoder; not shared between threads.
/// </summary>
internal sealed class Strip
{
    /// <summary>Rows worked on at one time: high and low parts are 8 KiB a level, so the usual depths stay in the first cache.</summary>
    public const int Rows = 512;

    private readonly List<double[]> _scratch = [];

    /// <summary>The input columns of the block.</summary>
    public NumberColumn[] Inputs { get; set; } = [];

    /// <summary>The first row of the strip in the block.</summary>
    public int Start { get; set; }

    /// <summary>The number of rows in the strip.</summary>
    public int Count { get; set; }

    /// <summary>A length that holds <paramref name="rows"/> and is a whole number of vectors.</summary>
    public static int Padded(int rows) => (rows + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>Scratch for one level of nesting: leading and low parts.</summary>
    public void Scratch(int level, out Span<double> hi, out Span<double> lo)
    {
        while (_scratch.Count <= level)
        {
            _scratch.Add(new double[2 * Rows]);
        }
        int length = Padded(Count);
        hi = _scratch[level].AsSpan(0, length);
        lo = _scratch[level].AsSpan(Rows, length);
    }
}
