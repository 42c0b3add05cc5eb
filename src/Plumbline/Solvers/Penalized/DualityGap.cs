using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>How far above the minimum coefficients can be, at most: primal less dual objective.</summary>
/// <remarks>
/// Method      dual point κ·(y − Xu), with κ ≤ 1 as large as the penalty allows: gap = ½‖y − Xu‖²(1 − κ)² + Σ [h_j(u_j) + h_j*(κg_j) − κu_j g_j], where
///             h_j(u) = l|u| + ½qu² within bounds, h_j* its conjugate and g = r − Ru. Every term is 0 or more: nothing cancels.
/// Cost        p operations in double-double.
/// Source      Fenchel's inequality; Kim, Koh, Lustig, Boyd, Gorinevsky, An interior-point method for ℓ1-regularized least squares (2007).
/// Fails when  an unpenalized coefficient's derivative is not 0: then there is no dual point, and the gap is infinite.
/// </remarks>
internal static class DualityGap
{
    private const double ZeroDerivative = 1e-20;

    /// <summary>The gap as a share of ½, the loss at u = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(UnitPenalty penalty, ActiveSet at, DoubleDouble residual)
    {
        int p = at.U.Length;
        DoubleDouble one = DoubleDouble.From(1), kappa = one;
        for (int j = 0; j < p; j++)
        {
            DoubleDouble slope = Magnitude(at.Gradient[j]);
            bool isOpen = !at.MustBeZero(j) && penalty.Squares[j].Sign == 0 && double.IsInfinity((at.Gradient[j].Sign > 0 ? penalty.Upper[j] : penalty.Lower[j]).High);
            if (isOpen && penalty.Lengths[j].Sign > 0 && slope > penalty.Lengths[j] && penalty.Lengths[j] / slope is var ratio && ratio < kappa)
            {
                kappa = ratio;
            }
        }
        DoubleDouble shrunk = one - kappa;
        DoubleDouble gap = (residual * shrunk * shrunk).Scale(-1);
        for (int j = 0; j < p; j++)
        {
            gap += Term(penalty, j, at.U[j], kappa * at.Gradient[j], at.MustBeZero(j));
        }
        return Math.Max(0, 2 * gap.High);
    }

    /// <summary>h(u) + h*(z) − uz.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble Term(UnitPenalty penalty, int j, DoubleDouble u, DoubleDouble z, bool mustBeZero)
    {
        DoubleDouble length = penalty.Lengths[j], square = penalty.Squares[j];
        if (mustBeZero)
        {
            return default;
        }
        DoubleDouble bound = z.Sign > 0 ? penalty.Upper[j] : penalty.Lower[j];
        DoubleDouble beyond = Magnitude(z) - length, best = default;
        if (beyond.Sign > 0)
        {
            bool isBounded = !double.IsInfinity(bound.High);
            if (square.Sign > 0)
            {
                best = beyond / square;
                best = z.Sign > 0 ? best : -best;
                best = isBounded && Magnitude(best) > Magnitude(bound) ? bound : best;
            }
            else if (isBounded)
            {
                best = bound;
            }
            else
            {
                best = u;           // all but 0: within κ of the wall, or an unpenalized column at rest
                if (length.Sign == 0 && beyond.High > ZeroDerivative)
                {
                    return DoubleDouble.From(double.PositiveInfinity);
                }
            }
        }
        return Penalized(length, square, u) - Penalized(length, square, best) + (z * (best - u));
    }

    private static DoubleDouble Penalized(DoubleDouble length, DoubleDouble square, DoubleDouble u) => (length * Magnitude(u)) + (square * u * u).Scale(-1);

    private static DoubleDouble Magnitude(DoubleDouble value) => value.Sign < 0 ? -value : value;
}
