namespace Plumbline.Files;

/// <summary>
/// Dates and timestamps as ISO 8601 writes them: <c>2024-05-01</c>; <c>2024-05-01 12:30</c>, with a <c>T</c> or a space, seconds and up to
/// nine decimals if wanted, and <c>Z</c> or an offset (<c>+02:00</c>, <c>+0200</c>, <c>+02</c>). Without one the time is taken as UTC.
/// Spaces around count for nothing.
/// </summary>
internal static class TimeText
{
    private const int DateLength = 10;
    private const int Nanoseconds = 9;

    /// <summary>The days since 1970-01-01 of a date without a time.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out double days)
    {
        text = text.Trim((byte)' ');
        bool valid = TryDays(text, out int day) && text.Length == DateLength;
        days = valid ? day : double.NaN;
        return valid;
    }

    /// <summary>The seconds since 1970-01-01 00:00 UTC of a timestamp, or of the beginning of a date.</summary>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = double.NaN;
        text = text.Trim((byte)' ');
        if (!TryDays(text, out int days))
        {
            return false;
        }
        long whole = 86_400L * days;
        text = text[DateLength..];
        long fraction = 0;
        int decimals = 0;
        if (!text.IsEmpty && !(text[0] is (byte)' ' or (byte)'T' && TryClock(text[1..], ref whole, out fraction, out decimals)))
        {
            return false;
        }
        Int128 power = 1;
        for (int i = 0; i < decimals; i++)
        {
            power *= 10;
        }
        seconds = decimals == 0 ? whole : TimeNumbers.Count((whole * power) + fraction, decimals);
        return true;
    }

    /// <summary>hh:mm[:ss[.f…]][Z|±hh[[:]mm]].</summary>
    private static bool TryClock(ReadOnlySpan<byte> text, ref long whole, out long fraction, out int decimals)
    {
        fraction = decimals = 0;
        if (text.Length < 5 || text[2] != ':' || !Two(text, 0, 23, out int hours) || !Two(text, 3, 59, out int minutes))
        {
            return false;
        }
        whole += (3600 * hours) + (60 * minutes);
        text = text[5..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!Two(text, 1, 59, out int seconds))
            {
                return false;
            }
            whole += seconds;
            text = text[3..];
            if (text.Length >= 2 && text[0] == '.' && char.IsAsciiDigit((char)text[1]))
            {
                for (decimals = 0; decimals < Nanoseconds && decimals + 1 < text.Length && char.IsAsciiDigit((char)text[decimals + 1]); decimals++)
                {
                    fraction = (10 * fraction) + (text[decimals + 1] - '0');
                }
                text = text[(decimals + 1)..];
            }
        }
        return text.IsEmpty || (text.Length == 1 && text[0] == 'Z') || TryOffset(text, ref whole);
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref long whole)
    {
        int minutes = 0;
        bool valid = text[0] is (byte)'+' or (byte)'-' && Two(text, 1, 23, out int hours) && text.Length switch
        {
            3 => true,
            5 => Two(text, 3, 59, out minutes),
            6 => text[3] == ':' && Two(text, 4, 59, out minutes),
            _ => false,
        };
        if (valid)
        {
            Two(text, 1, 23, out hours);
            long offset = (3600L * hours) + (60 * minutes);
            whole += text[0] == '+' ? -offset : offset;
        }
        return valid;
    }

    /// <summary>The day with which a text begins.</summary>
    private static bool TryDays(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-' || !Two(text, 0, 99, out int century) || !Two(text, 2, 99, out int year)
            || !Two(text, 5, 12, out int month) || !Two(text, 8, 31, out int day))
        {
            return false;
        }
        year += 100 * century;
        if (year == 0 || month == 0 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        days = (int)TimeNumbers.Of(new DateOnly(year, month, day));
        return true;
    }

    /// <summary>Two digits.</summary>
    private static bool Two(ReadOnlySpan<byte> text, int at, int most, out int value)
    {
        value = 0;
        if (at + 2 > text.Length || !char.IsAsciiDigit((char)text[at]) || !char.IsAsciiDigit((char)text[at + 1]))
        {
            return false;
        }
        value = (10 * (text[at] - '0')) + (text[at + 1] - '0');
        return value <= most;
    }
}
