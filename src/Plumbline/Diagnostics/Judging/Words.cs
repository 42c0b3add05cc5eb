using System.Globalization;

namespace Plumbline;

/// <summary>Numbers and names in the sentences of the checks.</summary>
internal static class Words
{
    /// <summary>Four significant digits; large numbers whole, with commas.</summary>
    public static string Number(double value) => Math.Abs(value) is >= 10_000 and < 1e15
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString(share < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A ratio with two decimals.</summary>
    public static string Ratio(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A name or a piece of a formula, for a sentence.</summary>
    public static string Code(string text) => FormulaError.Clean(text);

    /// <summary>p, for a sentence.</summary>
    public static string P(double p) => double.IsNaN(p) ? "not defined" : p < 1e-4 ? "below 0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);
}
