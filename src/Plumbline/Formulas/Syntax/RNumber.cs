using System.Globalization;

namespace Plumbline;

/// <summary>
/// Numbers as R prints them in the names of coefficients: as many significant digits as are needed, at most 15,
/// and the shorter of the fixed and the scientific form, the fixed one when both are as long.
/// Source: R's formatReal with digits = 15 and scipen = 0.
/// </summary>
internal static class RNumber
{
    private const int Digits = 15;

    /// <summary>The text of a finite number that is not negative (a formula writes the sign as an operator).</summary>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }
        // d.ddddddddddddddE+xxx, correctly rounded
        string scientific = value.ToString("E14", CultureInfo.InvariantCulture);
        int e = scientific.IndexOf('E');
        string digits = scientific[..e].Replace(".", "").TrimEnd('0');
        int exponent = int.Parse(scientific.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        int significant = Math.Max(1, digits.Length);
        int mantissaWidth = significant > 1 ? significant + 1 : 1;
        int exponentWidth = Math.Abs(exponent) >= 100 ? 5 : 4;
        int decimals = Math.Max(0, significant - exponent - 1);
        int fixedWidth = Math.Max(1, exponent + 1) + (decimals > 0 ? decimals + 1 : 0);
        if (fixedWidth <= mantissaWidth + exponentWidth)
        {
            return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
        string mantissa = significant > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
        string sign = exponent < 0 ? "-" : "+";
        return $"{mantissa}e{sign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }
}
