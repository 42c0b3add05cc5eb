using Plumbline.Reports;

namespace Plumbline.Cli.Check;

/// <summary>What <c>plumb check</c> was asked to do.</summary>
internal sealed record CheckRequest
{
    /// <summary>The data, the formula, how the fit is made, and where the report goes. Of a model file the formula is empty.</summary>
    public required FitRequest Fit { get; init; }

    /// <summary>The model file whose fit is checked, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Whether a model file that was changed is used all the same.</summary>
    public bool AcceptEdited { get; init; }

    /// <summary>How it is checked.</summary>
    public required CheckOptions Checks { get; init; }

    /// <summary>The file that gets a line for every row, or null.</summary>
    public string? RowsPath { get; init; }

    /// <summary>The most rows of a table in the report.</summary>
    public required int MostRows { get; init; }

    /// <summary>The command that fits the same model.</summary>
    public FitCommand Command() => new()
    {
        Data = Fit.Data,
        Formula = Fit.Formula,
        Where = Fit.Where,
        TextColumns = Fit.TextColumns.Count == 0 ? null : string.Join(',', Fit.TextColumns),
        Weights = Fit.Options.Weights,
        WeightKind = Fit.Options.Weights is null ? null : Fit.Options.WeightKind switch
        {
            WeightKind.Frequency => "frequency",
            WeightKind.Sampling => "sampling",
            _ => null,
        },
        Contrasts = Fit.Options.Contrasts switch
        {
            ContrastKind.Treatment => "treatment",
            ContrastKind.Sum => "sum",
            ContrastKind.Helmert => "helmert",
            ContrastKind.Polynomial => "poly",
            _ => null,
        },
        Covariance = Fit.Options.Covariance.Estimator == CovarianceEstimator.Classical ? null : Fit.Options.Covariance.ToString(),
        Order = Checks.Order ?? Fit.Options.Covariance.Order,
        InOrder = Checks.InOrder,
        Split = Checks.Split,
    };
}
