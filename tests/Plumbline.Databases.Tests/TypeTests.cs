using System.Globalization;

namespace Plumbline.Databases.Tests;

/// <summary>Columns of the databases' types, as numbers and as categories: read, and in the engine.</summary>
public sealed class TypeTests
{
    private const int Rows = 210;
    private const double Engine = 1e-10;
    private const double FirstOf2020 = 1_577_836_800;       // seconds since 1970

    private static readonly Dictionary<string, Func<int, double>> s_postgresNumbers = new()
    {
        ["amount numeric(12,4)"] = static i => Decimal(i, 4),
        ["small smallint"] = static i => i % 7,
        ["whole integer"] = static i => i - 100,
        ["single real"] = static i => (float)(i / 8.0),
        ["wide double precision"] = static i => i / 8.0,
        ["clock time"] = static i => 3600 + (i * 2),
        ["plain timestamp"] = static i => FirstOf2020 + (i * 5400),
        ["zoned timestamptz"] = static i => FirstOf2020 + (i * 5400),
        ["day date"] = static i => 18_262 + i,
        ["length meters"] = static i => Decimal(i, 2),
    };

    private static readonly Dictionary<string, Func<int, string>> s_postgresTexts = new()
    {
        ["mood mood"] = static i => i % 3 == 0 ? "low" : "high",
        ["bracket age_range"] = static i => i % 3 == 0 ? "0-17" : "18+",
        ["flag boolean"] = static i => i % 3 == 0 ? "TRUE" : "FALSE",
        ["long text"] = static i => $"city {i % 4}",
        ["short varchar(9)"] = static i => $"city {i % 4}",
        ["padded char(9)"] = static i => $"city {i % 4}",
        ["key uuid"] = static i => $"00000000-0000-0000-0000-00000000000{i % 4}",
        ["label name_of_city"] = static i => $"city {i % 4}",
    };

    private static readonly Dictionary<string, Func<int, double>> s_clickHouseNumbers = new()
    {
        ["u1 UInt8"] = static i => i % 7,
        ["u2 UInt16"] = static i => i,
        ["u4 UInt32"] = static i => i * 1000,
        ["i1 Int8"] = static i => (i % 7) - 3,
        ["i2 Int16"] = static i => i - 100,
        ["i4 Int32"] = static i => i - 100,
        ["i8 Int64"] = static i => i - 100,
        ["f4 Float32"] = static i => (float)(i / 8.0),
        ["f8 Float64"] = static i => i / 8.0,
        ["amount Decimal(12, 4)"] = static i => Decimal(i, 4),
        ["day Date"] = static i => 18_262 + i,
        ["stamp DateTime"] = static i => FirstOf2020 + (i * 5400),
        ["maybe Nullable(Float64)"] = static i => i % 5 == 0 ? double.NaN : i / 8.0,
        ["maybeWhole Nullable(Int32)"] = static i => i % 5 == 0 ? double.NaN : i,
    };

    private static readonly Dictionary<string, Func<int, string>> s_clickHouseTexts = new()
    {
        ["mood Enum8('low' = 1, 'high' = 2)"] = static i => i % 3 == 0 ? "low" : "high",
        ["word String"] = static i => $"city {i % 4}",
        ["fixedWord FixedString(6)"] = static i => $"city {i % 4}",
        ["maybeWord Nullable(String)"] = static i => $"city {i % 4}",
        ["coded LowCardinality(String)"] = static i => $"city {i % 4}",
        ["maybeCoded LowCardinality(Nullable(String))"] = static i => $"city {i % 4}",
    };

    [Fact]
    public void Types_of_postgres_are_read_and_computed_as_what_they_are()
    {
        Servers.Run(1, "CREATE TYPE mood AS ENUM ('low', 'high'); CREATE TYPE age_range AS ENUM ('0-17', '18+'); CREATE DOMAIN meters AS numeric(10,2); CREATE DOMAIN name_of_city AS text");
        Servers.Run(1, $"CREATE TABLE kinds (y double precision, {string.Join(", ", s_postgresNumbers.Keys.Concat(s_postgresTexts.Keys))})");
        foreach (int i in Enumerable.Range(1, Rows))
        {
            IEnumerable<string> numbers = s_postgresNumbers.Select(n => Postgres(n.Key.Split(' ', 2)[1], n.Value(i)));
            Servers.Run(1, $"INSERT INTO kinds VALUES ({Y(i)}, {string.Join(", ", numbers.Concat(s_postgresTexts.Values.Select(t => $"'{t(i)}'")))})");
        }
        Compare(Servers.Postgres("kinds"), s_postgresNumbers, s_postgresTexts);
    }

    [Fact]
    public void Types_of_clickhouse_are_read_and_computed_as_what_they_are()
    {
        ClickHouseRows.Run(1, $"CREATE TABLE kinds (y Float64, {string.Join(", ", s_clickHouseNumbers.Keys.Concat(s_clickHouseTexts.Keys))}) ENGINE = MergeTree() ORDER BY y");
        var rows = new List<string>();
        foreach (int i in Enumerable.Range(1, Rows))
        {
            IEnumerable<string> numbers = s_clickHouseNumbers.Select(n => ClickHouse(n.Key.Split(' ', 2)[1], n.Value(i)));
            rows.Add($"({Y(i)}, {string.Join(", ", numbers.Concat(s_clickHouseTexts.Values.Select(t => $"'{t(i)}'")))})");
        }
        ClickHouseRows.Run(1, $"INSERT INTO kinds VALUES {string.Join(", ", rows)}");
        Compare(Servers.ClickHouse("kinds"), s_clickHouseNumbers, s_clickHouseTexts);
    }

