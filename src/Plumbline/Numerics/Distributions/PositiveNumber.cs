namespace Plumbline.Numerics;

/// <summary>
/// A positive number u in the forms that a density needs, none of which can be had from the others without loss:
/// u (0 or infinite after overflow), u − 1, and log u, which always stands.
/// </summary>
internal readonly struct PositiveNumber
{
    // Beyond this, or below its inverse, u is Extreme: only its logarithm is exact, as u·u would overflow.
    private const double Huge = 1e150;

    private PositiveNumber(Twofold value, Twofold lessOne, Twofold log, bool extreme)
    {
        Value = value;
        LessOne = lessOne;
        Log = log;
        IsExtreme = extreme;
    }

    /// <summary>u; of an extreme number only the high part, which may be 0 or infinite.</summary>
    public Twofold Value { get; }

    /// <summary>u − 1; −1 for a very small u, and not to be used for a very large one.</summary>
    public Twofold LessOne { get; }

    /// <summary>log u.</summary>
    public Twofold Log { get; }

    /// <summary>Whether u is outside 1e±150.</summary>
    public bool IsExtreme { get; }

    /// <summary>The number 1.</summary>
    public static PositiveNumber One { get; } = new(new Twofold(1), new Twofold(0), new Twofold(0), extreme: false);

    /// <summary>The quotient x/y of positive finite doubles.</summary>
    public static PositiveNumber Quotient(double x, double y)
    {
        double value = x / y;
        Twofold log = y == 1 ? Twofold.Log(x) : Twofold.Log(x) - Twofold.Log(y);
        if (value is > Huge or < 1 / Huge)
        {
            return Extreme(value, log);
        }
        int scale = -Math.ILogB(y);                         // keeps the pair arithmetic away from overflow
        y = Math.ScaleB(y, scale);
        x = Math.ScaleB(x, scale);
        Twofold lessOne = Twofold.Sum(x, -y) / new Twofold(y);
        return new PositiveNumber(
            new Twofold(x) / new Twofold(y), lessOne, Math.Abs(lessOne.High) < 0.4 ? Twofold.LogOnePlus(lessOne) : log, extreme: false);
    }

    /// <summary>The square x² of a positive finite double.</summary>
    public static PositiveNumber Square(double x)
    {
        double value = x * x;
        Twofold log = Twofold.Log(x);
        log += log;
        if (value is > Huge or < 1 / Huge)
        {
            return Extreme(value, log);
        }
        Twofold square = Twofold.Product(x, x);
        return new PositiveNumber(square, square + new Twofold(-1), log, extreme: false);
    }

    /// <summary>1/u.</summary>
    public PositiveNumber Inverse() => IsExtreme
        ? Extreme(1 / Value.High, -Log)
        : new PositiveNumber(new Twofold(1) / Value, -LessOne / Value, -Log, extreme: false);

    private static PositiveNumber Extreme(double value, Twofold log) => new(new Twofold(value), new Twofold(-1), log, extreme: true);
}
