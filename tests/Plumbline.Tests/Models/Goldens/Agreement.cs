namespace Plumbline.Tests.Goldens;

/// <summary>How near two programs must be, in one place.</summary>
internal static class Agreement
{
    /// <summary>
    /// With the judge: what is defined by exact sums is right to the last bits of a double. Standard errors of orthogonal
    /// polynomials, likelihoods and intervals go through a few roundings.
    /// </summary>
    public const double Exact = 1e-14;

    /// <summary>With R and statsmodels, where the judge does not find them off.</summary>
    public const double Programs = 1e-9;

    /// <summary>The difference in units of the greater of the expected value and its scale: 0 when both are the same, NaN included.</summary>
    public static double Difference(double expected, double actual, double scale = 0)
    {
        if (expected.Equals(actual))
        {
            return 0;
        }
        double size = Math.Max(Math.Abs(expected), scale);
        double difference = Math.Abs(expected - actual) / size;
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    /// <summary>Decimal digits that a difference leaves, 16 at most.</summary>
    public static double Digits(double difference) => difference == 0 ? 16 : Math.Clamp(-Math.Log10(difference), 0, 16);

    public static void Check(string what, double expected, double actual, double tolerance, double scale = 0) =>
        Assert.True(Difference(expected, actual, scale) <= tolerance, $"{what}: expected {expected:R}, got {actual:R}, off by {Difference(expected, actual, scale):E1}");

    public static void Check(string what, double[] expected, IEnumerable<double> actual, double tolerance, double[]? scale = null)
    {
        double[] values = [.. actual];
        Assert.True(expected.Length == values.Length, $"{what}: {expected.Length} values expected, {values.Length} there");
        for (int i = 0; i < expected.Length; i++)
        {
            Check($"{what} {i}", expected[i], values[i], tolerance, scale is null ? 0 : scale[i]);
        }
    }
}
