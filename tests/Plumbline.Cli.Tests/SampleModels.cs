using System.Collections.Immutable;

namespace Plumbline.Cli.Tests;

/// <summary>Models made by hand. The numbers of <see cref="Houses"/> are R's for the King County sales.</summary>
internal static class SampleModels
{
    public static LinearModel Houses { get; } = new()
    {
        Formula = "price ~ sqft_living + sqft_above + sqft_basement + age",
        Response = "price",
        Source = "data/houses.csv",
        Arithmetic = Arithmetic.Exact,
        Rows = new RowCounts(21623, 21613, 10, new Dictionary<string, long>(StringComparer.Ordinal) { ["age"] = 7, ["sqft_above"] = 4 }),
        Observations = 21613,
        HasIntercept = true,
        Rank = 4,
        DfModel = 3,
        DfResidual = 21609,
        Level = 0.95,
        Coefficients =
        [
            Row("(Intercept)", -213357.78189545427, 6189.7129353736154, -34.469737792868393, 1.6327759857299631e-253, -225490.07587761563, -201225.48791329292, 16, 15),
            Row("sqft_living", 276.846872432993, 3.9192071166028071, 70.638489928280592, 0, 269.16493735586425, 284.52880751012174, 16, 16),
            Row("sqft_above", 37.252220957025052, 4.5501396135315888, 8.1870500953951524, 2.823932582907981e-16, 28.333611640628519, 46.170830273421586, 15, 16),
            Row("age", 2523.2641023915849, 65.1110988678314, 38.753210224781221, 1.1142375952583045e-317, 2395.641545220697, 2650.8866595624727, 16, 16),
        ],
        Aliased =
        [
            new AliasedColumn("sqft_basement", [new CoefficientPiece("sqft_basement")], [new AliasTerm("sqft_living", 1), new AliasTerm("sqft_above", -1)], IsExact: true),
        ],
        Covariance =
        [
            [38312546.222331472, -3018.2375653927143, -9130.6314403090473, -289821.73628335091],
            [-3018.2375653927143, 15.360184422830089, -15.405096039140135, -31.346286495623787],
            [-9130.6314403090473, -15.405096039140135, 20.7037705026294, 94.221365911560667],
            [-289821.73628335091, -31.346286495623787, 94.221365911560667, 4239.4551957765161],
        ],
        Rss = 1380140972221810.5,
        Tss = 2912916761921299.5,
        Sigma = 252722.77969987463,
        RSquared = 0.52619965312311290,
        AdjustedRSquared = 0.52613387492696173,
        F = new FTest(7999.6060079513563, 3, 21609, 0),
        LogLikelihood = -299532.28514886519,
        Aic = 599074.57029770390,
        Bic = 599114.47554905282,
        Condition = 13.344640200249248,
        Notes =
        [
            new Note("rows-dropped", "10 rows were left out because a value is missing: age in 7, sqft_above in 4."),
            new Note("aliased", "sqft_basement has no coefficient."),
            new Note("power-is-crossing", "x^2 in a formula crosses x with itself, which is x: write I(x^2) for the square."),
        ],
    };

    /// <summary>The houses with errors by two ways of clustering.</summary>
    public static LinearModel Clustered { get; } = Houses with
    {
        CovarianceDetails = new CovarianceDetails
        {
            Kind = "CR1:zip,year",
            Factor = double.NaN,
            FactorFormula = "G/(G − 1)·(n − 1)/(n − k)",
            DfFormula = "min(G) − 1",
            Clusters = [new ClusterCount("zip", 70), new ClusterCount("year", 116), new ClusterCount("zip × year", 4711)],
        },
        Coefficients = [.. Houses.Coefficients.Select(static c => c with { Df = 69, StandardErrorDigits = null })],
        F = new FTest(85.25, 3, 69, 2.26e-19),
    };

    /// <summary>The houses with the errors of a bootstrap, a few of whose resamples failed.</summary>
    public static LinearModel Resampled { get; } = Houses with
    {
        CovarianceDetails = new CovarianceDetails { Kind = "bootstrap:1000", DfFormula = "normal", Replicates = 1000, Failed = 12, Seed = 7 },
        Coefficients = [.. Houses.Coefficients.Select(static c => c with { Df = double.PositiveInfinity, StandardErrorDigits = null })],
        F = new FTest(85.25, 3, double.PositiveInfinity, 2.26e-19),
    };

    /// <summary>An exact fit without intercept: what is not defined, what is infinite, what is 0.</summary>
    public static LinearModel Degenerate { get; } = Houses with
    {
        Formula = "y ~ 0 + x + z",
        Response = "y",
        Source = "two.csv",
        WeightsColumn = "w",
        Observations = 3,
        Rows = new RowCounts(5, 3, 0, ImmutableDictionary<string, long>.Empty),
        HasIntercept = false,
        Rank = 2,
        DfModel = 2,
        DfResidual = 1,
        Coefficients =
        [
            new Coefficient("x", [new CoefficientPiece("x")], 2, 0, double.NaN, 1, double.NaN, 2, 2, 16, null),
            new Coefficient("z", [new CoefficientPiece("z")], 0, 0, double.NaN, 1, double.NaN, 0, 0, null, null),
        ],
        Aliased = [new AliasedColumn("zero", [new CoefficientPiece("zero")], [], IsExact: true)],
        Covariance = [[0, 0], [0, double.NaN]],
        Rss = 0,
        Tss = 56,
        Sigma = 0,
        RSquared = 1,
        AdjustedRSquared = 1,
        F = new FTest(double.PositiveInfinity, 2, 1, double.NaN),
        LogLikelihood = double.NaN,
        Aic = double.NaN,
        Bic = double.NegativeInfinity,
        Condition = 1,
        Notes = [],
    };

    /// <summary>The houses with every name replaced by one that means harm.</summary>
    public static LinearModel Named(string name) => Houses with
    {
        Formula = $"{name} ~ {name}",
        Response = name,
        Source = name,
        WeightsColumn = name,
        Rows = new RowCounts(3, 2, 1, new Dictionary<string, long>(StringComparer.Ordinal) { [name] = 1 }),
        Coefficients = [Houses.Coefficients[0] with { Name = name, Pieces = [new CoefficientPiece(name)] }],
        Covariance = [[1]],
        Aliased = [new AliasedColumn(name, [new CoefficientPiece(name)], [new AliasTerm(name, 0.5)], IsExact: false)],
        Notes = [new Note("unseen-level", name)],
    };

    private static Coefficient Row(string name, double estimate, double error, double t, double p, double lower, double upper, int digits, int errorDigits) =>
        new(name, [new CoefficientPiece(name)], estimate, error, t, 21609, p, lower, upper, digits, errorDigits);
}
