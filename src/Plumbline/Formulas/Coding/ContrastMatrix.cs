using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The contrasts of a category with L levels: for each contrast its value in every level, integers over the root of an integer.
/// Treatment: the indicator of a level. Sum: 1 in level j, −1 in the last. Helmert: j in level j + 1, −1 in those before it.
/// Polynomial: the discrete orthogonal polynomials t_m of 0 … L − 1,
///     (m + 1)·t_{m+1}(x) = (2m + 1)(2x − L + 1)·t_m(x) − m(L² − m²)·t_{m−1}(x),
/// whose values are integers; they are divided by their common divisor, and their norm² is the sum of their squares.
/// Cost: L − 1 columns, for Helmert and polynomials of up to L values each.
/// Source: R's contr.treatment, contr.sum, contr.helmert, contr.poly; Szegő, Orthogonal Polynomials, §2.8 for the recurrence.
/// Fails when: polynomials are asked for more than <see cref="MaxPolynomialLevels"/> levels (the caller checks).
/// </summary>
internal static class ContrastMatrix
{
    /// <summary>The most levels of polynomial contrasts, as in R.</summary>
    public const int MaxPolynomialLevels = 95;

    /// <summary>An indicator for each level.</summary>
    public static CodedElement[] Indicators(IReadOnlyList<string> levels) =>
        [.. levels.Select(static (text, l) => new CodedElement(text, [(l, ExactMath.One)], ExactMath.One))];

    /// <summary>The contrasts.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="levels">The levels in order.</param>
    /// <param name="baseLevel">The place of the level without a column in treatment contrasts.</param>
    public static CodedElement[] Of(ContrastKind kind, IReadOnlyList<string> levels, int baseLevel) => kind switch
    {
        ContrastKind.Treatment => [.. Indicators(levels).Where((_, l) => l != baseLevel)],
        ContrastKind.Sum => Sum(levels.Count),
        ContrastKind.Helmert => Helmert(levels.Count),
        ContrastKind.Polynomial => Polynomial(levels.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such contrasts."),
    };

    /// <summary>What R calls the polynomial of a degree.</summary>
    public static string PolynomialLabel(int degree) => degree switch { 1 => ".L", 2 => ".Q", 3 => ".C", _ => $"^{degree}" };

    private static CodedElement[] Sum(int levels) =>
    [
        .. Enumerable.Range(0, levels - 1).Select(j => new CodedElement(
            $"{j + 1}", [(j, ExactMath.One), (levels - 1, -ExactMath.One)], ExactMath.One)),
    ];

    private static CodedElement[] Helmert(int levels) =>
    [
        .. Enumerable.Range(1, levels - 1).Select(static j => new CodedElement(
            $"{j}", [.. Enumerable.Range(0, j).Select(static l => (l, -ExactMath.One)), (j, ExactValue.From(j))], ExactMath.One)),
    ];

    private static CodedElement[] Polynomial(int levels)
    {
        var elements = new CodedElement[levels - 1];
        var before = new BigInteger[levels];            // t_{m−1}
        var last = new BigInteger[levels];              // t_m
        Array.Fill(last, BigInteger.One);
        for (int m = 0; m < levels - 1; m++)
        {
            var next = new BigInteger[levels];
            for (int x = 0; x < levels; x++)
            {
                BigInteger value = ((2 * m) + 1) * ((2 * x) - levels + 1) * last[x];
                value -= m * (((BigInteger)levels * levels) - (m * m)) * before[x];
                next[x] = value / (m + 1);
            }
            (before, last) = (last, next);
            elements[m] = Element(m + 1, last);
        }
        return elements;
    }

    private static CodedElement Element(int degree, BigInteger[] values)
    {
        BigInteger divisor = values.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        BigInteger[] reduced = Array.ConvertAll(values, v => v / divisor);
        BigInteger norm = reduced.Aggregate(BigInteger.Zero, static (sum, v) => sum + (v * v));
        (int, ExactValue)[] combination = [.. reduced.Index().Where(static v => !v.Item.IsZero).Select(static v => (v.Index, new ExactValue(v.Item, 0)))];
        return new CodedElement(PolynomialLabel(degree), combination, new ExactValue(norm, 0));
    }
}
