using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Least squares in unit scale, which penalties are added to: minimize ½uᵀRu − rᵀu + ½, for u_j = β_j·s_j/s_y with s the
/// columns' deviations, so that R has a diagonal of ones and ½ is the loss at u = 0.
/// </summary>
/// <remarks>
/// Method      with an intercept N_ij = W·M_ij − M_0i·M_0j, without N_ij = W·M_ij: exact; R_ij = N_ij/√(N_ii·N_jj), rounded once to double-double.
///             s_j = √N_jj/W. Everything is scaled by powers of two, so columns of 1e±150 do no harm.
/// Cost        a difference of products of exact numbers an entry.
/// Fails when  there is no row, no predictor, or the response does not vary: exceptions. Columns that do not vary (to the rounding of their
///             source) are set aside.
/// </remarks>
internal sealed class PenalizedProblem
{
    private readonly DoubleDouble[] _roots;     // √N_jj of the columns, then of the response, times 2^−power
    private readonly int[] _powers;
    private readonly DoubleDouble[] _means;     // of the columns, then of the response
    private readonly DoubleDouble[] _norms;     // √ of the model's norms
    private readonly int _all;
    private readonly ModelMoments _model;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private PenalizedProblem(ModelMoments model, bool hasIntercept, bool standardize)
    {
        Moments m = model.Moments;
        if (m.Rows == 0)
        {
            throw new PlumblineException("no-rows", "There is no row to fit: every row is missing a value or has weight 0.");
        }
        _model = model;
        HasIntercept = hasIntercept;
        Observations = m.Rows;
        SumLogWeights = m.SumLogWeights;
        Logarithms = (DoubleDouble.Log(DoubleDouble.Pi + DoubleDouble.Pi) + DoubleDouble.From(1), DoubleDouble.Log(DoubleDouble.From(m.Rows)));
        int response = m.Columns.Count - 1;
        _all = response - 1;
        if (_all == 0)
        {
            throw new PlumblineException("shape", "The model has no predictor to penalize; it needs at least one besides the intercept.");
        }
        ExactValue weight = m[0, 0];
        if (Centered(m, response, response, hasIntercept).IsZero)
        {
            throw new PlumblineException("constant-response", $"The response {FormulaError.Code(m.Columns[response].Name)} is the same in every row: there is nothing to explain.");
        }
        Columns = [.. Enumerable.Range(1, _all).Where(j => !IsConstant(m, j, hasIntercept || standardize))];
        int p = Columns.Count;
        int[] places = [.. Columns, response];
        _roots = new DoubleDouble[p + 1];
        _powers = new int[p + 1];
        _means = new DoubleDouble[p + 1];
        _norms = [.. Columns.Select(j => DoubleDouble.Sqrt(DoubleDouble.From(model.NormSquared[j])))];
        DoubleDouble total = DoubleDouble.From(weight);
        for (int j = 0; j <= p; j++)
        {
            ExactValue square = Centered(m, places[j], places[j], hasIntercept);
            _powers[j] = square.Magnitude >> 1;
            _roots[j] = DoubleDouble.Sqrt(DoubleDouble.From(square.Scale(-2 * _powers[j])));
            _means[j] = hasIntercept ? DoubleDouble.From(m[0, places[j]]) / total : default;
        }
        Gram = new DoubleDouble[p][];
        Cross = new DoubleDouble[p];
        DoubleDouble[] inverse = Array.ConvertAll(_roots, static root => DoubleDouble.From(1) / root);
        for (int i = 0; i < p; i++)
        {
            Gram[i] = new DoubleDouble[p];
            Gram[i][i] = DoubleDouble.From(1);
            for (int j = 0; j < i; j++)
            {
                Gram[i][j] = Gram[j][i] = Correlation(m, places, i, j, inverse);
            }
            Cross[i] = Correlation(m, places, i, p, inverse);
        }
        PlainGram = Array.ConvertAll(Gram, static row => Array.ConvertAll(row, static v => v.High));
        ResponseScale = _roots[p].Scale(_powers[p]) / total;
        Weights = total;
        Ratios = [.. Enumerable.Range(0, p).Select(j => Ratio(m, j, standardize))];
        Names = [.. (hasIntercept ? [m.Columns[0].Name] : Array.Empty<string>()), .. m.Columns.Skip(1).SkipLast(1).Select(static c => c.Name)];
        ResponseDeviation = hasIntercept ? ResponseScale.High : (DoubleDouble.Sqrt(DoubleDouble.From(Centered(m, response, response, true))) / total).High;
        Tss = (ResponseScale * ResponseScale * total).High;

        DoubleDouble Ratio(Moments moments, int j, bool standardized)
        {
            if (!standardized)
            {
                return _norms[j] * total * inverse[j].Scale(-_powers[j]);
            }
            return hasIntercept
                ? DoubleDouble.From(1)
                : DoubleDouble.Sqrt(DoubleDouble.From(Centered(moments, places[j], places[j], true).Scale(-2 * _powers[j]))) * inverse[j];
        }

        DoubleDouble Correlation(Moments moments, int[] at, int i, int j, DoubleDouble[] factors) =>
            DoubleDouble.From(Centered(moments, at[i], at[j], hasIntercept).Scale(-_powers[i] - _powers[j])) * factors[i] * factors[j];
    }

