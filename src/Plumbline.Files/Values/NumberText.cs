using System.Globalization;

namespace Plumbline.Files;

/// <summary>
/// The double nearest to a number written in decimal, as the fields of CSV have it. The language is DuckDB's, so that
/// it does not matter who reads a file: digits with a point and an exponent, a sign, white space around, an underscore
/// between two digits; <c>inf</c>, <c>infinity</c> and <c>nan</c> in any case. Too large is infinite, too small is zero.
/// </summary>
/// Method      Up to 19 digits are one integer m; when m ≤ 2⁵³ and the power of ten is within 10^±22, both are exact
///             doubles and one multiplication or division rounds once (Clinger 1990). Else DecimalToDouble, and what
///             that cannot decide goes to double.Parse, as do longer numbers.
internal static class NumberText
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number; false when <paramref name="text"/> is not one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        int i = 0;
        bool negative = !text.IsEmpty && text[0] == '-';
        i += negative ? 1 : 0;
        ulong digits = 0;
        int first = i;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
        {
            digits = (10 * digits) + (uint)(text[i++] - '0');
        }
        int count = i - first;
        int point = 0;
        if (i < text.Length && text[i] == '.')
        {
            int after = ++i;
            while (i < text.Length && (uint)(text[i] - '0') <= 9)
            {
                digits = (10 * digits) + (uint)(text[i++] - '0');
            }
            point = i - after;
            count += point;
        }
        if (i == text.Length && (uint)(count - 1) < 19 && digits <= 1UL << 53)
        {
            double quotient = digits / PowersOfTen[point];
            value = negative ? -quotient : quotient;
            return true;
        }
        return TryParseLong(text, i, first, digits, count, point, negative, out value);
    }

    /// <summary>The rest of a number that is not short: <paramref name="i"/> stands after its digits.</summary>
    private static bool TryParseLong(
        ReadOnlySpan<byte> text, int i, int first, ulong digits, int count, int point, bool negative, out double value)
    {
        int exponent = -point;
        if (i + 1 < text.Length && (text[i] | 0x20) == 'e' && count > 0)
        {
            exponent += Exponent(text, ref i);
        }
        if (i == text.Length && count > 0 && (count <= 19 || Significant(text[first..], count) <= 19) && Nearest(digits, exponent, out double magnitude))
        {
            value = negative ? -magnitude : magnitude;
            return true;
        }
        return TryParseSlow(text, out value);
    }

    private static bool Nearest(ulong digits, int exponent, out double value)
    {
        if (digits <= 1UL << 53 && exponent is >= -22 and <= 22)
        {
            value = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
            return true;
        }
        return DecimalToDouble.TryNearest(digits, exponent, out value);
    }

    /// <summary>The exponent that begins with the e at <paramref name="i"/>; stays there when it is not a short, plain one.</summary>
    private static int Exponent(ReadOnlySpan<byte> text, ref int i)
    {
        int at = i + 1;
        bool negative = text[at] == '-';
        at += text[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (text.Length - at is < 1 or > 4)
        {
            return 0;
        }
        int exponent = 0;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return 0;
            }
            exponent = (10 * exponent) + (int)digit;
        }
        i = text.Length;
        return negative ? -exponent : exponent;
    }

    /// <summary>How many of the digits are left when the zeros in front are not counted.</summary>
    private static int Significant(ReadOnlySpan<byte> text, int count)
    {
        foreach (byte b in text)
        {
            if (b == '0')
            {
                count--;
            }
            else if (b != '.')
            {
                break;
            }
        }
        return count;
    }

    private static bool TryParseSlow(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        text = Trim(text);
        if (text.Length > 0 && text[0] == '+')
        {
            text = text[1..];
        }
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> rest = negative ? text[1..] : text;
        if (rest.IsEmpty)
        {
            return false;
        }
        if (rest[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
        {
            return IsDecimal(rest, out bool underscores)
                && double.TryParse(underscores ? Without(text) : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
        if (Is(rest, "inf") || Is(rest, "infinity"))
        {
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        return Is(rest, "nan");
    }

    /// <summary>digits [. digits] [e [sign] digits], at least one digit before the exponent.</summary>
    private static bool IsDecimal(ReadOnlySpan<byte> text, out bool underscores)
    {
        underscores = false;
        int i = 0;
        int digits = Digits(text, ref i, ref underscores);
        if (i < text.Length && text[i] == '.')
        {
            i++;
            digits += Digits(text, ref i, ref underscores);
        }
        if (digits > 0 && i < text.Length && (text[i] | 0x20) == 'e')
        {
            i++;
            i += i < text.Length && text[i] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(text, ref i, ref underscores);
        }
        return digits > 0 && i == text.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int i, ref bool underscores)
    {
        int digits = 0;
        while (i < text.Length)
        {
            if (char.IsAsciiDigit((char)text[i]))
            {
                digits++;
            }
            else if (text[i] == '_' && digits > 0 && i + 1 < text.Length && char.IsAsciiDigit((char)text[i + 1]) && text[i - 1] != '_')
            {
                underscores = true;
            }
            else
            {
                break;
            }
            i++;
        }
        return digits;
    }

    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text) => text.ToArray().Where(b => b != '_').ToArray();

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\n\v\f\r"u8);

    private static bool Is(ReadOnlySpan<byte> text, string word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
