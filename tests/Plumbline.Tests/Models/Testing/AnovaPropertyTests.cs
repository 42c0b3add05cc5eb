using CsCheck;

namespace Plumbline.Tests.Testing;

/// <summary>What must hold of every analysis of variance and of every pair of nested models.</summary>
public class AnovaPropertyTests
{
    private static readonly Gen<double[]> s_column = Gen.Int[-9, 9].Select(static i => (double)i).Array[12];

    private static readonly Gen<Table> s_data = Gen.Select(s_column, s_column, s_column, s_column).Select(static (y, a, b, c) =>
        new Table("random").With("y", y).With("a", a).With("b", b).With("c", c));

    [Fact]
    public void Sequential_sums_of_squares_add_up_to_what_the_model_explains() => s_data.Sample(static data =>
    {
        TestResults results = Run("y ~ a * b + c", data, AnovaType.Sequential);
        double explained = results.Model.Tss - results.Model.Rss;
        return Math.Abs(results.Anova!.Terms.Sum(static t => t.SumOfSquares) - explained) <= 1e-12 * Math.Max(1, results.Model.Tss);
    }, iter: 200);

    [Fact]
    public void The_last_term_is_the_same_in_every_type_and_its_F_is_t_squared() => s_data.Sample(static data =>
    {
        TestResults[] all = [.. Enum.GetValues<AnovaType>().Select(type => Run("y ~ a + b + c", data, type))];
        AnovaRow[] last = [.. all.Select(static r => r.Anova!.Terms[^1])];
        Assert.Equal(last[0], last[1]);
        Assert.Equal(last[0], last[2]);
        double? t = all[0].Model.Coefficients.FirstOrDefault(static c => c.Name == "c")?.T;
        if (t is { } value && !double.IsNaN(value))
        {
            Assert.Equal(value * value, last[0].F, 1e-9 * Math.Max(1, value * value));
        }
    }, iter: 200);

    [Fact]
    public void Types_II_and_III_do_not_depend_on_the_order_of_terms() => s_data.Sample(static data =>
    {
        foreach (AnovaType type in (AnovaType[])[AnovaType.Hierarchical, AnovaType.Partial])
        {
            AnovaTable one = Run("y ~ a + b + c + a:b", data, type).Anova!, other = Run("y ~ c + b + a + b:a", data, type).Anova!;
            foreach (AnovaRow row in one.Terms)
            {
                Assert.Equal(row, other.Terms.Single(r => r.Term == (row.Term == "a:b" ? "b:a" : row.Term)) with { Term = row.Term });
            }
        }
    }, iter: 100);

    [Fact]
    public void Coefficients_that_are_zero_are_a_smaller_model() => s_data.Sample(static data =>
    {
        TestResults results = ModelTests.Run("y ~ a + b + c", data, new TestOptions { Against = "y ~ b", Hypotheses = [] });
        if (results.Model.Rank == 4 && results.Model.Rss > 0)
        {
            HypothesisTest wald = results.Model.TestHypothesis("a = 0, c = 0");
            Assert.Equal(results.Against!.F.Value, wald.F.Value, 1e-9 * Math.Max(1, wald.F.Value));
            Assert.Equal(results.Against.WaldP, wald.ChiSquaredP, 1e-9);
        }
    }, iter: 200);

    [Fact]
    public void The_formulas_may_come_in_either_order() => s_data.Sample(static data =>
    {
        NestedComparison one = Compare("y ~ a * b", "y ~ b", data), other = Compare("y ~ b", "y ~ b * a", data);
        Assert.Equal((one.SumOfSquares, one.F, one.LikelihoodRatio), (other.SumOfSquares, other.F, other.LikelihoodRatio));
        Assert.Equal(("y ~ b", "y ~ b * a"), (other.Smaller, other.Larger));
    }, iter: 50);

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        Table data = TestGolden.Of("boston").Data;
        TestOptions options = new() { Anova = AnovaType.Hierarchical };
        AnovaTable one = ModelTests.Run("medv ~ lstat * rm + age", data, options, new FitOptions { Threads = 1 }).Anova!;
        Assert.Equal(one.Terms, ModelTests.Run("medv ~ lstat * rm + age", data, options, new FitOptions { Threads = 2 }).Anova!.Terms);
    }

    private static TestResults Run(string formula, Table data, AnovaType type) => ModelTests.Run(formula, data, new TestOptions { Anova = type });

    private static NestedComparison Compare(string formula, string against, Table data) => ModelTests.Run(formula, data, new TestOptions { Against = against }).Against!;
}
