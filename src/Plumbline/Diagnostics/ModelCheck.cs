using System.Collections.Immutable;

namespace Plumbline;

/// <summary>What the checks of a model's assumptions found.</summary>
public sealed record ModelCheck
{
    /// <summary>The model that was checked: fitted to these rows.</summary>
    public required LinearModel Model { get; init; }

    /// <summary>The checks, in the order of their <see cref="AssumptionCheck.EffectSize"/>: what changes the answer most stands first.</summary>
    public required IReadOnlyList<AssumptionCheck> Checks { get; init; }

    /// <summary>Variance inflation, a term each; the intercept has none. Empty for fewer than two terms.</summary>
    public required IReadOnlyList<TermInflation> Inflation { get; init; }

    /// <summary>Equations that nearly hold between the columns, the nearest first.</summary>
    public required IReadOnlyList<NearDependence> NearDependences { get; init; }

    /// <summary>The rows with the largest Cook's distance, the largest first.</summary>
    public required IReadOnlyList<InfluenceRow> Influence { get; init; }

    /// <summary>
    /// Internally studentized residuals, sorted: of all rows, or a sample of them. What a normal quantile plot shows.
    /// </summary>
    public required ImmutableArray<double> ResidualSample { get; init; }

    /// <summary>
    /// Partial residuals in short, for each term that is made of one numeric column: means over bins, from which the form of the term can be seen.
    /// Empty when the fit leaves no residuals.
    /// </summary>
    public required IReadOnlyList<PartialResidualCurve> PartialResiduals { get; init; }

    /// <summary>What became of the rows.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>What was left out and why, and what else the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }

    /// <summary>The worst verdict on an assumption; <see cref="CheckVerdict.Ok"/> when nothing was checked.</summary>
    /// <param name="assumption">The assumption.</param>
    public CheckVerdict VerdictOn(ModelAssumption assumption) =>
        Checks.Where(c => c.Assumption == assumption).Select(static c => c.Verdict).DefaultIfEmpty(CheckVerdict.Ok).Max();
}
