using System.Text.Json;

namespace Plumbline.Tests.Inference;

/// <summary>Robust covariances beside R's sandwich, statsmodels, Stata's published output, and rational arithmetic.</summary>
public class AgainstOthersTests
{
    /// <summary>R and statsmodels work in doubles: on ordinary data they keep 10 digits.</summary>
    private const double Agreement = 1e-10;

    /// <summary>t and p amplify what the programs lose.</summary>
    private const double Loose = 1e-9;

    /// <summary>R inverts V in doubles, and p amplifies what that costs F.</summary>
    private const double Looser = 1e-8;

    /// <summary>Against what was not rounded at all.</summary>
    private const double Judged = 1e-13;

    public static TheoryData<int, string> SandwichCases() => Cases(CovarianceGolden.Sandwich);

    public static TheoryData<int, string> StatsmodelsCases() => Cases(CovarianceGolden.Statsmodels);

    [Theory]
    [MemberData(nameof(SandwichCases))]
    public void Covariance_tests_and_F_are_those_of_sandwich_and_lmtest(int model, string cov)
    {
        (JsonElement about, JsonElement r) = Case(CovarianceGolden.Sandwich, model, cov);
        LinearModel fit = CovarianceGolden.Fit(about, CovarianceOptions.Parse(cov) with { Convention = CovarianceConvention.Sandwich });
        Assert.True(CovarianceGolden.Difference(r.GetProperty("vcov"), fit) < Agreement, $"the covariances differ by {CovarianceGolden.Difference(r.GetProperty("vcov"), fit):G3}");
        Check(r, fit, "std_error", static c => c.StandardError, Agreement);
        Check(r, fit, "t", static c => c.T, Loose);
        Check(r, fit, "p", static c => c.P, Loose);
        CovarianceGolden.Close(Number(r, "f"), fit.F.Value, Loose, "F");
        CovarianceGolden.Close(Number(r, "f_p"), fit.F.P, Looser, "p of F");
        Assert.All(fit.Coefficients, c => Assert.Equal(fit.DfResidual, c.Df));
        Assert.All(fit.Coefficients, static c => Assert.Null(c.StandardErrorDigits));
        Assert.Equal(cov, fit.CovarianceKind);
    }

    [Theory]
    [MemberData(nameof(StatsmodelsCases))]
    public void Covariance_z_and_F_are_those_of_statsmodels(int model, string cov)
    {
        (JsonElement about, JsonElement python) = Case(CovarianceGolden.Statsmodels, model, cov);
        Assert.False(python.GetProperty("use_t").GetBoolean());
        LinearModel fit = CovarianceGolden.Fit(about, CovarianceOptions.Parse(cov) with { Convention = CovarianceConvention.Statsmodels });
        Assert.True(CovarianceGolden.Difference(python.GetProperty("vcov"), fit) < Agreement);
        Check(python, fit, "std_error", static c => c.StandardError, Agreement);
        Check(python, fit, "t", static c => c.T, Loose);
        Check(python, fit, "p", static c => c.P, 1e-7);     // statsmodels' normal tail loses digits far out
        Check(python, fit, "lower", static c => c.Lower, Loose);
        Check(python, fit, "upper", static c => c.Upper, Loose);
        double f = Number(python, "f");
        CovarianceGolden.Close(f < 0 ? double.NaN : f, fit.F.Value, Loose, "F");
        Assert.Equal(Number(python, "df2"), fit.F.Df2);
        CovarianceGolden.Close(f < 0 ? double.NaN : Number(python, "f_p"), fit.F.P, 1e-7, "p of F");
    }

