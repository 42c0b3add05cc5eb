namespace Plumbline;

/// <summary>
/// One scale for the effects of all checks: 0.5 where doubt begins, 1 where an assumption is broken.
/// </summary>
/// <remarks>
/// Method      linear to the two thresholds of the check, beyond by the logarithm. Chance softens: the effect counts in full from p ≤ 10⁻⁵, for
///             a half at p = 0.005, for a tenth from p ≥ 0.05, with log p between; nothing is in doubt above p = 0.005, or broken above 10⁻⁵. p alone can never
///             convict: below the threshold of its effect a check is ok however small p is.
/// Source      thresholds are conventions of this program, listed in docs/explanation/ranking-of-checks.md; simulations of clean rows and of planted faults chose them.
/// </remarks>
/// <param name="Doubt">From here on an effect is worth a look.</param>
/// <param name="Broken">From here on the answer changes by much.</param>
internal sealed record EffectScale(double Doubt, double Broken)
{
    private const double Certain = 1e-5;
    private const double Likely = 5e-3;
    private const double Chance = 0.05;

    /// <summary>Share of the errors' variance that something else explains: 1 % and 5 %.</summary>
    public static EffectScale Share { get; } = new(0.01, 0.05);

    /// <summary>Logarithm of a ratio of standard deviations: 1.5 and 2.</summary>
    public static EffectScale Spread { get; } = new(Math.Log(1.5), Math.Log(2));

    /// <summary>Correlation of errors: 0.1 and 0.3.</summary>
    public static EffectScale Correlation { get; } = new(0.1, 0.3);

    /// <summary>Share of the residuals' variance in which they differ from a normal sample: 1.5 % and 5 %.</summary>
    public static EffectScale Shape { get; } = new(0.015, 0.05);

    /// <summary>By how much collinearity widens a standard error, less 1: √10 and 10 times.</summary>
    public static EffectScale Inflation { get; } = new(Math.Sqrt(10) - 1, 9);

    /// <summary>Condition index of the centered columns, less 1: 30 and 100.</summary>
    public static EffectScale Condition { get; } = new(29, 99);

    /// <summary>Move of a coefficient in standard errors: 0.5 and 1.</summary>
    public static EffectScale Move { get; } = new(0.5, 1);

    /// <summary>A residual over what chance allows the largest of n: 1.2 and 2.</summary>
    public static EffectScale Outlier { get; } = new(1.2, 2);

    /// <summary>The effect on the common scale.</summary>
    /// <param name="value">In the check's own unit.</param>
    /// <param name="p">What chance would do; NaN when there is no chance in it.</param>
    public double Size(double value, double p)
    {
        if (!(value > 0))
        {
            return 0;
        }
        double size = value <= Doubt ? 0.5 * value / Doubt : 0.5 + (0.5 * (value - Doubt) / (Broken - Doubt));
        size = size > 1 ? 1 + Math.Log(size) : size;
        if (double.IsNaN(p))
        {
            return size;
        }
        size *= Counted(p);
        return p > Likely ? Math.Min(size, 0.49) : p > Certain ? Math.Min(size, 0.99) : size;
    }

    // A tenth from Chance up, a half at Likely, all from Certain down; linear in log p between.
    private static double Counted(double p) =>
        p >= Chance ? 0.1
        : p > Likely ? 0.1 + (0.4 * Math.Log(Chance / p) / Math.Log(Chance / Likely))
        : p > Certain ? 0.5 + (0.5 * Math.Log(Likely / p) / Math.Log(Likely / Certain))
        : 1;

    /// <summary>What an effect on the common scale comes to.</summary>
    public static CheckVerdict Verdict(double size) => size >= 1 ? CheckVerdict.Broken : size >= 0.5 ? CheckVerdict.Doubt : CheckVerdict.Ok;
}
