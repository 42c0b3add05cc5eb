namespace Plumbline;

/// <summary>A mean squared error on rows that the fit had not seen.</summary>
/// <param name="Mean">The mean over all validation rows.</param>
/// <param name="StandardError">
/// Of that mean, from how folds differ: √(Σ w_f(m_f − m)²/Σ w_f/(K − 1)). Folds share training rows, so it is a guide, not a proof. NaN for a single part.
/// </param>
public readonly record struct ValidationScore(double Mean, double StandardError)
{
    /// <summary>√ of the mean, in the units of the response.</summary>
    public double Rmse => Math.Sqrt(Mean);
}

/// <summary>How λ is chosen from a path.</summary>
public enum LambdaChoice
{
    /// <summary>The least validation error.</summary>
    Minimum,

    /// <summary>The largest λ whose validation error is within one standard error of the least.</summary>
    OneStandardError,

    /// <summary>The least AIC.</summary>
    Aic,

    /// <summary>The least BIC.</summary>
    Bic,
}
