using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The gradient of a minibatch in one pass over its rows: prediction, error, and the row's part of the gradient while the row
/// is still in the cache.
/// </summary>
/// <remarks>
/// Method      for each row: e = (θ, −1)·(x, y), g ← g + ℓ′(e)·x. Vectors are eight doubles whatever the machine has, and every
///             product is added by a fused multiply–add, so that a seed gives the same bits everywhere. Rows that come some
///             places later are asked for meanwhile: a shuffled row is never where the last one was.
/// Cost        two multiply–adds a value; from memory, the time to read it. No allocation.
/// </remarks>
internal abstract unsafe class MinibatchKernel(int columns) : IDisposable
{
    private readonly NativeBuffer _gradient = NativeBuffer.OfEights(Examples.StrideOf(columns));

    /// <summary>How many places ahead rows are asked for: lists of rows are as much longer than what is summed.</summary>
    public const int Ahead = 64;

    /// <summary>Doubles of a row.</summary>
    protected int Stride { get; } = Examples.StrideOf(columns);

    /// <summary>How many places ahead rows of this length are asked for: about eight kilobytes.</summary>
    protected int Distance => Math.Clamp(1024 / Stride, 2, Ahead);

    /// <summary>The sum of the rows' gradients, not yet divided; what stands behind the parameters' is no part of it.</summary>
    public double* Gradient => _gradient.Doubles;

    /// <summary>The kernel of a loss.</summary>
    public static MinibatchKernel Create(DescentLoss loss, double delta, int columns) => loss switch
    {
        DescentLoss.Absolute => new KernelOf<AbsoluteError>(default, columns),
        DescentLoss.Huber => new KernelOf<HuberError>(new HuberError(delta), columns),
        _ => new KernelOf<SquaredError>(default, columns),
    };

    /// <summary>Sums the gradients of rows; the sum of their losses.</summary>
    /// <param name="examples">All rows.</param>
    /// <param name="rows">Which of them, and <see cref="Ahead"/> more that will come then.</param>
    /// <param name="count">How many are summed.</param>
    /// <param name="theta">The parameters, then −1, then zeros.</param>
    public abstract double Sum(Examples examples, int* rows, int count, double* theta);

    /// <summary>A step of plain descent after every row; the sum of the losses before each.</summary>
    /// <param name="examples">All rows.</param>
    /// <param name="rows">As above.</param>
    /// <param name="count">How many steps.</param>
    /// <param name="theta">The parameters, which are changed, then −1, then zeros.</param>
    /// <param name="rates">η of each step.</param>
    public abstract double Descend(Examples examples, int* rows, int count, double* theta, double* rates);

    /// <summary>The sum of the losses of all rows.</summary>
    public abstract double Loss(Examples examples, double* theta);

    /// <inheritdoc/>
    public void Dispose() => _gradient.Dispose();
}

