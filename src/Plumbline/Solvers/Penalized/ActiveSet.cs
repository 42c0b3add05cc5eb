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
/// Cost        a Cholesky factorization of the free coefficients a round, k³/3 in double-double; from a good start one round.
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
    private Cholesky<DoubleDouble>? _factor;
    private int[] _free = [];

    public ActiveSet(PenalizedProblem problem)
    {
        _problem = problem;
        _count = problem.Count;
        States = new ColumnState[_count];
        U = new DoubleDouble[_count];
        Gradient = new DoubleDouble[_count];
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
    public void Solve(UnitPenalty penalty, ReadOnlySpan<double> start, IReadOnlySet<int>? without = null)
    {
        _penalty = penalty;
        _without = without;
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
            ComputeGradient();
            if (!FreeViolators(all: isFirst))
            {
                return;
            }
            isFirst = false;
        }
        ComputeGradient();
    }

    /// <summary>Σ over the free coefficients of 1 − q_j·(R + Q)⁻¹_jj: the trace of the matrix that takes the response to the fit.</summary>
    public double DegreesOfFreedom()
    {
        double sum = _free.Length;
        for (int k = 0; k < _free.Length && _factor is not null; k++)
        {
            ReadOnlySpan<DoubleDouble> column = _factor.InverseColumn(k);
            for (int i = 0; i < column.Length; i++)
            {
                sum -= (_penalty.Squares[_free[i]] * column[i] * column[i]).High;
            }
        }
        return sum;
    }

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

    /// <summary>Moves the free coefficients to the solution of their equations; false when one was stopped on the way, or they were singular.</summary>
    private bool GoToSolution()
    {
        _free = [.. Enumerable.Range(0, _count).Where(j => States[j] is ColumnState.Positive or ColumnState.Negative or ColumnState.Free)];
        int[] free = _free;
        var factor = new Cholesky<DoubleDouble>(free.Length, (i, j) => i == j ? DoubleDouble.From(1) + _penalty.Squares[free[i]] : _problem.Gram[free[i]][free[j]]);
        _factor = factor;
        for (int k = 0; k < free.Length; k++)
        {
            if (!(factor.Advance(k).High > SingularPivot))
            {
                MoveAlong(free[..(k + 1)], factor.Direction);
                return false;
            }
            factor.Accept(k);
        }
        var right = new DoubleDouble[free.Length];
        for (int i = 0; i < free.Length; i++)
        {
            right[i] = _problem.Cross[free[i]] - SignedLength(free[i]);
            for (int j = 0; j < _count; j++)
            {
                if (States[j] is ColumnState.AtLower or ColumnState.AtUpper)
                {
                    right[i] -= _problem.Gram[free[i]][j] * U[j];
                }
            }
        }
        var step = new DoubleDouble[free.Length];
        for (int k = 0; k < free.Length; k++)
        {
            ReadOnlySpan<DoubleDouble> column = factor.InverseColumn(k);
            DoubleDouble dot = default;
            for (int i = 0; i < column.Length; i++)
            {
                dot += column[i] * right[i];
            }
            for (int i = 0; i < column.Length; i++)
            {
                step[i] += dot * column[i];
            }
        }
        DoubleDouble[] solution = [.. step];
        for (int i = 0; i < free.Length; i++)
        {
            step[i] -= U[free[i]];
        }
        if (Step(free, step, DoubleDouble.From(1)))
        {
            return false;
        }
        for (int i = 0; i < free.Length; i++)
        {
            U[free[i]] = solution[i];       // the same bits wherever the start was
        }
        return true;
    }

    private DoubleDouble SignedLength(int j) => States[j] switch
    {
        ColumnState.Positive => _penalty.Lengths[j],
        ColumnState.Negative => -_penalty.Lengths[j],
        _ => default,
    };

    private void ComputeGradient()
    {
        _problem.Cross.CopyTo(Gradient, 0);
        for (int j = 0; j < _count; j++)
        {
            if (U[j].Sign != 0)
            {
                Subtract(Gradient, U[j], _problem.Gram[j]);
            }
        }
    }

    private static void Subtract<T>(T[] y, T a, T[] x)
        where T : struct, IReal<T> => T.SubtractProduct(y, a, x);
}
