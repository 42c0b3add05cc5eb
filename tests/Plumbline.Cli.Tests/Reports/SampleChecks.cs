namespace Plumbline.Cli.Tests.Reports;

/// <summary>Checks made by hand, of the sample houses.</summary>
internal static class SampleChecks
{
    public static ModelCheck Houses { get; } = new()
    {
        Model = SampleModels.Houses,
        Checks =
        [
            Check("breusch-pagan", ModelAssumption.ConstantVariance, CheckVerdict.Broken, 2.4) with
            {
                Statistic = 3245.123456,
                Df = [3],
                P = 0,
                Method = "Koenker's studentized test, χ²",
                EffectMeasure = "largest ratio of a standard error under HC3 to the classical one",
                EffectValue = 2.0712,
                Effect = "The spread of price about the line grows with sqft_living: from 103,000 in the lowest tenth of fitted values to 512,000 in the highest.",
                Remedy = new CheckRemedy
                {
                    Kind = RemedyKind.Covariance,
                    Value = "HC3",
                    Text = "Use errors that allow for any variance; the estimates stay.",
                    Numbers = [new RemedyNumber("standard error of sqft_living", 3.9192071166, 8.117), new RemedyNumber("standard error of age", 65.11, 70)],
                },
            },
            Check("curvature:age", ModelAssumption.Linearity, CheckVerdict.Doubt, 0.6) with
            {
                Statistic = 201.5,
                Df = [1, 21608],
                P = 1.6e-45,
                EffectValue = 0.31,
                Effect = "price bends with age: the square of age explains 0.9 % of what is left.",
                Remedy = new CheckRemedy { Kind = RemedyKind.Formula, Value = "price ~ sqft_living + sqft_above + sqft_basement + age + I(age^2)", Text = "Let age bend." },
            },
            Check("white", ModelAssumption.ConstantVariance, CheckVerdict.Doubt, 0.5) with
            {
                Effect = "White's test finds the same.",
                Remedy = new CheckRemedy { Kind = RemedyKind.Covariance, Value = "HC3", Text = "Told once." },
            },
            Check("cook", ModelAssumption.Influence, CheckVerdict.Ok, 0.2) with { Statistic = double.NaN, P = double.NaN, Df = [] },
            Check("jarque-bera", ModelAssumption.Normality, CheckVerdict.Ok, 0.05) with { Statistic = 12.5, Df = [2], P = 0.00193 },
        ],
        Inflation = [new TermInflation("sqft_living", 1, 4.37), new TermInflation("age", 1, 1.2)],
        NearDependences = [new NearDependence(41.5, "sqft_living", [new AliasTerm("(Intercept)", 104), new AliasTerm("sqft_above", 1.07)], 0.012)],
        Influence = [Row(15871, 7.7e6, 4e6), Row(3915, 6.885e6, 3.1e6), Row(2, 1e5, double.NaN)],
        ResidualSample = [-1, 0, 1],
        PartialResiduals =
        [
            new("sqft", "sqft", [new(300, 1500, 120, -4.5, -5), new(1500, 9000, 118, 5.25, 5)]),
            new("x|y", "x|y", [new(0, 1, 238, 0, 0)]),
        ],
        Rows = SampleModels.Houses.Rows,
        Notes = [new Note("order", "The order of the rows means nothing as far as is known: independence was not checked. Name a column with --order.")],
    };

    /// <summary>The same, with a name that means harm wherever a name may stand.</summary>
    public static ModelCheck Named(string name) => Houses with
    {
        Model = SampleModels.Named(name),
        Checks =
        [
            Check("breusch-pagan", ModelAssumption.ConstantVariance, CheckVerdict.Broken, 2) with
            {
                Effect = name,
                EffectMeasure = name,
                Method = name,
                Remedy = new CheckRemedy { Kind = RemedyKind.Rows, Value = $"{name} < 3", Text = name, Numbers = [new RemedyNumber(name, 1, 2)] },
            },
        ],
        Inflation = [new TermInflation(name, 1, 4.37)],
        NearDependences = [new NearDependence(41.5, name, [new AliasTerm(name, 1.07)], 0.012)],
        Influence = [Row(1, 1, 2) with { Dfbetas = [0.5] }],
        PartialResiduals = [new(name, name, [new(0, 1, 3, 1, 0), new(1, 2, 3, -1, 0)])],
        Notes = [new Note("order", name)],
    };

    private static AssumptionCheck Check(string name, ModelAssumption assumption, CheckVerdict verdict, double size) => new()
    {
        Name = name,
        Assumption = assumption,
        Statistic = 1.5,
        Df = [4],
        P = 0.2,
        Method = "by hand",
        Verdict = verdict,
        EffectSize = size,
        EffectMeasure = "what was measured",
        EffectValue = size,
        Effect = "It matters.",
    };

    private static InfluenceRow Row(long row, double response, double fitted) => new()
    {
        Row = row,
        Response = response,
        Fitted = fitted,
        Residual = response - fitted,
        Leverage = 0.0042,
        Standardized = 14.7,
        Studentized = double.IsNaN(fitted) ? double.NaN : 14.8,
        OutlierP = 1e-40,
        CooksDistance = 0.23,
        Dffits = 0.97,
        CovarianceRatio = double.PositiveInfinity,
        Dfbetas = double.IsNaN(fitted) ? [double.NaN, double.NaN, double.NaN, double.NaN] : [0.01, -0.73, 0.5, 0.02],
        PartialResiduals = double.IsNaN(fitted) ? [double.NaN, double.NaN] : [12.5, -3.25],
    };
}
