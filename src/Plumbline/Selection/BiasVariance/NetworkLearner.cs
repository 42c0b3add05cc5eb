using Plumbline.Layers;

namespace Plumbline;

/// <summary>How a network is trained on each training set. Immutable: change with <c>with</c>.</summary>
public sealed record NetworkTraining
{
    /// <summary>Adam with the rate 0.01, 300 epochs of minibatches of 16.</summary>
    public static NetworkTraining Default { get; } = new();

    /// <summary>Epochs, at least 1.</summary>
    public int Epochs { get; init; } = 300;

    /// <summary>Examples in a minibatch, at least 1; all of them when there are fewer.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Adam's learning rate, above 0.</summary>
    public double LearningRate { get; init; } = 0.01;

    internal void Validate()
    {
        if (Epochs < 1 || Batch < 1 || !(LearningRate > 0) || double.IsInfinity(LearningRate))
        {
            throw new PlumblineException("option", $"Epochs ({Epochs}) and batch ({Batch}) must be at least 1, and the learning rate ({LearningRate}) above 0 and finite.");
        }
    }
}

/// <summary>A network that is made and trained anew on every training set, inputs and response standardized by that set.</summary>
internal sealed class NetworkLearner(string name, Func<Layer> create, NetworkTraining training) : Learner(name)
{
    internal override void Predict(TrainingSet set, double[][] at, Span<double> predictions, CancellationToken cancellation)
    {
        int rows = set.Points.Count, dimensions = set.Points[0].Length;
        var x = new Scale[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            x[d] = Scale.Of([.. set.Points.Select(point => point[d])]);
        }
        var y = Scale.Of([.. set.Responses]);
        double[] features = new double[rows * dimensions], targets = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            Standardize(set.Points[i], x, features.AsSpan(i * dimensions, dimensions));
            targets[i] = y.Apply(set.Responses[i]);
        }
        Layer network = create();
        network.Initialize(set.Seed);
        var data = new DataLoader(features, targets, dimensions, Math.Min(training.Batch, rows), seed: set.Seed);
        TrainingResult result = new Trainer(network, new SquaredLoss(), new Adam(training.LearningRate)).Fit(data, training.Epochs, cancellation: cancellation);
        if (result.Stopped == StopReason.Diverged)
        {
            throw new PlumblineException("diverged", $"The network {Name} diverged in epoch {result.Epochs.Count}. Take a smaller learning rate than {training.LearningRate}.");
        }
        double[] asked = new double[at.Length * dimensions];
        for (int j = 0; j < at.Length; j++)
        {
            Standardize(at[j], x, asked.AsSpan(j * dimensions, dimensions));
        }
        Batch output = network.Forward(new Batch(asked, dimensions));
        for (int j = 0; j < at.Length; j++)
        {
            predictions[j] = y.Undo(output[j, 0]);
        }
    }

    private static void Standardize(double[] point, Scale[] scales, Span<double> into)
    {
        for (int d = 0; d < scales.Length; d++)
        {
            into[d] = scales[d].Apply(point[d]);
        }
    }

    private readonly record struct Scale(double Mean, double Deviation)
    {
        public static Scale Of(double[] values)
        {
            double mean = values.Average(), square = values.Sum(v => (v - mean) * (v - mean)) / values.Length;
            return new Scale(mean, square > 0 ? Math.Sqrt(square) : 1);
        }

        public double Apply(double value) => (value - Mean) / Deviation;

        public double Undo(double value) => (value * Deviation) + Mean;
    }
}
