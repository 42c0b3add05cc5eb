namespace Plumbline.Tests.Inference;

public class CovarianceOptionsTests
{
    [Theory]
    [InlineData("classical", "classical")]
    [InlineData("hc3", "HC3")]
    [InlineData("HC0", "HC0")]
    [InlineData("cr0:firm", "CR0:firm")]
    [InlineData("CR1: firm , year ", "CR1:firm,year")]
    [InlineData("CR1:`a,b`,c", "CR1:`a,b`,c")]
    [InlineData("CR1:`a\\`b`", "CR1:`a\\`b`")]
    [InlineData("CR1:a:b", "CR1:a:b")]
    [InlineData("Newey-West:12", "newey-west:12")]
    [InlineData("newey-west:0", "newey-west:0")]
    [InlineData("bootstrap:1000", "bootstrap:1000")]
    public void Text_is_read_and_written_again(string text, string written)
    {
        var options = CovarianceOptions.Parse(text);
        Assert.Equal(written, options.ToString());
        Assert.Equal(written, CovarianceOptions.Parse(written).ToString());
    }

    [Theory]
    [InlineData("CR1:`a,b`,c", new[] { "a,b", "c" })]
    [InlineData("CR1:`a\\`b`", new[] { "a`b" })]
    [InlineData("CR0: district ", new[] { "district" })]
    public void Columns_are_named_as_in_a_formula(string text, string[] columns) => Assert.Equal(columns, CovarianceOptions.Parse(text).Clusters);

    [Theory]
    [InlineData("", "expected classical, HC0 to HC4")]
    [InlineData("HC7", "expected classical, HC0 to HC4")]
    [InlineData("bootstap:10", "Did you mean bootstrap?")]
    [InlineData("HC3:x", "HC3 takes nothing after it")]
    [InlineData("CR1", "stands the column of the clusters")]
    [InlineData("CR1:a,b,c", "or two with a comma between")]
    [InlineData("CR1:a,", "or two with a comma between")]
    [InlineData("CR1:a,a", "Both ways of clustering are `a`")]
    [InlineData("CR1:`a", "a backquote is not closed")]
    [InlineData("newey-west", "the number of lags")]
    [InlineData("newey-west:-1", "the number of lags")]
    [InlineData("newey-west:1.5", "the number of lags")]
    [InlineData("bootstrap:1", "2 or more")]
    [InlineData("bootstrap:2000000", "2 to 1000000")]
    public void Other_text_is_answered_with_what_was_expected(string text, string message)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => CovarianceOptions.Parse(text));
        Assert.Equal("option", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_one_another_are_refused()
    {
        CovarianceOptions[] wrong =
        [
            new() { Estimator = CovarianceEstimator.CR1 },
            new() { Estimator = CovarianceEstimator.HC3, Clusters = ["g"] },
            new() { Estimator = CovarianceEstimator.HC3, Lags = 2 },
            new() { Replicates = 5 },
            new() { Order = "x" },
            new() { Estimator = (CovarianceEstimator)77 },
            new() { Convention = (CovarianceConvention)9 },
        ];
        Table table = RobustCovarianceTests.Sample(20, seed: 1);
        Assert.All(wrong, options => Assert.Equal(
            "option", Assert.Throws<PlumblineException>(() => LinearRegression.Fit("y ~ x", table, new FitOptions { Covariance = options })).Code));
    }
}
