using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A statistic and its p. NaN where not defined.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="Df">Degrees of freedom: of χ², or of the numerator of F; NaN when the distribution has none.</param>
/// <param name="DenominatorDf">Of the denominator of F; infinite for χ², NaN when the distribution has none.</param>
/// <param name="P">The probability of a value as far out, or farther, when the assumption holds.</param>
internal readonly record struct TestValue(double Statistic, double Df, double DenominatorDf, double P)
{
    /// <summary>A test that cannot be made.</summary>
    public static TestValue Undefined { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Against χ².</summary>
    public static TestValue ChiSquared(double statistic, double df) => df > 0 && !double.IsNaN(statistic)
        ? new(statistic, df, double.PositiveInfinity, Numerics.ChiSquared.UpperTail(statistic, df))
        : Undefined;

    /// <summary>Against F.</summary>
    public static TestValue F(double statistic, double df, double denominatorDf) => df > 0 && denominatorDf > 0 && !double.IsNaN(statistic)
        ? new(statistic, df, denominatorDf, FisherF.UpperTail(statistic, df, denominatorDf))
        : Undefined;

    /// <summary>A statistic with a distribution of its own.</summary>
    public static TestValue Plain(double statistic, double p) => new(statistic, double.NaN, double.NaN, p);
}
