using System.Collections.Immutable;

namespace Plumbline;

/// <summary>How the moments were summed.</summary>
public enum Arithmetic
{
    /// <summary>Without rounding: every digit that is printed is proven.</summary>
    Exact,

    /// <summary>In plain doubles, centred, with an estimate of the digits that are right.</summary>
    Fast,
}

/// <summary>What became of the rows.</summary>
/// <param name="Read">Rows read from the source.</param>
/// <param name="Used">Rows with non-zero weight that entered the fit.</param>
/// <param name="Dropped">Rows left out because a value was missing.</param>
/// <param name="DroppedByColumn">For each column with missing values, in how many rows it misses one (rows may count in several).</param>
public sealed record RowCounts(long Read, long Used, long Dropped, IReadOnlyDictionary<string, long> DroppedByColumn)
{
    /// <summary>Refuses to go on without a row.</summary>
    /// <exception cref="PlumblineException">Code <c>no-rows</c>.</exception>
    internal void RequireUsed()
    {
        if (Used > 0)
        {
            return;
        }
        string why = Read == 0 ? "The source has no rows."
            : Dropped == Read
                ? $"All {Read} rows miss a value ({string.Join(", ", DroppedByColumn.Select(static c => $"{c.Key}: {c.Value}"))})."
                : $"Of {Read} rows, {Dropped} miss a value and the others have weight 0.";
        throw new PlumblineException("no-rows", $"{why} A fit needs at least one row with all its values and a weight.");
    }
}

/// <summary>A column that gets no coefficient, and the equation that says why.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Pieces">The factors of the name.</param>
/// <param name="Terms">Kept columns and their multipliers: the column equals their sum. Empty for a column of zeros.</param>
/// <param name="IsExact">Whether the equation was verified without rounding; otherwise it holds to the rounding of the data.</param>
public sealed record AliasedColumn(
    string Name,
    IReadOnlyList<CoefficientPiece> Pieces,
    IReadOnlyList<AliasTerm> Terms,
    bool IsExact);

/// <summary>One term of an alias equation.</summary>
/// <param name="Name">A kept column.</param>
/// <param name="Multiplier">What it is multiplied by.</param>
public sealed record AliasTerm(string Name, double Multiplier);

/// <summary>
/// A fitted linear model: coefficients, their covariance, and where it came from. It holds no rows.
/// Quantities that are not defined (a t value when the fit is exact, R² of a constant response) are NaN.
/// </summary>
public sealed record LinearModel
{
    /// <summary>The formula as given.</summary>
    public required string Formula { get; init; }

    /// <summary>The response as written in the formula.</summary>
    public required string Response { get; init; }

    /// <summary>Where the rows came from, without credentials.</summary>
    public required string Source { get; init; }

    /// <summary>The SQL condition that chose the rows, or null: see <see cref="IRowSource.Where"/>.</summary>
    public string? Where { get; init; }

    /// <summary>The version of Plumbline that fitted the model.</summary>
    public string Version { get; init; } = ProductVersion.Text;

    /// <summary>How the moments were summed.</summary>
    public required Arithmetic Arithmetic { get; init; }

    /// <summary>How a database summed the moments, when it did: then no row left it, and digits are estimates. Null when rows were read.</summary>
    public EngineDetails? Engine { get; init; }

    /// <summary>How the source's numbers were read: <c>double</c>.</summary>
    public string Reading { get; init; } = "double";

    /// <summary>The column of weights, or null.</summary>
    public string? WeightsColumn { get; init; }

    /// <summary>What the weights mean; null when there are none.</summary>
    public WeightKind? WeightKind { get; init; }

    /// <summary>The number of observations: the rows used, or with frequency weights the sum of their weights.</summary>
    public required long Observations { get; init; }

    /// <summary>What became of the rows.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>Whether the model has an intercept.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The number of coefficients estimated.</summary>
    public required int Rank { get; init; }

    /// <summary>Model degrees of freedom: rank, less one when there is an intercept.</summary>
    public required long DfModel { get; init; }

    /// <summary>Residual degrees of freedom: observations less rank.</summary>
    public required long DfResidual { get; init; }

    /// <summary>The level of the confidence intervals, e.g. 0.95.</summary>
    public required double Level { get; init; }

    /// <summary>The coefficients, in the order of the formula, intercept first; aliased columns have none.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The columns that got no coefficient.</summary>
    public required IReadOnlyList<AliasedColumn> Aliased { get; init; }

    /// <summary>Which covariance the standard errors, t, p, intervals and F rest on.</summary>
    public CovarianceDetails CovarianceDetails { get; init; } = CovarianceDetails.Classical;

    /// <summary>The covariance as given to <c>--cov</c>: <c>classical</c>, <c>HC3</c>, <c>CR1:district</c>.</summary>
    public string CovarianceKind => CovarianceDetails.Kind;

    /// <summary>The covariance of the estimates, row by row, in the order of <see cref="Coefficients"/>.</summary>
    public required ImmutableArray<ImmutableArray<double>> Covariance { get; init; }

    /// <summary>
    /// Column by column, an upper triangular U with UUᵀ = (XᵀWX)⁻¹, in the order of <see cref="Coefficients"/>: column k has k + 1
    /// entries, each correct to about a unit in the last place. For a row x, h = ‖Uᵀx‖² is its leverage and σ√h the standard error
    /// of its prediction, to half as many digits lost as from <see cref="Covariance"/>. Empty when it is not known (fast arithmetic).
    /// </summary>
    public ImmutableArray<ImmutableArray<double>> InverseRoot { get; init; } = [];

    /// <summary>SHA-256 of the exact moments, in hexadecimal: the same for the same rows in any order and parts. Null when they are not known.</summary>
    public string? MomentsChecksum { get; init; }

    /// <summary>How a row becomes numbers: what prediction needs. Null for a model of a matrix or of moments, which has no columns with names to read.</summary>
    public FittedDesign? Design { get; init; }

    /// <summary>How the coefficients were trained; null for the least-squares fit itself.</summary>
    public TrainingDetails? Training { get; init; }

    /// <summary>The penalty that the coefficients were fitted with; null for the least-squares fit itself.</summary>
    public PenaltyDetails? Penalty { get; init; }

    /// <summary>The residual sum of squares (weighted when there are weights).</summary>
    public required double Rss { get; init; }

    /// <summary>The total sum of squares: about the mean with an intercept, about 0 without; of the response less the offset.</summary>
    public required double Tss { get; init; }

    /// <summary>
    /// The residual standard error, √(RSS / residual degrees of freedom); with sampling weights that of weights whose mean is 1.
    /// </summary>
    public required double Sigma { get; init; }

    /// <summary>1 − RSS/TSS.</summary>
    public required double RSquared { get; init; }

    /// <summary>R² adjusted for the degrees of freedom, as R's <c>summary.lm</c>.</summary>
    public required double AdjustedRSquared { get; init; }

    /// <summary>The overall F test; with a robust covariance Wald's, with it.</summary>
    public required FTest F { get; init; }

    /// <summary>The Gaussian log-likelihood at the estimates, as R's <c>logLik</c>; not defined with sampling weights.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Akaike's criterion; σ counts as a parameter.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian criterion; σ counts as a parameter.</summary>
    public required double Bic { get; init; }

    /// <summary>The 2-norm condition number of the kept columns, each scaled to unit length.</summary>
    public required double Condition { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }
}
