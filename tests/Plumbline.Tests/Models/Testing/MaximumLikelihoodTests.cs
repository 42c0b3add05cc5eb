using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Testing;

/// <summary>Who maximizes the Gaussian likelihood without knowing of least squares lands on the least-squares solution.</summary>
public class MaximumLikelihoodTests
{
    [Theory]
    [InlineData("stackloss", "stack.loss ~ Air.Flow + Water.Temp + Acid.Conc.", null)]
    [InlineData("swiss", "Fertility ~ Education * Catholic + Agriculture", null)]
    [InlineData("mtcars", "mpg ~ wt + hp + qsec", null)]
    [InlineData("hills", "time ~ dist + climb", "dist")]
    public void Maximizing_the_likelihood_lands_on_least_squares(string data, string formula, string? weights)
    {
        Table table = GoldenData.Of(data);
        LinearModel model = LinearRegression.Fit(formula, table, new FitOptions { Weights = weights });
        (double[][] x, double[] y, double[] w) = Rows(formula, table, weights);

        double[] start = new double[model.Rank + 1];
        start[^1] = Math.Log(y.Max(Math.Abs));                  // β = 0 and a σ that is too large: nothing of the solution
        double[] found = Maximize(x, y, w, start);

        for (int j = 0; j < model.Rank; j++)
        {
            Assert.Equal(model.Coefficients[j].Estimate, found[j], 1e-7 * model.Coefficients[j].StandardError);
        }
        GaussianLikelihood likelihood = model.Likelihood();
        Assert.Equal(likelihood.MaximumLikelihoodVariance, Math.Exp(2 * found[^1]), 1e-9 * likelihood.MaximumLikelihoodVariance);
        Assert.Equal(likelihood.LogLikelihood, LogLikelihood(x, y, w, found), 1e-10 * Math.Abs(likelihood.LogLikelihood));
        Assert.Equal(likelihood.UnbiasedVariance, likelihood.MaximumLikelihoodVariance * y.Length / (y.Length - model.Rank), 1e-12 * likelihood.UnbiasedVariance);
    }

    [Fact]
    public void A_profile_is_the_greatest_likelihood_that_the_other_parameters_reach()
    {
        Table table = GoldenData.Of("stackloss");
        LinearModel model = LinearRegression.Fit("stack.loss ~ Air.Flow + Water.Temp + Acid.Conc.", table);
        (double[][] x, double[] y, double[] w) = Rows(model.Formula, table, null);
        foreach (ProfilePoint point in model.Profile("Water.Temp").Points)
        {
            double[] rest = [.. y.Select((v, i) => v - (point.Value * x[i][2]))];
            double[][] others = [.. x.Select(static row => new[] { row[0], row[1], row[3] })];
            double[] found = Maximize(others, rest, w, [0, 0, 0, 3]);
            Assert.Equal(LogLikelihood(others, rest, w, found), point.LogLikelihood, 1e-9 * Math.Abs(point.LogLikelihood));
        }
    }

    /// <summary>Σ ½·log w − log σ − ½·log 2π − ½·w·r²/σ², with the last parameter log σ.</summary>
    private static double LogLikelihood(double[][] x, double[] y, double[] w, double[] parameters)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double r = y[i] - Fitted(x[i], parameters);
            sum += (0.5 * Math.Log(w[i])) - parameters[^1] - (0.5 * Math.Log(2 * Math.PI)) - (0.5 * w[i] * r * r * Math.Exp(-2 * parameters[^1]));
        }
        return sum;
    }

    /// <summary>Newton's method on all parameters, each step halved until the likelihood rises; Fisher's information for the Hessian while it is far.</summary>
    private static double[] Maximize(double[][] x, double[] y, double[] w, double[] start)
    {
        double[] at = start;
        double value = LogLikelihood(x, y, w, at);
        for (int step = 0; step < 500; step++)
        {
            double[] direction = SolveLinear(Information(x, w, at), Gradient(x, y, w, at));
            double length = 1, better = double.NegativeInfinity;
            double[] next = at;
            for (; length > 1e-12; length /= 2)
            {
                next = [.. at.Select((a, j) => a + (length * direction[j]))];
                better = LogLikelihood(x, y, w, next);
                if (better > value)
                {
                    break;
                }
            }
            if (!(better > value))
            {
                return [.. at.Select((a, j) => a + direction[j])];     // the value is flat to its rounding: the gradient still tells
            }
            (at, value) = (next, better);
        }
        return at;
    }

    private static double[] Gradient(double[][] x, double[] y, double[] w, double[] at)
    {
        var gradient = new double[at.Length];
        double precision = Math.Exp(-2 * at[^1]);
        for (int i = 0; i < y.Length; i++)
        {
            double r = y[i] - Fitted(x[i], at);
            for (int j = 0; j < x[i].Length; j++)
            {
                gradient[j] += w[i] * r * x[i][j] * precision;
            }
            gradient[^1] += (w[i] * r * r * precision) - 1;
        }
        return gradient;
    }

    private static double[][] Information(double[][] x, double[] w, double[] at)
    {
        int p = at.Length;
        double[][] information = [.. Enumerable.Range(0, p).Select(_ => new double[p])];
        double precision = Math.Exp(-2 * at[^1]);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < p - 1; j++)
            {
                for (int k = 0; k < p - 1; k++)
                {
                    information[j][k] += w[i] * x[i][j] * x[i][k] * precision;
                }
            }
        }
        information[p - 1][p - 1] = 2 * x.Length;
        return information;
    }

    /// <summary>Elimination with row pivots, of a matrix scaled to a unit diagonal.</summary>
    private static double[] SolveLinear(double[][] matrix, double[] right)
    {
        int p = right.Length;
        double[] scale = [.. matrix.Select((row, i) => 1 / Math.Sqrt(row[i]))];
        double[][] a = [.. matrix.Select((row, i) => row.Select((v, j) => v * scale[i] * scale[j]).Append(right[i] * scale[i]).ToArray())];
        for (int k = 0; k < p; k++)
        {
            int pivot = Enumerable.Range(k, p - k).MaxBy(i => Math.Abs(a[i][k]));
            (a[k], a[pivot]) = (a[pivot], a[k]);
            for (int i = k + 1; i < p; i++)
            {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j <= p; j++)
                {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        var solution = new double[p];
        for (int i = p - 1; i >= 0; i--)
        {
            solution[i] = (a[i][p] - Enumerable.Range(i + 1, p - i - 1).Sum(j => a[i][j] * solution[j])) / a[i][i];
        }
        return [.. solution.Select((s, i) => s * scale[i])];
    }

    private static double Fitted(double[] row, double[] parameters)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            sum += row[j] * parameters[j];
        }
        return sum;
    }

    /// <summary>The design matrix with its intercept, the response and the weights.</summary>
    private static (double[][] X, double[] Y, double[] W) Rows(string formula, Table table, string? weights)
    {
        var design = Design.Create(formula, Schema.Of(table), weights);
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop);
        var x = new List<double[]>();
        var y = new List<double>();
        var w = new List<double>();
        int predictors = design.Columns.Count - 2;
        foreach (RowBlock block in table.Read(design.Inputs, null, CancellationToken.None))
        {
            RowBlock encoded = encoder.Encode(block);
            for (int i = 0; i < encoded.Rows; i++)
            {
                x.Add([1, .. Enumerable.Range(0, predictors).Select(j => encoded[j].High[i])]);
                y.Add(encoded[predictors].High[i]);
                w.Add(weights is null ? 1 : encoded[predictors + 1].High[i]);
            }
        }
        return ([.. x], [.. y], [.. w]);
    }
}
