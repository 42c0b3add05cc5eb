namespace Plumbline;

/// <summary>One step of batch descent, the constants that it uses, and the rate that theory promises.</summary>
internal abstract class BatchStepper(double rate, double momentum, double predictedRate)
{
    /// <summary>η.</summary>
    public double Rate { get; } = rate;

    /// <summary>μ.</summary>
    public double Momentum { get; } = momentum;

    /// <summary>The factor a step, in the long run.</summary>
    public double PredictedRate { get; } = predictedRate;

    /// <summary>The stepper of a method with its best constants where none are given.</summary>
    public static BatchStepper Create(QuadraticLoss loss, BatchDescentOptions options)
    {
        double large = loss.Largest, small = loss.Smallest, root = Math.Sqrt(small / large);
        switch (options.Method)
        {
            case BatchMethod.Momentum:
                {
                    double sum = Math.Sqrt(large) + Math.Sqrt(small);
                    double rate = options.LearningRate ?? 4 / (sum * sum);
                    double momentum = options.Momentum ?? Math.Pow((1 - root) / (1 + root), 2);
                    return new HeavyBall(rate, momentum, Math.Max(HeavyBallRate(rate, momentum, large), HeavyBallRate(rate, momentum, small)));
                }
            case BatchMethod.Nesterov:
                {
                    double rate = options.LearningRate ?? 1 / large;
                    double momentum = options.Momentum ?? (1 - root) / (1 + root);
                    return new Nesterov(loss, rate, momentum, Math.Max(NesterovRate(rate, momentum, large), NesterovRate(rate, momentum, small)));
                }
            case BatchMethod.ConjugateGradient:
                return new Conjugate(loss, (1 - root) / (1 + root));
            default:
                {
                    double rate = options.LearningRate ?? 2 / (large + small);
                    return new Plain(rate, Math.Max(Math.Abs(1 - (rate * large)), Math.Abs(1 - (rate * small))));
                }
        }
    }

    /// <summary>Moves θ; the gradient is that at θ.</summary>
    public abstract void Step(double[] theta, double[] gradient);

    // The largest root of z² − (1 + μ − ηλ)z + μ: the error along an eigenvector is a recursion of two terms.
    private static double HeavyBallRate(double rate, double momentum, double curvature) => Root(1 + momentum - (rate * curvature), momentum);

    // z² − (1 + μ)(1 − ηλ)z + μ(1 − ηλ).
    private static double NesterovRate(double rate, double momentum, double curvature) =>
        Root((1 + momentum) * (1 - (rate * curvature)), momentum * (1 - (rate * curvature)));

    private static double Root(double sum, double product)
    {
        double discriminant = (sum * sum) - (4 * product);
        return discriminant < 0 ? Math.Sqrt(product) : (Math.Abs(sum) + Math.Sqrt(discriminant)) / 2;
    }

    private sealed class Plain(double rate, double predicted) : BatchStepper(rate, 0, predicted)
    {
        public override void Step(double[] theta, double[] gradient)
        {
            for (int j = 0; j < theta.Length; j++)
            {
                theta[j] -= Rate * gradient[j];
            }
        }
    }

    private sealed class HeavyBall(double rate, double momentum, double predicted) : BatchStepper(rate, momentum, predicted)
    {
        private double[] _velocity = [];

        public override void Step(double[] theta, double[] gradient)
        {
            if (_velocity.Length == 0)
            {
                _velocity = new double[theta.Length];
            }
            for (int j = 0; j < theta.Length; j++)
            {
                _velocity[j] = (Momentum * _velocity[j]) + gradient[j];
                theta[j] -= Rate * _velocity[j];
            }
        }
    }

    // θ is the point that the gradient step was taken to; the next gradient is taken ahead of it.
    private sealed class Nesterov(QuadraticLoss loss, double rate, double momentum, double predicted) : BatchStepper(rate, momentum, predicted)
    {
        private double[] _before = [];

        public override void Step(double[] theta, double[] gradient)
        {
            double[] at = theta.ToArray(), ahead = theta.ToArray(), aheadGradient = gradient;
            if (_before.Length > 0)
            {
                for (int j = 0; j < theta.Length; j++)
                {
                    ahead[j] += Momentum * (theta[j] - _before[j]);
                }
                aheadGradient = new double[theta.Length];
                loss.Gradient(ahead, aheadGradient);
            }
            for (int j = 0; j < theta.Length; j++)
            {
                theta[j] = ahead[j] - (Rate * aheadGradient[j]);
            }
            _before = at;
        }
    }

    private sealed class Conjugate(QuadraticLoss loss, double predicted) : BatchStepper(double.NaN, 0, predicted)
    {
        private double[] _direction = [];
        private double _square;

        public override void Step(double[] theta, double[] gradient)
        {
            double square = gradient.Sum(static g => g * g);
            if (square == 0)
            {
                return;
            }
            double keep = _direction.Length == 0 ? 0 : square / _square;       // Fletcher and Reeves
            double[] direction = new double[theta.Length];
            for (int j = 0; j < theta.Length; j++)
            {
                direction[j] = (keep == 0 ? 0 : keep * _direction[j]) - gradient[j];
            }
            double curvature = loss.Curvature(direction), slope = 0;
            for (int j = 0; j < theta.Length; j++)
            {
                slope -= direction[j] * gradient[j];
            }
            double length = curvature > 0 ? slope / curvature : 0;
            for (int j = 0; j < theta.Length; j++)
            {
                theta[j] += length * direction[j];
            }
            (_direction, _square) = (direction, square);
        }
    }
}
