namespace Plumbline;

/// <summary>
/// A penalty on coefficients b: λ·(α‖b‖₁ + ½(1−α)‖b‖²) is added to RSS/(2n) (with weights, Σw·e²/(2Σw)). The intercept has none. By default
/// b belongs to predictors divided by their 1/n standard deviation (<see cref="PathOptions.Standardize"/>).
/// </summary>
/// <param name="Lambda">λ ≥ 0: how strong.</param>
/// <param name="Alpha">α from 0 (ridge) to 1 (lasso).</param>
public sealed partial record Penalty(double Lambda, double Alpha)
{
    /// <summary>Of lasso.</summary>
    /// <param name="lambda">λ ≥ 0.</param>
    public static Penalty Lasso(double lambda) => new(lambda, 1);

    /// <summary>Of ridge regression.</summary>
    /// <param name="lambda">λ ≥ 0.</param>
    public static Penalty Ridge(double lambda) => new(lambda, 0);

    /// <summary>The factor of ‖b‖₁.</summary>
    internal double OfLengths => Lambda * Alpha;

    /// <summary>The factor of ½‖b‖².</summary>
    internal double OfSquares => Lambda * (1 - Alpha);

    /// <summary>From the two factors, of ‖b‖₁ and of ½‖b‖².</summary>
    internal static Penalty Of(double lengths, double squares)
    {
        double lambda = lengths + squares;
        return new Penalty(lambda, lambda == 0 ? 1 : lengths / lambda);
    }

    /// <exception cref="PlumblineException">Code <c>option</c>.</exception>
    internal static void RequireLambda(double lambda)
    {
        if (!(lambda >= 0 && double.IsFinite(lambda)))
        {
            throw new PlumblineException("option", $"λ is {lambda}; it must be 0 or more, and finite: a penalty below 0 would reward large coefficients.");
        }
    }

    /// <exception cref="PlumblineException">Code <c>option</c>.</exception>
    internal static void RequireAlpha(double alpha)
    {
        if (!(alpha is >= 0 and <= 1))
        {
            throw new PlumblineException("option", $"α is {alpha}; it must lie between 0 (ridge) and 1 (lasso). The strength of the penalty is λ.");
        }
    }
}
