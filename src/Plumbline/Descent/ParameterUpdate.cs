using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The parameters of a minibatch descent and what its optimizer remembers of earlier steps. All of it is in
/// <see cref="State"/>, so that a descent can be taken up again to the same bits.
/// </summary>
internal sealed unsafe class ParameterUpdate : IDisposable
{
    private const double First = 0.9;       // Adam's decay of the mean,
    private const double Second = 0.999;    // of the mean square,
    private const double Epsilon = 1e-8;    // and what keeps it from dividing by 0

    private readonly DescentOptions _options;
    private readonly NativeBuffer _memory;
    private readonly int _stride;
    private readonly int _columns;
    private readonly int _intercept;
    private double _firstPower = 1;
    private double _secondPower = 1;

    /// <summary>Parameters at 0.</summary>
    /// <param name="options">The optimizer and its constants.</param>
    /// <param name="columns">Parameters.</param>
    /// <param name="stride">The length of a row of examples.</param>
    /// <param name="intercept">Which parameter is the intercept, which no penalty reaches; −1 for none.</param>
    public ParameterUpdate(DescentOptions options, int columns, int stride, int intercept)
    {
        _options = options;
        _columns = columns;
        _stride = stride;
        _intercept = intercept;
        _memory = NativeBuffer.OfEights(4 * stride);
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>How many steps the mean of averaged descent is over.</summary>
    public long Averaged { get; private set; }

    /// <summary>θ, as long as a row of examples.</summary>
    public double* Theta => _memory.Doubles;

    private double* Velocity => _memory.Doubles + _stride;

    private double* Square => _memory.Doubles + (2 * _stride);

    private double* Mean => _memory.Doubles + (3 * _stride);

    /// <summary>Everything that the next step depends on.</summary>
    public double[] State
    {
        get => [.. new ReadOnlySpan<double>(_memory.Doubles, 4 * _stride), _firstPower, _secondPower, Steps, Averaged];
        set
        {
            if (value.Length != (4 * _stride) + 4)
            {
                throw new PlumblineException("checkpoint", "The checkpoint is of a descent with other columns.");
            }
            value.AsSpan(0, 4 * _stride).CopyTo(new Span<double>(_memory.Doubles, 4 * _stride));
            (_firstPower, _secondPower) = (value[4 * _stride], value[(4 * _stride) + 1]);
            (Steps, Averaged) = ((long)value[(4 * _stride) + 2], (long)value[(4 * _stride) + 3]);
        }
    }

    /// <summary>The parameters that count as the result: the mean for averaged descent, else θ.</summary>
    public double[] Result => new Span<double>(Averaged > 0 ? Mean : Theta, _columns).ToArray();

    /// <summary>One step.</summary>
    /// <param name="gradient">The sum of the rows' gradients.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="rate">η.</param>
    /// <param name="average">Whether averaged descent counts this step in.</param>
    public void Step(double* gradient, int rows, double rate, bool average)
    {
        Steps++;
        double share = 1.0 / rows;
        for (int j = 0; j < _columns; j++)
        {
            gradient[j] = (gradient[j] * share) + (j == _intercept ? 0 : _options.L2 * Theta[j]);
        }
        switch (_options.Optimizer)
        {
            case DescentOptimizer.Momentum or DescentOptimizer.Nesterov:
                bool ahead = _options.Optimizer == DescentOptimizer.Nesterov;
                for (int j = 0; j < _columns; j++)
                {
                    Velocity[j] = (_options.Momentum * Velocity[j]) + gradient[j];
                    Theta[j] -= rate * (ahead ? gradient[j] + (_options.Momentum * Velocity[j]) : Velocity[j]);
                }
                break;
            case DescentOptimizer.Adam:
                _firstPower *= First;
                _secondPower *= Second;
                for (int j = 0; j < _columns; j++)
                {
                    Velocity[j] = (First * Velocity[j]) + ((1 - First) * gradient[j]);
                    Square[j] = (Second * Square[j]) + ((1 - Second) * gradient[j] * gradient[j]);
                    Theta[j] -= rate * (Velocity[j] / (1 - _firstPower)) / (Math.Sqrt(Square[j] / (1 - _secondPower)) + Epsilon);
                }
                break;
            default:
                for (int j = 0; j < _columns; j++)
                {
                    Theta[j] -= rate * gradient[j];
                }
                break;
        }
        if (average && _options.Optimizer == DescentOptimizer.AveragedSgd)
        {
            Averaged++;
            double weight = 1.0 / Averaged;
            for (int j = 0; j < _columns; j++)
            {
                Mean[j] += weight * (Theta[j] - Mean[j]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
