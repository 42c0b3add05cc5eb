using Xunit;

namespace Plumbline.Tests.Solvers;

public class PenalizedGoldenTests
{
    private const double Agreement = 1e-7;          // relative
    private const double LargestGap = 1e-12;        // of the null deviance

    [Fact]
    public void Paths_agree_with_glmnet_on_seven_data_sets_at_seven_digits()
    {
        int compared = 0;
        var moments = new Dictionary<(string, bool), Moments>();
        foreach (IGrouping<(string Set, string Case, double Alpha, double Lambda), (string Name, double Value)> fit in GoldenPaths.Glmnet())
        {
            (string set, string name, double alpha, double lambda) = fit.Key;
            bool isWeighted = name == "weights";
            if (!moments.TryGetValue((set, isWeighted), out Moments? m))
            {
                double[]? weights = isWeighted ? [.. GoldenPaths.Data(set).Rows.Select(static (_, i) => ((i + 1) % 5) + 1.0)] : null;
                moments.Add((set, isWeighted), m = GoldenPaths.Moments(set, weights));
            }
            bool intercept = name != "nointercept";
            PathOptions options = Options(name, m) with { Standardize = name != "raw" };
            double deviation = RegularizationPath.Of(m, options with { Lambdas = [0] }, intercept).ResponseDeviation;
            var penalty = Penalty.FromGlmnet(lambda, alpha, deviation);
            RegularizationPath path = RegularizationPath.Of(m, options with { Alpha = penalty.Alpha, Lambdas = [penalty.Lambda] }, intercept);
            Compare([.. fit], path, $"{set}, {name}, α {alpha}, λ {lambda}");
            compared++;
        }
        Assert.True(compared > 200, $"Only {compared} fits were compared.");
    }

    [Fact]
    public void Fits_agree_with_scikit_learn_on_seven_data_sets_at_seven_digits()
    {
        int compared = 0;
        foreach (IGrouping<(string Set, string Model, double Alpha, double Ratio), (string Name, double Value)> fit in GoldenPaths.ScikitLearn())
        {
            (string set, string model, double alpha, double ratio) = fit.Key;
            Moments moments = GoldenPaths.Moments(set);
            Penalty penalty = model == "ridge" ? Penalty.FromScikitLearnRidge(alpha, moments.Rows) : Penalty.FromScikitLearn(alpha, ratio);
            RegularizationPath path = RegularizationPath.Of(moments, new PathOptions { Alpha = penalty.Alpha, Lambdas = [penalty.Lambda] });
            Compare([.. fit], path, $"{set}, {model}, {alpha}");
            compared++;
        }
        Assert.True(compared > 50, $"Only {compared} fits were compared.");
    }

    private static PathOptions Options(string name, Moments moments)
    {
        string[] predictors = [.. moments.Columns.Skip(1).SkipLast(1).Select(static c => c.Name)];
        switch (name)
        {
            case "factors":
                double[] factors = [.. predictors.Select(static (_, j) => (double)(j % 3))];
                double scale = factors.Length / factors.Sum();      // glmnet's factors have mean 1
                return new PathOptions { Factors = predictors.Zip(factors).ToDictionary(static f => f.First, f => f.Second * scale, StringComparer.Ordinal) };
            case "nonnegative":
                return new PathOptions { LowerOfAll = 0 };
            case "box":
                return new PathOptions { LowerOfAll = -5e4, UpperOfAll = 3e4 };
            default:
                return PathOptions.Default;
        }
    }

    private static void Compare((string Name, double Value)[] expected, RegularizationPath path, string what)
    {
        PathStep step = Assert.Single(path.Steps);
        Assert.Equal([.. expected.Select(static e => e.Name)], path.Names.ToArray());
        Assert.True(step.DualityGap < LargestGap, $"{what}: the gap is {step.DualityGap}.");
        for (int j = 0; j < expected.Length; j++)
        {
            double difference = Math.Abs(step.Coefficients[j] - expected[j].Value);
            Assert.True(difference <= Agreement * Math.Abs(expected[j].Value), $"{what}: {expected[j].Name} is {step.Coefficients[j]:R}, expected {expected[j].Value:R}.");
        }
    }
}
