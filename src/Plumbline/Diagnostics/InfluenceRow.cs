using System.Collections.Immutable;

namespace Plumbline;

/// <summary>
/// One row's residual, and what the fit would be without it: as R's <c>influence.measures</c>. What a leverage of 1 leaves undefined is NaN.
/// </summary>
public sealed record InfluenceRow
{
    /// <summary>The 1-based number of the row in the source.</summary>
    public required long Row { get; init; }

    /// <summary>The response.</summary>
    public required double Response { get; init; }

    /// <summary>The fitted value, in the unit of the response; with the offset.</summary>
    public required double Fitted { get; init; }

    /// <summary>Response less fitted value.</summary>
    public required double Residual { get; init; }

    /// <summary>The leverage h, 0 to 1.</summary>
    public required double Leverage { get; init; }

    /// <summary>√w·e / (σ̂√(1 − h)), R's <c>rstandard</c>.</summary>
    public required double Standardized { get; init; }

    /// <summary>The same with σ̂ from the other rows, R's <c>rstudent</c>: t with n − k − 1 degrees of freedom.</summary>
    public required double Studentized { get; init; }

    /// <summary>The probability of so large a studentized residual among n of them: Bonferroni's bound, as car's <c>outlierTest</c>.</summary>
    public required double OutlierP { get; init; }

    /// <summary>Cook's distance.</summary>
    public required double CooksDistance { get; init; }

    /// <summary>How far the fitted value moves without the row, in its standard errors.</summary>
    public required double Dffits { get; init; }

    /// <summary>The determinant of the estimates' covariance without the row, over that with it.</summary>
    public required double CovarianceRatio { get; init; }

    /// <summary>How far each coefficient moves without the row, in its standard errors; in the order of the model's coefficients.</summary>
    public required ImmutableArray<double> Dfbetas { get; init; }

    /// <summary>
    /// The partial residual for each term, in the order of <see cref="FittedDesign.Terms"/>: the residual and what the term gives, less its mean over
    /// the rows when the model has an intercept; R's <c>residuals(fit, "partial")</c>. Means count every row once, but for frequency weights.
    /// </summary>
    public required ImmutableArray<double> PartialResiduals { get; init; }
}
