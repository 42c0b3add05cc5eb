namespace Plumbline;

/// <summary>How much of a term's precision the other terms take away: as car's <c>vif</c>.</summary>
/// <param name="Term">The term.</param>
/// <param name="Df">Its coefficients.</param>
/// <param name="Gvif">The generalized variance inflation factor; for one coefficient the VIF, by which its variance is larger than if its column were uncorrelated with the others.</param>
public sealed record TermInflation(string Term, int Df, double Gvif)
{
    /// <summary>GVIF^(1/2df): for one coefficient by how much its standard error is larger; comparable between terms.</summary>
    public double ErrorInflation => Math.Pow(Gvif, 1.0 / (2 * Df));
}

/// <summary>Columns of the model that nearly sum to a constant: Σ multiplier · column ≈ constant.</summary>
/// <param name="ConditionIndex">Belsley's condition index of the direction: largest over this singular value of the columns scaled to unit length.</param>
/// <param name="Column">The column that the others nearly determine.</param>
/// <param name="Terms">The others, with multipliers: column ≈ Σ multiplier · other. The intercept's multiplier is a constant.</param>
/// <param name="ResidualShare">1 − R² of the regression of the column on the others: what they leave of its variance.</param>
public sealed record NearDependence(double ConditionIndex, string Column, IReadOnlyList<AliasTerm> Terms, double ResidualShare);
