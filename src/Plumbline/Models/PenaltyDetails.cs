namespace Plumbline;

/// <summary>The penalty that a model's coefficients were fitted with.</summary>
/// <param name="Lambda">λ.</param>
/// <param name="Alpha">α.</param>
/// <param name="Standardized">Whether it was on the coefficients of standardized predictors.</param>
/// <param name="Df">Effective degrees of freedom, the intercept aside.</param>
/// <param name="DualityGap">See <see cref="PathStep.DualityGap"/>.</param>
/// <param name="Choice">How λ was chosen: given, min, 1se, aic, bic.</param>
public sealed record PenaltyDetails(double Lambda, double Alpha, bool Standardized, double Df, double DualityGap, string Choice)
{
    /// <summary>In words: <c>lasso, λ = 0.1</c>.</summary>
    public override string ToString()
    {
        string kind = Alpha == 1 ? "lasso" : Alpha == 0 ? "ridge" : FormattableString.Invariant($"elastic net with α = {Alpha}");
        return FormattableString.Invariant($"{kind}, λ = {Lambda:G6}{(Standardized ? "" : ", columns as they are")}");
    }
}
