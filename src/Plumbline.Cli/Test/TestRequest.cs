namespace Plumbline.Cli.Test;

/// <summary>What <c>plumb test</c> was asked to do.</summary>
internal sealed record TestRequest
{
    /// <summary>The data, the formula, how the fit is made and where the report goes. Of a model file its name is in the place of the data.</summary>
    public required FitRequest Fit { get; init; }

    /// <summary>Whether a model file is tested, and no data are read.</summary>
    public bool IsModel { get; init; }

    /// <summary>Whether a model file that was changed is used all the same.</summary>
    public bool AcceptEdited { get; init; }

    /// <summary>The level of the intervals; null for 0.95, or the one of the model file.</summary>
    public double? Level { get; init; }

    /// <summary>What is tested.</summary>
    public required TestOptions Tests { get; init; }

    /// <summary>Whether the coefficients are listed with their intervals.</summary>
    public bool ShowIntervals { get; init; }

    /// <summary>Whether the likelihood is shown.</summary>
    public bool ShowLikelihood { get; init; }
}
