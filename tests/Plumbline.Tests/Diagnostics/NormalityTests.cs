using System.Text.Json;
using CsCheck;
using Plumbline.Numerics;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>Tests of normality on samples of whole numbers, from 3 to 5,000 (Golden/checks/samples.R and samples.py).</summary>
public class NormalityTests
{
    /// <summary>With the judge: p is the tail of a normal whose z has the last bits of a logarithm.</summary>
    private const double Exact = 1e-12;

    /// <summary>Two of three values nearly the same: R takes the difference of two nearly equal angles, and loses 8 digits of p.</summary>
    private static readonly (string Sample, int Size) _disputed = ("outlier", 3);

    private static readonly JsonElement[] _judge = Read("judge-samples.json"), _r = Read("r-samples.json");

    public static TheoryData<string, int> Samples() => [.. _judge.Select(static s => (s.GetProperty("sample").GetString()!, s.GetProperty("n").GetInt32()))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_of_every_size_are_judged_as_by_70_digits_and_by_R(string sample, int n)
    {
        double[] values = [.. Enumerable.Range(1, n).Select(i => Value(sample, i, n)).Order()];
        TestValue sw = ShapiroWilk.Test(values), ad = AndersonDarling.Test(values);
        var jb = JarqueBera.Of(values);
        JsonElement judge = Of(_judge, sample, n), r = Of(_r, sample, n);
        Check("sw", judge, [sw.Statistic, sw.P], Exact);
        if ((sample, n) != _disputed)
        {
            Check("sw", r, [sw.Statistic, sw.P], Agreement.Programs);
        }
        Check("jb", judge, [jb.Skewness, jb.Kurtosis, jb.Test.Statistic, jb.Test.P], Exact);
        Check("ad", judge, [ad.Statistic, ad.P], Exact);
        Check("ad", r, [ad.Statistic, ad.P], Agreement.Programs);
    }

    [Fact]
    public void What_cannot_be_tested_is_not_a_number()
    {
        Assert.Equal(double.NaN, ShapiroWilk.Test([1, 2]).P);
        Assert.Equal(double.NaN, ShapiroWilk.Test(new double[5001]).Statistic);
        Assert.Equal(double.NaN, ShapiroWilk.Test([3, 3, 3, 3]).P);
        Assert.Equal(double.NaN, AndersonDarling.Test([1, 2, 3, 4, 5, 6, 7]).P);
        Assert.Equal(double.NaN, AndersonDarling.Test([2, 2, 2, 2, 2, 2, 2, 2]).Statistic);
        Assert.Equal(double.NaN, JarqueBera.Of([4, 4, 4]).Skewness);
    }

    [Fact]
    public void Shift_and_scale_change_nothing() =>
        Gen.Select(Gen.Int[-1000, 1000].Array[8, 60].Where(static a => a.Distinct().Count() > 4), Gen.Int[-50, 50]).Sample((integers, shift) =>
        {
            double[] values = [.. integers.Select(static i => (double)i).Order()], moved = [.. values.Select(v => (v + shift) / 1024)];
            Same(ShapiroWilk.Test(values), ShapiroWilk.Test(moved));
            Same(AndersonDarling.Test(values), AndersonDarling.Test(moved));
            Same(JarqueBera.Of(values).Test, JarqueBera.Of(moved).Test);
        });

    [Fact]
    public void The_logarithm_of_the_normal_tail_joins_its_expansion_far_out()
    {
        // Mills' ratio: φ(z)/z·(1 − 1/z² + 3/z⁴ − 15/z⁶) < Φ(−z) < φ(z)/z·(1 − 1/z² + 3/z⁴).
        foreach (double z in new[] { 19.9, 20.1, 37.0, 70.0, 1e4 })
        {
            double inverse = 1 / (z * z), density = -0.5 * z * z - Math.Log(z * Math.Sqrt(2 * Math.PI)), actual = LogNormalTail.Lower(-z);
            Assert.InRange(
                actual - density,
                Math.Log(1 - inverse + (3 * inverse * inverse) - (15 * inverse * inverse * inverse)) - (1e-15 * z * z),
                Math.Log(1 - inverse + (3 * inverse * inverse)) + (1e-15 * z * z));
        }
        Assert.Equal(Math.Log(0.5), LogNormalTail.Lower(0), 1e-16);
        Assert.Equal(-Normal.UpperTail(9), LogNormalTail.Lower(9), 1e-30);
        Assert.Equal(Math.Log(Normal.LowerTail(-20)), LogNormalTail.Lower(-20), 1e-13);
    }

    private static void Same(TestValue expected, TestValue actual)
    {
        Agreement.Check("statistic", expected.Statistic, actual.Statistic, 1e-10, 1e-6);
        Agreement.Check("p", expected.P, actual.P, 1e-8);
    }

    private static void Check(string name, JsonElement golden, double[] actual, double tolerance)
    {
        if (golden.TryGetProperty(name, out JsonElement expected))
        {
            Agreement.Check(name, GoldenModel.Values(expected), actual, tolerance, [.. actual.Select(static _ => 1e-15)]);
        }
    }

    private static double Value(string sample, int i, int n) => sample switch
    {
        "line" => i,
        "squares" => (double)i * i,
        "cubes" => Math.Pow((3.0 * i) - n, 3),
        "outlier" => i < n ? i : 1e6 * n,
        _ => (i / 3) * (double)(i / 3),
    };

    private static JsonElement Of(JsonElement[] all, string sample, int n) =>
        all.Single(s => s.GetProperty("sample").GetString() == sample && s.GetProperty("n").GetInt32() == n);

    private static JsonElement[] Read(string file) => [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(CheckGolden.Folder, file))).RootElement.EnumerateArray()];
}
