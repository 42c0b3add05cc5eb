using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The inverse of scaled moments in double-double, and the solution with it.
/// Method      Cholesky, then three corrections with residuals in double-double; a certificate proves that they settle.
/// Cost        p³/6 multiply–adds in double-double beside the factor, p³ in doubles for the certificate (<see cref="PlainCertificate"/>),
///             or in double-double where those do not suffice.
/// Fails when  there is no certificate: the error is then infinite.
/// </summary>
internal static class FastInverse
{
    /// <summary>S and b = S·c with one correction; returns what the solving itself may have added to b, infinite when it failed.</summary>
    public static double Invert(
        Cholesky<DoubleDouble>? factor, DoubleDouble[][] scaled, DoubleDouble[] c, out double[][] inverse, out DoubleDouble[] b)
    {
        int p = c.Length;
        b = new DoubleDouble[p];
        inverse = [];
        if (p == 0)
        {
            return 0;
        }
        bool isFactored = factor is not null;
        if (factor is null)
        {
            factor = new Cholesky<DoubleDouble>(scaled);
            isFactored = factor.FactorAll() < 0;
        }
        DoubleDouble[][] s = factor.Inverse();
        inverse = Array.ConvertAll(s, row => Array.ConvertAll(row, x => x.High));
        DoubleDouble[] r = [.. c];
        double last = double.PositiveInfinity;
        for (int step = 0; step < 3; step++)
        {
            var change = new DoubleDouble[p];
            for (int j = 0; j < p; j++)
            {
                Subtract(change, -r[j], s[j]);
            }
            last = 0;
            for (int i = 0; i < p; i++)
            {
                b[i] += change[i];
                last = Math.Max(last, Math.Abs(change[i].High));
            }
            c.CopyTo(r, 0);
            for (int j = 0; j < p; j++)
            {
                Subtract(r, b[j], scaled[j]);
            }
        }
        // The last correction has settled below this when the inverse is any good; the certificate proves that it is.
        return isFactored && (PlainCertificate.Holds(scaled, inverse) || InverseCertificate<DoubleDouble>.TryCreate(scaled, s) is not null)
            ? 4 * last
            : double.PositiveInfinity;
    }

    /// <summary>y ← y − a·x.</summary>
    private static void Subtract<T>(T[] y, T a, T[] x)
        where T : struct, IReal<T>
        => T.SubtractProduct(y, a, x);
}
