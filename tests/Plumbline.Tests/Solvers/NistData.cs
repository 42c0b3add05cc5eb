using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

/// <summary>The reference data sets in data/nist, and their rational solutions (see the README there).</summary>
internal static class NistData
{
    private static readonly string s_folder = FindFolder("data", "nist");

    public static IEnumerable<string> Names => JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "exact.json"))).RootElement.EnumerateObject().Select(p => p.Name);

    /// <summary>The rational solution of the numbers as read into doubles.</summary>
    public static JsonElement Exact(string name)
        => JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "exact.json"))).RootElement.GetProperty(name).GetProperty("double");

    /// <summary>The data's moments with powers formed exactly, and whether the model has an intercept.</summary>
    public static (Moments Moments, bool HasIntercept) Moments(string name)
    {
        JsonElement about = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "certified.json"))).RootElement.GetProperty(name);
        double[][] rows = [.. File.ReadLines(Path.Combine(s_folder, about.GetProperty("file").GetString()!)).Skip(1)
            .Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        bool hasIntercept = about.GetProperty("intercept").GetBoolean();
        int predictors = about.GetProperty("p").GetInt32() - (hasIntercept ? 1 : 0);
        return rows[0].Length == 2
            ? (TestMoments.Polynomial([.. rows.Select(r => r[1])], [.. rows.Select(r => r[0])], predictors), hasIntercept)
            : (TestMoments.Of([.. rows.Select(r => r[1..].Append(r[0]).ToArray())]), hasIntercept);
    }

    /// <summary>|value − truth|/|truth| with the truth given in 40 decimal digits; |value| where the truth is 0.</summary>
    public static double RelativeError(double value, string truth)
    {
        string[] halves = truth.ToLowerInvariant().Split('e');
        int exponent = halves.Length > 1 ? int.Parse(halves[1], CultureInfo.InvariantCulture) : 0;
        int point = halves[0].IndexOf('.');
        if (point >= 0)
        {
            exponent -= halves[0].Length - point - 1;
        }
        BigInteger digits = BigInteger.Parse(halves[0].Replace(".", ""), CultureInfo.InvariantCulture);
        if (digits.IsZero)
        {
            return Math.Abs(value);
        }
        var exact = new Rational(digits, 1) * (exponent >= 0 ? new Rational(BigInteger.Pow(10, exponent), 1) : new Rational(1, BigInteger.Pow(10, -exponent)));
        return (Rational.From(value) - exact).Abs().DividedBy(exact.Abs()).ToDouble();
    }

    /// <summary>A folder of the repository, looked for upwards from where the tests run.</summary>
    public static string FindFolder(params string[] parts)
    {
        string below = Path.Combine(parts);
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, below)))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException(below), below);
    }
}
