using System.Globalization;

namespace Plumbline;

/// <summary>
/// Dates and times as numbers: days since 1970-01-01 for dates, seconds since its midnight in UTC for timestamps, seconds since midnight for times
/// of day. Each is the double nearest to the value; dates and whole seconds are exact.
/// </summary>
public static class TimeNumbers
{
    /// <summary>What the number of a date counts.</summary>
    public const string Days = "days since 1970-01-01";

    /// <summary>What the number of a timestamp counts.</summary>
    public const string Seconds = "seconds since 1970-01-01 00:00 UTC";

    /// <summary>What the number of a time of day counts.</summary>
    public const string SecondsOfDay = "seconds since midnight";

    private const int TickDecimals = 7;

    // All of them exact, as is every power of ten up to 10²².
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The days since 1970-01-01.</summary>
    public static double Of(DateOnly date) => date.DayNumber - Epoch;

    /// <summary>The seconds since 1970-01-01 00:00 UTC. A time of unspecified kind is taken as it stands; a local one is converted.</summary>
    public static double Of(DateTime time)
    {
        DateTime universal = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        return Count(universal.Ticks - DateTime.UnixEpoch.Ticks, TickDecimals);
    }

    /// <summary>The seconds since midnight.</summary>
    public static double Of(TimeOnly time) => Count(time.Ticks, TickDecimals);

    /// <summary>The double nearest to <paramref name="count"/> · 10^−<paramref name="decimals"/> seconds.</summary>
    /// <param name="count">A count of parts of a second.</param>
    /// <param name="decimals">0 when it counts seconds, 6 when microseconds; 0 to 12.</param>
    public static double Count(Int128 count, int decimals)
    {
        double power = Powers[decimals];
        // Two exact doubles are rounded once. A longer count is often short without the zeros at its end.
        while (Int128.Abs(count) > 1L << 53 && decimals > 0 && count % 10 == 0)
        {
            count /= 10;
            power = Powers[--decimals];
        }
        return Int128.Abs(count) <= 1L << 53
            ? (double)(long)count / power
            : double.Parse($"{count.ToString(CultureInfo.InvariantCulture)}e-{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>A column of dates, of timestamps, or of times of day, as <paramref name="unit"/> says.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="unit">One of <see cref="Days"/>, <see cref="Seconds"/>, <see cref="SecondsOfDay"/>.</param>
    public static ColumnInfo Column(string name, string unit) =>
        new(name, ColumnType.DateTime, unit == Days ? 0 : ColumnInfo.DoubleUnit) { TimeUnit = unit };
}
