namespace Plumbline;

/// <summary>The overall F test: all coefficients but the intercept are 0. NaN where not defined.</summary>
/// <param name="Value">The statistic; infinite when the residual sum of squares is exactly 0.</param>
/// <param name="Df1">Numerator degrees of freedom.</param>
/// <param name="Df2">Denominator degrees of freedom.</param>
/// <param name="P">Its p-value.</param>
public sealed record FTest(double Value, double Df1, double Df2, double P);