    [Fact]
    public void Columns_of_several_values_are_refused_by_their_type_unless_read_as_text()
    {
        Servers.Run(1, "CREATE TABLE compounds (y double precision, list integer[], object jsonb, plain json, raw bytea, span int4range, dates datemultirange)");
        Servers.Run(1, "INSERT INTO compounds SELECT i, ARRAY[i % 2], jsonb_build_object('a', i % 2), json_build_object('a', i % 2), decode('0' || i % 2, 'hex'), int4range(0, 1 + i % 2), '{}' FROM generate_series(1, 10) AS i");
        Refused(Servers.Postgres("compounds"), ("list", "integer[]"), ("object", "jsonb"), ("plain", "json"), ("raw", "bytea"), ("span", "int4range"), ("dates", "datemultirange"));
        ClickHouseRows.Run(1, "CREATE TABLE compounds (y Float64, list Array(Int32), pair Tuple(Int8, String)) ENGINE = MergeTree() ORDER BY y");
        ClickHouseRows.Run(1, "INSERT INTO compounds VALUES (1, [1], (1, 'a')), (2, [2], (1, 'a')), (3, [1], (1, 'b')), (4, [2], (1, 'b'))");
        Refused(Servers.ClickHouse("compounds"), ("list", "Array(Int32)"), ("pair", "Tuple(Int8, String)"));
    }

    private static void Refused(string url, params (string Column, string Type)[] columns)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        foreach ((string column, string type) in columns)
        {
            foreach (Func<LinearModel> fit in (Func<LinearModel>[])[() => LinearRegression.Fit($"y ~ {column}", source), () => EngineRegression.Fit($"y ~ {column}", source)])
            {
                PlumblineException error = Assert.Throws<PlumblineException>(fit);
                Assert.Equal("unsupported-type", error.Code);
                Assert.Equal(column, error.Column);
                Assert.Contains($"`{column}` is of type {type}", error.Message, StringComparison.Ordinal);
            }
        }
        Assert.Single(LinearRegression.Fit("y ~ 1", source).Coefficients);
        using DatabaseSource text = DatabaseSource.Open(url, new DatabaseOptions { TextColumns = ["list"] });
        Assert.Equal(2, LinearRegression.Fit("y ~ list", text).Coefficients.Count);
    }

    private static void Compare(string url, Dictionary<string, Func<int, double>> numbers, Dictionary<string, Func<int, string>> texts)
    {
        int[] all = [.. Enumerable.Range(1, Rows)];
        Table table = new Table("kinds").With("y", [.. all.Select(Y)]);
        foreach ((string column, Func<int, double> value) in numbers)
        {
            table = table.With(column.Split(' ')[0], [.. all.Select(value)]);
        }
        foreach ((string column, Func<int, string> value) in texts)
        {
            table = table.With(column.Split(' ')[0], [.. all.Select(value)]);
        }
        using DatabaseSource source = DatabaseSource.Open(url);
        foreach (string column in numbers.Keys.Concat(texts.Keys))
        {
            string formula = $"y ~ {column.Split(' ')[0]}";
            LinearModel expected = LinearRegression.Fit(formula, table), read = LinearRegression.Fit(formula, source), summed = EngineRegression.Fit(formula, source);
            Assert.Equal(expected.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError)), read.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError)));
            Assert.Equal(expected.Rows.Used, summed.Rows.Used);
            Assert.Equal(expected.Coefficients.Select(static c => c.Name), summed.Coefficients.Select(static c => c.Name));
            Assert.All(expected.Coefficients.Zip(summed.Coefficients), pair =>
                Assert.True(Math.Abs(pair.First.Estimate - pair.Second.Estimate) <= Engine * (Math.Abs(pair.First.Estimate) + pair.First.StandardError), $"{column}: {pair.First.Estimate:R}, and {pair.Second.Estimate:R}"));
        }
    }

    private static double Y(int i) => i * 37 % 101;

    private static double Decimal(int i, int places) => double.Parse(DecimalText(i, places), CultureInfo.InvariantCulture);

    private static string DecimalText(int i, int places) => (i / 7.0).ToString($"F{places}", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Postgres(string type, double value) => type switch
    {
        "time" => $"TIME '00:00' + interval '1 second' * {Text(value)}",
        "timestamp" or "timestamptz" => $"timezone('UTC', to_timestamp({Text(value)}))",
        "date" => $"DATE '1970-01-01' + {Text(value)}::int4",
        _ => Text(value),
    };

    private static string ClickHouse(string type, double value) => type switch
    {
        "Date" => $"'{DateOnly.FromDayNumber((int)value + new DateOnly(1970, 1, 1).DayNumber):yyyy-MM-dd}'",
        "DateTime" => $"'{DateTime.UnixEpoch.AddSeconds(value):yyyy-MM-dd HH:mm:ss}'",
        _ => double.IsNaN(value) ? "NULL" : Text(value),
    };
}
