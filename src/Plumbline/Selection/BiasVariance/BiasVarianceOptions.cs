namespace Plumbline;

/// <summary>How bias and variance are found by simulation. Immutable: change with <c>with</c>.</summary>
public sealed record BiasVarianceOptions
{
    private const long MostPredictions = 100_000_000;

    /// <summary>500 training sets of 50 rows, judged at 100 points.</summary>
    public static BiasVarianceOptions Default { get; } = new();

    /// <summary>Training sets, at least 2.</summary>
    public int Sets { get; init; } = 500;

    /// <summary>Rows of a training set; several to see what more data do. A smaller set is the beginning of a larger one.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [50];

    /// <summary>How many points predictions are judged at, unless <see cref="Points"/> says which.</summary>
    public int PointCount { get; init; } = 100;

    /// <summary>
    /// The points that predictions are judged at; null for the middles of equal parts of the range (one uniform coordinate), or for points
    /// that the sampler draws once. With a fixed design: the design.
    /// </summary>
    public IReadOnlyList<double[]>? Points { get; init; }

    /// <summary>Whether all training sets have the same points, drawn once, and differ by their noise alone. Only then is there a closed form.</summary>
    public bool FixedDesign { get; init; }

    /// <summary>The points of that design; null to draw them. There must be as many as rows.</summary>
    public IReadOnlyList<double[]>? Design { get; init; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many threads may work; 0 for as many as there are cores. No bit of the result depends on it.</summary>
    public int Threads { get; init; }

    internal void Validate(KnownTruth truth)
    {
        if (Sets < 2)
        {
            throw new PlumblineException("option", $"There would be {Sets} training sets; a variance needs at least 2.");
        }
        if (Rows is null || Rows.Count == 0 || Rows.Any(static n => n < 2))
        {
            throw new PlumblineException("option", "A training set has at least 2 rows, and there is at least one size.");
        }
        if (PointCount < 1 || Threads < 0)
        {
            throw new PlumblineException("option", $"There must be at least 1 point to judge at (not {PointCount}), and 0 threads (all cores) or more (not {Threads}).");
        }
        if ((long)Sets * (Points?.Count ?? PointCount) > MostPredictions)
        {
            throw new PlumblineException("option", $"{Sets} training sets judged at {Points?.Count ?? PointCount} points are more than {MostPredictions} predictions. Take fewer of one.");
        }
        if (Design is not null && (!FixedDesign || Rows.Any(n => n != Design.Count)))
        {
            throw new PlumblineException("option", $"The design has {Design.Count} points: set FixedDesign, and Rows to [{Design.Count}].");
        }
        foreach (double[] point in (Points ?? []).Concat(Design ?? []))
        {
            if (point is null || point.Length != truth.Dimensions || !point.All(double.IsFinite))
            {
                throw new PlumblineException("shape", $"A point has {truth.Dimensions} finite coordinates here, as the sampler draws them.");
            }
        }
        if (Points is { Count: 0 })
        {
            throw new PlumblineException("option", "There must be at least 1 point to judge at. Leave Points null to have them chosen.");
        }
    }
}
