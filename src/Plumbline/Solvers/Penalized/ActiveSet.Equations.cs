using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The linear equations of the free coefficients: (R + Q)_FF u_F = r_F − l_F·sign − R_FB u_B.</summary>
internal sealed partial class ActiveSet
{
    private const double LeastPlainPivot = 1e-9;    // of a column of length 1: below, doubles are no start for a refinement
    private const double Refined = 1e-30;           // of what the equations leave, beside the coefficients' size: no more can be had
    private const double Acceptable = 1e-27;        // the same, where more does not come
    private const double LeastGain = 8;             // of a refinement
    private const int MostRefinements = 12;

    private readonly PlainFactor _plain = new();
    private readonly double[] _right;
    private int[] _free = [];
    private int[]? _factored;                       // the coefficients of the plain factor, while it holds
    private Cholesky<DoubleDouble>? _wide;          // of the free coefficients, when it was needed

    /// <summary>Σ over the free coefficients of 1 − q_j·(R + Q)⁻¹_jj: the trace of the matrix that takes the response to the fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double DegreesOfFreedom()
    {
        double sum = _free.Length;
        if (Array.TrueForAll(_free, j => _squares[j] == 0) || (_wide is null && FactorWide() >= 0))
        {
            return sum;
        }
        for (int k = 0; k < _free.Length; k++)
        {
            ReadOnlySpan<DoubleDouble> column = _wide!.InverseColumn(k);
            for (int i = 0; i < column.Length; i++)
            {
                sum -= (_penalty.Squares[_free[i]] * column[i] * column[i]).High;
            }
        }
        return sum;
    }

    /// <summary>Where the coefficients go with another penalty as long as the same ones are free, to first order; those that change their side stop.</summary>
    /// <param name="next">The penalty.</param>
    /// <param name="u">The solution so far on entry.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Predict(UnitPenalty next, double[] u)
    {
        if (_factored is null || !_factored.AsSpan().SequenceEqual(_free))
        {
            return;
        }
        for (int i = 0; i < _free.Length; i++)
        {
            int j = _free[i];
            double length = next.Lengths[j].High;
            double signed = States[j] == ColumnState.Positive ? length : States[j] == ColumnState.Negative ? -length : 0;
            _right[i] = Gradient[j].High - signed - (next.Squares[j].High * u[j]);
        }
        _plain.Solve(_right);
        for (int i = 0; i < _free.Length; i++)
        {
            int j = _free[i];
            double value = u[j] + _right[i];
            bool leaves = (States[j] == ColumnState.Positive && !(value > 0)) || (States[j] == ColumnState.Negative && !(value < 0));
            u[j] = leaves || !double.IsFinite(value) ? 0 : Math.Clamp(value, next.Lower[j].High, next.Upper[j].High);
        }
    }

    /// <summary>Moves the free coefficients to the solution of their equations; false when one was stopped on the way, or they were singular.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool GoToSolution()
    {
        FindFree();
        _wide = null;
        _isGradientCurrent = SolvePlain();
        if (!_isGradientCurrent && !SolveWide())
        {
            return false;
        }
        var step = new DoubleDouble[_free.Length];
        for (int i = 0; i < _free.Length; i++)
        {
            step[i] = _trial[_free[i]] - U[_free[i]];
        }
        if (Step(_free, step, DoubleDouble.From(1)))
        {
            return false;
        }
        for (int i = 0; i < _free.Length; i++)
        {
            U[_free[i]] = _trial[_free[i]];       // the same bits wherever the start was
        }
        return true;
    }

    private void FindFree()
    {
        int count = 0;
        Span<int> free = _count <= 1024 ? stackalloc int[_count] : new int[_count];
        for (int j = 0; j < _count; j++)
        {
            if (States[j] is ColumnState.Positive or ColumnState.Negative or ColumnState.Free)
            {
                free[count++] = j;
            }
        }
        if (!free[..count].SequenceEqual(_free))
        {
            _free = free[..count].ToArray();
        }
    }

    private void SetSquares()
    {
        for (int j = 0; j < _count; j++)
        {
            double square = _penalty.Squares[j].High;
            if (square != _squares[j])
            {
                _squares[j] = square;
                _factored = null;
            }
        }
    }

    /// <summary>The solution by doubles and refinement, and the gradient there; false when they do not get there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool SolvePlain()
    {
        if (_factored is null || !_factored.AsSpan().SequenceEqual(_free))
        {
            _factored = _plain.Factor(_problem.PlainGram, _free, _squares, LeastPlainPivot) ? _free : null;
        }
        if (_factored is null)
        {
            return false;
        }
        U.CopyTo(_trial, 0);
        foreach (int j in _free)
        {
            _trial[j] = default;
        }
        double before = double.PositiveInfinity;
        for (int n = 0; n <= MostRefinements; n++)
        {
            ComputeGradient(_trial);
            double largest = 0, size = 1;
            for (int i = 0; i < _free.Length; i++)
            {
                int j = _free[i];
                _right[i] = (Gradient[j] - SignedLength(j) - (_penalty.Squares[j] * _trial[j])).High;
                largest = Math.Max(largest, Math.Abs(_right[i]));
                size = Math.Max(size, Math.Abs(_trial[j].High));
            }
            if (largest <= Refined * size)
            {
                return true;
            }
            if (!(largest * LeastGain < before))
            {
                return largest <= Acceptable * size;
            }
            before = largest;
            _plain.Solve(_right);
            for (int i = 0; i < _free.Length; i++)
            {
                _trial[_free[i]] += DoubleDouble.From(_right[i]);
            }
        }
        return false;
    }

    /// <summary>The solution by a factor in double-double; false when the equations are singular, and coefficients moved along what they leave open.</summary>
    private bool SolveWide()
    {
        if (FactorWide() is var singular && singular >= 0)
        {
            MoveAlong(_free.AsSpan(0, singular + 1), _wide!.Direction);
            _wide = null;
            return false;
        }
        int[] free = _free;
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
        foreach (int j in free)
        {
            _trial[j] = default;
        }
        for (int k = 0; k < free.Length; k++)
        {
            ReadOnlySpan<DoubleDouble> column = _wide!.InverseColumn(k);
            DoubleDouble dot = default;
            for (int i = 0; i < column.Length; i++)
            {
                dot += column[i] * right[i];
            }
            for (int i = 0; i < column.Length; i++)
            {
                _trial[free[i]] += dot * column[i];
            }
        }
        return true;
    }

    /// <summary>Factors the free coefficients' matrix in double-double; the place of the first that those before it determine, or −1.</summary>
    private int FactorWide()
    {
        int[] free = _free;
        _wide = new Cholesky<DoubleDouble>(free.Length, (i, j) => i == j ? DoubleDouble.From(1) + _penalty.Squares[free[i]] : _problem.Gram[free[i]][free[j]]);
        for (int k = 0; k < free.Length; k++)
        {
            if (!(_wide.Advance(k).High > SingularPivot))
            {
                return k;
            }
            _wide.Accept(k);
        }
        return -1;
    }
}
