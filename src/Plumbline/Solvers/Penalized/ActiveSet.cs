using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>What a coefficient does while the others move.</summary>
internal enum ColumnState
{
    /// <summary>0, held there by its penalty (or, in <see cref="ActiveSet"/>, by a bound at 0).</summary>
    Zero,

    /// <summary>Above 0 and free.</summary>
    Positive,

    /// <summary>Below 0 and free.</summary>
    Negative,

    /// <summary>Free on both sides of 0: it has no penalty on its length.</summary>
    Free,

    /// <summary>At its lower bound.</summary>
    AtLower,

    /// <summary>At its upper bound.</summary>
    AtUpper,

    /// <summary>0 and out of the model: other columns determine it, and nothing makes it unique.</summary>
    Out,
}

/// <summary>
/// The minimum of ½uᵀRu − rᵀu + Σ l_j|u_j| + ½q_j u_j² within bounds, to the last digits of double-double.
/// </summary>
/// <remarks>
/// Method      with signs and bounds given, the free coefficients solve linear equations: (R + Q)_FF u_F = r_F − l_F·sign − R_FB u_B. Go from where
///             we are towards their solution; a coefficient that would leave its side of 0, or its bounds, stops there and is free no longer. When
///             none does, look at all others: those whose derivative is beyond their penalty become free (the first time all, then the
///             worst). The loss falls in every round, so no set comes twice. Where the equations are singular, move along what they leave open
///             until a coefficient is 0.
///             The equations are factored in doubles, and the solution refined to double-double; where that does not
///             converge, they are factored in double-double.
/// Cost        a round: k³/6 in doubles, unless the free coefficients are those of the round before, and about three gradients of kp in
///             double-double; from a good start one round.
/// Source      Lawson, Hanson, Solving Least Squares Problems (1974) §23; Lee, Battle, Raina, Ng, Efficient sparse coding, NIPS 19 (2006).
/// Fails when  nothing: rounds are bounded, and the duality gap tells how good the end is.
/// </remarks>
internal sealed partial class ActiveSet
{
    private const double SingularPivot = 1e-28;     // of a column of length 1: beyond it is rounding, and the gap tells
    private const double Tolerance = 1e-25;         // of a derivative, beyond what the coefficients' size explains

    private readonly PenalizedProblem _problem;
    private readonly int _count;
    private UnitPenalty _penalty = null!;
    private IReadOnlySet<int>? _without;
    private readonly DoubleDouble[] _trial;
    private readonly double[] _squares;
    private bool _isGradientCurrent;

    public ActiveSet(PenalizedProblem problem)
    {
        _problem = problem;
        _count = problem.Count;
        States = new ColumnState[_count];
        U = new DoubleDouble[_count];
        Gradient = new DoubleDouble[_count];
        _trial = new DoubleDouble[_count];
        _squares = new double[_count];
        _right = new double[_count];
    }

    /// <summary>What became of each coefficient.</summary>
    public ColumnState[] States { get; }

    /// <summary>u.</summary>
    public DoubleDouble[] U { get; }

    /// <summary>r − Ru.</summary>
    public DoubleDouble[] Gradient { get; }

    /// <summary>Whether a column is out of the model by rule, and not because nothing in double-double tells it from others.</summary>
    public bool MustBeZero(int j) => _without?.Contains(j) == true || double.IsInfinity(_penalty.Lengths[j].High);

    /// <summary>Rounds of the last <see cref="Solve"/>.</summary>
    public int Rounds { get; private set; }

    /// <summary>Finds the minimum.</summary>
    /// <param name="penalty">Penalty and bounds.</param>
    /// <param name="start">Near it, within the bounds.</param>
    /// <param name="without">Columns that stay out, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(UnitPenalty penalty, ReadOnlySpan<double> start, IReadOnlySet<int>? without = null)
    {
        _penalty = penalty;
        _without = without;
        SetSquares();
        for (int j = 0; j < _count; j++)
        {
            States[j] = MustBeZero(j) ? ColumnState.Out : StateAt(j, start[j]);
            U[j] = States[j] switch
            {
                ColumnState.AtLower => penalty.Lower[j],
                ColumnState.AtUpper => penalty.Upper[j],
                ColumnState.Zero or ColumnState.Out => default,
                _ => DoubleDouble.From(start[j]),
            };
        }
        int most = 100 + (20 * _count);
        bool isFirst = true;
        for (Rounds = 1; Rounds <= most; Rounds++)
        {
            if (!GoToSolution())
            {
                continue;
            }
            if (!_isGradientCurrent)
            {
                ComputeGradient(U);
            }
            if (!FreeViolators(all: isFirst))
            {
                return;
            }
            isFirst = false;
        }
        ComputeGradient(U);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ColumnState StateAt(int j, double u)
    {
        bool hasPenalty = _penalty.Lengths[j].Sign > 0;
        if (u == 0 && hasPenalty)
        {
            return ColumnState.Zero;
        }
        return u <= _penalty.Lower[j].High ? ColumnState.AtLower
            : u >= _penalty.Upper[j].High ? ColumnState.AtUpper
            : !hasPenalty ? ColumnState.Free
            : u > 0 ? ColumnState.Positive : ColumnState.Negative;
    }

    private DoubleDouble SignedLength(int j) => States[j] switch
    {
        ColumnState.Positive => _penalty.Lengths[j],
        ColumnState.Negative => -_penalty.Lengths[j],
        _ => default,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeGradient(DoubleDouble[] at)
    {
        _problem.Cross.CopyTo(Gradient, 0);
        for (int j = 0; j < _count; j++)
        {
            if (at[j].High != 0)
            {
                Subtract(Gradient, at[j], _problem.Gram[j]);
            }
        }
    }

    private static void Subtract<T>(T[] y, T a, T[] x)
        where T : struct, IReal<T> => T.SubtractProduct(y, a, x);
}