    /// <summary>
    /// Stata's output for Petersen's test data, four decimals, as he publishes it: kellogg.northwestern.edu, faculty/petersen,
    /// "Data for Testing Standard Error Estimation Programs".
    /// </summary>
    [Theory]
    [InlineData("HC1", 0.0284, 0.0284, 4998)]
    [InlineData("CR1:firm", 0.0670, 0.0506, 499)]
    [InlineData("CR1:year", 0.0234, 0.0334, 9)]
    [InlineData("CR1:firm,year", 0.0651, 0.0536, 9)]
    public void Standard_errors_are_those_that_Stata_prints(string cov, double intercept, double x, double df)
    {
        LinearModel fit = LinearRegression.Fit("y ~ x", CovarianceGolden.TableOf("petersen"), new FitOptions { Covariance = CovarianceOptions.Parse(cov) });
        Assert.Equal(intercept, Math.Round(fit.Coefficients[0].StandardError, 4));
        Assert.Equal(x, Math.Round(fit.Coefficients[1].StandardError, 4));
        Assert.All(fit.Coefficients, c => Assert.Equal(df, c.Df));
        Assert.Equal(df, fit.F.Df2);
    }

    [Theory]
    [InlineData("filip")]
    [InlineData("longley")]
    [InlineData("wampler4")]
    public void Ill_conditioned_problems_keep_all_digits(string name)
    {
        JsonElement judge = CovarianceGolden.Judge.GetProperty(name);
        (Table table, string formula) = Nist(name);
        foreach (JsonElement truth in judge.GetProperty("covariances").EnumerateArray())
        {
            string cov = truth.GetProperty("cov").GetString()!;
            LinearModel fit = LinearRegression.Fit(
                formula, table, new FitOptions { Covariance = CovarianceOptions.Parse(cov) with { Convention = CovarianceConvention.Sandwich } });
            double difference = CovarianceGolden.Difference(truth.GetProperty("vcov"), fit);
            Assert.True(difference < Judged, $"{cov}: off by {difference:G3}");
        }
    }

    private static (Table Table, string Formula) Nist(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestFiles.Data, "nist", name + ".csv"));
        string[] names = lines[0].Split(',');
        double[][] rows = [.. lines[1..].Select(static l => l.Split(',').Select(static v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        var table = new Table(name);
        for (int c = 0; c < names.Length; c++)
        {
            table = table.With(names[c], [.. rows.Select(r => r[c])]);
        }
        int size = name == "filip" ? 4 : name == "longley" ? 2 : 3;
        table = table.With("g", [.. rows.Select((_, i) => (double)(i / size))]);
        int degree = name == "filip" ? 10 : 5;
        return (table, name == "longley"
            ? "y ~ x1 + x2 + x3 + x4 + x5 + x6"
            : "y ~ x + " + string.Join(" + ", Enumerable.Range(2, degree - 1).Select(static k => $"I(x^{k})")));
    }

    private static TheoryData<int, string> Cases(JsonElement golden)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int index, JsonElement model) in golden.GetProperty("models").EnumerateArray().Index())
        {
            foreach (JsonElement covariance in model.GetProperty("covariances").EnumerateArray())
            {
                cases.Add(index, covariance.GetProperty("cov").GetString()!);
            }
        }
        return cases;
    }

    private static (JsonElement About, JsonElement Covariance) Case(JsonElement golden, int model, string cov)
    {
        JsonElement about = golden.GetProperty("models")[model];
        return (about, about.GetProperty("covariances").EnumerateArray().First(c => c.GetProperty("cov").GetString() == cov));
    }

    private static double Number(JsonElement from, string name) =>
        from.GetProperty(name).ValueKind == JsonValueKind.Number ? from.GetProperty(name).GetDouble() : double.NaN;

    private static void Check(JsonElement golden, LinearModel fit, string name, Func<Coefficient, double> of, double tolerance)
    {
        double[] expected = CovarianceGolden.Numbers(golden.GetProperty(name));
        for (int i = 0; i < expected.Length; i++)
        {
            CovarianceGolden.Close(expected[i], of(fit.Coefficients[i]), tolerance, $"{name} of {fit.Coefficients[i].Name}");
        }
    }
}
