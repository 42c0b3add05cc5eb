using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The penalties of a path: what does not change with λ is worked out once.
/// In unit scale, with f the factor and c the ratio of a column, λα·f·c/s_y on its length and λ(1 − α)·f·c² on its square.
/// </summary>
internal sealed class UnitPenalties
{
    private readonly DoubleDouble[] _lengths;       // for λ = 1
    private readonly DoubleDouble[] _squares;

    public UnitPenalties(PenalizedProblem problem, ColumnLimits limits, double alpha)
    {
        int p = problem.Count;
        _lengths = new DoubleDouble[p];
        _squares = new DoubleDouble[p];
        Lower = new DoubleDouble[p];
        Upper = new DoubleDouble[p];
        for (int j = 0; j < p; j++)
        {
            int column = problem.Columns[j] - 1;
            DoubleDouble factor = DoubleDouble.From(limits.Factors[column]) * problem.Ratios[j];
            _lengths[j] = DoubleDouble.From(alpha) * factor / problem.ResponseScale;
            _squares[j] = DoubleDouble.From(1 - alpha) * factor * problem.Ratios[j];
            Lower[j] = Bound(limits.Lower[column]);
            Upper[j] = Bound(limits.Upper[column]);

            DoubleDouble Bound(double value) => double.IsInfinity(value) ? DoubleDouble.From(value) : problem.ToUnits(j, value);
        }
    }

    /// <summary>The lower bounds.</summary>
    public DoubleDouble[] Lower { get; }

    /// <summary>The upper bounds.</summary>
    public DoubleDouble[] Upper { get; }

    /// <summary>The penalty for λ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public UnitPenalty At(double lambda)
    {
        DoubleDouble strength = DoubleDouble.From(lambda);
        DoubleDouble[] lengths = new DoubleDouble[_lengths.Length], squares = new DoubleDouble[_lengths.Length];
        for (int j = 0; j < lengths.Length; j++)
        {
            lengths[j] = strength * _lengths[j];
            squares[j] = strength * _squares[j];
        }
        return new UnitPenalty(lengths, squares, Lower, Upper);
    }
}
