namespace Plumbline;

/// <summary>What a learner learns from.</summary>
public sealed class TrainingSet
{
    internal TrainingSet(double[][] points, double[] responses, ulong seed)
    {
        Points = points;
        Responses = responses;
        Seed = seed;
    }

    /// <summary>The points, each with its coordinates.</summary>
    public IReadOnlyList<double[]> Points { get; }

    /// <summary>The response at each point.</summary>
    public IReadOnlyList<double> Responses { get; }

    /// <summary>A seed for what the learner draws itself: its own for each training set.</summary>
    public ulong Seed { get; }
}
