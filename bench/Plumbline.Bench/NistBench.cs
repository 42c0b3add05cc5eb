using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.LinearRegression;

namespace Plumbline.Bench;

/// <summary>Fits the NIST data sets with Plumbline and Math.NET; JSON lines as bench/peers/nist.py writes them.</summary>
internal static class NistBench
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Run(string folder)
    {
        using JsonDocument certified = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "certified.json")));
        foreach (JsonProperty set in certified.RootElement.EnumerateObject())
        {
            string formula = set.Value.GetProperty("formula").GetString()!;
            Table table = Read(Path.Combine(folder, set.Value.GetProperty("file").GetString()!));
            string written = System.Text.RegularExpressions.Regex.Replace(formula, @"\bx\^(?<power>\d+)", "I(x^${power})", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            foreach (Arithmetic arithmetic in Enum.GetValues<Arithmetic>())
            {
                LinearModel model = LinearRegression.Fit(written, table, new FitOptions { Arithmetic = arithmetic });
                Write(arithmetic == Arithmetic.Exact ? "Plumbline" : "Plumbline (fast)", Version(typeof(LinearModel)), set.Name,
                    InOrder(set.Value, model, static c => c.Estimate), InOrder(set.Value, model, static c => c.StandardError));
            }
            bool intercept = set.Value.GetProperty("intercept").GetBoolean();
            (double[][] x, double[] y) = Matrix(table, formula, intercept);
            foreach ((string name, DirectRegressionMethod method) in new[] { ("Math.NET (QR)", DirectRegressionMethod.QR), ("Math.NET (normal equations)", DirectRegressionMethod.NormalEquations), ("Math.NET (SVD)", DirectRegressionMethod.Svd) })
            {
                Write(name, Version(typeof(MultipleRegression)), set.Name, Solve(x, y, method), null);
            }
        }
    }

    /// <summary>In the order of the certified coefficients; null for a column that got none.</summary>
    private static double?[] InOrder(JsonElement set, LinearModel model, Func<Coefficient, double> value) =>
    [
        .. set.GetProperty("coefficients").EnumerateArray().Select(certified =>
        {
            string name = certified.GetProperty("name").GetString()!;
            Coefficient? found = model.Coefficients.FirstOrDefault(c => c.Name == name || c.Name == $"I({name})");
            return found is null ? null : (double?)value(found);
        }),
    ];

    private static double?[] Solve(double[][] x, double[] y, DirectRegressionMethod method)
    {
        try
        {
            return [.. MultipleRegression.DirectMethod(x, y, intercept: false, method).Select(static v => double.IsFinite(v) ? v : (double?)null)];
        }
        catch (ArgumentException)
        {
            return new double?[x[0].Length];      // "matrix must be positive definite": no answer
        }
    }

    private static (double[][] X, double[] Y) Matrix(Table table, string formula, bool intercept)
    {
        string[] names = [.. table.Columns.Select(static c => c.Name)];
        double[][] columns = [.. table.Read(names, null, default).SelectMany(block => Enumerable.Range(0, names.Length).Select(c => block[c].High.ToArray()))];
        var terms = formula.Split('~')[1].Split('+', StringSplitOptions.TrimEntries).Where(static t => t != "0")
            .Select(static t => t.Split('^')).Select(t => (Column: columns[Array.IndexOf(names, t[0])], Power: t.Length > 1 ? int.Parse(t[1]) : 1)).ToArray();
        double[][] x = [.. Enumerable.Range(0, columns[0].Length).Select(i =>
            (double[])[.. intercept ? [1.0] : Array.Empty<double>(), .. terms.Select(t => Math.Pow(t.Column[i], t.Power))])];
        return (x, columns[Array.IndexOf(names, "y")]);
    }

    private static Table Read(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(static line => line.Split(','))];
        var table = new Table(path);
        for (int c = 0; c < lines[0].Length; c++)
        {
            table = table.With(lines[0][c], (double[])[.. lines.Skip(1).Select(line => double.Parse(line[c], CultureInfo.InvariantCulture))]);
        }
        return table;
    }

    private static void Write(string peer, string version, string set, double?[] estimates, double?[]? errors) =>
        Console.WriteLine(JsonSerializer.Serialize(new { Peer = peer, Version = version, Set = set, Estimates = estimates, StdErrors = errors }, _json));

    private static string Version(Type type) => type.Assembly.GetName().Version!.ToString(3);
}