    /// <summary>The predictors' places among the moments' columns.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>How many there are.</summary>
    public int Count => Columns.Count;

    /// <summary>R.</summary>
    public DoubleDouble[][] Gram { get; }

    /// <summary>R, rounded.</summary>
    public double[][] PlainGram { get; }

    /// <summary>r.</summary>
    public DoubleDouble[] Cross { get; }

    /// <summary>s_y: of the response.</summary>
    public DoubleDouble ResponseScale { get; }

    /// <summary>The 1/n standard deviation of the response.</summary>
    public double ResponseDeviation { get; }

    /// <summary>W = Σw.</summary>
    public DoubleDouble Weights { get; }

    /// <summary>TSS.</summary>
    public double Tss { get; }

    /// <summary>For each predictor what its coefficient is multiplied by for the penalty, over s_j: 1 when standardized.</summary>
    public DoubleDouble[] Ratios { get; }

    /// <summary>Whether there is an intercept.</summary>
    public bool HasIntercept { get; }

    /// <summary>n.</summary>
    public long Observations { get; }

    /// <summary>log 2π + 1 and log n, of the likelihood.</summary>
    public (DoubleDouble OfNormal, DoubleDouble OfObservations) Logarithms { get; }

    /// <summary>Σ log w.</summary>
    public ExactValue SumLogWeights { get; }

    /// <summary>The coefficients' names, the intercept first.</summary>
    public string[] Names { get; }

    /// <summary>The names of the columns that were set aside because they do not vary.</summary>
    public IReadOnlyList<string> Constant => [.. Enumerable.Range(1, _all).Except(Columns).Select(j => Names[j - (HasIntercept ? 0 : 1)])];

    /// <summary>The problem that moments pose.</summary>
    /// <param name="model">The constant first, the response last.</param>
    /// <param name="hasIntercept">Whether the constant is a predictor.</param>
    /// <param name="standardize">Whether penalties are on coefficients of standardized columns.</param>
    /// <exception cref="PlumblineException">As <see cref="RegularizationPath.Of"/>.</exception>
    public static PenalizedProblem Of(ModelMoments model, bool hasIntercept, bool standardize) => new(model, hasIntercept, standardize);

    /// <summary>Which of some predictors those before them determine (and the intercept, when there is one): the rule of least squares.</summary>
    public HashSet<int> Aliased(IReadOnlyList<int> predictors)
    {
        int[] columns = [.. predictors.Select(j => Columns[j])];
        AliasingResult rank = AliasingRule.Apply(_model, HasIntercept ? [0, .. columns] : columns);
        return [.. predictors.Where(j => !rank.Kept.Contains(Columns[j]))];
    }

