namespace Plumbline;

/// <summary>
/// Tests that none of the first m autocorrelations ρ_l = Σ e_t e_{t−l} / Σ e_t² of the residuals differs from 0.
/// </summary>
/// <remarks>
/// Method      Ljung–Box: Q = n(n + 2) Σ ρ_l²/(n − l); Box–Pierce: Q = n Σ ρ_l²; both against χ² with m degrees of freedom. Residuals are
///             not centered: with an intercept their mean is 0.
/// Source      Ljung, Box, On a measure of lack of fit in time series models, Biometrika 65 (1978); R's <c>Box.test</c>.
/// Fails when  all residuals are 0, or there are no more rows than lags.
/// </remarks>
internal static class LjungBox
{
    /// <summary>Ljung and Box's.</summary>
    /// <param name="products">Σ e_t e_{t−l} for l = 0 … m.</param>
    /// <param name="rows">n.</param>
    public static TestValue Test(ReadOnlySpan<double> products, long rows) => Of(products, rows, static (n, lag) => n * (n + 2) / (n - lag));

    /// <summary>Box and Pierce's.</summary>
    /// <inheritdoc cref="Test"/>
    public static TestValue BoxPierce(ReadOnlySpan<double> products, long rows) => Of(products, rows, static (n, _) => n);

    private static TestValue Of(ReadOnlySpan<double> products, double rows, Func<double, int, double> factor)
    {
        int lags = products.Length - 1;
        if (!(products[0] > 0) || rows <= lags)
        {
            return TestValue.Undefined;
        }
        double sum = 0;
        for (int lag = 1; lag <= lags; lag++)
        {
            double correlation = products[lag] / products[0];
            sum += factor(rows, lag) * correlation * correlation;
        }
        return TestValue.ChiSquared(sum, lags);
    }
}
