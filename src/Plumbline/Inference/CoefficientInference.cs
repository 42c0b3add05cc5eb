using Plumbline.Numerics;

namespace Plumbline;

/// <summary>t tests, confidence intervals and the F test of a solution.</summary>
/// <remarks>
/// Method      t = estimate / standard error, |t| against Student's t with n − rank degrees of freedom, the interval
///             estimate ± t(1 − (1 − level)/2)·standard error; F against Fisher's F.
/// Source      Seber and Lee, Linear Regression Analysis, 2nd ed., §4.3, 5.1; the same quantities as R's summary.lm.
/// Fails when  there are no residual degrees of freedom, or RSS is exactly 0: then t and p are NaN.
/// </remarks>
internal static class CoefficientInference
{
    /// <summary>The coefficients of a solution, with their inference, in the order of its kept columns.</summary>
    public static Coefficient[] Coefficients(LeastSquaresSolution solution, IReadOnlyList<DesignColumn> columns, double level)
    {
        double df = solution.Statistics.DfResidual;
        double quantile = df > 0 ? StudentT.UpperQuantile((1 - level) / 2, df) : double.NaN;
        var coefficients = new Coefficient[solution.Rank];
        for (int j = 0; j < coefficients.Length; j++)
        {
            DesignColumn column = columns[solution.Kept[j]];
            double estimate = solution.Estimates[j], error = solution.StandardErrors[j], t = solution.T[j];
            coefficients[j] = new Coefficient(
                column.Name,
                column.Pieces,
                estimate,
                error,
                t,
                df,
                double.IsNaN(t) ? double.NaN : StudentT.TwoSided(t, df),
                Math.FusedMultiplyAdd(-quantile, error, estimate),
                Math.FusedMultiplyAdd(quantile, error, estimate),
                solution.Digits[j],
                solution.StandardErrorDigits[j]);
        }
        return coefficients;
    }

    /// <summary>The same coefficients with the errors of another covariance, whose digits are not proven.</summary>
    /// <param name="coefficients">As fitted.</param>
    /// <param name="errors">Their standard errors, in order; NaN where not defined.</param>
    /// <param name="df">Degrees of freedom of t; infinite for the normal distribution.</param>
    /// <param name="level">Of the intervals.</param>
    public static Coefficient[] With(IReadOnlyList<Coefficient> coefficients, double[] errors, double df, double level)
    {
        double quantile = df > 0 ? StudentT.UpperQuantile((1 - level) / 2, df) : double.NaN;
        return
        [
            .. coefficients.Select((c, j) =>
            {
                double error = errors[j];
                double t = error > 0 ? c.Estimate / error : double.NaN;
                return c with
                {
                    StandardError = error,
                    T = t,
                    Df = df,
                    P = double.IsNaN(t) || !(df > 0) ? double.NaN : StudentT.TwoSided(t, df),
                    Lower = Math.FusedMultiplyAdd(-quantile, error, c.Estimate),
                    Upper = Math.FusedMultiplyAdd(quantile, error, c.Estimate),
                    StandardErrorDigits = null,
                };
            }),
        ];
    }

    /// <summary>The same coefficients with intervals of another level.</summary>
    public static Coefficient[] At(IReadOnlyList<Coefficient> coefficients, double level) =>
    [
        .. coefficients.Select(c =>
        {
            double quantile = c.Df > 0 ? StudentT.UpperQuantile((1 - level) / 2, c.Df) : double.NaN;
            return c with
            {
                Lower = Math.FusedMultiplyAdd(-quantile, c.StandardError, c.Estimate),
                Upper = Math.FusedMultiplyAdd(quantile, c.StandardError, c.Estimate),
            };
        }),
    ];

    /// <summary>Wald's test as an F test.</summary>
    public static FTest Wald(double value, double df1, double df2) =>
        new(value, df1, df2, double.IsFinite(value) && df1 > 0 && df2 > 0 ? FisherF.UpperTail(value, df1, df2) : double.NaN);

    /// <summary>The test that all coefficients but the intercept are 0.</summary>
    public static FTest Overall(FitStatistics statistics)
    {
        double f = statistics.F;
        double p = double.IsFinite(f) ? FisherF.UpperTail(f, statistics.DfModel, statistics.DfResidual) : double.NaN;
        return new FTest(f, statistics.DfModel, statistics.DfResidual, p);
    }
}
