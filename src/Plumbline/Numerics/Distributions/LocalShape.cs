namespace Plumbline.Numerics;

/// <summary>
/// ψ(s) = D(w + s) − D(w), the rise of the deviance of <see cref="RatioLaw"/> (a ≤ b) seen from the point w = log u.
/// </summary>
/// <remarks>
/// Method      ψ(s) = c·s + n·κ(y, s): slope c = a·b·(u − 1)/(a·u + b), and κ the cumulant function of a coin less its mean;
///             b infinite: c = a·(u − 1), and a·u·(eˢ − 1 − s) for the rest. Outward from the mode both terms are ≥ 0.
/// Source      algebra from log((a·u·eˢ + b)/(a·u + b)) = log(1 − y + y·eˢ)
/// </remarks>
internal readonly struct LocalShape
{
    private const double Farthest = 1e300;                  // reached only by laws with 1e-300 degrees of freedom

    private readonly double _y;                             // y = a·u/(a·u + b)
    private readonly double _complement;                    // 1 − y
    private readonly double _scale;                         // n, or a·u for b infinite
    private readonly bool _gamma;

    public LocalShape(double a, double b, PositiveNumber u)
    {
        bool large = u.Log.High > 0;
        _gamma = double.IsPositiveInfinity(b);
        if (_gamma)
        {
            _scale = a * u.Value.High;
            Slope = large && u.IsExtreme ? double.PositiveInfinity : a * u.LessOne.High;
            return;
        }
        double odds = a / b * u.Value.High;
        _y = double.IsPositiveInfinity(odds) ? 1 : odds / (1 + odds);
        _complement = 1 / (1 + odds);
        _scale = a + b;
        Slope = large ? b * _y * (u.IsExtreme ? 1 : u.LessOne.High / u.Value.High) : a * _complement * u.LessOne.High;
    }

    /// <summary>D′(w) = c.</summary>
    public double Slope { get; }

    /// <summary>ψ(s), for s away from the mode.</summary>
    public double Rise(double s) => (Slope * s)
        + (_scale * (_gamma ? SmallDifferences.ExpLessLinear(s) : SmallDifferences.CoinCumulant(_y, _complement, s)));

    /// <summary>An s &gt; 0 with target ≤ ψ(direction·s) ≤ slack·target, by bracketing and halving; ψ is convex, so always there.</summary>
    public double Distance(double target, double slack, int direction)
    {
        double curvature = _scale * (_gamma ? 1 : _y * _complement);
        double high = Math.Min(Farthest, Math.Min(target / Math.Abs(Slope), Math.Sqrt(2 * target / curvature)));
        double low = 0;
        double rise = Rise(direction * high);
        while (rise < target && high < Farthest)
        {
            low = high;
            high *= 2;
            rise = Rise(direction * high);
        }
        while (rise > slack * target && high - low > 1e-3 * high)
        {
            double middle = 0.5 * (low + high);
            double there = Rise(direction * middle);
            if (there < target)
            {
                low = middle;
            }
            else
            {
                high = middle;
                rise = there;
            }
        }
        return high;
    }
}
