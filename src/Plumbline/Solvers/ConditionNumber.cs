using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The 2-norm condition number of columns scaled to unit length: √(λ_max(C)·λ_max(C⁻¹)), C their cosines.
/// Method      both largest eigenvalues by Lanczos; C⁻¹ comes from the certified inverse, so that the small end of the
///             spectrum is as accurate as the large one whatever the condition.
/// Cost        p² a Lanczos step.
/// </summary>
internal static class ConditionNumber
{
    public static double Of(ScaledColumns columns, IInverseCertificate inverse)
    {
        int p = columns.Count;
        if (p == 0)
        {
            return double.NaN;
        }
        var length = new double[p];
        for (int i = 0; i < p; i++)
        {
            length[i] = Math.Sqrt(columns.Round<DoubleDouble>(i, i).High);
        }
        var cosines = new double[p][];
        var inverses = new double[p][];
        for (int i = 0; i < p; i++)
        {
            cosines[i] = new double[p];
            inverses[i] = new double[p];
            for (int j = 0; j <= i; j++)
            {
                cosines[i][j] = cosines[j][i] = i == j ? 1 : columns.Round<DoubleDouble>(i, j).High / (length[i] * length[j]);
                inverses[i][j] = inverses[j][i] = inverse.Entry(i, j).High * length[i] * length[j];
            }
        }
        return Of(cosines, inverses);
    }

    /// <summary>From the cosines of the columns and the inverse of that matrix.</summary>
    public static double Of(double[][] cosines, double[][] inverses)
        => Math.Max(1, Math.Sqrt(LargestEigenvalue.Of(cosines)) * Math.Sqrt(LargestEigenvalue.Of(inverses)));
}
