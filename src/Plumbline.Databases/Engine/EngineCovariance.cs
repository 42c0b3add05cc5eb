using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// Robust covariances of a fit that a database summed: one more pass, in the database. M = Σ ω x xᵀ is asked for like the sums of the fit, with
/// ω = (w·e)²/(1 − h)^δ for a weight, so only sums travel.
/// </summary>
/// <remarks>
/// Method      <see cref="EngineResidual"/> and <see cref="EngineLeverage"/> for ω, <see cref="EngineSums"/> for M, <see cref="EngineClusters"/> for clusters;
///             shards are put together, and the sandwich formed, as on rows.
/// Cost        k²/2 sums over the rows. PostgreSQL computes ω anew for every sum.
/// Source      as <see cref="HeteroskedasticSums"/>.
/// Fails when  a leverage is 1, or within 2⁻⁴⁰·k of it, where doubles do not tell: HC2 to HC4 are then not defined.
/// </remarks>
internal sealed class EngineCovariance
{
    private readonly EngineScan _scan;
    private readonly FittedParts _parts;
    private readonly CovarianceOptions _asked;
    private readonly RobustAssembly _assembly;
    private readonly KeptColumns _columns;
    private readonly CellTree _tree;

    /// <param name="scan">What was scanned for the fit.</param>
    /// <param name="moments">What came of it.</param>
    /// <param name="parts">The fit.</param>
    /// <param name="asked">The covariance asked for.</param>
    public EngineCovariance(EngineScan scan, DesignMoments moments, FittedParts parts, CovarianceOptions asked)
    {
        _scan = scan;
        _parts = parts;
        _asked = asked;
        _assembly = new RobustAssembly(parts.Solution, parts.Origin, asked);
        _columns = new KeptColumns(moments.Code(null), parts.Solution);
        _tree = moments.Cells.Tree;
    }

    /// <summary>Before anything is asked of the database: what it cannot do.</summary>
    /// <exception cref="PlumblineException">Code <c>not-in-engine</c>.</exception>
    public static void Require(CovarianceOptions asked)
    {
        if (asked.Estimator is CovarianceEstimator.NeweyWest or CovarianceEstimator.Bootstrap)
        {
            string why = asked.Estimator == CovarianceEstimator.NeweyWest ? "needs the rows one after the other" : "draws rows anew many times";
            throw new PlumblineException(
                "not-in-engine", $"{asked} {why}, and rows stay in the database. Read them with --compute local, or take HC0 to HC4 or clusters, which the database can sum.");
        }
    }

    /// <summary>The model with the covariance.</summary>
    public LinearModel Compute()
    {
        RobustFound found = _asked.Estimator is CovarianceEstimator.CR0 or CovarianceEstimator.CR1 ? Clusters() : Heteroskedastic();
        return ModelAssembly.With(_parts.Model, _assembly.Complete(found)) with { Engine = _scan.Details };
    }

    private RobustFound Clusters()
    {
        var branches = new Branches(_scan);
        return _assembly.Clustered(new EngineClusters(_scan, _columns, Residual(branches), _asked.Clusters).Totals());
    }

    private RobustFound Heteroskedastic()
    {
        if (_parts.Solution.Statistics.IsExactFit)
        {
            return _assembly.Factored(static (_, _) => ExactValue.Zero, isFactored: false);
        }
        var branches = new Branches(_scan);
        string residual = Residual(branches);
        (string omega, string? isUnit) = Weight(residual, branches);
        var sums = new EngineSums(_scan, SharedExpression.Of(_scan.Source.Dialect, omega, _scan.NameOf("omega"))) { Counting = isUnit };
        CellMoments middle = EngineMoments.Weighted(_scan, PredictorShape(_scan.Sql.Design.Shape), sums);
        if (sums.Counted > 0)
        {
            _assembly.Notes.Add(RobustChecks.UnitLeverages(_asked.Estimator, sums.Counted));
            return new RobustFound(_assembly.Undefined(), new CovarianceDetails());
        }
        return _assembly.Factored(_columns.Middle(middle), isFactored: _asked.Estimator == CovarianceEstimator.HC1);
    }

    private string Residual(Branches branches) =>
        _parts.Solution.Statistics.IsExactFit ? _scan.Source.Dialect.Literal(0.0) : EngineResidual.Of(_scan, _columns, branches);

    /// <summary>ω, and whether a row's leverage is 1.</summary>
    private (string Omega, string? IsUnit) Weight(string residual, Branches branches)
    {
        Dialect dialect = _scan.Source.Dialect;
        string? weight = _scan.Sql.Weight;
        bool isFrequency = weight is not null && _scan.Options.WeightKind == WeightKind.Frequency;
        bool isWeighted = weight is not null && !isFrequency;
        SharedExpression error = SharedExpression.Of(dialect, isWeighted ? $"{weight} * ({residual})" : residual, _scan.NameOf("error"));
        string square = isFrequency ? $"{weight} * {error.Squared(dialect)}" : error.Squared(dialect);
        if (_asked.Estimator < CovarianceEstimator.HC2)
        {
            return (square, null);
        }
        string distance = new EngineLeverage(_scan, _columns, _tree, branches).Expression(branches);
        SharedExpression rest = SharedExpression.Of(dialect, $"{dialect.Literal(1.0)} - {(isWeighted ? $"{weight} * " : "")}({distance})", _scan.NameOf("rest"));
        string nearest = dialect.Literal(Math.ScaleB(_columns.Count, -40));
        string omega = $"(CASE WHEN {rest.First} > {nearest} THEN {square} / {Divisor(rest.Again, dialect)} ELSE {dialect.Literal(0.0)} END)";
        return (omega, $"{rest.Again} <= {nearest}");
    }

    private string Divisor(string rest, Dialect dialect)
    {
        double ratio = _assembly.Rows / _columns.Count;
        return _asked.Estimator switch
        {
            CovarianceEstimator.HC2 => rest,
            CovarianceEstimator.HC3 => dialect.Square(rest),
            _ => $"power({rest}, CASE WHEN {rest} > {dialect.Literal(1 - (4 / ratio))} THEN {dialect.Literal(ratio)} * ({dialect.Literal(1.0)} - {rest}) ELSE {dialect.Literal(4.0)} END)",
        };
    }

    /// <summary>The shape without response and offset: their products are not needed.</summary>
    private static DesignShape PredictorShape(DesignShape shape) =>
        shape with { Terms = [.. shape.Terms.SkipLast(shape.Offset is null ? 1 : 2)], Unweighted = [], Offset = null };
}
