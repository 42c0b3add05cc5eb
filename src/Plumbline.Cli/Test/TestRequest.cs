namespace Plumbline.Cli.Test;

/// <summary>What <c>plumb test</c> was asked to do.</summary>
internal sealed record TestRequest
{
    /// <summary>The data, the formula, how the fit is made and where the report goes.</summary>
    public required FitRequest Fit { get; init; }

    /// <summary>What is tested.</summary>
    public required TestOptions Tests { get; init; }

    /// <summary>Whether the coefficients are listed with their intervals.</summary>
    public bool ShowIntervals { get; init; }

    /// <summary>Whether the likelihood is shown.</summary>
    public bool ShowLikelihood { get; init; }
}
