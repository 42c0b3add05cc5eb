namespace Plumbline;

/// <summary>Which models a term's sum of squares compares.</summary>
public enum AnovaType
{
    /// <summary>Terms in the order of the formula: each beside those before it. R's <c>anova</c>.</summary>
    Sequential = 1,

    /// <summary>Each term beside all terms that do not contain it. R's <c>car::Anova</c>.</summary>
    Hierarchical = 2,

    /// <summary>Each term, and the intercept, beside everything else in the model. SAS's type III.</summary>
    Partial = 3,
}

/// <summary>A line of an analysis of variance. NaN where a quantity is not defined.</summary>
/// <param name="Term">The term, as the formula's terms are named; <c>(Intercept)</c>, <c>Residuals</c>.</param>
/// <param name="Df">The columns that the term adds to the span of the others; 0 when they determine it.</param>
/// <param name="SumOfSquares">By how much the term lowers the residual sum of squares, in squared units of the response.</param>
/// <param name="MeanSquare">Sum of squares over <paramref name="Df"/>.</param>
/// <param name="F">Mean square over that of the residuals; infinite when the residual sum of squares is exactly 0.</param>
/// <param name="P">Its p-value.</param>
/// <param name="Digits">Correct significant digits of the sum of squares, proven; null for an exact 0.</param>
public sealed record AnovaRow(string Term, long Df, double SumOfSquares, double MeanSquare, double F, double P, int? Digits);

/// <summary>An analysis of variance.</summary>
public sealed record AnovaTable
{
    /// <summary>Which models are compared.</summary>
    public required AnovaType Type { get; init; }

    /// <summary>A line a term, in the order of the formula; type III begins with the intercept.</summary>
    public required IReadOnlyList<AnovaRow> Terms { get; init; }

    /// <summary>The residuals of the whole model; F and p are NaN.</summary>
    public required AnovaRow Residuals { get; init; }
}
