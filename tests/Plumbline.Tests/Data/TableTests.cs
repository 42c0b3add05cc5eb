using System.Data;

namespace Plumbline.Tests;

/// <summary>Tables in memory: what goes in comes out, exactly, and without copying.</summary>
public class TableTests
{
    private sealed record House(string City, double Price, int? Rooms);

    private static NumberColumn Only(Table table, string column) => table.Read([column], null, CancellationToken.None).Single()[0];

    [Fact]
    public void Arrays_are_viewed_not_copied()
    {
        double[] x = [1, 2, 3];
        Table table = Table.FromColumns(("x", x), ("y", [4, 5, 6])).With("z", [7.0, 8, 9]);
        Assert.Equal(["x", "y", "z"], table.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal(3, table.Rows);
        Assert.True(Only(table, "x").High.Overlaps(x));
        Assert.False(Only(new Table().With("x", x.AsSpan()), "x").High.Overlaps(x));
        Assert.True(Only(new Table().With("x", x), "x").High.Overlaps(x));
    }

    [Fact]
    public void Adding_a_column_leaves_the_table_as_it_was()
    {
        var empty = new Table("houses");
        Table one = empty.With("n", [1L, 2L]);
        Assert.Empty(empty.Columns);
        Assert.Equal("houses", one.Name);
        Assert.Equal("flats", one.Named("flats").Name);
        Assert.Equal(2, one.Rows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9007199254740993)]
    [InlineData(-9007199254740993)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1234567890123456789)]
    public void Whole_numbers_are_exact(long value)
    {
        Table table = new Table().With("n", [value, 1L]);
        NumberColumn column = Only(table, "n");
        Int128 sum = (Int128)column.High[0] + (column.HasLow ? (Int128)column.Low[0] : 0);
        Assert.Equal((Int128)value, sum);
        Assert.Equal(ColumnType.Integer, table.Columns[0].Type);
        Assert.Equal(0, table.Columns[0].Unit);
    }

    [Fact]
    public void Small_whole_numbers_have_no_low_part() => Assert.False(Only(new Table().With("n", [1L << 53, -5L]), "n").HasLow);

    [Fact]
    public void Types_say_how_finely_values_are_rounded()
    {
        Table table = new Table().With("d", [0.1]).With("f", [0.1f]).With("i", [3]).With("t", ["a"]);
        Assert.Equal([ColumnType.Number, ColumnType.Number, ColumnType.Integer, ColumnType.Text], table.Columns.Select(static c => c.Type));
        Assert.Equal([ColumnInfo.DoubleUnit, ColumnInfo.SingleUnit, 0, 0], table.Columns.Select(static c => c.Unit));
        Assert.Equal((double)0.1f, Only(table, "f").High[0]);
    }

    [Fact]
    public void Records_become_rows_and_null_is_missing()
    {
        House[] houses = [new("Rome", 1.5, 3), new("Oslo", 2.5, null)];
        Table table = Table.FromRecords(houses, ("price", static h => h.Price), ("rooms", static h => h.Rooms));
        Assert.Equal([1.5, 2.5], Only(table, "price").High.ToArray());
        Assert.Equal([3, double.NaN], Only(table, "rooms").High.ToArray());
    }

    [Fact]
    public void A_reader_is_read_by_its_types()
    {
        using var data = new DataTable();
        data.Columns.Add("i16", typeof(short));
        data.Columns.Add("i64", typeof(long));
        data.Columns.Add("u64", typeof(ulong));
        data.Columns.Add("f", typeof(float));
        data.Columns.Add("d", typeof(double));
        data.Columns.Add("m", typeof(decimal));
        data.Columns.Add("b", typeof(bool));
        data.Columns.Add("s", typeof(string));
        data.Columns.Add("t", typeof(DateTime));
        data.Rows.Add((short)-7, long.MaxValue, ulong.MaxValue, 0.1f, 0.1, 123456789012.345678m, true, "x", new DateTime(2015, 1, 2));
        data.Rows.Add(DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value);
        Table table = Table.FromReader(data.CreateDataReader());

        Assert.Equal("query", table.Name);
        Assert.Equal(2, table.Rows);
        Assert.Equal(
            [
                ColumnType.Integer, ColumnType.Integer, ColumnType.Integer, ColumnType.Number, ColumnType.Number, ColumnType.Number,
                ColumnType.Boolean, ColumnType.Text, ColumnType.DateTime,
            ],
            table.Columns.Select(static c => c.Type));
        Assert.Equal([-7, double.NaN], Only(table, "i16").High.ToArray());
        Assert.Equal((Int128)long.MaxValue, (Int128)Only(table, "i64").High[0] + (Int128)Only(table, "i64").Low[0]);
        Assert.Equal((Int128)ulong.MaxValue, (Int128)Only(table, "u64").High[0] + (Int128)Only(table, "u64").Low[0]);
        Assert.True(double.IsNaN(Only(table, "u64").High[1]));
        Assert.Equal(ColumnInfo.SingleUnit, table.Columns[3].Unit);
        Assert.Equal(0.1f, Only(table, "f").High[0]);
        Assert.Equal(123456789012.345678, Only(table, "m").High[0]);
        Assert.Equal([1, double.NaN], Only(table, "b").High.ToArray());
        Assert.Equal([0, double.NaN], Only(table, "s").High.ToArray());
        Assert.Equal(["x"], table.LevelsOf("s")!.ToArray());
        Assert.Equal([16437 * 86400.0, double.NaN], Only(table, "t").High.ToArray());
        Assert.Equal(TimeNumbers.Seconds, table.Columns[8].TimeUnit);
    }

