using System.Globalization;

namespace Plumbline;

/// <summary>The text of a number that is a level: whole numbers in full, others in their shortest form that reads back the same.</summary>
internal static class LevelText
{
    /// <summary>The text of a finite number high + low.</summary>
    public static string Of(double high, double low = 0)
    {
        if (low != 0 && high == Math.Truncate(high) && low == Math.Truncate(low) && Math.Abs(high) < 1e38)
        {
            return ((Int128)high + (Int128)low).ToString(CultureInfo.InvariantCulture);
        }
        return high == Math.Truncate(high) && Math.Abs(high) < 1e18
            ? ((long)high).ToString(CultureInfo.InvariantCulture)       // −0 is 0
            : high.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
    }
}
