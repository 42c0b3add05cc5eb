namespace Plumbline.Databases.Tests;

/// <summary>Fits of the same rows in memory, read from a database, and summed in one.</summary>
public sealed class FitTests
{
    private const double Ordinary = 1e-10;
    private const double FarAway = 1e-8;

    private static readonly (string Url, bool HasBooleans)[] s_tables =
    [
        (Servers.Postgres("sample"), true), (Servers.Postgres("spread"), true), (Servers.ClickHouse("sample"), false), (Servers.ClickHouse("spread"), false),
    ];

    public static TheoryData<string, bool> Tables { get; } = new(s_tables.Select(static t => new TheoryDataRow<string, bool>(t.Url, t.HasBooleans)));

    public static TheoryData<string, bool, string> Formulas
    {
        get
        {
            string[] formulas =
            [
                "price ~ area + rooms",
                "price ~ 0 + area + rooms",
                "price ~ area + maybe",
                "price ~ area + C(zip)",
                "price ~ area * C(zip) + city",
                "price ~ city:sold + sold * C(zip, levels = c(98003, 98001, 98004, 98007))",
                "log(price) ~ sqrt(area) + I(area^2) + log(rooms) + area:rooms",
                "price ~ poly(area, 2) + scale(rooms)",
                "price ~ poly(area, 3)",
                "price ~ poly(area, 3) * C(zip) + scale(rooms):area",
                "price ~ area + I(area^2) + I(area^3) + I((area - 7)^4)",
                "price ~ (area + rooms + maybe)^3",
                "price ~ poly(area, 6)",
                "price ~ day + stamp + small",
                "price ~ area + offset(rooms)",
                "price ~ log(maybe) + area",
                "price ~ area + rooms + I(area + 2 * rooms)",
            ];
            return OnTables(formulas);
        }
    }

    /// <summary>Every formula on every table that holds the sample.</summary>
    public static TheoryData<string, bool, string> OnTables(params IEnumerable<string> formulas) =>
        new(formulas.SelectMany(static f => s_tables.Select(t => new TheoryDataRow<string, bool, string>(t.Url, t.HasBooleans, f))));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rows_read_from_a_database_give_the_same_bits_as_the_same_rows_in_memory(string url, bool hasBooleans)
    {
        const string Formula = "price ~ area + far + small + big + city + sold + day + stamp + maybe + C(zip)";
        using DatabaseSource source = DatabaseSource.Open(url);
        FitOptions options = FitOptions.Default with { Weights = "weight" };
        LinearModel expected = LinearRegression.Fit(Formula, Sample.Table(hasBooleans), options);
        LinearModel found = LinearRegression.Fit(Formula, source, options);
        Assert.Equal(expected.MomentsChecksum, found.MomentsChecksum);
        Assert.Equal(expected.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError, c.Digits)), found.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError, c.Digits)));
        Assert.Equal(expected.Rows.Read, found.Rows.Read);
        Assert.Equal(expected.Rows.DroppedByColumn, found.Rows.DroppedByColumn);
        Assert.Null(found.Engine);
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_fit_in_the_engine_is_that_of_the_rows(string url, bool hasBooleans, string formula)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        LinearModel expected = LinearRegression.Fit(formula, Sample.Table(hasBooleans));
        LinearModel found = EngineRegression.Fit(formula, source);
        Near(expected, found, Ordinary);
        Assert.Equal(url.Contains("spread", StringComparison.Ordinal) ? url.StartsWith("postgres", StringComparison.Ordinal) ? 2 : 3 : 1, found.Engine!.Shards);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Values_near_a_hundred_million_keep_eight_digits(string url, bool hasBooleans)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        const string Formula = "price ~ area + far + C(zip):far";
        Near(LinearRegression.Fit(Formula, Sample.Table(hasBooleans)), EngineRegression.Fit(Formula, source), FarAway);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Weights_of_every_kind_count_in_the_engine(string url, bool hasBooleans)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        const string Formula = "price ~ scale(area) + poly(rooms, 2) + city";
        foreach (FitOptions options in (FitOptions[])
            [new FitOptions { Weights = "weight" }, new FitOptions { Weights = "times", WeightKind = WeightKind.Frequency }])
        {
            Near(LinearRegression.Fit(Formula, Sample.Table(hasBooleans), options), EngineRegression.Fit(Formula, source, options), Ordinary);
        }
    }

    private static void Near(LinearModel expected, LinearModel found, double tolerance)
    {
        Assert.Equal(expected.Coefficients.Select(static c => c.Name), found.Coefficients.Select(static c => c.Name));
        Assert.Equal(expected.Aliased.Select(static a => a.Name), found.Aliased.Select(static a => a.Name));
        Assert.Equal(expected.Rows.Read, found.Rows.Read);
        Assert.Equal(expected.Rows.Used, found.Rows.Used);
        Assert.Equal(new SortedDictionary<string, long>(expected.Rows.DroppedByColumn.ToDictionary()), new SortedDictionary<string, long>(found.Rows.DroppedByColumn.ToDictionary()));
        Assert.Equal(expected.DfResidual, found.DfResidual);
        foreach ((Coefficient a, Coefficient b) in expected.Coefficients.Zip(found.Coefficients))
        {
            Assert.True(Math.Abs(a.Estimate - b.Estimate) <= tolerance * (Math.Abs(a.Estimate) + a.StandardError), $"{a.Name}: {a.Estimate:R} and {b.Estimate:R}");
            Assert.True(Math.Abs(a.StandardError - b.StandardError) <= tolerance * a.StandardError, $"error of {a.Name}: {a.StandardError:R} and {b.StandardError:R}");
            double claimed = b.Digits is int digits ? Math.Pow(10, 1 - digits) : 0;
            Assert.True(b.Digits is null || b.Digits == 0 || Math.Abs(a.Estimate - b.Estimate) <= claimed * Math.Abs(a.Estimate), $"{a.Name}: {b.Digits} digits are claimed of {b.Estimate:R}, which is {a.Estimate:R}");
        }
        Assert.Equal(expected.RSquared, found.RSquared, tolerance);
        Assert.Equal(1, found.Sigma / expected.Sigma, tolerance);
        Assert.Equal(expected.LogLikelihood, found.LogLikelihood, Math.Abs(expected.LogLikelihood) * tolerance);
        Assert.NotNull(found.Engine);
        Assert.Equal(Arithmetic.Fast, found.Arithmetic);
        Assert.Null(found.MomentsChecksum);
    }
}
