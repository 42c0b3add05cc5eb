using System.Text.Json;

namespace Plumbline.Tests.Solvers;

public class NistTests
{
    public static TheoryData<string> Names => [.. NistData.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nist_estimates_and_standard_errors_are_right_to_1e_15(string name)
    {
        (Moments moments, bool hasIntercept) = NistData.Moments(name);
        LeastSquaresSolution solution = NormalEquations.Solve(moments, hasIntercept);
        JsonElement exact = NistData.Exact(name);
        JsonElement[] coefficients = [.. exact.GetProperty("coefficients").EnumerateArray()];
        Assert.Equal(coefficients.Length, solution.Rank);
        for (int i = 0; i < coefficients.Length; i++)
        {
            AssertClose(1e-15, solution.Estimates[i], coefficients[i].GetProperty("estimate").GetString()!);
            AssertClose(1e-15, solution.StandardErrors[i], coefficients[i].GetProperty("std_error").GetString()!);
            Assert.True(solution.Digits[i] is null or >= 15);
            Assert.True(solution.StandardErrorDigits[i] is null or >= 15);
        }
        FitStatistics s = solution.Statistics;
        AssertClose(1e-15, s.Sigma, exact.GetProperty("residual_sd").GetString()!);
        AssertClose(1e-15, s.Rss, exact.GetProperty("residual_ss").GetString()!);
        AssertClose(1e-15, s.RSquared, exact.GetProperty("r_squared").GetString()!);
        if (s.IsExactFit)
        {
            Assert.Equal("Infinity", exact.GetProperty("f_statistic").GetString());
            Assert.Equal(double.PositiveInfinity, s.F);
        }
        else
        {
            AssertClose(1e-15, s.F, exact.GetProperty("f_statistic").GetString()!);
        }
    }

    private static void AssertClose(double tolerance, double value, string truth)
    {
        double error = NistData.RelativeError(value, truth);
        Assert.True(error <= tolerance, $"{value:R} against {truth}: relative error {error:E2}");
    }
}
