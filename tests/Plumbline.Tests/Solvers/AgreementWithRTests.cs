using System.Globalization;
using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

/// <summary>Against R's lm on ordinary data; Golden/r-lm.R made the values.</summary>
public class AgreementWithRTests
{
    private static readonly string s_folder = NistData.FindFolder("tests", "Plumbline.Tests", "Golden");

    [Theory]
    [InlineData("plain", true, false, 2)]
    [InlineData("origin", false, false, 2)]
    [InlineData("weighted", true, true, 2)]
    [InlineData("mean", true, false, 0)]
    public void Every_number_agrees_with_R(string model, bool hasIntercept, bool isWeighted, int predictors)
    {
        double[][] data = [.. File.ReadLines(Path.Combine(s_folder, "r-lm-data.csv")).Skip(1).Select(line => line.Split(',').Select(double.Parse).ToArray())];
        double[][] rows = [.. data.Select(row => row[1..(1 + predictors)].Append(row[0]).ToArray())];
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(rows, weights: isWeighted ? [.. data.Select(row => row[3])] : null), hasIntercept);
        int compared = 0;
        foreach (string[] golden in File.ReadLines(Path.Combine(s_folder, "r-lm.csv")).Skip(1).Select(line => line.Split(',')).Where(parts => parts[0] == model))
        {
            string what = golden[1].TrimEnd('0', '1', '2');
            int[] index = [.. golden[1][what.Length..].Select(c => c - '0')];
            if (golden[1] is "r2" or "adjr2")
            {
                (what, index) = (golden[1], []);
            }
            double value = what switch
            {
                "estimate" => s.Estimates[index[0]],
                "se" => s.StandardErrors[index[0]],
                "t" => s.T[index[0]],
                "cov" => s.Covariance[index[0]][index[1]],
                "sigma" => s.Statistics.Sigma,
                "r2" => s.Statistics.RSquared,
                "adjr2" => s.Statistics.AdjustedRSquared,
                "f" => s.Statistics.F,
                "loglik" => s.Statistics.LogLikelihood,
                "aic" => s.Statistics.Aic,
                "bic" => s.Statistics.Bic,
                "rss" => s.Statistics.Rss,
                "df" => s.Statistics.DfResidual,
                _ => double.NaN,
            };
            double expected = double.Parse(golden[2], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(value - expected) <= 1e-12 * Math.Abs(expected), $"{golden[1]}: {value:R}, R has {golden[2]}");
            compared++;
        }
        Assert.True(compared >= 12);
    }

    [Fact]
    public void Covariances_and_the_likelihood_are_right_to_a_double()
    {
        double[][] data = [.. File.ReadLines(Path.Combine(s_folder, "r-lm-data.csv")).Skip(1).Select(line => line.Split(',').Select(double.Parse).ToArray())];
        Moments moments = TestMoments.Of([.. data.Select(row => new[] { row[1], row[2], row[3], row[0] })]);
        LeastSquaresSolution s = NormalEquations.Solve(moments, true);
        for (int j = 0; j < 4; j++)
        {
            // Column j of the covariance is the solution for the j-th unit vector: σ²·(M⁻¹)_·j, by fractions.
            Rational[] column = InverseColumn(moments, j);
            Rational variance = RationalRegression.Of(moments, [0, 1, 2, 3])!.Rss.DividedBy(Rational.From(28.0));
            for (int i = 0; i < 4; i++)
            {
                double expected = (column[i] * variance).ToDouble();
                Assert.Equal(expected, s.Covariance[i][j], 2.3e-16 * Math.Abs(expected));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public void The_condition_number_is_right_at_any_condition(int power)
    {
        // Two columns with cosine c: κ² = (1 + c)/(1 − c).
        double near = Math.Pow(10, -power);
        double[][] rows = [[1, 1, 1], [0, near, 2], [0, 0, 5]];
        LeastSquaresSolution s = NormalEquations.Solve(TestMoments.Of(rows), false);
        double length = Math.Sqrt(1 + (near * near));
        double expected = Math.Sqrt((1 + (1 / length)) * length * (length + 1)) / near;       // 1 − c = near²/(length·(length + 1))
        Assert.Equal(2, s.Rank);
        Assert.Equal(expected, s.Condition, 1e-9 * expected);
    }

    private static Rational[] InverseColumn(Moments moments, int j)
    {
        int k = moments.Columns.Count;
        var upper = new ExactValue[Moments.PackedLength(k)];
        for (int a = 0; a < k; a++)
        {
            for (int b = a; b < k; b++)
            {
                upper[Moments.PackedIndex(a, b, k)] = b < k - 1 ? moments[a, b] : ExactValue.From(a == j ? 1 : 0);
            }
        }
        var unit = new Moments(moments.Columns, moments.Sources, moments.Rows, ExactValue.Zero, upper);
        return RationalRegression.Of(unit, [.. Enumerable.Range(0, k - 1)])!.Estimates;
    }
}
