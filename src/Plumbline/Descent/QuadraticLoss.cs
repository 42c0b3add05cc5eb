using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The mean loss ½(ŷ − y)² as a function of parameters θ: L(θ) = L* + ½ (θ − θ*)ᵀ H (θ − θ*), from exact moments.
/// Standardized, θ belongs to columns of mean 0 and standard deviation 1 (1/n), the intercept to the column of ones: H is
/// then the correlation matrix, with 1 for the intercept. Otherwise H = A/Σw and θ are the coefficients.
/// </summary>
/// <remarks>
/// Method      H_ij = (A_ij·W − A_0i·A_0j)/(W² s_i s_j): differences of exact numbers, rounded once to double-double. Without an
///             intercept columns are only scaled, by their root mean square. θ* comes from the exact solution. The inverse that
///             gives the least curvature is in double-double.
/// Cost        one exact solution, and p³ in double-double.
/// Fails when  there is no row, or no column is kept: an exception.
/// </remarks>
internal sealed class QuadraticLoss
{
    private readonly bool _centered;

    private QuadraticLoss(string[] names, double[] minimizer, double[] exact, double minimum, DoubleDouble[][] hessian, double[] mean, double[] scale, bool centered)
    {
        Names = names;
        Minimizer = minimizer;
        Exact = exact;
        Minimum = minimum;
        Hessian = Array.ConvertAll(hessian, row => Array.ConvertAll(row, v => v.High));
        Mean = mean;
        Scale = scale;
        _centered = centered;
        Largest = LargestEigenvalue.Of(Hessian);
        var factor = new Cholesky<DoubleDouble>(hessian);
        Smallest = factor.FactorAll() < 0
            ? 1 / LargestEigenvalue.Of(Array.ConvertAll(factor.Inverse(), row => Array.ConvertAll(row, v => v.High)))
            : 0;
    }

    /// <summary>The coefficients' names.</summary>
    public string[] Names { get; }

    /// <summary>How many parameters.</summary>
    public int Count => Names.Length;

    /// <summary>θ*.</summary>
    public double[] Minimizer { get; }

    /// <summary>The exact estimates in the data's units.</summary>
    public double[] Exact { get; }

    /// <summary>L*.</summary>
    public double Minimum { get; }

    /// <summary>H.</summary>
    public double[][] Hessian { get; }

    /// <summary>What is taken from each column; 0 for the intercept.</summary>
    public double[] Mean { get; }

    /// <summary>What each column is divided by then; 1 for the intercept.</summary>
    public double[] Scale { get; }

    /// <summary>λmax of H.</summary>
    public double Largest { get; }

    /// <summary>λmin of H; 0 when it is lost in rounding at 106 bits.</summary>
    public double Smallest { get; }

    /// <summary>κ = λmax/λmin.</summary>
    public double Condition => Largest / Smallest;

    /// <summary>The root mean square of each column of θ's, as the rows have them: how their scales differ.</summary>
    public double Length(int j) => Math.Sqrt(Hessian[j][j]);

    /// <summary>From moments, over the columns that have a coefficient.</summary>
    public static QuadraticLoss Of(Moments moments, bool hasIntercept, bool standardize)
    {
        LeastSquaresSolution solution = NormalEquations.Solve(moments, hasIntercept);
        int p = solution.Rank;
        if (p == 0)
        {
            throw new PlumblineException("shape", "No column is left to descend along: every predictor is zero.");
        }
        bool centered = standardize && solution.Kept.Contains(0);
        ExactValue weight = moments[0, 0];
        double[] mean = new double[p], scale = new double[p];
        var raw = new DoubleDouble[p][];
        for (int i = 0; i < p; i++)
        {
            raw[i] = new DoubleDouble[p];
            mean[i] = centered && solution.Kept[i] != 0 ? ExactInterval.Quotient(moments[0, solution.Kept[i]], weight).ToDouble() : 0;
            for (int j = 0; j <= i; j++)
            {
                raw[i][j] = raw[j][i] = Entry(moments, solution.Kept[i], solution.Kept[j], weight, centered);
            }
        }
        for (int i = 0; i < p; i++)
        {
            scale[i] = standardize ? Math.Sqrt(raw[i][i].High) : 1;
        }
        var hessian = new DoubleDouble[p][];
        for (int i = 0; i < p; i++)
        {
            hessian[i] = new DoubleDouble[p];
            for (int j = 0; j < p; j++)
            {
                hessian[i][j] = raw[i][j] / (DoubleDouble.From(scale[i]) * DoubleDouble.From(scale[j]));
            }
        }
        double[] exact = [.. solution.Estimates];
        double[] minimizer = new double[p];
        for (int i = 0; i < p; i++)
        {
            minimizer[i] = centered && solution.Kept[i] == 0
                ? ExactInterval.Quotient(moments[0, moments.Columns.Count - 1], weight).ToDouble()
                : exact[i] * scale[i];
        }
        string[] names = [.. solution.Kept.Select(k => moments.Columns[k].Name)];
        double minimum = solution.Statistics.Rss / (2 * weight.ToDouble());
        return new QuadraticLoss(names, minimizer, exact, minimum, hessian, mean, scale, centered);
    }

    /// <summary>H·e, and the excess loss ½eᵀHe, never negative; e = θ − θ*.</summary>
    public double Gradient(ReadOnlySpan<double> error, Span<double> gradient)
    {
        double form = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double[] row = Hessian[i];
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * error[j];
            }
            gradient[i] = sum;
            form += sum * error[i];
        }
        return Math.Max(0, 0.5 * form);
    }

    /// <summary>θ* + e.</summary>
    public double[] At(ReadOnlySpan<double> error)
    {
        double[] theta = Minimizer.ToArray();
        for (int j = 0; j < theta.Length; j++)
        {
            theta[j] += error[j];
        }
        return theta;
    }

    /// <summary>pᵀHp.</summary>
    public double Curvature(ReadOnlySpan<double> direction)
    {
        double form = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < direction.Length; j++)
            {
                sum += Hessian[i][j] * direction[j];
            }
            form += sum * direction[i];
        }
        return form;
    }

    /// <summary>θ in the data's units.</summary>
    public double[] ToData(ReadOnlySpan<double> theta)
    {
        var data = new double[Count];
        double shift = 0;
        for (int j = 0; j < data.Length; j++)
        {
            data[j] = theta[j] / Scale[j];
            shift += Mean[j] * data[j];
        }
        if (_centered)
        {
            data[0] -= shift;
        }
        return data;
    }

    private static DoubleDouble Entry(Moments moments, int i, int j, ExactValue weight, bool centered)
    {
        if (centered && (i == 0 || j == 0))
        {
            return DoubleDouble.From(i == j ? 1.0 : 0.0);
        }
        ExactInterval value = centered
            ? ExactInterval.Quotient((moments[i, j] * weight) - (moments[0, i] * moments[0, j]), weight * weight)
            : ExactInterval.Quotient(moments[i, j], weight);
        return DoubleDouble.From((value.Low + value.High).Scale(-1));
    }
}
