using System.Text.Json;

namespace Plumbline.Tests;

/// <summary>
/// Formula → columns of the model, with R's <c>model.matrix</c> as the judge (Golden/coding.R made the table): names, terms and values,
/// of the exact coding and of what a fitted model makes of rows.
/// </summary>
public class CodingGoldenTests
{
    private const double Tolerance = 1e-13;

    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(TestFiles.Root, "tests", "Plumbline.Tests", "Formulas", "Golden", "coding.json"))).RootElement;

    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        foreach ((int index, JsonElement one) in Golden.GetProperty("cases").EnumerateArray().Index())
        {
            data.Add(index, $"{one.GetProperty("formula").GetString()} {Contrasts(one)}");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_are_those_of_R(int index, string formula)
    {
        JsonElement one = Golden.GetProperty("cases")[index];
        Assert.StartsWith(one.GetProperty("formula").GetString()!, formula, StringComparison.Ordinal);
        CategorySource source = Source();
        CodedRows rows = CodedRows.Of(one.GetProperty("formula").GetString()!, source, Contrasts(one));
        IReadOnlyList<CodedColumn> columns = rows.Coded.Columns;

        Assert.Equal(one.GetProperty("assign").EnumerateArray().Select(static a => a.GetInt32()), columns.Select(static c => c.Term));
        Assert.Equal(one.GetProperty("rows").GetArrayLength(), rows.Count);
        if (one.GetProperty("formula").GetString() == one.GetProperty("r").GetString())
        {
            Assert.Equal(Strings(one, "names"), columns.Select(static c => string.Join(':', c.Pieces.Select(static p => p.Variable + p.Level))), StringComparer.Ordinal);
            Assert.Equal(Strings(one, "terms"), rows.Coded.Terms.Select(static t => t.Name), StringComparer.Ordinal);
        }
        Assert.All(columns, static c => Assert.Equal(string.Join<CoefficientPiece>(':', c.Pieces), c.Name));
        double[][] expected = [.. one.GetProperty("columns").EnumerateArray().Select(Numbers)];
        Assert.Equal(expected.Length, columns.Count);
        for (int j = 0; j < expected.Length; j++)
        {
            AssertNear(expected[j], rows.Column(columns[j]), columns[j].Name);
        }
        double[] response = Numbers(one.GetProperty("response"));
        double[]? offset = one.TryGetProperty("offset", out JsonElement o) && o.ValueKind == JsonValueKind.Array ? Numbers(o) : null;
        Assert.Equal(offset is not null, rows.Coded.Offset is not null);
        AssertNear([.. response.Select((y, i) => y - (offset?[i] ?? 0))], rows.Column(rows.Coded.Response), "response");
        if (offset is not null)
        {
            AssertNear(offset, rows.Column(rows.Coded.Offset!.Value), "offset");
        }
        AssertFitted(rows.Fitted(), source, expected, response, offset, one);
    }

    [Fact]
    public void The_table_has_all_the_formulas() => Assert.InRange(Cases().Count, 150, 1000);

    private static void AssertFitted(FittedDesign design, CategorySource source, double[][] expected, double[] response, double[]? offset, JsonElement one)
    {
        var found = new List<double>[expected.Length];
        for (int j = 0; j < found.Length; j++)
        {
            found[j] = [];
        }
        var y = new List<double>();
        var offsets = new List<double>();
        var lines = new List<long>();
        foreach (ModelBlock block in new ModelRows(design, source).Read())
        {
            for (int j = 0; j < found.Length; j++)
            {
                found[j].AddRange(block.Column(j));
            }
            y.AddRange(block.Response);
            offsets.AddRange(block.Offset);
            lines.AddRange(block.RowNumbers.AsSpan(0, block.Rows));
        }
        Assert.Equal(one.GetProperty("rows").EnumerateArray().Select(static r => r.GetInt64()), lines);
        for (int j = 0; j < expected.Length; j++)
        {
            AssertNear(expected[j], [.. found[j]], design.Columns[j].Name);
        }
        AssertNear(response, [.. y], "response");
        AssertNear(offset ?? [], [.. offsets], "offset");
    }

    private static void AssertNear(double[] expected, double[] found, string name)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = Math.Max(expected.Length == 0 ? 0 : expected.Max(Math.Abs), 1e-300);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= Tolerance * scale, $"{name}, row {i + 1}: {expected[i]:R} in R, {found[i]:R} here.");
        }
    }

    private static CategorySource Source()
    {
        var source = new CategorySource();
        foreach (JsonProperty column in Golden.GetProperty("data").EnumerateObject())
        {
            switch (column.Value[0].ValueKind)
            {
                case JsonValueKind.String:
                    source.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.GetString())]);
                    break;
                case JsonValueKind.Number:
                    source.With(column.Name, Numbers(column.Value));
                    break;
                default:
                    source.With(column.Name, [.. column.Value.EnumerateArray().Select(static v => v.GetBoolean())]);
                    break;
            }
        }
        return source;
    }

    private static ContrastKind? Contrasts(JsonElement one) => one.TryGetProperty("contrasts", out JsonElement c) && c.ValueKind == JsonValueKind.String
        ? Enum.Parse<ContrastKind>(c.GetString()!, ignoreCase: true)
        : null;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static v => v.GetDouble())];

    private static IEnumerable<string> Strings(JsonElement one, string key) => one.GetProperty(key).EnumerateArray().Select(static v => v.GetString()!);
}