    /// <summary>The least-squares fit, proven digit by digit; coefficients of aliased columns are 0.</summary>
    public PathStep LeastSquares()
    {
        LeastSquaresSolution solution = NormalEquations.Solve(_model, HasIntercept);
        double[] coefficients = new double[Names.Length];
        int first = HasIntercept ? 0 : 1;
        for (int k = 0; k < solution.Rank; k++)
        {
            coefficients[solution.Kept[k] - first] = solution.Estimates[k];
        }
        FitStatistics statistics = solution.Statistics;
        return new PathStep
        {
            Lambda = 0,
            Coefficients = coefficients,
            NonZero = coefficients.Skip(1 - first).Count(static b => b != 0),
            Df = statistics.DfModel,
            DualityGap = 0,
            Rss = statistics.Rss,
            RSquared = statistics.RSquared,
            Aic = statistics.Aic,
            Bic = statistics.Bic,
        };
    }

    /// <summary>A coefficient in the data's units, in unit scale.</summary>
    public DoubleDouble ToUnits(int j, double coefficient)
    {
        DoubleDouble factor = _roots[j] / (_roots[^1] * _norms[j]);
        return DoubleDouble.From(coefficient) * factor.Scale(_powers[j] - _powers[^1]);
    }

    /// <summary>u in the data's units, the intercept first, 0 for what was set aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] ToData(DoubleDouble[] u)
    {
        int first = HasIntercept ? 1 : 0;
        double[] coefficients = new double[_all + first];
        DoubleDouble intercept = _means[^1];
        for (int j = 0; j < u.Length; j++)
        {
            if (u[j].Sign != 0)
            {
                DoubleDouble slope = (u[j] * _roots[^1] / _roots[j]).Scale(_powers[^1] - _powers[j]);
                intercept -= slope * _means[j];
                coefficients[Columns[j] - 1 + first] = (slope * _norms[j]).High;
            }
        }
        if (HasIntercept)
        {
            coefficients[0] = intercept.High;
        }
        return coefficients;
    }

    /// <summary>σ/√W times the roots of a covariance's diagonal, in the data's units, the intercept first; 0 for what was set aside.</summary>
    public double[] DeviationsToData(DoubleDouble[][] covariance, double sigma)
    {
        int first = HasIntercept ? 1 : 0, p = Count;
        double[] deviations = new double[_all + first];
        DoubleDouble root = DoubleDouble.From(sigma) / DoubleDouble.Sqrt(Weights);
        // u belongs to columns over s_j and a response over s_y: of β_j the factor is 1/s_j, as the response's is in σ.
        DoubleDouble[] slopes = [.. Enumerable.Range(0, p).Select(j => (Weights / _roots[j]).Scale(-_powers[j]))];
        DoubleDouble intercept = DoubleDouble.From(1);
        for (int i = 0; i < p; i++)
        {
            deviations[Columns[i] - 1 + first] = (root * DoubleDouble.Sqrt(covariance[i][i]) * slopes[i] * _norms[i]).High;
            for (int j = 0; j < p; j++)
            {
                intercept += _means[i] * slopes[i] * covariance[i][j] * slopes[j] * _means[j];
            }
        }
        if (HasIntercept)
        {
            deviations[0] = (root * DoubleDouble.Sqrt(intercept)).High;
        }
        return deviations;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ExactValue Centered(Moments m, int i, int j, bool center) =>
        center ? (m[i, j] * m[0, 0]) - (m[0, i] * m[0, j]) : m[i, j] * m[0, 0];

    /// <summary>Whether a column varies no more than the rounding of its sources could make it, or with <paramref name="center"/> false is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsConstant(Moments m, int j, bool center)
    {
        ExactValue square = Centered(m, j, j, center);
        if (square.IsZero || !center)
        {
            return square.IsZero;
        }
        double length = 0;
        for (int s = 0; s < m.Sources.Count; s++)
        {
            length += m.Columns[j].Degrees[s] * m.Sources[s].Unit;
        }
        ExactValue bound = ExactValue.From(length);
        return square <= m[j, j] * m[0, 0] * bound * bound;
    }
}
