using System.Collections.Immutable;

namespace Plumbline;

/// <summary>Puts a solution, its inference and where it came from together into a model.</summary>
internal static class ModelAssembly
{
    public static LinearModel Assemble(ModelOrigin origin, LeastSquaresSolution solution, FitOptions options)
    {
        FitStatistics statistics = origin.WeightKind == WeightKind.Sampling
            ? solution.Statistics.WithoutLikelihood(origin.MeanWeight)
            : solution.Statistics;
        IReadOnlyList<DesignColumn> columns = origin.Columns;
        return new LinearModel
        {
            Formula = origin.Formula,
            Response = origin.Response,
            Source = origin.Source,
            Where = origin.Where,
            Arithmetic = options.Arithmetic,
            WeightsColumn = origin.WeightsColumn,
            WeightKind = origin.WeightKind,
            Observations = statistics.Rows,
            Rows = origin.Rows,
            HasIntercept = origin.HasIntercept,
            Rank = solution.Rank,
            DfModel = statistics.DfModel,
            DfResidual = statistics.DfResidual,
            Level = options.Level,
            Coefficients = CoefficientInference.Coefficients(solution, columns, options.Level),
            Aliased = [.. solution.Aliased.Select(a => new AliasedColumn(
                columns[a.Column].Name,
                columns[a.Column].Pieces,
                [.. a.Parts.Select(p => new AliasTerm(columns[p.Column].Name, p.Multiplier))],
                a.IsExact))],
            Covariance = solution.Covariance,
            InverseRoot = solution.InverseRoot,
            MomentsChecksum = origin.MomentsChecksum,
            Design = origin.Design,
            Engine = origin.Engine,
            Rss = statistics.Rss,
            Tss = statistics.Tss,
            Sigma = statistics.Sigma,
            RSquared = statistics.RSquared,
            AdjustedRSquared = statistics.AdjustedRSquared,
            F = CoefficientInference.Overall(statistics),
            LogLikelihood = statistics.LogLikelihood,
            Aic = statistics.Aic,
            Bic = statistics.Bic,
            Condition = solution.Condition,
            Notes = [.. origin.Notes, .. ModelNotes.Of(solution, origin)],
        };
    }

    /// <summary>The model with the covariance of a second look at the rows, and the inference that follows it.</summary>
    public static LinearModel With(LinearModel model, RobustResult robust) => model with
    {
        CovarianceDetails = robust.Details,
        Covariance = [.. robust.Covariance.Covariance.Select(static row => row.ToImmutableArray())],
        Coefficients = CoefficientInference.With(model.Coefficients, robust.Covariance.Errors, robust.Df, model.Level),
        F = CoefficientInference.Wald(robust.Covariance.Wald, model.DfModel, robust.DfF),
        Notes = [.. model.Notes, .. robust.Notes],
    };
}

/// <summary>Where a model came from.</summary>
internal sealed record ModelOrigin(
    string Formula,
    string Response,
    string Source,
    bool HasIntercept,
    IReadOnlyList<DesignColumn> Columns,
    RowCounts Rows,
    IReadOnlyList<Note> Notes)
{
    /// <summary>The column of weights; null when there are none or they have no name.</summary>
    public string? WeightsColumn { get; init; }

    /// <summary>What the weights mean; null when there are none.</summary>
    public WeightKind? WeightKind { get; init; }

    /// <summary>Σ w over the number of observations; asked for with sampling weights only.</summary>
    public double MeanWeight { get; init; } = 1;

    /// <summary>The condition that chose the rows, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Of the exact moments; null without them.</summary>
    public string? MomentsChecksum { get; init; }

    /// <summary>What a database summed; null when rows were read.</summary>
    public EngineDetails? Engine { get; init; }

    /// <summary>How a row becomes numbers; null when there are no named columns.</summary>
    public FittedDesign? Design { get; init; }
}
