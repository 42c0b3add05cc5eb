using Plumbline.Layers;

namespace Plumbline;

/// <summary>A way to learn a function from examples: a polynomial, a ridge regression, a small neural network, anything.</summary>
public abstract class Learner
{
    private protected Learner(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>What it is called in tables: <c>degree 3</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Least squares on the powers of each coordinate up to a degree, without products of coordinates; with λ a ridge regression of
    /// them, each scaled by its standard deviation: (1/2n)·RSS + (λ/2)·‖β‖², the intercept not penalized.
    /// </summary>
    /// <param name="degree">0 to 100; 0 is the mean.</param>
    /// <param name="lambda">λ ≥ 0.</param>
    /// <exception cref="PlumblineException">Code <c>option</c>: a number is out of its range.</exception>
    public static Learner Polynomial(int degree, double lambda = 0)
    {
        if (degree is < 0 or > 100)
        {
            throw new PlumblineException("option", $"The degree is {degree}; it must be from 0 to 100.");
        }
        return lambda >= 0 && double.IsFinite(lambda) ? new PolynomialLearner(degree, lambda)
            : throw new PlumblineException("option", $"λ is {lambda}; it must be 0 or more, and finite.");
    }

    /// <summary>A neural network with one output, trained from fresh random weights on every training set, inputs and response standardized.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="create">Makes the network; its weights are drawn anew.</param>
    /// <param name="training">How it is trained; null for <see cref="NetworkTraining.Default"/>.</param>
    /// <exception cref="PlumblineException">Code <c>option</c>: a number is out of its range.</exception>
    public static Learner Network(string name, Func<Layer> create, NetworkTraining? training = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        training ??= NetworkTraining.Default;
        training.Validate();
        return new NetworkLearner(name, create, training);
    }

    /// <summary>Anything that makes a predictor from a training set. It is called from several threads at once.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="learn">From a training set to a function of a point.</param>
    public static Learner Of(string name, Func<TrainingSet, Func<double[], double>> learn)
    {
        ArgumentNullException.ThrowIfNull(learn);
        return new CustomLearner(name, learn);
    }

    /// <summary>Refuses training sets that it cannot learn from.</summary>
    internal virtual void RequireRows(int rows, int dimensions)
    {
    }

    /// <summary>Learns, and predicts at points.</summary>
    internal abstract void Predict(TrainingSet set, double[][] at, Span<double> predictions, CancellationToken cancellation);

    /// <summary>
    /// For a learner whose predictions are linear in the responses: for each point the weight of each response, which depend on the design
    /// alone. Null for others.
    /// </summary>
    internal virtual double[][]? Smoother(double[][] design, double[][] at) => null;

    private sealed class CustomLearner(string name, Func<TrainingSet, Func<double[], double>> learn) : Learner(name)
    {
        internal override void Predict(TrainingSet set, double[][] at, Span<double> predictions, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            Func<double[], double> predictor = learn(set);
            for (int j = 0; j < at.Length; j++)
            {
                predictions[j] = predictor(at[j]);
            }
        }
    }
}