    [Fact]
    public void A_reader_knows_all_kinds_of_dates_and_times()
    {
        using var data = new DataTable();
        data.Columns.Add("day", typeof(DateOnly));
        data.Columns.Add("offset", typeof(DateTimeOffset));
        data.Columns.Add("time", typeof(TimeOnly));
        data.Columns.Add("span", typeof(TimeSpan));
        data.Rows.Add(new DateOnly(2024, 5, 1), new DateTimeOffset(2024, 5, 1, 2, 0, 0, TimeSpan.FromHours(2)), new TimeOnly(0, 1, 0, 500), TimeSpan.FromSeconds(1.5));
        Table table = Table.FromReader(data.CreateDataReader());
        Assert.Equal([19844, 1714521600, 60.5, 1.5], table.Columns.Select(column => Only(table, column.Name).High[0]));
        Assert.Equal(
            [TimeNumbers.Days, TimeNumbers.Seconds, TimeNumbers.SecondsOfDay, TimeNumbers.SecondsOfDay],
            table.Columns.Select(static column => column.TimeUnit),
            StringComparer.Ordinal);
        Assert.All(table.Columns, static column => Assert.True(column.IsNumeric));
    }

    [Fact]
    public void Text_booleans_and_dates_are_codes_and_numbers()
    {
        Table table = new Table()
            .With("t", ["b", null, "a", "b"])
            .With("b", [true, false, true, true])
            .With("c", [null, false, true, (bool?)null])
            .With("d", [new DateOnly(2024, 5, 1), new DateOnly(1969, 12, 31), default, DateOnly.MaxValue])
            .With("e", [new DateOnly(2024, 5, 1), (DateOnly?)null, null, null])
            .With("s", [new DateTime(2024, 5, 1, 12, 30, 0, 250), DateTime.UnixEpoch, default, DateTime.MaxValue])
            .With("u", [(DateTime?)null, DateTime.UnixEpoch, null, null]);
        Assert.Equal([0, double.NaN, 1, 0], Only(table, "t").High.ToArray());
        Assert.Equal(["b", "a"], table.LevelsOf("t")!.ToArray());
        Assert.Equal([1, 0, 1, 1], Only(table, "b").High.ToArray());
        Assert.Equal([double.NaN, 0, 1, double.NaN], Only(table, "c").High.ToArray());
        Assert.Equal(["FALSE", "TRUE"], table.LevelsOf("c")!.ToArray());
        Assert.Equal([19844, -1, -719162, 2932896], Only(table, "d").High.ToArray());
        Assert.Equal([19844, double.NaN, double.NaN, double.NaN], Only(table, "e").High.ToArray());
        Assert.Equal([1714566600.25, 0, -62135596800, 253402300799.9999999], Only(table, "s").High.ToArray());
        Assert.Equal([double.NaN, 0, double.NaN, double.NaN], Only(table, "u").High.ToArray());
        Assert.Null(table.LevelsOf("d"));
        Assert.Equal("unknown-column", Assert.Throws<PlumblineException>(() => table.LevelsOf("x")).Code);
        // The codes of a column stay what they are, in another table with it too.
        Assert.Same(table.LevelsOf("t"), table.Named("other").With("x", [1.0, 2, 3, 4]).LevelsOf("t"));
    }

    [Fact]
    public void A_local_time_is_converted_and_one_of_no_kind_is_not()
    {
        var time = new DateTime(2024, 5, 1, 12, 30, 0, DateTimeKind.Unspecified);
        Assert.Equal(1714566600, TimeNumbers.Of(time));
        Assert.Equal(1714566600, TimeNumbers.Of(DateTime.SpecifyKind(time, DateTimeKind.Utc).ToLocalTime()));
    }

    [Fact]
    public void A_reader_with_bytes_is_refused_by_name()
    {
        using var data = new DataTable();
        data.Columns.Add("blob", typeof(byte[]));
        var error = Assert.Throws<PlumblineException>(() => Table.FromReader(data.CreateDataReader()));
        Assert.Equal("unsupported-type", error.Code);
        Assert.Equal("blob", error.Column);
    }

    [Fact]
    public void Lengths_and_names_are_checked()
    {
        var unequal = Assert.Throws<PlumblineException>(() => Table.FromColumns(("x", [1, 2, 3]), ("y", [1, 2])));
        Assert.Equal("unequal-lengths", unequal.Code);
        Assert.Equal("y", unequal.Column);
        Assert.Contains("has 2 values, and column `x` has 3", unequal.Message, StringComparison.Ordinal);
        var twice = Assert.Throws<PlumblineException>(() => new Table().With("x", [1.0]).With("x", [2.0]));
        Assert.Equal("duplicate-column", twice.Code);
        var unknown = Assert.Throws<PlumblineException>(() => new Table().With("price", [1.0]).Read(["prise"], null, default));
        Assert.Equal("unknown-column", unknown.Code);
        Assert.Contains("`price`", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_cover_the_rows_in_order_and_progress_ends_at_one()
    {
        double[] x = [.. Enumerable.Range(0, 10_001).Select(static i => (double)i)];
        var told = new List<double>();
        long next = 0;
        foreach (RowBlock block in Table.FromColumns(("x", x)).Read(["x", "x"], new Told(told), CancellationToken.None))
        {
            Assert.Equal(next, block.FirstRow);
            Assert.Equal(next, block[1].High[0]);
            Assert.Equal(block.Rows, block[0].Length);
            next += block.Rows;
        }
        Assert.Equal(10_001, next);
        Assert.Equal(1, told[^1]);
        Assert.Empty(new Table().With("x", ReadOnlySpan<double>.Empty).Read(["x"], null, default));
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Table().With("x", [1.0]).Read(["x"], null, source.Token).Count());
    }

    private sealed class Told(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
