using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>How coefficients move, where they stop, and which are set free.</summary>
internal sealed partial class ActiveSet
{
    /// <summary>u ← u + γ·step, γ as large as <paramref name="most"/> and the sides allow; whether a coefficient was stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Step(ReadOnlySpan<int> free, ReadOnlySpan<DoubleDouble> step, DoubleDouble most)
    {
        int stopped = -1;
        DoubleDouble share = most;
        for (int i = 0; i < free.Length; i++)
        {
            DoubleDouble wall = Wall(free[i], step[i].Sign);
            if (step[i].Sign == 0 || double.IsInfinity(wall.High))
            {
                continue;
            }
            DoubleDouble room = (wall - U[free[i]]) / step[i];
            if (room < share)
            {
                share = room.Sign < 0 ? default : room;
                stopped = i;
            }
        }
        for (int i = 0; i < free.Length; i++)
        {
            U[free[i]] += share * step[i];
        }
        if (stopped >= 0)
        {
            Stop(free[stopped], step[stopped].Sign);
        }
        return stopped >= 0;
    }

    /// <summary>Where a free coefficient must stop when it goes up or down.</summary>
    private DoubleDouble Wall(int j, int direction) => States[j] switch
    {
        ColumnState.Positive => direction > 0 ? _penalty.Upper[j] : default,
        ColumnState.Negative => direction > 0 ? default : _penalty.Lower[j],
        _ => direction > 0 ? _penalty.Upper[j] : _penalty.Lower[j],
    };

    private void Stop(int j, int direction)
    {
        U[j] = Wall(j, direction);
        bool isZero = (States[j] == ColumnState.Positive && direction < 0) || (States[j] == ColumnState.Negative && direction > 0);
        States[j] = isZero ? ColumnState.Zero : direction > 0 ? ColumnState.AtUpper : ColumnState.AtLower;
    }

    /// <summary>The columns depend on one another: along <paramref name="direction"/> the fit stays. Go where the penalty falls, until a coefficient stops.</summary>
    private void MoveAlong(ReadOnlySpan<int> free, ReadOnlySpan<DoubleDouble> direction)
    {
        ComputeGradient(U);
        DoubleDouble slope = default;
        DoubleDouble[] way = direction.ToArray();
        for (int i = 0; i < free.Length; i++)
        {
            slope += way[i] * (SignedLength(free[i]) + (_penalty.Squares[free[i]] * U[free[i]]) - Gradient[free[i]]);
        }
        if (slope.Sign > 0)
        {
            way = Array.ConvertAll(way, static v => -v);
        }
        DoubleDouble infinite = DoubleDouble.From(double.MaxValue);
        if (HasWall(free, way) ? Step(free, way, infinite) : HasWall(free, way = Array.ConvertAll(way, static v => -v)) && Step(free, way, infinite))
        {
            return;
        }
        int last = free[^1];        // its entry of the direction is ±1: it can be 0 at no cost
        DoubleDouble share = -U[last] / way[^1];
        for (int i = 0; i < free.Length; i++)
        {
            U[free[i]] += share * way[i];
        }
        U[last] = default;
        States[last] = ColumnState.Out;
    }

    private bool HasWall(ReadOnlySpan<int> free, DoubleDouble[] way)
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (way[i].Sign != 0 && !double.IsInfinity(Wall(free[i], way[i].Sign).High))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Frees the coefficients that the loss would rather have elsewhere; false when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FreeViolators(bool all)
    {
        double tolerance = Tolerance * (1 + U.Aggregate(0.0, static (most, u) => Math.Max(most, Math.Abs(u.High))));
        int worst = -1;
        double largest = tolerance;
        for (int j = 0; j < _count; j++)
        {
            (double excess, ColumnState state) = Violation(j);
            if (all && excess > tolerance)
            {
                States[j] = state;
                worst = j;
            }
            else if (excess > largest)
            {
                largest = excess;
                worst = j;
            }
        }
        if (!all && worst >= 0)
        {
            States[worst] = Violation(worst).State;
        }
        return worst >= 0;
    }

    /// <summary>How far the derivative is beyond what holds a coefficient where it is, and what it would become.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Excess, ColumnState State) Violation(int j)
    {
        DoubleDouble length = _penalty.Lengths[j], derivative = Gradient[j] - (_penalty.Squares[j] * U[j]);
        bool hasPenalty = length.Sign > 0;
        switch (States[j])
        {
            case ColumnState.Zero:
                bool isUp = derivative.Sign > 0;
                bool isAllowed = isUp ? _penalty.Upper[j].Sign > 0 : _penalty.Lower[j].Sign < 0;
                return isAllowed ? (((isUp ? derivative : -derivative) - length).High, isUp ? ColumnState.Positive : ColumnState.Negative) : (0, ColumnState.Zero);
            case ColumnState.AtUpper:
                return ((length - derivative).High, hasPenalty ? ColumnState.Positive : ColumnState.Free);
            case ColumnState.AtLower:
                return ((length + derivative).High, hasPenalty ? ColumnState.Negative : ColumnState.Free);
            default:
                return (0, States[j]);
        }
    }
}
