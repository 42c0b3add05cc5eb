using Plumbline.Numerics;

namespace Plumbline.Tests.Solvers;

/// <summary>Moments the obvious way: sums of products of exact values.</summary>
internal static class TestMoments
{
    /// <summary>Moments of rows; the intercept is put in front of the predictors, the response comes last.</summary>
    /// <param name="rows">Predictors and response, exact.</param>
    /// <param name="unit">Half a unit of rounding of every source; each column is its own source.</param>
    /// <param name="degrees">Degree of each column in its own source; 1 when not given.</param>
    /// <param name="weights">Weights; 1 when not given.</param>
    public static Moments Of(ExactValue[][] rows, double unit = ColumnInfo.DoubleUnit, int[][]? degrees = null, double[]? weights = null)
    {
        int k = rows[0].Length + 1;
        int sources = degrees is null ? k - 1 : degrees[0].Length;
        var columns = new DesignColumn[k];
        for (int j = 0; j < k; j++)
        {
            int[] degree = new int[sources];
            if (j > 0 && degrees is null)
            {
                degree[j - 1] = 1;
            }
            else if (j > 0)
            {
                degree = degrees![j - 1];
            }
            string name = j == 0 ? "(Intercept)" : j == k - 1 ? "y" : $"x{j}";
            columns[j] = new DesignColumn(name, [new CoefficientPiece(name)], degree);
        }
        var upper = new ExactValue[Moments.PackedLength(k)];
        ExactValue logs = ExactValue.Zero;
        for (int r = 0; r < rows.Length; r++)
        {
            ExactValue[] z = [ExactValue.From(1), .. rows[r]];
            ExactValue w = ExactValue.From(weights is null ? 1 : weights[r]);
            logs += ExactValue.From(weights is null ? 0 : Math.Log(weights[r]));
            for (int i = 0; i < k; i++)
            {
                for (int j = i; j < k; j++)
                {
                    upper[Moments.PackedIndex(i, j, k)] += w * z[i] * z[j];
                }
            }
        }
        RoundingSource[] named = [.. Enumerable.Range(0, sources).Select(s => new RoundingSource($"s{s}", unit))];
        return new Moments(columns, named, rows.Length, logs, upper);
    }

    public static Moments Of(double[][] rows, double unit = ColumnInfo.DoubleUnit, int[][]? degrees = null, double[]? weights = null)
        => Of([.. rows.Select(row => row.Select(ExactValue.From).ToArray())], unit, degrees, weights);

    /// <summary>Powers 1 … degree of x, exactly, then y; one source for x, one for y.</summary>
    public static Moments Polynomial(double[] x, double[] y, int degree, double unit = ColumnInfo.DoubleUnit)
    {
        var rows = new ExactValue[x.Length][];
        for (int r = 0; r < x.Length; r++)
        {
            rows[r] = new ExactValue[degree + 1];
            ExactValue power = ExactValue.From(1);
            for (int d = 0; d < degree; d++)
            {
                power *= ExactValue.From(x[r]);
                rows[r][d] = power;
            }
            rows[r][degree] = ExactValue.From(y[r]);
        }
        int[][] degrees = [.. Enumerable.Range(1, degree).Select(d => new[] { d, 0 }), [0, 1]];
        return Of(rows, unit, degrees);
    }
}
