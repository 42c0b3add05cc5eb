using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// Sums of products about a shift, from any number of shards, put together without further rounding, and moved back to 0.
/// Method      Σ w·a·b = Σ w(a−c)(b−d) + d·Σ w(a−c) + c·Σ w(b−d) + c·d·Σ w, in exact arithmetic: what the shards rounded is
///             relative to the spread about the shift, and it stays that small.
/// Cost        a few long multiplications a product.
/// Source      Chan, Golub, LeVeque, Algorithms for computing the sample variance, The American Statistician 37 (1983).
/// Fails when  the shift is far from the data, measured by their spread: rounding grows with the square of that.
/// </summary>
internal sealed class ShiftedSums(double[] shifts)
{
    private readonly Dictionary<(int A, int B), ExactValue> _sums = [];

    /// <summary>Rows of all weights.</summary>
    public long Rows { get; set; }

    /// <summary>Adds a shard's sum of part a times part b about their shifts, a ≤ b; part 0 is the constant 1.</summary>
    public void Add(int a, int b, double sum) => _sums[(a, b)] = _sums.GetValueOrDefault((a, b)) + ExactValue.From(sum);

    /// <summary>Adds a number of rows to Σ w, when rows have no weights.</summary>
    public void AddCount(long rows) => _sums[(0, 0)] = _sums.GetValueOrDefault((0, 0)) + new ExactValue(rows, 0);

    /// <summary>Σ w a b.</summary>
    public ExactValue this[int a, int b]
    {
        get
        {
            ExactValue weight = _sums.GetValueOrDefault((0, 0));
            if (b == 0)
            {
                return weight;
            }
            ExactValue second = ExactValue.From(shifts[b]), linear = _sums.GetValueOrDefault((0, b));
            if (a == 0)
            {
                return linear + (second * weight);
            }
            ExactValue first = ExactValue.From(shifts[a]);
            return _sums.GetValueOrDefault((a, b)) + (second * _sums.GetValueOrDefault((0, a))) + (first * linear) + (first * second * weight);
        }
    }
}
