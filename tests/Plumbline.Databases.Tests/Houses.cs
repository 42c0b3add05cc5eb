using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Plumbline.Databases.Tests;

/// <summary>Every fifth of the houses, as a table of both servers and in memory, with values taken out, and with a column of text.</summary>
internal static class Houses
{
    private const int Every = 5;

    static Houses()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "houses.csv"));
        Names = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(static (_, i) => i % Every == 0).Select(static line => line.Split(','))];
        Values = [.. Names.Select((_, c) => Array.ConvertAll(rows, r => double.Parse(r[c], CultureInfo.InvariantCulture)))];
        Take("age", 97);
        Take("sqft_lot", 53);
        Take("bathrooms", 71);
        Take("price", 301);
        double[] zips = Values[Array.IndexOf(Names, "zipcode")];
        Places = [.. zips.Select(static (zip, i) => i % 89 == 3 ? null : $"near '{zip % 10}' \\ \"ø\"")];
        Table table = new("houses");
        foreach ((string name, double[] values) in Names.Zip(Values))
        {
            table = table.With(name, values);
        }
        Table = table.With("place", Places);
    }

    /// <summary>The columns of numbers.</summary>
    public static string[] Names { get; }

    /// <summary>Their values; NaN where one is missing.</summary>
    public static double[][] Values { get; }

    /// <summary>The column <c>place</c>.</summary>
    public static string?[] Places { get; }

    /// <summary>All columns, in memory.</summary>
    public static Table Table { get; }

    /// <summary>Writes the table <c>houses</c>, in which <c>id</c> is the number of the row, from 1.</summary>
    public static void Load()
    {
        Servers.Run(1, $"CREATE TABLE houses (id int8, place text, {string.Join(", ", Names.Select(static n => $"\"{n}\" float8"))})");
        using (NpgsqlConnection connection = Servers.Connect(1))
        using (NpgsqlBinaryImporter rows = connection.BeginBinaryImport("COPY houses FROM STDIN (FORMAT BINARY)"))
        {
            for (int i = 0; i < Places.Length; i++)
            {
                rows.StartRow();
                rows.Write(i + 1L, NpgsqlDbType.Bigint);
                PostgresRows.Write(rows, Places[i], NpgsqlDbType.Text);
                foreach (double[] values in Values)
                {
                    PostgresRows.Write(rows, double.IsNaN(values[i]) ? null : values[i], NpgsqlDbType.Double);
                }
            }
            rows.Complete();
        }
        ClickHouseRows.Run(1, $"CREATE TABLE houses (id Int64, place Nullable(String), {string.Join(", ", Names.Select(static n => $"{n} Nullable(Float64)"))}) ENGINE = MergeTree() ORDER BY id");
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        for (int i = 0; i < Places.Length; i++)
        {
            writer.Write(i + 1L);
            writer.Write(Places[i] is null);
            if (Places[i] is { } place)
            {
                writer.Write(place);
            }
            foreach (double[] values in Values)
            {
                writer.Write(double.IsNaN(values[i]));
                if (!double.IsNaN(values[i]))
                {
                    writer.Write(values[i]);
                }
            }
        }
        writer.Flush();
        ClickHouseRows.Insert(1, "houses", memory.ToArray());
    }

    private static void Take(string name, int every)
    {
        double[] values = Values[Array.IndexOf(Names, name)];
        for (int i = every / 2; i < values.Length; i += every)
        {
            values[i] = double.NaN;
        }
    }
}
