using System.Globalization;

namespace Plumbline;

/// <summary>The text of a number that is a level: whole numbers in full, others in their shortest form that reads back the same.</summary>
internal static class LevelText
{
    /// <summary>The text of a date or time: as ISO 8601 has it when it is a whole number of days or seconds.</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">What it counts, one of <see cref="TimeNumbers"/>.</param>
    public static string OfTime(double value, string unit)
    {
        double seconds = unit == TimeNumbers.Days ? value * 86_400 : value;
        if (value != Math.Truncate(value) || Math.Abs(seconds) > 2e11 || DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) is < 0 or > 3e18)
        {
            return Of(value);
        }
        DateTime time = DateTime.UnixEpoch.AddSeconds(seconds);
        string form = unit == TimeNumbers.Days ? "yyyy-MM-dd" : unit == TimeNumbers.SecondsOfDay ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return time.ToString(form, CultureInfo.InvariantCulture);
    }

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
