using System.Globalization;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

/// <summary>A law as the golden files name it: N and T two-sided, X for chi-squared, F.</summary>
internal readonly record struct Law(string Name, double D1, double D2)
{
    /// <summary>What the project promises: 1e-12 up to a million degrees of freedom, 1e-10 above.</summary>
    public double Tolerance => IsHuge(D1) || IsHuge(D2) ? 1e-10 : 1e-12;

    public bool IsSymmetric => Name is "N" or "T";

    private static bool IsHuge(double degrees) => double.IsFinite(degrees) && degrees > 1e6;

    public double Lower(double x) => Name switch
    {
        "X" => ChiSquared.LowerTail(x, D1),
        "F" => FisherF.LowerTail(x, D1, D2),
        _ => throw new InvalidOperationException("The golden lower tail of a symmetric law is P(|T| ≤ x)."),
    };

    public double Upper(double x) => Name switch
    {
        "N" => Normal.TwoSided(x),
        "T" => StudentT.TwoSided(x, D2),
        "X" => ChiSquared.UpperTail(x, D1),
        _ => FisherF.UpperTail(x, D1, D2),
    };

    public double Quantile(double p) => Name switch
    {
        "N" => Normal.Quantile(p),
        "T" => StudentT.Quantile(p, D2),
        "X" => ChiSquared.Quantile(p, D1),
        _ => FisherF.Quantile(p, D1, D2),
    };

    public double UpperQuantile(double q) => Name switch
    {
        "N" => Normal.UpperQuantile(q),
        "T" => StudentT.UpperQuantile(q, D2),
        "X" => ChiSquared.UpperQuantile(q, D1),
        _ => FisherF.UpperQuantile(q, D1, D2),
    };
}

/// <summary>A line of tails.csv: both tails at x, and the relative shift from x to the quantile of the rounded smaller tail.</summary>
internal sealed record TailPoint(Law Law, double X, double Lower, double Upper, double Shift);

/// <summary>A line of quantiles.csv: the quantile of the lower or upper tail p.</summary>
internal sealed record QuantilePoint(Law Law, bool Upper, double P, double X);

/// <summary>The golden files, made by Golden/distributions/make.py.</summary>
internal static class Golden
{
    public static IEnumerable<TailPoint> Tails() =>
        Lines("tails.csv").Select(f => new TailPoint(LawOf(f), Number(f[3]), Number(f[4]), Number(f[5]), Number(f[6])));

    public static IEnumerable<QuantilePoint> Quantiles() =>
        Lines("quantiles.csv").Select(f => new QuantilePoint(LawOf(f), f[3] == "U", Number(f[4]), Number(f[5])));

    /// <summary>The lines of a file, without its head and its # comments, split at commas.</summary>
    public static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder(), file)).Where(line => !line.StartsWith('#')).Skip(1).Select(line => line.Split(','));

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>|actual/expected − 1|; 0 when both are the same, infinities too.</summary>
    public static double RelativeError(double actual, double expected) =>
        actual == expected ? 0 : Math.Abs((actual - expected) / expected);

    private static Law LawOf(string[] fields) => new(fields[0], Number(fields[1]), Number(fields[2]));

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string golden = Path.Combine(folder.FullName, "tests", "Plumbline.Tests", "Golden", "distributions");
            if (Directory.Exists(golden))
            {
                return golden;
            }
        }
        throw new DirectoryNotFoundException("tests/Plumbline.Tests/Golden/distributions is not above " + AppContext.BaseDirectory);
    }
}
