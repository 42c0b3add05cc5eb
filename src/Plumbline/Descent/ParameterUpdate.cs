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
    private readonly double[] _gradient;
    private readonly int _stride;
    private readonly int _columns;
    private readonly int _intercept;
    private double _firstPower = 1;
    private double _secondPower = 1;

    /// <summary>Parameters at 0.</summary>
    /// <param name="options">The optimizer and its constants.</param>
    /// <param name="columns">Parameters.</param>
    /// <param name="intercept">Which parameter is the intercept, which no penalty reaches; −1 for none.</param>
    public ParameterUpdate(DescentOptions options, int columns, int intercept)
    {
        _options = options;
        _columns = columns;
        _stride = Examples.StrideOf(columns);
        _intercept = intercept;
        _memory = NativeBuffer.OfEights(4 * _stride);
        _gradient = new double[columns];
        Theta[columns] = -1;        // of the response, behind the parameters in every row of examples
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>How many steps the mean of averaged descent is over.</summary>
    public long Averaged { get; private set; }

    /// <summary>θ, then −1, then zeros: as long as a row of examples.</summary>
    public double* Theta => _memory.Doubles;

    /// <summary>Whether a step is θ ← θ − η·g and nothing else, so that the kernel may take steps by itself.</summary>
    public bool IsPlain => _options is { Optimizer: DescentOptimizer.Sgd, L2: 0 };

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
    public double[] Result => Part(Averaged > 0 ? 3 : 0).ToArray();

    /// <summary>One step.</summary>
    /// <param name="gradient">The sum of the rows' gradients.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="rate">η.</param>
    /// <param name="average">Whether averaged descent counts this step in.</param>
    public void Step(double* gradient, int rows, double rate, bool average)
    {
        Steps++;
        Span<double> theta = Part(0), velocity = Part(1);
        double[] g = _gradient;
        double share = 1.0 / rows;
        for (int j = 0; j < g.Length; j++)
        {
            g[j] = gradient[j] * share;
        }
        if (_options.L2 > 0)
        {
            for (int j = 0; j < g.Length; j++)
            {
                g[j] += j == _intercept ? 0 : _options.L2 * theta[j];
            }
        }
        switch (_options.Optimizer)
        {
            case DescentOptimizer.Momentum or DescentOptimizer.Nesterov:
                OptimizerSteps.Momentum(theta, g, velocity, rate, _options.Momentum, _options.Optimizer == DescentOptimizer.Nesterov);
                break;
            case DescentOptimizer.Adam:
                _firstPower *= First;
                _secondPower *= Second;
                OptimizerSteps.Adam(theta, g, velocity, Part(2), rate, (First, Second), (1 - _firstPower, 1 - _secondPower), Epsilon);
                break;
            default:
                OptimizerSteps.Plain(theta, g, rate);
                break;
        }
        if (average && _options.Optimizer == DescentOptimizer.AveragedSgd)
        {
            Averaged++;
            double weight = 1.0 / Averaged;
            Span<double> mean = Part(3);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += weight * (theta[j] - mean[j]);
            }
        }
    }

    /// <summary>Counts plain steps that the kernel took.</summary>
    public void Taken(int steps) => Steps += steps;

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    // θ; the velocity or Adam's mean; Adam's mean square; the mean of averaged descent.
    private Span<double> Part(int which) => new(_memory.Doubles + (which * _stride), _columns);
}
