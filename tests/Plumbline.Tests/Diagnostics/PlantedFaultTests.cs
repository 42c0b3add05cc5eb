using Xunit;

namespace Plumbline.Tests;

/// <summary>One broken assumption at a time: its check stands first. Clean rows have no broken one.</summary>
public sealed class PlantedFaultTests
{
    [Theory]
    [InlineData("autocorrelation", ModelAssumption.Independence)]
    [InlineData("curvature", ModelAssumption.Linearity)]
    [InlineData("variance", ModelAssumption.ConstantVariance)]
    [InlineData("tails", ModelAssumption.Normality)]
    [InlineData("wild", ModelAssumption.Influence)]
    [InlineData("regime", ModelAssumption.IdenticalDistribution)]
    [InlineData("collinearity", ModelAssumption.Collinearity)]
    public void A_planted_fault_is_named_first_and_called_broken(string fault, ModelAssumption assumption)
    {
        foreach (int rows in (int[])[400, 5000])
        {
            ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, FaultyRows.Of(fault, rows, seed: 7), null, FaultyRows.Options);
            Assert.Equal(assumption, check.Checks[0].Assumption);
            Assert.Equal(CheckVerdict.Broken, check.Checks[0].Verdict);
            Assert.Equal(CheckVerdict.Broken, check.VerdictOn(assumption));
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(400)]
    [InlineData(5000)]
    public void Clean_rows_break_nothing(int rows)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, FaultyRows.Of("none", rows, seed), null, FaultyRows.Options);
            Assert.DoesNotContain(check.Checks, static c => c.Verdict == CheckVerdict.Broken);
        }
    }

    [Fact]
    public void A_curve_comes_with_the_term_that_straightens_it_and_what_it_does()
    {
        Table rows = FaultyRows.Of("curvature", 400, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks.First(static c => c.Name == "square").Remedy!;
        Assert.Equal("y ~ a + b + I(a^2)", remedy.Value);
        LinearModel remedied = LinearRegression.Fit(remedy.Value, rows);
        Assert.Equal(RemedyKind.Formula, remedy.Kind);
        Assert.Equal(check.Model.Sigma, remedy.Numbers[0].Before, check.Model.Sigma * 1e-12);
        Assert.Equal(remedied.Sigma, remedy.Numbers[0].After, remedied.Sigma * 1e-12);
        Assert.Equal(remedied.RSquared, remedy.Numbers[1].After, 1e-12);
    }

    [Fact]
    public void Unequal_variances_come_with_the_errors_that_allow_for_them()
    {
        Table rows = FaultyRows.Of("variance", 400, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks.First(static c => c.Name == "breusch-pagan").Remedy!;
        Assert.Equal(RemedyKind.Covariance, remedy.Kind);
        LinearModel robust = LinearRegression.Fit(FaultyRows.Formula, rows, FitOptions.Default with { Covariance = CovarianceOptions.Parse(remedy.Value) });
        Assert.Equal(3, remedy.Numbers.Count);
        foreach (Coefficient c in robust.Coefficients)
        {
            RemedyNumber number = remedy.Numbers.Single(n => n.What == $"standard error of {c.Name}");
            Assert.Equal(c.StandardError, number.After, c.StandardError * 1e-12);
        }
    }

    [Fact]
    public void Errors_that_follow_each_other_come_with_newey_west()
    {
        Table rows = FaultyRows.Of("autocorrelation", 400, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks.First(static c => c.Name == "durbin-watson").Remedy!;
        LinearModel robust = LinearRegression.Fit(FaultyRows.Formula, rows, FitOptions.Default with { Covariance = CovarianceOptions.Parse(remedy.Value) with { Order = "t" } });
        foreach (Coefficient c in robust.Coefficients)
        {
            RemedyNumber number = remedy.Numbers.Single(n => n.What == $"standard error of {c.Name}");
            Assert.Equal(c.StandardError, number.After, c.StandardError * 1e-12);
        }
    }

    [Fact]
    public void A_wild_row_comes_with_the_condition_that_leaves_it_out_and_the_fit_without_it()
    {
        Table rows = FaultyRows.Of("wild", 300, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks[0].Remedy!;
        Assert.Equal(RemedyKind.Rows, remedy.Kind);
        Assert.Matches("^NOT \\(\"(a|b|y)\" = .* AND .*\\)$", remedy.Value);
        Assert.Contains("\"a\" = 12", remedy.Value, StringComparison.Ordinal);
        var weights = new double[300];
        Array.Fill(weights, 1);
        weights[100] = 0;
        LinearModel without = LinearRegression.Fit(FaultyRows.Formula, rows.With("w", weights), FitOptions.Default with { Weights = "w" });
        foreach (Coefficient c in without.Coefficients)
        {
            Assert.Equal(c.Estimate, remedy.Numbers.Single(n => n.What == c.Name).After, Math.Abs(c.Estimate) * 1e-9);
        }
        Assert.Equal(without.Sigma, remedy.Numbers.Single(static n => n.What == "residual standard error").After, without.Sigma * 1e-9);
        Assert.Equal(101, check.Influence[0].Row);
        Assert.Contains(check.Notes, static n => n.Code == "judged-without-rows");
    }

    [Fact]
    public void Columns_nearly_dependent_come_with_their_equation_and_the_fit_without_one()
    {
        Table rows = FaultyRows.Of("collinearity", 300, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks[0].Remedy!;
        LinearModel without = LinearRegression.Fit(remedy.Value, rows);
        Assert.Equal(2, without.Coefficients.Count);
        Assert.Equal(without.Coefficients[1].StandardError, remedy.Numbers[0].After, without.Coefficients[1].StandardError * 1e-6);
        Assert.Equal(without.Sigma, remedy.Numbers[1].After, without.Sigma * 1e-9);
        NearDependence equation = Assert.Single(check.NearDependences);
        double slope = equation.Column == "b" ? 1.0 / 3 : 3;
        Assert.Equal(slope, equation.Terms.Single(static t => t.Name != "(Intercept)").Multiplier, slope * 0.01);
    }

    [Fact]
    public void A_change_of_regime_comes_with_the_condition_of_the_later_rows_and_their_fit()
    {
        Table rows = FaultyRows.Of("regime", 400, seed: 3);
        ModelCheck check = AssumptionChecks.Run(FaultyRows.Formula, rows, null, FaultyRows.Options);
        CheckRemedy remedy = check.Checks[0].Remedy!;
        Assert.Equal("\"t\" >= 251", remedy.Value);
        var weights = new double[400];
        weights.AsSpan(250).Fill(1);
        LinearModel later = LinearRegression.Fit(FaultyRows.Formula, rows.With("w", weights), FitOptions.Default with { Weights = "w" });
        Coefficient a = later.Coefficients.Single(static c => c.Name == "a");
        Assert.Equal(a.Estimate, remedy.Numbers.Single(static n => n.What == "a").After, 1e-9);
        Assert.Equal(later.Sigma, remedy.Numbers.Single(static n => n.What == "residual standard error").After, 1e-9);
    }
}
