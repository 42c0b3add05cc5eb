namespace Plumbline.Numerics;

/// <summary>
/// The x with given tails, where u = x/unit or u = x² follows a <see cref="RatioLaw"/>.
/// </summary>
/// <remarks>
/// Method      on the side of the mode where the root is, that side's tail T is log-concave in w = log u, so Newton's method
///             on log T comes in from beyond the root without overshooting; Halley's correction when near.
///             The start, exp(−D(w)) = target/T(mode), is beyond the root because the hazard grows outward.
///             Each step is a factor on x, so the last one leaves a relative error of one rounding.
/// Cost        3 to 8 tails
/// Source      Halley's method for a log-concave function; the argument is above
/// Fails when  x leaves the range of doubles: 0 or ∞ is returned, the nearest there is
/// </remarks>
internal static class QuantileSearch
{
    private const int MostSteps = 100;
    private const double Near = 1e-6;                       // the next error is the cube of this

    /// <summary>What x means: u = x/unit, or u = x² when <paramref name="Root"/>.</summary>
    public readonly record struct Variable(double Unit, bool Root)
    {
        public double Power => Root ? 0.5 : 1;

        public PositiveNumber At(double x) => Root ? PositiveNumber.Square(x) : PositiveNumber.Quotient(x, Unit);

        public double From(double w) => Math.Clamp((Root ? 1 : Unit) * Math.Exp(Power * w), double.Epsilon, double.MaxValue);
    }

    /// <summary>The x ≥ 0 with P(X ≤ x) = lower and P(X &gt; x) = upper; both are given, so that the smaller one is exact.</summary>
    public static double Find(in RatioLaw law, Variable variable, double lower, double upper)
    {
        if (lower <= 0 || upper <= 0)
        {
            return lower <= 0 ? 0 : double.PositiveInfinity;
        }
        double below = law.OutwardTail(PositiveNumber.One).Probability;
        bool up = lower > below;
        double target = up ? upper : lower;
        double depth = -Math.Log(target / (up ? 1 - below : below));
        double start = depth > 0 ? law.DistanceFromMode(depth, up) : 0;
        double x = variable.From(up ? start : -start);
        for (int i = 0; i < MostSteps && x > 0 && double.IsFinite(x); i++)
        {
            double step = Step(law, variable.At(x), target, up, out bool near);
            x += x * SmallDifferences.ExpLessOne(variable.Power * (up ? step : -step));
            if (near)
            {
                break;
            }
        }
        return x;
    }

    // The step in w, outward positive. With g = log(T/target) and h the hazard: g′ = −h, g″ = −h·(h − slope).
    private static double Step(in RatioLaw law, PositiveNumber u, double target, bool up, out bool near)
    {
        RatioLaw.Outward tail = law.OutwardTail(u);
        double g = tail.LogRatio(target);
        double hazard = tail.Hazard;
        double slope = tail.Slope;
        if (up != u.Log.High > 0)                           // on the mode's other side: the tail sought is 1 − this one
        {
            double density = hazard * tail.Probability;
            double rest = 1 - tail.Probability;
            g = Math.Log(rest / target);
            hazard = density / rest;
            slope = -slope;
        }
        near = Math.Abs(g) < Near;
        double newton = g / hazard;
        return Math.Abs(g) < 1 ? newton / Math.Max(0.5, 1 + (0.5 * newton * (hazard - slope))) : newton;
    }
}
