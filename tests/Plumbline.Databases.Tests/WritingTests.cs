namespace Plumbline.Databases.Tests;

/// <summary>A table that somebody writes to while it is read.</summary>
public sealed class WritingTests
{
    private const string Formula = "price ~ area + C(zip)";

    [Fact]
    public void Postgres_reads_one_state_of_the_data()
    {
        Servers.Run(1, "CREATE TABLE growing AS SELECT * FROM sample");
        using (DatabaseSource source = DatabaseSource.Open(Servers.Postgres("growing")))
        {
            LinearModel first = EngineRegression.Fit(Formula, source, progress: new Each(static () => Servers.Run(1, "INSERT INTO growing SELECT * FROM sample LIMIT 10")));
            LinearModel second = LinearRegression.Fit(Formula, source);
            Assert.Equal((Sample.Rows, Sample.Rows), (first.Rows.Read, second.Rows.Read));
        }
        using (DatabaseSource later = DatabaseSource.Open(Servers.Postgres("growing")))
        {
            Assert.True(LinearRegression.Fit(Formula, later).Rows.Read > Sample.Rows);
        }
        Servers.Run(1, "DROP TABLE growing");
    }

    [Fact]
    public void Clickhouse_has_no_such_state_so_a_number_of_rows_that_changes_is_refused()
    {
        ClickHouseRows.Run(1, "CREATE TABLE growing (price Float64, area Float64, zip UInt32) ENGINE = MergeTree() ORDER BY zip");
        ClickHouseRows.Run(1, "INSERT INTO growing SELECT price, area, zip FROM sample");
        using DatabaseSource source = DatabaseSource.Open(Servers.ClickHouse("growing"));
        PlumblineException error = Assert.Throws<PlumblineException>(() => EngineRegression.Fit(
            Formula, source, progress: new Each(static () => ClickHouseRows.Run(1, "INSERT INTO growing SELECT price, area, zip FROM sample LIMIT 10"))));
        Assert.Equal("table-changed", error.Code);
        Assert.Contains("6000 rows were there for the first query and 6010 for a later one", error.Message, StringComparison.Ordinal);
        ClickHouseRows.Run(1, "DROP TABLE growing");
    }

    /// <summary>Does something whenever a part of the work is done, before the next begins.</summary>
    private sealed class Each(Action action) : IProgress<double>
    {
        public void Report(double value) => action();
    }
}