/// <summary>The kernel, compiled for a loss.</summary>
internal sealed unsafe class KernelOf<TLoss>(TLoss loss, int columns) : MinibatchKernel(columns)
    where TLoss : struct, IErrorLoss
{
    private readonly int _columns = columns;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Sum(Examples examples, int* rows, int count, double* theta)
    {
        if (Stride == Examples.Lanes)
        {
            return SumNarrow(examples, rows, count, theta);
        }
        double* g = Gradient, end = theta + Stride;
        new Span<double>(g, Stride).Clear();
        int distance = Distance;
        double total = 0;
        for (int n = 0; n < count; n++)
        {
            Examples.Prefetch(examples.Row(rows[n + distance]), Stride);
            double* x = examples.Row(rows[n]);
            double error = Add(Product(x, theta, end));
            total += loss.Value(error);
            AddTo(g, Vector512.Create(loss.Slope(error)), x, Stride);
        }
        return total;
    }

    // Up to seven parameters: they and the gradient stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumNarrow(Examples examples, int* rows, int count, double* theta)
    {
        Vector512<double> t = Vector512.Load(theta), g = Vector512<double>.Zero;
        double total = 0;
        for (int n = 0; n < count; n++)
        {
            Examples.Prefetch(examples.Row(rows[n + Ahead]), Examples.Lanes);
            Vector512<double> x = Vector512.Load(examples.Row(rows[n]));
            double error = Add(x * t);
            total += loss.Value(error);
            g = Vector512.FusedMultiplyAdd(Vector512.Create(loss.Slope(error)), x, g);
        }
        Vector512.Store(g, Gradient);
        return total;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Descend(Examples examples, int* rows, int count, double* theta, double* rates)
    {
        if (_columns < 4)
        {
            return DescendNarrow(examples, rows, count, theta, rates);
        }
        double* end = theta + Stride;
        int distance = Distance, last = Stride - Examples.Lanes;
        var keep = Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)(_columns - last)));     // −1 stays
        double total = 0;
        for (int n = 0; n < count; n++)
        {
            Examples.Prefetch(examples.Row(rows[n + distance]), Stride);
            double* x = examples.Row(rows[n]);
            double error = Add(Product(x, theta, end));
            total += loss.Value(error);
            Vector512<double> step = Vector512.Create(-rates[n] * loss.Slope(error));
            AddTo(theta, step, x, last);
            Vector512.Store(Vector512.FusedMultiplyAdd(step, Vector512.Load(x + last) & keep, Vector512.Load(theta + last)), theta + last);
        }
        return total;
    }

    // Up to three parameters, as of the textbook's line and plane: each step waits for the one before, so what counts is how long the way is
    // from one θ to the next. It is shortest without vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double DescendNarrow(Examples examples, int* rows, int count, double* theta, double* rates)
    {
        double t0 = theta[0], t1 = _columns > 1 ? theta[1] : 0, t2 = _columns > 2 ? theta[2] : 0;
        double has1 = _columns > 1 ? 1 : 0, has2 = _columns > 2 ? 1 : 0;
        double total = 0;
        for (int n = 0; n < count; n++)
        {
            Examples.Prefetch(examples.Row(rows[n + Ahead]), Examples.Lanes);
            double* x = examples.Row(rows[n]);
            double x0 = x[0], x1 = has1 * x[1], x2 = has2 * x[2];
            double error = Math.FusedMultiplyAdd(x0, t0, -x[_columns]) + Math.FusedMultiplyAdd(x1, t1, x2 * t2);
            total += loss.Value(error);
            double slope = loss.Slope(error), rate = -rates[n];
            t0 = Math.FusedMultiplyAdd(slope, rate * x0, t0);
            t1 = Math.FusedMultiplyAdd(slope, rate * x1, t1);
            t2 = Math.FusedMultiplyAdd(slope, rate * x2, t2);
        }
        theta[0] = t0;
        if (_columns > 1)
        {
            theta[1] = t1;
        }
        if (_columns > 2)
        {
            theta[2] = t2;
        }
        return total;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Loss(Examples examples, double* theta)
    {
        double total = 0;
        for (int row = 0; row < examples.Count; row++)
        {
            total += loss.Value(Add(Product(examples.Row(row), theta, theta + Stride)));
        }
        return total;
    }

    /// <summary>x·θ, in eight parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Product(double* x, double* theta, double* end)
    {
        Vector512<double> a = Vector512<double>.Zero, b = a;
        for (; theta + Examples.Lanes < end; theta += 2 * Examples.Lanes, x += 2 * Examples.Lanes)
        {
            a = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(theta), a);
            b = Vector512.FusedMultiplyAdd(Vector512.Load(x + Examples.Lanes), Vector512.Load(theta + Examples.Lanes), b);
        }
        if (theta < end)
        {
            a = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(theta), a);
        }
        return a + b;
    }

    /// <summary>to ← to + f·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(double* to, Vector512<double> f, double* x, int stride)
    {
        for (int n = 0; n < stride; n += Examples.Lanes)
        {
            Vector512.Store(Vector512.FusedMultiplyAdd(f, Vector512.Load(x + n), Vector512.Load(to + n)), to + n);
        }
    }

    // Halves, quarters, eighths: one order on every machine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Add(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }
}
