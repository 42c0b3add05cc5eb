using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The codings of <c>poly(x, k)</c> and <c>scale(x)</c>, from the unweighted power sums S_m = Σ x^m over the rows.
/// poly: P_j = Σ_i c_ij x^i orthogonal to all lower powers: the rows of the elimination of [S_{i+j} | I]. With D_j the leading minor
/// of size j, the leading coefficient of P_j is D_j &gt; 0 and Σ P_j² = D_j·D_{j+1}; so the column P_j/√norm² is R's.
/// scale: (x − Σx/n)/s with s² = Σ(x − Σx/n)²/(n − 1), as ((n − 1)(n·x − Σx)) over the root of n(n − 1)(n·Σx² − (Σx)²).
/// Method: Bareiss's elimination without fractions, on integers: the sums times a power of two.
/// Cost: k³ products of big integers.
/// Source: Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination, Math. Comp. 22 (1968).
/// Fails when: x has too few distinct values; then the minor D_{j+1} is 0 (or what rounding of the powers leaves of 0), and the result is null.
/// </summary>
internal static class NumberCoding
{
    /// <summary>Squared relative error, in bits, below which a minor is the rounding of the powers: these carry about 104 bits.</summary>
    private const int RoundingBits = 196;

    /// <summary>x itself, or its powers.</summary>
    public static CodedElement[] Raw(int degree) =>
        [.. Enumerable.Range(1, degree).Select(d => new CodedElement(degree == 1 ? null : $"{d}", [(d, ExactMath.One)], ExactMath.One))];

    /// <summary>Orthogonal polynomials; null when the rows do not determine them.</summary>
    /// <param name="degree">The highest degree k.</param>
    /// <param name="sum">S_i,j = Σ x^i·x^j for i, j ≤ k.</param>
    public static CodedElement[]? Orthogonal(int degree, Func<int, int, ExactValue> sum)
    {
        int size = degree + 1;
        var sums = new ExactValue[size, size];
        int exponent = int.MaxValue;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                sums[i, j] = sum(i, j);
                exponent = sums[i, j].IsZero ? exponent : Math.Min(exponent, sums[i, j].Exponent);
            }
        }
        if (sums[0, 0].IsZero)
        {
            return null;
        }
        var rows = new BigInteger[size][];
        for (int i = 0; i < size; i++)
        {
            rows[i] = new BigInteger[2 * size];
            for (int j = 0; j < size; j++)
            {
                rows[i][j] = sums[i, j].Mantissa << (sums[i, j].IsZero ? 0 : sums[i, j].Exponent - exponent);
            }
            rows[i][size + i] = BigInteger.One;
        }
        BigInteger pivot = BigInteger.One;              // D_j
        var elements = new CodedElement[degree];
        for (int j = 0; j < size; j++)
        {
            BigInteger next = rows[j][j];               // D_{j+1}
            BigInteger square = sums[j, j].Mantissa << Math.Max(0, sums[j, j].Exponent - exponent);
            if (next.Sign <= 0 || (next << RoundingBits) <= pivot * square * (j * j))
            {
                return null;
            }
            if (j > 0)
            {
                elements[j - 1] = Element(degree, j, rows[j].AsSpan(size, j + 1), pivot * next, exponent);
            }
            for (int i = j + 1; i < size; i++)
            {
                BigInteger below = rows[i][j];
                for (int c = 0; c < 2 * size; c++)
                {
                    rows[i][c] = ((next * rows[i][c]) - (below * rows[j][c])) / pivot;
                }
            }
            pivot = next;
        }
        return elements;
    }

    /// <summary>A centered and scaled number; null when there is nothing to divide by.</summary>
    /// <param name="spec">What is taken away, and what it is divided by.</param>
    /// <param name="sum">S_i,j for i, j ≤ 1.</param>
    public static CodedElement[]? Scaled(ScaleSpec spec, Func<int, int, ExactValue> sum)
    {
        // combination = a·x − b
        ExactValue n = default, a = ExactMath.One, b = ExactValue.From(spec.Center ?? 0);
        if (spec.Center is null)
        {
            n = sum(0, 0);
            (a, b) = (n, sum(0, 1));
        }
        ExactValue norm = a * a;
        if (spec.Scale is double scale)
        {
            norm *= ExactValue.From(scale) * ExactValue.From(scale);
        }
        else
        {
            // s² = Σ (x − b/a)²/(n − 1) = Σ (a·x − b)²/(a²(n − 1)); the column is (a·x − b)/a/s.
            n = sum(0, 0);
            ExactValue less = n - ExactMath.One;
            less = less.Sign > 0 ? less : ExactMath.One;
            ExactValue squares = (a * a * sum(1, 1)) - (ExactValue.From(2) * a * b * sum(0, 1)) + (b * b * n);
            norm = squares * less;                      // ((n − 1)(a·x − b))² / norm = (a·x − b)²(n − 1)/Σ(a·x − b)²
            (a, b) = (a * less, b * less);
        }
        if (norm.Sign <= 0)
        {
            return null;
        }
        return [new CodedElement(null, b.IsZero ? [(1, a)] : [(0, -b), (1, a)], norm)];
    }

    private static CodedElement Element(int degree, int j, ReadOnlySpan<BigInteger> coefficients, BigInteger norm, int exponent)
    {
        BigInteger divisor = BigInteger.Zero;
        foreach (BigInteger c in coefficients)
        {
            divisor = BigInteger.GreatestCommonDivisor(divisor, c);
        }
        var combination = new List<(int, ExactValue)>();
        for (int i = 0; i < coefficients.Length; i++)
        {
            if (!coefficients[i].IsZero)
            {
                combination.Add((i, new ExactValue(coefficients[i] / divisor, 0)));
            }
        }
        // Σ (P/divisor)² is a whole number, too. The sums are 2^exponent times the integers, and so is the norm.
        return new CodedElement(degree == 1 ? null : $"{j}", [.. combination], new ExactValue(norm / (divisor * divisor), exponent));
    }
}
