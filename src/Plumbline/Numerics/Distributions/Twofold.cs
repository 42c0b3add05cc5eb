namespace Plumbline.Numerics;

/// <summary>
/// An unevaluated sum High + Low of two doubles, |Low| ≤ ½ ulp(High): about 106 bits.
/// The logarithms of the densities are formed in it, because they cancel: for 10⁹ degrees of freedom,
/// terms of 10⁹ leave a difference near 1, which must be right to 1e-15.
/// </summary>
/// <remarks>
/// Method      error-free sums and products; log by halving into [√½, √2] and the series of 2·atanh(v/(2 + v))
/// Cost        a logarithm: about 11 pair and 11 double steps
/// Source      Dekker (1971), A floating-point technique for extending the available precision;
///             Hida, Li, Bailey (2001), Algorithms for quad-double precision floating point arithmetic
/// Fails when  a result overflows (the low part is then not a number): callers keep to 1e±150
/// </remarks>
internal readonly struct Twofold(double high, double low = 0)
{
    /// <summary>The rounded value.</summary>
    public double High { get; } = high;

    /// <summary>What rounding left out.</summary>
    public double Low { get; } = low;

    private static readonly Twofold s_ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    private const int Terms = 23;
    private const int PairTerms = 12;

    // 1/(2k + 1): the series of atanh(r)/r in r². Beyond PairTerms a double is enough: r²ᵏ < 1e-17 there.
    private static readonly Twofold[] s_odd = [.. Enumerable.Range(0, Terms).Select(k => new Twofold(1) / new Twofold((2 * k) + 1))];

    public static Twofold Sum(double a, double b)
    {
        double sum = a + b;
        double shadow = sum - a;
        return new Twofold(sum, (a - (sum - shadow)) + (b - shadow));
    }

    public static Twofold Product(double a, double b)
    {
        double product = a * b;
        return new Twofold(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    private static Twofold Renormalized(double high, double low)
    {
        double sum = high + low;
        return new Twofold(sum, low - (sum - high));
    }

    public static Twofold operator -(Twofold a) => new(-a.High, -a.Low);

    public static Twofold operator +(Twofold a, Twofold b)
    {
        Twofold high = Sum(a.High, b.High);
        Twofold low = Sum(a.Low, b.Low);
        Twofold partial = Renormalized(high.High, high.Low + low.High);
        return Renormalized(partial.High, partial.Low + low.Low);
    }

    public static Twofold operator -(Twofold a, Twofold b) => a + -b;

    public static Twofold operator *(Twofold a, Twofold b)
    {
        Twofold product = Product(a.High, b.High);
        return Renormalized(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static Twofold operator /(Twofold a, Twofold b)
    {
        double first = a.High / b.High;
        Twofold rest = a - (b * new Twofold(first));
        double second = rest.High / b.High;
        rest -= b * new Twofold(second);
        return Renormalized(first, second) + new Twofold(rest.High / b.High);
    }

    /// <summary>log x for a positive finite double, subnormal ones too.</summary>
    public static Twofold Log(double x)
    {
        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);        // in [1, 2), exact
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }
        Twofold log = LogNearOne(Sum(mantissa, -1));
        return exponent == 0 ? log : log + (s_ln2 * new Twofold(exponent));
    }

    /// <summary>log(1 + v) for v ≥ −½, finite; relative accuracy also for tiny v.</summary>
    public static Twofold LogOnePlus(Twofold v)
    {
        if (Math.Abs(v.High) <= 0.4)
        {
            return LogNearOne(v);
        }
        Twofold one = new Twofold(1) + v;
        return Log(one.High) + LogNearOne(new Twofold(one.Low / one.High));
    }

    // 2·atanh(r) = log((1 + r)/(1 − r)) with r = v/(2 + v), |r| < 0.26.
    private static Twofold LogNearOne(Twofold v)
    {
        if (v.High == 0)
        {
            return v;
        }
        Twofold r = v / (new Twofold(2) + v);
        Twofold square = r * r;
        double tail = 0;
        for (int k = Terms - 1; k >= PairTerms; k--)
        {
            tail = (tail * square.High) + s_odd[k].High;
        }
        Twofold sum = new(tail);
        for (int k = PairTerms - 1; k >= 0; k--)
        {
            sum = (sum * square) + s_odd[k];
        }
        Twofold half = r * sum;
        return new Twofold(2 * half.High, 2 * half.Low);
    }
}
