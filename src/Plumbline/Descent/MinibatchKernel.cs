using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The gradient of a minibatch in one pass over its rows: prediction, error, and the row's part of the gradient while the row
/// is still in the cache.
/// </summary>
/// <remarks>
/// Method      for each row: e = θ·x − y, g ← g + ℓ′(e)·x. Vectors are eight doubles whatever the machine has, and every
///             product is added by a fused multiply–add, so that a seed gives the same bits everywhere.
/// Cost        two multiply–adds a value. No allocation.
/// </remarks>
internal sealed unsafe class MinibatchKernel(DescentLoss loss, double delta, int stride) : IDisposable
{
    private readonly NativeBuffer _gradient = NativeBuffer.OfEights(stride);
    private readonly int _vectors = stride / Examples.Lanes;

    /// <summary>The sum of the rows' gradients, not yet divided.</summary>
    public double* Gradient => _gradient.Doubles;

    /// <summary>Sums the gradients of rows; the sum of their losses.</summary>
    /// <param name="examples">All rows.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="next">Those of the minibatch after, to be asked for already.</param>
    /// <param name="theta">The parameters, <c>stride</c> long.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sum(Examples examples, ReadOnlySpan<long> rows, ReadOnlySpan<long> next, double* theta)
    {
        if (_vectors == 1)
        {
            return SumNarrow(examples, rows, next, theta);
        }
        double* g = Gradient;
        new Span<double>(g, stride).Clear();
        double total = 0;
        for (int n = 0; n < rows.Length; n++)
        {
            if (n < next.Length)
            {
                examples.Prefetch(next[n]);
            }
            double* x = examples.Row(rows[n]);
            Vector512<double> a = Vector512<double>.Zero, b = a;
            int v = 0;
            for (; v + 1 < _vectors; v += 2)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.Load(x + (8 * v)), Vector512.Load(theta + (8 * v)), a);
                b = Vector512.FusedMultiplyAdd(Vector512.Load(x + (8 * v) + 8), Vector512.Load(theta + (8 * v) + 8), b);
            }
            if (v < _vectors)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.Load(x + (8 * v)), Vector512.Load(theta + (8 * v)), a);
            }
            double error = Add(a + b) - examples.Response(rows[n]);
            total += Of(error);
            Vector512<double> slope = Vector512.Create(Slope(error));
            for (v = 0; v < _vectors; v++)
            {
                Vector512.Store(Vector512.FusedMultiplyAdd(slope, Vector512.Load(x + (8 * v)), Vector512.Load(g + (8 * v))), g + (8 * v));
            }
        }
        return total;
    }

    // Up to eight parameters: they and the gradient stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumNarrow(Examples examples, ReadOnlySpan<long> rows, ReadOnlySpan<long> next, double* theta)
    {
        Vector512<double> t = Vector512.Load(theta), g = Vector512<double>.Zero;
        double total = 0;
        for (int n = 0; n < rows.Length; n++)
        {
            if (n < next.Length)
            {
                examples.Prefetch(next[n]);
            }
            Vector512<double> x = Vector512.Load(examples.Row(rows[n]));
            double error = Add(x * t) - examples.Response(rows[n]);
            total += Of(error);
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Slope(error)), x, g);
        }
        Vector512.Store(g, Gradient);
        return total;
    }

    /// <summary>The sum of the losses of all rows.</summary>
    public double Loss(Examples examples, double* theta)
    {
        double total = 0;
        for (int row = 0; row < examples.Count; row++)
        {
            double* x = examples.Row(row);
            Vector512<double> a = Vector512<double>.Zero;
            for (int v = 0; v < _vectors; v++)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.Load(x + (8 * v)), Vector512.Load(theta + (8 * v)), a);
            }
            total += Of(Add(a) - examples.Response(row));
        }
        return total;
    }

    /// <inheritdoc/>
    public void Dispose() => _gradient.Dispose();

    // Halves, quarters, eighths: one order on every machine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Add(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Of(double e) => loss switch
    {
        DescentLoss.Squared => 0.5 * e * e,
        DescentLoss.Absolute => Math.Abs(e),
        _ => Math.Abs(e) <= delta ? 0.5 * e * e : delta * (Math.Abs(e) - (0.5 * delta)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Slope(double e) => loss switch
    {
        DescentLoss.Squared => e,
        DescentLoss.Absolute => e > 0 ? 1 : e < 0 ? -1 : 0,
        _ => Math.Max(-delta, Math.Min(delta, e)),
    };
}
