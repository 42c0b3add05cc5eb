namespace Plumbline;

/// <summary>One equation of a hypothesis: a combination of coefficients against a number. NaN where a quantity is not defined.</summary>
/// <param name="Text">As written.</param>
/// <param name="Combination">The combination, e.g. <c>2 × age − sqft_living</c>: all coefficients on the left, what is added before what is taken away.</param>
/// <param name="Value">What the combination is under the hypothesis.</param>
/// <param name="Estimate">What it is estimated to be.</param>
/// <param name="StandardError">The standard error of the estimate.</param>
/// <param name="T">(Estimate − value) / standard error.</param>
/// <param name="P">Two-sided p-value of the equation alone.</param>
/// <param name="Lower">Lower end of the confidence interval of the combination.</param>
/// <param name="Upper">Upper end of the confidence interval of the combination.</param>
public sealed record HypothesisEquation(
    string Text, string Combination, double Value, double Estimate, double StandardError, double T, double P, double Lower, double Upper);

/// <summary>A Wald test of linear hypotheses, Rβ = r. NaN where a quantity is not defined.</summary>
public sealed record HypothesisTest
{
    /// <summary>The hypothesis as written.</summary>
    public required string Text { get; init; }

    /// <summary>Its equations; those that follow from the ones before are not among them, and a note names them.</summary>
    public required IReadOnlyList<HypothesisEquation> Equations { get; init; }

    /// <summary>The F test: all equations hold. Its first degrees of freedom are their number.</summary>
    public required FTest F { get; init; }

    /// <summary>The statistic (Rb − r)ᵀ(R V Rᵀ)⁻¹(Rb − r), V the covariance in use: F times its first degrees of freedom.</summary>
    public required double ChiSquared { get; init; }

    /// <summary>The p-value of that, against χ² with as many degrees of freedom as there are equations.</summary>
    public required double ChiSquaredP { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}
