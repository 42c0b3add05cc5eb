namespace Plumbline.Databases.Tests;

/// <summary>Robust covariances summed in a database, against those of the same rows in memory.</summary>
public sealed class RobustTests(Servers servers)
{
    private const double Ordinary = 1e-10;
    private const double FarAway = 1e-8;

    private static readonly string[] s_heteroskedastic = ["HC0", "HC1", "HC2", "HC3", "HC4"];

    public static TheoryData<string, bool> Tables => FitTests.Tables;

    public static TheoryData<string, bool, string> Formulas
    {
        get
        {
            string[] formulas =
            [
                "price ~ area + rooms + maybe",
                "price ~ 0 + area + rooms",
                "price ~ C(zip) + area",
                "price ~ area * C(zip) + city",
                "price ~ 0 + city:area + rooms",
                "log(price) ~ sqrt(area) + I(area^2) + log(rooms) + area:rooms",
                "price ~ poly(area, 2) + scale(rooms) + city + sold + I(rooms^2):sold",
                "price ~ area + offset(rooms) + day",
                "price ~ area + rooms + I(area + 2 * rooms)",
            ];
            return FitTests.OnTables(formulas);
        }
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Heteroskedastic_errors_of_the_engine_are_those_of_the_rows(string url, bool hasBooleans, string formula)
    {
        foreach (string kind in s_heteroskedastic)
        {
            Near(url, hasBooleans, formula, new FitOptions(), kind, Ordinary);
        }
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Clustered_errors_of_the_engine_are_those_of_the_rows(string url, bool hasBooleans, string formula)
    {
        foreach (string kind in (string[])["CR0:day", "CR1:rooms", "CR1:zip,day"])
        {
            Near(url, hasBooleans, formula, new FitOptions(), kind, Ordinary);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Values_near_a_hundred_million_keep_eight_digits(string url, bool hasBooleans)
    {
        foreach (string kind in (string[])["HC1", "HC3", "HC4", "CR1:rooms"])
        {
            Near(url, hasBooleans, "price ~ area + far + C(zip):far", new FitOptions(), kind, FarAway);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Weights_of_every_kind_count(string url, bool hasBooleans)
    {
        FitOptions[] weights =
        [
            new FitOptions { Weights = "weight" },
            new FitOptions { Weights = "times", WeightKind = WeightKind.Frequency },
            new FitOptions { Weights = "weight", WeightKind = WeightKind.Sampling },
        ];
        foreach (FitOptions options in weights)
        {
            foreach (string kind in (string[])["HC1", "HC2", "HC3", "HC4", "CR1:zip"])
            {
                Near(url, hasBooleans, "price ~ scale(area) + poly(rooms, 2) + city", options, kind, Ordinary);
            }
        }
        Near(url, hasBooleans, "price ~ area", weights[2], "classical", Ordinary);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Conventions_are_those_of_the_rows(string url, bool hasBooleans)
    {
        foreach (CovarianceConvention convention in Enum.GetValues<CovarianceConvention>())
        {
            foreach (string kind in (string[])["HC3", "CR0:rooms", "CR1:rooms,zip"])
            {
                var options = new FitOptions { Covariance = CovarianceOptions.Parse(kind) with { Convention = convention } };
                using DatabaseSource source = DatabaseSource.Open(url);
                Same(LinearRegression.Fit("price ~ area", Sample.Table(hasBooleans), options), EngineRegression.Fit("price ~ area", source, options), Ordinary);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_row_of_leverage_one_leaves_HC3_undefined_and_is_counted(string url, bool hasBooleans)
    {
        _ = hasBooleans;
        int alone = Array.FindIndex(Sample.Rooms, static r => r == 8);
        using DatabaseSource source = DatabaseSource.Open(url, new DatabaseOptions { Where = $"rooms < 3 OR id = {alone}" });
        LinearModel model = EngineRegression.Fit("price ~ area + C(rooms)", source, new FitOptions { Covariance = CovarianceOptions.Parse("HC3") });
        Note note = Assert.Single(model.Notes, static n => n.Code == "leverage-one");
        Assert.Contains("a row has leverage 1", note.Text, StringComparison.Ordinal);
        Assert.All(model.Coefficients, static c => Assert.True(double.IsNaN(c.StandardError)));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void What_the_rows_refuse_the_engine_refuses(string url, bool hasBooleans)
    {
        _ = hasBooleans;
        Assert.Equal("missing-cluster", Refused("price ~ area", "CR1:city").Code);
        Assert.Contains("maybe", Refused("price ~ area", "CR1:rooms,maybe").Message, StringComparison.Ordinal);
        Assert.Equal("one-cluster", Refused("price ~ area", "CR1:rooms", "rooms = 3").Code);
        Assert.Equal("unknown-column", Refused("price ~ area", "CR1:rom").Code);
        Assert.Equal("not-in-engine", Refused("price ~ area", "newey-west:2").Code);
        Assert.Equal("not-in-engine", Refused("price ~ area", "bootstrap:10").Code);
        Assert.Contains("branches", Refused("price ~ C(big)", "HC0").Message, StringComparison.Ordinal);

        PlumblineException Refused(string formula, string kind, string? where = null)
        {
            using DatabaseSource source = DatabaseSource.Open(url, new DatabaseOptions { Where = where });
            return Assert.Throws<PlumblineException>(() => EngineRegression.Fit(formula, source, new FitOptions { Covariance = CovarianceOptions.Parse(kind) }));
        }
    }

    [Fact]
    public void Reading_is_enough()
    {
        foreach (string url in (string[])[Servers.Postgres("spread", "reader:secret"), Servers.ClickHouse("spread", "reader:secret"), Servers.ClickHouse("spread", "locked:secret")])
        {
            foreach (string kind in (string[])["HC3", "CR1:zip"])
            {
                Near(url, url.StartsWith("postgres", StringComparison.Ordinal), "price ~ area + C(zip)", new FitOptions(), kind, Ordinary);
            }
        }
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("clickhouse")]
    public void A_shard_that_is_killed_before_the_second_pass_is_an_error(string engine)
    {
        using DatabaseSource source = DatabaseSource.Open(engine == "postgres" ? Servers.Postgres("spread") : Servers.ClickHouse("spread"));
        var killer = new Killer(() => servers.Node(engine, "kill", 3));
        try
        {
            PlumblineException error = Assert.Throws<PlumblineException>(
                () => EngineRegression.Fit("price ~ area + C(zip)", source, new FitOptions { Covariance = CovarianceOptions.Parse("HC3") }, killer));
            Assert.Equal("connection", error.Code);
            Assert.Contains(engine == "postgres" ? "shard3" : $"{Servers.PortOfClickHouse(3) + 10}", error.Message, StringComparison.Ordinal);
            Assert.True(killer.HasKilled);
        }
        finally
        {
            servers.Node(engine, "up", 3);
        }
    }

    [Fact]
    public void Both_passes_see_one_state_of_the_data_in_postgres_and_in_clickhouse_a_change_is_refused()
    {
        var options = new FitOptions { Covariance = CovarianceOptions.Parse("HC1") };
        Servers.Run(1, "DROP TABLE IF EXISTS busy; CREATE TABLE busy AS SELECT price, area FROM sample LIMIT 500");
        using (DatabaseSource source = DatabaseSource.Open(Servers.Postgres("busy")))
        {
            LinearModel model = EngineRegression.Fit("price ~ area", source, options, new Killer(static () => Servers.Run(1, "INSERT INTO busy VALUES (0, 1000)")));
            Assert.Equal(500, model.Rows.Used);
            using DatabaseSource before = DatabaseSource.Open(Servers.Postgres("busy"), new DatabaseOptions { Where = "price <> 0" });
            Same(LinearRegression.Fit("price ~ area", before, options), model, Ordinary);
        }
        ClickHouseRows.Run(1, "DROP TABLE IF EXISTS busy");
        ClickHouseRows.Run(1, "CREATE TABLE busy ENGINE = MergeTree() ORDER BY area AS SELECT price, area FROM sample LIMIT 500");
        using DatabaseSource written = DatabaseSource.Open(Servers.ClickHouse("busy"));
        PlumblineException error = Assert.Throws<PlumblineException>(
            () => EngineRegression.Fit("price ~ area", written, options, new Killer(static () => ClickHouseRows.Run(1, "INSERT INTO busy VALUES (0, 1000)"))));
        Assert.Equal("table-changed", error.Code);
    }

    private static void Near(string url, bool hasBooleans, string formula, FitOptions options, string kind, double tolerance)
    {
        options = options with { Covariance = CovarianceOptions.Parse(kind) };
        using DatabaseSource source = DatabaseSource.Open(url);
        Same(LinearRegression.Fit(formula, Sample.Table(hasBooleans), options), EngineRegression.Fit(formula, source, options), tolerance);
    }

    private static void Same(LinearModel expected, LinearModel found, double tolerance)
    {
        Assert.Equal(expected.Coefficients.Select(static c => c.Name), found.Coefficients.Select(static c => c.Name));
        foreach ((Coefficient a, Coefficient b) in expected.Coefficients.Zip(found.Coefficients))
        {
            Assert.True(double.IsNaN(a.StandardError) ? double.IsNaN(b.StandardError) : Math.Abs(a.StandardError - b.StandardError) <= tolerance * a.StandardError, $"{expected.CovarianceKind}, {expected.Formula}: error of {a.Name}: {a.StandardError:R} and {b.StandardError:R}");
            Assert.Equal(a.Df, b.Df);
        }
        if (expected.F is { } f && !double.IsNaN(f.Value))
        {
            Assert.Equal(1, found.F!.Value / f.Value, 100 * tolerance);
            Assert.Equal(f.Df2, found.F.Df2);
        }
        CovarianceDetails details = expected.CovarianceDetails, other = found.CovarianceDetails;
        Assert.Equal((details.Kind, details.Factor, details.FactorFormula, details.DfFormula, details.Convention), (other.Kind, other.Factor, other.FactorFormula, other.DfFormula, other.Convention));
        Assert.Equal(details.Clusters, other.Clusters);
        Assert.Equal(expected.Notes.Where(static n => n.Code is "few-clusters" or "singular-covariance" or "negative-variance").Select(static n => n.Text), found.Notes.Where(static n => n.Code is "few-clusters" or "singular-covariance" or "negative-variance").Select(static n => n.Text));
        Assert.NotNull(found.Engine);
    }

    /// <summary>Does something when the first pass is done.</summary>
    private sealed class Killer(Action act) : IProgress<double>
    {
        public bool HasKilled { get; private set; }

        public void Report(double value)
        {
            if (value is >= 0.5 and < 1 && !HasKilled)
            {
                HasKilled = true;
                act();
            }
        }
    }
}
