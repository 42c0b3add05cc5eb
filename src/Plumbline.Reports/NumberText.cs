using System.Globalization;

namespace Plumbline.Reports;

/// <summary>
/// Numbers as people read them: so many significant digits, correctly rounded from the exact value of the double,
/// in plain notation where that stays short and as 1.23e-10 where it does not.
/// </summary>
internal static class NumberText
{
    /// <summary>What stands where a quantity is not defined.</summary>
    public const string Undefined = "—";

    private const int PlainFrom = -5;       // 1.2e-6 and below are written with an exponent
    private const int PlainIntegers = 12;   // and so are whole parts longer than this

    /// <summary>The value to <paramref name="digits"/> significant digits.</summary>
    /// <param name="value">Any double.</param>
    /// <param name="digits">Significant digits, 1 to 17.</param>
    /// <param name="limit">Digits that may be shown at most: a whole part between the two is written out rather than with an exponent.</param>
    public static string Significant(double value, int digits, int limit = 15)
    {
        if (double.IsNaN(value))
        {
            return Undefined;
        }
        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "-∞";
        }
        if (value == 0)
        {
            return "0";
        }
        digits = Math.Clamp(digits, 1, 17);
        string scientific = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int mark = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent >= PlainFrom && exponent < digits)
        {
            return value.ToString("F" + (digits - 1 - exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
        if (exponent >= digits && exponent < Math.Min(limit, PlainIntegers))
        {
            return value.ToString("F0", CultureInfo.InvariantCulture);
        }
        return $"{scientific.AsSpan(0, mark)}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>A probability; one too small for a double is said to be smaller than the least of them.</summary>
    public static string Probability(double value, int digits) => value == 0 ? "<5e-324" : Significant(value, digits);

    /// <summary>A probability with its sign of relation: <c>p = 0.012</c>, <c>p &lt; 5e-324</c>.</summary>
    public static string ProbabilityPhrase(double value, int digits) =>
        double.IsNaN(value) ? "p undefined" : value == 0 ? "p < 5e-324" : "p = " + Significant(value, digits);

    /// <summary>A count, with separators: <c>21,613</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A multiplier in shortest form: <c>2</c>, <c>0.5</c>, <c>1e-7</c>.</summary>
    public static string Shortest(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e').Replace("e+", "e", StringComparison.Ordinal);

    /// <summary>A level as a percentage: <c>95 %</c>, <c>99.9 %</c>.</summary>
    public static string Percent(double level) =>
        (level * 100).ToString("G6", CultureInfo.InvariantCulture) + "%";
}
