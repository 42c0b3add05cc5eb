namespace Plumbline;

/// <summary>
/// One scale for the effects of all checks: 0.5 where doubt begins, 1 where an assumption is broken.
/// </summary>
/// <remarks>
/// Method      linear to the two thresholds of the check, beyond by the logarithm. Chance softens: the effect counts in full from p ≤ 10⁻⁴, for
///             a tenth from p ≥ 0.05, with log p between; nothing is in doubt above p = 10⁻³, or broken above 10⁻⁴. p alone can never
///             convict: below the threshold of its effect a check is ok however small p is.
/// Source      thresholds are conventions of this program, listed in docs/explanation/ranking-of-checks.md; simulations of clean rows and of planted faults chose them.
/// </remarks>
/// <param name="Doubt">From here on an effect is worth a look.</param>
/// <param name="Broken">From here on the answer changes by much.</param>
internal sealed record EffectScale(double Doubt, double Broken)
{
    private const double Certain = 1e-4;
    private const double Likely = 1e-3;

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
        double certainty = Math.Clamp((-Math.Log10(Math.Max(p, 1e-300)) - 1.3) / 2.7, 0, 1);
        size *= 0.1 + (0.9 * certainty);
        return p > Likely ? Math.Min(size, 0.49) : p > Certain ? Math.Min(size, 0.99) : size;
    }

    /// <summary>What an effect on the common scale comes to.</summary>
    public static CheckVerdict Verdict(double size) => size >= 1 ? CheckVerdict.Broken : size >= 0.5 ? CheckVerdict.Doubt : CheckVerdict.Ok;
}
