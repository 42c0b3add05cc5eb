using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// Comes near the minimum of ½uᵀRu − rᵀu + Σ l_j|u_j| + ½q_j u_j² within bounds, in doubles: which coefficients are not 0, and of what sign.
/// </summary>
/// <remarks>
/// Method      one coefficient after the other to its minimum, u_j ← clamp(S(g_j + u_j, l_j)/(1 + q_j)), where g = r − Ru is kept for all columns.
///             Cycles run over the coefficients that are not 0 until they rest, then over those that the sequential strong rule
///             lets in (|g_j| ≥ 2l_j − l_j of the step before), then over all.
/// Cost        p multiply–adds for a coefficient that moves, nothing for one that stays.
/// Source      Friedman, Hastie, Tibshirani, Journal of Statistical Software 33 (2010); Tibshirani and others, Strong rules, JRSS B 74 (2012).
/// Fails when  columns are nearly dependent: it stops after <see cref="MostSweeps"/> cycles, and the active set that follows has more to do.
/// </remarks>
internal sealed class CoordinateDescent
{
    private const int MostSweeps = 200;
    private const double Rest = 1e-7;       // of a coefficient in unit scale: the exact solution follows

    private readonly double[][] _gram;
    private readonly double[] _cross;
    private readonly double[] _lengthsBefore;
    private double[] _lengths = [];
    private double[] _squares = [];
    private double[] _lower = [];
    private double[] _upper = [];
    private int _sweeps;

    public CoordinateDescent(PenalizedProblem problem)
    {
        _gram = problem.PlainGram;
        _cross = Array.ConvertAll(problem.Cross, static v => v.High);
        _lengthsBefore = new double[_cross.Length];
        Array.Fill(_lengthsBefore, double.PositiveInfinity);
    }

    /// <summary>Moves u near the minimum.</summary>
    /// <param name="penalty">Penalty and bounds.</param>
    /// <param name="u">The start, within bounds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Descend(UnitPenalty penalty, double[] u)
    {
        _lengths = Array.ConvertAll(penalty.Lengths, static v => v.High);
        _squares = Array.ConvertAll(penalty.Squares, static v => v.High);
        _lower = Array.ConvertAll(penalty.Lower, static v => v.High);
        _upper = Array.ConvertAll(penalty.Upper, static v => v.High);
        _sweeps = 0;
        double[] gradient = Gradient(u);
        int[] all = [.. Enumerable.Range(0, u.Length)];
        int[] strong = [.. all.Where(j => u[j] != 0 || Math.Abs(gradient[j]) >= (2 * _lengths[j]) - _lengthsBefore[j])];
        do
        {
            Settle(strong, u, gradient);
        }
        while (Cycle(all, u, gradient) > Rest && _sweeps < MostSweeps);
        _lengths.CopyTo(_lengthsBefore, 0);
    }

    private void Settle(int[] strong, double[] u, double[] gradient)
    {
        while (_sweeps < MostSweeps && Cycle(strong, u, gradient) > Rest)
        {
            int[] active = [.. strong.Where(j => u[j] != 0)];
            while (_sweeps < MostSweeps && Cycle(active, u, gradient) > Rest)
            {
            }
        }
    }

    /// <summary>Once over some coefficients; the largest step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Cycle(int[] columns, double[] u, double[] gradient)
    {
        _sweeps++;
        double largest = 0;
        foreach (int j in columns)
        {
            double z = gradient[j] + u[j], beyond = Math.Abs(z) - _lengths[j];
            double next = beyond > 0 ? Math.Clamp(Math.CopySign(beyond, z) / (1 + _squares[j]), _lower[j], _upper[j]) : 0;
            double step = next - u[j];
            if (step != 0)
            {
                u[j] = next;
                Subtract(gradient, step, _gram[j]);
                largest = Math.Max(largest, Math.Abs(step));
            }
        }
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Gradient(double[] u)
    {
        double[] gradient = [.. _cross];
        for (int j = 0; j < u.Length; j++)
        {
            if (u[j] != 0)
            {
                Subtract(gradient, u[j], _gram[j]);
            }
        }
        return gradient;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double[] y, double a, double[] x)
    {
        Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(y.AsSpan());
        Span<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(x.AsSpan());
        var factor = new Vector<double>(a);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] -= factor * source[i];
        }
        for (int i = target.Length * Vector<double>.Count; i < y.Length; i++)
        {
            y[i] -= a * x[i];
        }
    }
}
