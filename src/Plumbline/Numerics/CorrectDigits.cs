using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>
/// How many significant digits of a double are right, proven.
/// A double d has k correct digits when |d − v| is at most half a unit of the k-th significant decimal digit of the
/// true value v and at most 10^−k·|v|. The true value is known to lie in an interval; the count holds for all of it.
/// Cost: comparisons of integers of as many bits as the value's exponent.
/// </summary>
internal static class CorrectDigits
{
    /// <summary>More than a double can carry is never claimed.</summary>
    public const int Most = 16;

    /// <summary>The count, 0 to 16; null when the value is exactly 0 and so is the double, or nothing is defined.</summary>
    public static int? Count(double value, ExactInterval truth)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? null : 0;
        }
        if (truth.IsZero)
        {
            return value == 0 ? null : 0;
        }
        if (truth.ContainsZero)
        {
            return 0;
        }
        ExactValue d = ExactValue.From(value);
        ExactValue error = Larger(ExactMath.Abs(d - truth.Low), ExactMath.Abs(d - truth.High));
        if (error.IsZero)
        {
            return Most;
        }
        ExactValue smallest = truth.Low.Sign > 0 ? truth.Low : -truth.High;
        int decade = Decade(smallest);
        for (int digits = Most; digits > 0; digits--)
        {
            if (IsAtMostPowerOfTen(error.Scale(1), decade - digits + 1) && IsAtMostRelative(error, digits, smallest))
            {
                return digits;
            }
        }
        return 0;
    }

    /// <summary>The e with 10^e ≤ value &lt; 10^(e+1).</summary>
    internal static int Decade(ExactValue value)
    {
        int e = (int)Math.Floor(value.Magnitude * 0.30102999566398120);
        while (!IsAtLeastPowerOfTen(value, e))
        {
            e--;
        }
        while (IsAtLeastPowerOfTen(value, e + 1))
        {
            e++;
        }
        return e;
    }

    private static bool IsAtMostPowerOfTen(ExactValue value, int power) => CompareToPowerOfTen(value, power) <= 0;

    private static bool IsAtLeastPowerOfTen(ExactValue value, int power) => CompareToPowerOfTen(value, power) >= 0;

    private static int CompareToPowerOfTen(ExactValue value, int power) => power >= 0
        ? value.CompareTo(new ExactValue(BigInteger.Pow(10, power), 0))
        : (value * new ExactValue(BigInteger.Pow(10, -power), 0)).CompareTo(ExactMath.One);

    private static bool IsAtMostRelative(ExactValue error, int digits, ExactValue value)
        => error * new ExactValue(BigInteger.Pow(10, digits), 0) <= value;

    private static ExactValue Larger(ExactValue a, ExactValue b) => a >= b ? a : b;
}
