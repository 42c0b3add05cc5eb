using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

public sealed class GoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void Tails_agree_with_high_precision()
    {
        var errors = new Errors();
        foreach (TailPoint point in Golden.Tails())
        {
            Law law = point.Law;
            errors.Add(law, Golden.RelativeError(law.Upper(point.X), point.Upper), $"upper tail at {point.X:R}");
            if (!law.IsSymmetric)
            {
                errors.Add(law, Golden.RelativeError(law.Lower(point.X), point.Lower), $"lower tail at {point.X:R}");
            }
        }
        errors.Judge(output, 4000);
    }

    [Fact]
    public void One_sided_tails_of_symmetric_laws_agree_with_high_precision()
    {
        var errors = new Errors();
        foreach (TailPoint point in Golden.Tails().Where(p => p.Law.IsSymmetric))
        {
            (double x, double d) = (point.X, point.Law.D2);
            double near = 0.5 * point.Upper;
            double far = 0.5 + (0.5 * point.Lower);
            bool normal = point.Law.Name == "N";
            errors.Add(point.Law, Golden.RelativeError(normal ? Normal.UpperTail(x) : StudentT.UpperTail(x, d), near), $"upper tail at {x:R}");
            errors.Add(point.Law, Golden.RelativeError(normal ? Normal.LowerTail(-x) : StudentT.LowerTail(-x, d), near), $"lower tail at −{x:R}");
            errors.Add(point.Law, Golden.RelativeError(normal ? Normal.LowerTail(x) : StudentT.LowerTail(x, d), far), $"lower tail at {x:R}");
            errors.Add(point.Law, Golden.RelativeError(normal ? Normal.UpperTail(-x) : StudentT.UpperTail(-x, d), far), $"upper tail at −{x:R}");
        }
        errors.Judge(output, 2000);
    }

    [Fact]
    public void Quantiles_of_the_golden_tails_are_the_golden_points()
    {
        var errors = new Errors();
        foreach (TailPoint point in Golden.Tails())
        {
            Law law = point.Law;
            double expected = point.X + (point.X * point.Shift);
            if (point.Upper <= point.Lower)
            {
                double q = law.IsSymmetric ? 0.5 * point.Upper : point.Upper;
                errors.Add(law, Golden.RelativeError(law.UpperQuantile(q), expected), $"upper quantile of {q:R}");
            }
            else if (!law.IsSymmetric)
            {
                errors.Add(law, Golden.RelativeError(law.Quantile(point.Lower), expected), $"quantile of {point.Lower:R}");
            }
        }
        errors.Judge(output, 2000);
    }

    [Fact]
    public void Quantiles_agree_with_high_precision()
    {
        var errors = new Errors();
        foreach (QuantilePoint point in Golden.Quantiles())
        {
            Law law = point.Law;
            double actual = point.Upper ? law.UpperQuantile(point.P) : law.Quantile(point.P);
            errors.Add(law, Golden.RelativeError(actual, point.X), $"{(point.Upper ? "upper" : "lower")} quantile of {point.P:R}");
            if (law.IsSymmetric)
            {
                errors.Add(law, Golden.RelativeError(law.Quantile(point.P), -point.X), $"quantile of {point.P:R}");
            }
        }
        errors.Judge(output, 700);
    }
}

/// <summary>Collects relative errors, prints the worst of each law, and fails when one is above what its law promises.</summary>
internal sealed class Errors
{
    private readonly List<(Law Law, double Error, string Where)> _all = [];

    public void Add(Law law, double error, string where) => _all.Add((law, error, where));

    public void Judge(ITestOutputHelper output, int atLeast)
    {
        foreach (var group in _all.GroupBy(e => (e.Law.Name, e.Law.Tolerance)))
        {
            var (law, error, where) = group.MaxBy(e => double.IsNaN(e.Error) ? double.PositiveInfinity : e.Error);
            output.WriteLine($"{group.Key.Name}, tolerance {group.Key.Tolerance:E0}: {group.Count()} points, worst {error:E1} ({law}, {where})");
        }
        Assert.True(_all.Count >= atLeast, $"Only {_all.Count} points were compared.");
        var wrong = _all.Where(e => !(e.Error <= e.Law.Tolerance)).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {_all.Count} wrong:\n" + string.Join("\n", wrong.Take(30)));
    }
}
