using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

public class DegenerateCasesTests
{
    [Fact]
    public void No_rows_is_an_error_with_its_code()
    {
        Moments one = TestMoments.Of([[1.0, 2.0]]);
        var none = new Moments(one.Columns, one.Sources, 0, ExactValue.Zero, new ExactValue[Moments.PackedLength(3)]);
        Assert.Equal("no-rows", Assert.Throws<PlumblineException>(() => NormalEquations.Solve(none, true)).Code);
    }

    [Fact]
    public void One_row_gives_the_intercept_and_no_errors()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[3.0, 5.0]]), true);
        Assert.Equal([0], s.Kept);
        Assert.Equal([5.0], s.Estimates);
        Assert.True(double.IsNaN(s.StandardErrors[0]) && double.IsNaN(s.Statistics.Sigma) && double.IsNaN(s.Covariance[0][0]));
        Assert.Equal(0, s.Statistics.Rss);
        Assert.Equal(new AliasPart(0, 3), Assert.Single(Assert.Single(s.Aliased).Parts));
    }

    [Fact]
    public void As_many_rows_as_coefficients_fit_exactly_without_standard_errors()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[0.1, 1.0], [0.7, 2.0]]), true);
        Assert.Equal(2, s.Rank);
        Assert.Equal(0, s.Statistics.DfResidual);
        Assert.True(s.Statistics.IsExactFit);
        Assert.Equal(1, s.Statistics.RSquared);
        Assert.True(double.IsNaN(s.Statistics.F) && double.IsNaN(s.Statistics.AdjustedRSquared) && double.IsNaN(s.T[1]));
        Assert.All(s.StandardErrorDigits, d => Assert.Null(d));
    }

    [Fact]
    public void More_columns_than_rows_keep_as_many_as_there_are_rows()
    {
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 13).Select(_ => random.NextDouble()).ToArray())];
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(rows), true);
        Assert.Equal([0, 1, 2, 3, 4, 5], s.Kept);
        Assert.Equal(7, s.Aliased.Length);
        Assert.Equal(0, s.Statistics.Rss);
        double[][] whole = [.. rows.Select(row => row.Select(x => Math.Round(x * 1000)).ToArray())];
        Assert.Equal(6, NormalEquations.Solve(TestMoments.Of(whole, unit: 0), true).Rank);
    }

    [Fact]
    public void A_constant_column_is_aliased_to_the_intercept_with_its_value()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[2.5, 1.0, 1.0], [2.5, 2.0, 3.0], [2.5, 4.0, 4.0]]), true);
        AliasEquation alias = Assert.Single(s.Aliased);
        Assert.Equal(1, alias.Column);
        Assert.Equal([new AliasPart(0, 2.5)], alias.Parts);
        Assert.True(alias.IsExact);
    }

    [Fact]
    public void A_column_of_zeros_is_aliased_to_nothing()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[0.0, 1.0, 1.0], [0.0, 2.0, 3.0], [0.0, 4.0, 4.0]]), true);
        AliasEquation alias = Assert.Single(s.Aliased);
        Assert.Equal(1, alias.Column);
        Assert.Empty(alias.Parts);
        Assert.True(alias.IsExact);
    }

    [Fact]
    public void A_constant_response_has_no_R_squared()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[0.1, 0.3], [0.7, 0.3], [0.2, 0.3], [0.9, 0.3]]), true);
        Assert.Equal(0, s.Statistics.Tss);
        Assert.Equal(0, s.Statistics.Rss);
        Assert.True(double.IsNaN(s.Statistics.RSquared) && double.IsNaN(s.Statistics.F));
        Assert.Equal([0.3, 0.0], s.Estimates);
        Assert.Null(s.Digits[1]);
    }

    [Fact]
    public void The_intercept_alone_explains_nothing()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[1.0], [2.0], [4.0]]), true);
        Assert.Equal([7.0 / 3], s.Estimates);
        Assert.Equal(0, s.Statistics.RSquared);
        Assert.Equal(0, s.Statistics.AdjustedRSquared);
        Assert.True(double.IsNaN(s.Statistics.F));
        Assert.Equal(s.Statistics.Tss, s.Statistics.Rss);
        Assert.Equal(1, s.Condition);
    }

    [Fact]
    public void A_model_without_columns_has_the_response_for_residuals()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[1.0], [2.0], [4.0]]), false);
        Assert.Equal(0, s.Rank);
        Assert.Empty(s.Covariance);
        Assert.Equal(21, s.Statistics.Rss);
        Assert.Equal(21, s.Statistics.Tss);
        Assert.Equal(0, s.Statistics.RSquared);
        Assert.Equal(Math.Sqrt(7), s.Statistics.Sigma);
        Assert.True(double.IsNaN(s.Condition));
    }

    [Fact]
    public void Slopes_that_are_exactly_0_leave_R_squared_exactly_0()
    {
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of([[-1.0, 0.1], [1.0, 0.1], [-1.0, 0.7], [1.0, 0.7]]), true);
        Assert.Equal(0, s.Estimates[1]);
        Assert.Null(s.Digits[1]);
        Assert.Equal(0, s.T[1]);
        Assert.Equal(0, s.Statistics.RSquared);
        Assert.Equal(0, s.Statistics.F);
    }
}
