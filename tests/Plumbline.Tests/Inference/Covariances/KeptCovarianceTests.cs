namespace Plumbline.Tests.Inference;

/// <summary>The covariance in the model file, and clusters that have names.</summary>
public class KeptCovarianceTests
{
    public static TheoryData<string> Kinds() => ["HC1", "CR1:g", "CR1:g,h", "newey-west:3", "bootstrap:10"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_file_keeps_the_covariance_and_what_went_into_it(string kind)
    {
        var options = new FitOptions { Covariance = CovarianceOptions.Parse(kind) with { Convention = CovarianceConvention.Sandwich } };
        LinearModel model = LinearRegression.Fit("y ~ x + z", RobustCovarianceTests.Sample(40, seed: 41), options);
        LinearModel again = ModelFile.Read(ModelFile.Write(model), "model.json");
        Assert.Equal(model.Covariance.SelectMany(static r => r), again.Covariance.SelectMany(static r => r));
        Assert.Equal(model.CovarianceDetails with { Clusters = [] }, again.CovarianceDetails with { Clusters = [] });
        Assert.Equal(model.CovarianceDetails.Clusters, again.CovarianceDetails.Clusters);
        Assert.Equal(model.Coefficients.Select(static c => (c.StandardError, c.Df, c.P)), again.Coefficients.Select(static c => (c.StandardError, c.Df, c.P)));
    }

    [Fact]
    public void The_largest_seed_is_kept()
    {
        var options = new FitOptions { Covariance = CovarianceOptions.Parse("bootstrap:5") with { Seed = ulong.MaxValue } };
        LinearModel model = LinearRegression.Fit("y ~ x", RobustCovarianceTests.Sample(20, seed: 43), options);
        Assert.Equal(ulong.MaxValue, ModelFile.Read(ModelFile.Write(model), "model.json").CovarianceDetails.Seed);
    }

    [Fact]
    public void Clusters_may_have_names()
    {
        Table table = RobustCovarianceTests.Sample(90, seed: 45);
        string[] names = [.. RobustCovarianceTests.Column(table, "g").Select(static g => $"firm, {g}")];
        LinearModel numbered = LinearRegression.Fit("y ~ x + z", table, new FitOptions { Covariance = CovarianceOptions.Parse("CR1:g,h") });
        LinearModel named = LinearRegression.Fit(
            "y ~ x + z", table.With("the firm", names), new FitOptions { Covariance = CovarianceOptions.Parse("CR1:the firm,h") });
        Assert.Equal(numbered.Covariance.SelectMany(static r => r), named.Covariance.SelectMany(static r => r));
        Assert.Equal([23, 31, 90], named.CovarianceDetails.Clusters.Select(static c => c.Count));
        names[7] = null!;
        Assert.Equal("missing-cluster", Assert.Throws<PlumblineException>(() => LinearRegression.Fit(
            "y ~ x", table.With("firm", names), new FitOptions { Covariance = CovarianceOptions.Parse("CR1:firm") })).Code);
        Assert.Equal("not-numeric", Assert.Throws<PlumblineException>(() => LinearRegression.Fit(
            "y ~ x", table.With("firm", names), new FitOptions { Covariance = CovarianceOptions.Parse("newey-west:1") with { Order = "firm" } })).Code);
    }
}
