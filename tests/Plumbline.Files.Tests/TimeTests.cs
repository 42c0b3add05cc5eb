using System.Globalization;
using System.Text;
using CsCheck;

namespace Plumbline.Files.Tests;

/// <summary>Dates and times come as numbers that say what they count.</summary>
public sealed class TimeTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<int> Engines => [(int)CsvEngine.Managed, (int)CsvEngine.Duck];

    public void Dispose() => _scratch.Dispose();

    private static FileSourceOptions With(int engine) => new() { Engine = (CsvEngine)engine };

    private static double? Timestamp(string text) => TimeText.TryTimestamp(Encoding.UTF8.GetBytes(text), out double seconds) ? seconds : null;

    private static double? Date(string text) => TimeText.TryDate(Encoding.UTF8.GetBytes(text), out double days) ? days : null;

    [Theory]
    [InlineData("1970-01-01", 0.0)]
    [InlineData(" 2024-05-01 ", 19844.0)]
    [InlineData("1969-12-31", -1.0)]
    [InlineData("2024-02-29", 19782.0)]
    [InlineData("0001-01-01", -719162.0)]
    [InlineData("9999-12-31", 2932896.0)]
    [InlineData("2023-02-29", null)]
    [InlineData("2024-13-01", null)]
    [InlineData("2024-5-1", null)]
    [InlineData("2024-05-01x", null)]
    [InlineData("2024/05/01", null)]
    [InlineData("01-05-2024", null)]
    [InlineData("20240501", null)]
    [InlineData("0000-01-01", null)]
    [InlineData("", null)]
    public void Dates_are_days(string text, double? days) => Assert.Equal(days, Date(text));

    [Theory]
    [InlineData("1970-01-01", 0.0)]
    [InlineData("2024-05-01 12:30", 1714566600.0)]
    [InlineData("2024-05-01T12:30:15", 1714566615.0)]
    [InlineData("2024-05-01T12:30:15Z", 1714566615.0)]
    [InlineData("2024-05-01T12:30:15+00:00", 1714566615.0)]
    [InlineData("2024-05-01 12:30:15.25", 1714566615.25)]
    [InlineData("2024-05-01 12:30:15.123456789Z", 1714566615.123456789)]
    [InlineData("1969-12-31 23:59:59.5", -0.5)]
    [InlineData("2024-05-01 12:30+02:00", 1714559400.0)]
    [InlineData("2024-05-01 12:30-0230", 1714575600.0)]
    [InlineData("2024-05-01 12:30:00+02", 1714559400.0)]
    [InlineData("2024-05-01 24:00", null)]
    [InlineData("2024-05-01 12", null)]
    [InlineData("2024-05-01 12:60", null)]
    [InlineData("2024-05-01 12:30:60", null)]
    [InlineData("2024-05-01 12:30:15.", null)]
    [InlineData("2024-05-01 12:30:15.1234567891", null)]
    [InlineData("2024-05-01  12:30", null)]
    [InlineData("2024-05-01 12:30+2", null)]
    [InlineData("2024-05-01 12:30 PM", null)]
    [InlineData("2024-05-01T", null)]
    public void Timestamps_are_seconds(string text, double? seconds) => Assert.Equal(seconds, Timestamp(text));

    [Fact]
    public void Any_timestamp_is_the_nearest_double()
    {
        Gen.Select(Gen.Long[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks], Gen.Int[0, 7]).Sample((ticks, decimals) =>
        {
            var time = new DateTime(ticks - (ticks % (long)Math.Pow(10, 7 - decimals)), DateTimeKind.Utc);
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss" + (decimals > 0 ? "." + new string('f', decimals) : ""), CultureInfo.InvariantCulture);
            double nearest = double.Parse($"{time.Ticks - DateTime.UnixEpoch.Ticks}e-7", CultureInfo.InvariantCulture);
            Assert.Equal(nearest, Timestamp(text));
            Assert.Equal(nearest, TimeNumbers.Of(time));
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Columns_of_CSV_are_dates_when_all_values_are(int engine)
    {
        string path = _scratch.Write(
            "a.csv",
            "day,time,both,text,number\n2024-05-01,2024-05-01 12:30,2024-05-01,2024-05-01,20240501\nNA,,\"2024-05-02T06:00Z\",May 1,1\n\"1969-12-31\",2024-05-01T12:30:15.5,NA,2024-05-01,2\n");
        using FileSource source = FileSource.Open(path, With(engine));
        Assert.Equal(
            [ColumnType.DateTime, ColumnType.DateTime, ColumnType.DateTime, ColumnType.Text, ColumnType.Number], source.Columns.Select(column => column.Type));
        Assert.Equal([TimeNumbers.Days, TimeNumbers.Seconds, TimeNumbers.Seconds, null, null], source.Columns.Select(column => column.TimeUnit));
        Assert.Equal([0, ColumnInfo.DoubleUnit, ColumnInfo.DoubleUnit, 0, ColumnInfo.DoubleUnit], source.Columns.Select(column => column.Unit));
        Assert.All(source.Columns.Take(3), column => Assert.True(column.IsNumeric));
        double[][] values = source.All("day", "time", "both");
        Reading.Same([19844, double.NaN, -1], values[0]);
        Reading.Same([1714566600, double.NaN, 1714566615.5], values[1]);
        Reading.Same([1714521600, 1714629600, double.NaN], values[2]);
        Assert.Equal(["2024-05-01", "May 1", "2024-05-01"], source.Texts("text"));
    }

    [Theory]
    [InlineData("2024-05-01", "01.05.2024")]
    [InlineData("2024-05-01", "2024-05-01 12:30")]
    [InlineData("2024-05-01 12:30", "noon")]
    public void What_comes_later_and_is_no_date_is_told_with_its_line(string first, string later)
    {
        string rows = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{first}\n"));
        foreach (int engine in Engines)
        {
            string path = _scratch.Write("a.csv", $"x,d\n{rows}1,{later}\n2,{first}\n");
            PlumblineException error = Reading.Fault(path, With(engine), "d");
            Assert.Equal(("not-a-date", 5002, "d"), (error.Code, error.Line, error.Column));
            Assert.Contains($"'{later}' is not a date", error.Message, StringComparison.Ordinal);
            using FileSource source = FileSource.Open(path, With(engine));
            Assert.Equal("not-a-date", Assert.Throws<PlumblineException>(() => source.Parallel(2, "x", "d")).Code);
        }
        string json = _scratch.Write("a.jsonl", string.Concat(Enumerable.Range(0, 5000).Select(_ => $"{{\"d\":\"{first}\"}}\n")) + $"{{\"d\":\"{later}\"}}\n");
        PlumblineException fault = Reading.Fault(json, null, "d");
        Assert.Equal(("not-a-date", 5001, "d", json), (fault.Code, fault.Line, fault.Column, fault.File));
    }

    [Theory]
    [InlineData("day >= date '2024-05-02'")]
    [InlineData("year(day) = 2024 and day <> '2024-05-01'")]
    [InlineData("time > timestamp '2024-05-01 00:00' and not early")]
    public void Conditions_know_dates_and_booleans(string where)
    {
        string csv = _scratch.Write("a.csv", "x,day,time,early\n1,2024-05-01,2024-05-01 06:00,true\n2,2024-05-02,2024-05-02 18:00,false\n3,NA,NA,NA\n");
        string json = _scratch.Write("a.jsonl", "{\"x\":1,\"day\":\"2024-05-01\",\"time\":\"2024-05-01 06:00\",\"early\":true}\n{\"x\":2,\"day\":\"2024-05-02\",\"time\":\"2024-05-02 18:00\",\"early\":false}\n");
        foreach (string path in new[] { csv, json })
        {
            using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = where });
            double[][] values = source.All("x", "day", "time", "early");
            Reading.Same([2], values[0]);
            Reading.Same([19845], values[1]);
            Reading.Same([1714672800], values[2]);
            Reading.Same([0], values[3]);
            Assert.Equal(values.Select(column => column[0]), source.Parallel(2, "x", "day", "time", "early").Select(column => column[0]));
        }
    }

    [Fact]
    public void Dates_and_times_of_parquet_are_numbers()
    {
        string path = _scratch.Copy(
            "select * from (values (date '2024-05-01', timestamp '2024-05-01 12:30:15.123456', '2024-05-01 12:30:15'::timestamp_s, '2024-05-01 12:30:15.123'::timestamp_ms, "
            + "'2024-05-01 12:30:15.123456789'::timestamp_ns, timestamptz '2024-05-01 12:30:15+02', time '12:30:15.5'), "
            + "(date '1969-12-31', timestamp '1600-01-01 00:00:00.000001', '1969-12-31 23:59:59'::timestamp_s, '1969-12-31 23:59:59.5'::timestamp_ms, "
            + "'1969-12-31 23:59:59.5'::timestamp_ns, timestamptz '1970-01-01 00:00:00+00', time '00:00'), "
            + "(null, null, null, null, null, null, null)) t(day, us, s, ms, ns, tz, tod)",
            "a.parquet",
            "format parquet");
        foreach (string? where in new[] { null, "day is null or day < '2030-01-01'" })
        {
            using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = where });
            Assert.All(source.Columns, column => Assert.Equal(ColumnType.DateTime, column.Type));
            Assert.Equal(
                [TimeNumbers.Days, TimeNumbers.Seconds, TimeNumbers.Seconds, TimeNumbers.Seconds, TimeNumbers.Seconds, TimeNumbers.Seconds, TimeNumbers.SecondsOfDay],
                source.Columns.Select(column => column.TimeUnit));
            double[][] values = source.All("day", "us", "s", "ms", "ns", "tz", "tod");
            Reading.Same([19844, -1, double.NaN], values[0]);
            Reading.Same([1714566615.123456, -11676096000 + 1e-6, double.NaN], values[1]);
            Reading.Same([1714566615, -1, double.NaN], values[2]);
            Reading.Same([1714566615.123, -0.5, double.NaN], values[3]);
            Reading.Same([1714566615.123456789, -0.5, double.NaN], values[4]);
            Reading.Same([1714559415, 0, double.NaN], values[5]);
            Reading.Same([45015.5, 0, double.NaN], values[6]);
        }
    }

    [Fact]
    public void Infinite_dates_of_SQL_are_infinite()
    {
        string path = _scratch.Copy("select * from (values (date 'infinity', timestamp '-infinity')) t(d, t)", "a.parquet", "format parquet");
        using FileSource source = FileSource.Open(path);
        Reading.Same([double.PositiveInfinity, double.NegativeInfinity], [source.All("d")[0][0], source.All("t")[0][0]]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("day > '2024-01-01'")]
    public void Folders_can_be_dates_and_booleans(string? where)
    {
        foreach (string day in new[] { "2024-05-01", "2024-05-02" })
        {
            _scratch.Write($"day={day}/late={(day.EndsWith('2') ? "true" : "false")}/a.csv", "x\n1\n");
        }
        using FileSource source = FileSource.Open(_scratch.Folder, new FileSourceOptions { Where = where });
        Assert.Equal([ColumnType.Number, ColumnType.DateTime, ColumnType.Boolean], source.Columns.Select(column => column.Type));
        Reading.Same([19844, 19845], source.All("day")[0]);
        Assert.Equal(["FALSE", "TRUE"], source.Texts("late"));
        using FileSource text = FileSource.Open(_scratch.Folder, new FileSourceOptions { Where = where, TextColumns = ["day"] });
        Assert.Equal(["2024-05-01", "2024-05-02"], text.Texts("day"));
    }
}
