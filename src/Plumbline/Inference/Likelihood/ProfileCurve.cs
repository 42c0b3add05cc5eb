using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The profile log-likelihood of one coefficient, in closed form.</summary>
/// <remarks>
/// Method      With β_j fixed, the least RSS is RSS + (β_j − b_j)²/s_jj, s_jj the diagonal of (XᵀWX)⁻¹; with t = (β_j − b_j)/se this
///             is RSS·(1 + t²/df). So ℓ(β_j) = ℓ̂ − (n/2)·log(1 + t²/df), and ℓ̂ − ℓ ≤ q/2 where |t| ≤ √(df·(e^{q/n} − 1)).
/// Cost        a logarithm a point.
/// Source      Davison, Statistical Models, §4.5 and §8.3.
/// Fails when  the fit is exact, or there are no residual degrees of freedom (nothing is defined: NaN).
/// </remarks>
internal readonly record struct ProfileCurve(double Estimate, double StandardError, double Df, double Rows, double LogLikelihood)
{
    private const int PointsASide = 12;
    private const double Span = 1.5;       // of the interval's half width, which the points cover on each side

    /// <summary>The profile at a value.</summary>
    public ProfilePoint At(double value) => AtScore((value - Estimate) / StandardError, value);

    /// <summary>The interval of a level, and points around it.</summary>
    public LikelihoodProfile Profile(string name, double level)
    {
        double quantile = ChiSquared.UpperQuantile(1 - level, 1);
        bool isDefined = StandardError > 0 && double.IsFinite(LogLikelihood);
        double most = !isDefined ? double.NaN : Math.Sqrt(Df * SmallDifferences.ExpLessOne(quantile / Rows));
        var points = new ProfilePoint[isDefined ? (2 * PointsASide) + 1 : 0];
        for (int i = 0; i < points.Length; i++)
        {
            double t = Span * most * (i - PointsASide) / PointsASide;
            points[i] = AtScore(t, Math.FusedMultiplyAdd(t, StandardError, Estimate));
        }
        return new LikelihoodProfile
        {
            Name = name,
            Estimate = Estimate,
            LogLikelihood = LogLikelihood,
            Level = level,
            Cut = quantile / 2,
            Lower = Math.FusedMultiplyAdd(-most, StandardError, Estimate),
            Upper = Math.FusedMultiplyAdd(most, StandardError, Estimate),
            Points = points,
        };
    }

    private ProfilePoint AtScore(double t, double value)
    {
        double drop = Rows / 2 * Functions.Log1p(t * t / Df);
        return new ProfilePoint(value, LogLikelihood - drop, Math.CopySign(Math.Sqrt(2 * drop), t));
    }
}
