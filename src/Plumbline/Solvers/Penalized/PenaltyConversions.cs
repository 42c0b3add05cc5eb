namespace Plumbline;

// The penalties of other programs as ours, and back. Which columns they act on is a second question: glmnet and Spark standardize by default,
// scikit-learn and ML.NET do not (PathOptions.Standardize).
// glmnet and Spark divide the response by its standard deviation s first, and λ acts on the quotient: their penalty is
// λ·(α‖b‖₁ + ½(1−α)‖b‖²/s). Only for lasso is that ours. scikit-learn's ridge minimizes RSS + a‖b‖², with no 1/(2n).
// ML.NET's ordinary least squares adds n·l2² to the diagonal of the normal equations.
// Sources: glmnet 4.1, ?glmnet; Spark's WeightedLeastSquares; scikit-learn 1.2, ElasticNet and Ridge;
// ML.NET's OlsTrainer.
public sealed partial record Penalty
{
    /// <summary>The penalty that glmnet calls <paramref name="lambda"/> and <paramref name="alpha"/>, for a Gaussian response.</summary>
    /// <param name="lambda">glmnet's <c>lambda</c>.</param>
    /// <param name="alpha">glmnet's <c>alpha</c>.</param>
    /// <param name="deviation">The 1/n standard deviation of the response (<see cref="RegularizationPath.ResponseDeviation"/>).</param>
    public static Penalty FromGlmnet(double lambda, double alpha, double deviation)
    {
        Require(lambda, alpha, deviation);
        return Of(lambda * alpha, lambda * (1 - alpha) / deviation);
    }

    /// <summary>The penalty of scikit-learn's <c>Lasso</c> (<paramref name="ratio"/> 1) and <c>ElasticNet</c>. Their columns are not standardized.</summary>
    /// <param name="alpha">scikit-learn's <c>alpha</c>.</param>
    /// <param name="ratio">scikit-learn's <c>l1_ratio</c>.</param>
    public static Penalty FromScikitLearn(double alpha, double ratio = 1)
    {
        Require(alpha, ratio, 1);
        return new Penalty(alpha, ratio);
    }

    /// <summary>The penalty of scikit-learn's <c>Ridge</c>. Its columns are not standardized.</summary>
    /// <param name="alpha">scikit-learn's <c>alpha</c>.</param>
    /// <param name="rows">The number of rows; with weights their sum.</param>
    public static Penalty FromScikitLearnRidge(double alpha, double rows)
    {
        Require(alpha, 0, rows);
        return Ridge(alpha / rows);
    }

    /// <summary>The penalty of Spark's <c>LinearRegression</c>, solver <c>normal</c> (which <c>auto</c> is for up to 4096 columns).</summary>
    /// <param name="regParam">Spark's <c>regParam</c>.</param>
    /// <param name="elasticNetParam">Spark's <c>elasticNetParam</c>.</param>
    /// <param name="deviation">The 1/n standard deviation of the response.</param>
    public static Penalty FromSpark(double regParam, double elasticNetParam, double deviation) => FromGlmnet(regParam, elasticNetParam, deviation);

    /// <summary>The penalty of ML.NET's <c>Ols</c>, which is a ridge by default. Its columns are not standardized.</summary>
    /// <param name="l2Regularization">ML.NET's <c>L2Regularization</c>; its default is 1e-6.</param>
    public static Penalty FromMlNet(double l2Regularization)
    {
        Require(l2Regularization, 0, 1);
        return Ridge(l2Regularization * l2Regularization);
    }

    /// <summary>What glmnet calls this penalty, for a Gaussian response.</summary>
    /// <param name="deviation">The 1/n standard deviation of the response.</param>
    public (double Lambda, double Alpha) ToGlmnet(double deviation)
    {
        Require(Lambda, Alpha, deviation);
        Penalty other = Of(OfLengths, OfSquares * deviation);
        return (other.Lambda, other.Alpha);
    }

    /// <summary>What scikit-learn's <c>ElasticNet</c> calls this penalty.</summary>
    public (double Alpha, double Ratio) ToScikitLearn() => (Lambda, Alpha);

    /// <summary>What scikit-learn's <c>Ridge</c> calls this penalty.</summary>
    /// <param name="rows">The number of rows; with weights their sum.</param>
    /// <exception cref="PlumblineException">Code <c>option</c>: α is not 0.</exception>
    public double ToScikitLearnRidge(double rows)
    {
        RequireRidge(this, "scikit-learn's Ridge");
        return Lambda * rows;
    }

    /// <summary>What Spark calls this penalty.</summary>
    /// <param name="deviation">The 1/n standard deviation of the response.</param>
    public (double RegParam, double ElasticNetParam) ToSpark(double deviation) => ToGlmnet(deviation);

    /// <summary>What ML.NET's <c>Ols</c> calls this penalty.</summary>
    /// <exception cref="PlumblineException">Code <c>option</c>: α is not 0.</exception>
    public double ToMlNet()
    {
        RequireRidge(this, "ML.NET's Ols");
        return Math.Sqrt(Lambda);
    }

    private static void Require(double lambda, double alpha, double positive)
    {
        RequireLambda(lambda);
        RequireAlpha(alpha);
        if (!(positive > 0 && double.IsFinite(positive)))
        {
            throw new PlumblineException("option", $"The standard deviation of the response, or the number of rows, is {positive}; it must be above 0.");
        }
    }

    private static void RequireRidge(Penalty penalty, string program)
    {
        if (penalty.Alpha != 0)
        {
            throw new PlumblineException("option", $"α is {penalty.Alpha}, and {program} knows ridge only: α must be 0.");
        }
    }
}
