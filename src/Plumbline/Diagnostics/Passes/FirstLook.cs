namespace Plumbline;

/// <summary>What the first look found.</summary>
internal sealed record FirstLook
{
    /// <summary>Σ w d dᵀ over each eighth of the rows.</summary>
    public required AuxiliaryMoments[] Eighths { get; init; }

    /// <summary>Σ w d dᵀ over all rows.</summary>
    public required AuxiliaryMoments Whole { get; init; }

    /// <summary>Σ d dᵀ, with whitened residuals; the same as <see cref="Whole"/> without weights.</summary>
    public required AuxiliaryMoments Plain { get; init; }

    /// <summary>Σ ω d dᵀ for z, products and powers, ω = (we)²/(σ̂(1 − h))².</summary>
    public required AuxiliaryMoments Scores { get; init; }

    /// <summary>Σ w d dᵀ over the rows of each level of the split.</summary>
    public required IReadOnlyList<(double Level, AuxiliaryMoments Moments)> Levels { get; init; }

    /// <summary>Whether the split has more levels than are looked at.</summary>
    public required bool TooManyLevels { get; init; }

    /// <summary>The rows of largest Cook's distance, the largest first.</summary>
    public required CheckRow[] Influential { get; init; }

    /// <summary>The rows of largest standardized residual, the largest first.</summary>
    public required CheckRow[] Outlying { get; init; }

    /// <summary>Standardized residuals of a sample of the rows, sorted.</summary>
    public required double[] Standardized { get; init; }

    /// <summary>√w·e/σ̂ of the same rows, sorted.</summary>
    public required double[] Residuals { get; init; }

    /// <summary>The values of the numeric inputs in the rows of the sample.</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>A sample of rows (<see cref="Causes.MostRows"/>), in their order.</summary>
    public required CheckRow[] Kept { get; init; }

    /// <summary>For each eighth of the rows the order of the first; empty without a column of the order.</summary>
    public required IReadOnlyDictionary<int, double> FirstOrder { get; init; }

    /// <summary>How many rows have leverage 1.</summary>
    public required long UnitLeverages { get; init; }
}
