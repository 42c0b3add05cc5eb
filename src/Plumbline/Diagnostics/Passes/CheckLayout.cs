using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The columns that the first pass of the checks sums products of: z₁ … z_k, orthonormal over the rows, that span the columns of the model;
/// products of centered and scaled columns; powers of the fitted values; the constant; e/σ̂; its square and the logarithm of that; log y.
/// </summary>
internal sealed class CheckLayout
{
    private const double MostIndex = 10;            // of the condition, for coarse rounding

    private CheckLayout(FittedParts parts, CheckTerms terms)
    {
        Parts = parts;
        Terms = terms;
        Coefficients = parts.Solution.Rank;
    }

    /// <summary>The fit.</summary>
    public FittedParts Parts { get; }

    /// <summary>The products.</summary>
    public CheckTerms Terms { get; }

    /// <summary>k.</summary>
    public int Coefficients { get; }

    /// <summary>The place of the first product.</summary>
    public int Products => Coefficients;

    /// <summary>The place of the second power of the standardized fitted values; the third comes next.</summary>
    public int FittedPowers => Products + Terms.Pairs.Count;

    /// <summary>The place of the constant.</summary>
    public int Constant => FittedPowers + 2;

    /// <summary>The place of e/σ̂.</summary>
    public int Residual => Constant + 1;

    /// <summary>The place of (e/σ̂)².</summary>
    public int Square => Residual + 1;

    /// <summary>The place of log (e/σ̂)², cut below.</summary>
    public int LogSquare => Square + 1;

    /// <summary>The place of log y.</summary>
    public int Log => LogSquare + 1;

    /// <summary>How many columns.</summary>
    public int Size => Log + (HasLog ? 1 : 0);

    /// <summary>Whether log y is among them: the response is a column, and all of it positive.</summary>
    public bool HasLog { get; private init; }

    /// <summary>What is taken away from each column before products are formed.</summary>
    public required double[] Centers { get; init; }

    /// <summary>What each column is then divided by.</summary>
    public required double[] Scales { get; init; }

    /// <summary>What is taken away from fitted values, and what they are divided by; a scale of 0 when they do not vary.</summary>
    public (double Center, double Scale) Fitted { get; private init; }

    /// <summary>How the columns are rounded; null when there are few rows, or weights.</summary>
    public ColumnRounding? Rounding { get; private init; }

    /// <summary>√(RSS/df), as <see cref="ModelBlock"/>'s residuals have it.</summary>
    public double Sigma => Parts.Solution.Statistics.Sigma;

    /// <summary>n.</summary>
    public long Rows => Parts.Solution.Statistics.Rows;

    /// <summary>n − k.</summary>
    public long DfResidual => Parts.Solution.Statistics.DfResidual;

    /// <summary>Whether a weight says how many rows a row stands for.</summary>
    public bool IsFrequency => Parts.Origin.WeightKind == WeightKind.Frequency;

    /// <summary>Whether weights are of another kind.</summary>
    public bool IsWeighted => Parts.Origin.WeightKind is not null && !IsFrequency;

    /// <summary>The places z₁ … z_k.</summary>
    public IEnumerable<int> Orthonormal => Enumerable.Range(0, Coefficients);

    /// <summary>For a fit and the moments that it comes from.</summary>
    public static CheckLayout Of(FittedParts parts, DesignMoments moments)
    {
        FittedDesign design = parts.Origin.Design!;
        ModelMoments model = moments.Code(null).Model;
        Moments sums = model.Moments;
        ExactValue weight = sums[0, 0];
        int k = parts.Solution.Rank, response = sums.Columns.Count - 1;
        var centers = new double[k];
        var scales = new double[k];
        for (int j = 0; j < k; j++)
        {
            int column = parts.Solution.Kept[j];
            double norm = Math.Sqrt(model.NormSquared[column].ToDouble());
            (centers[j], scales[j]) = Spread(sums[0, column], sums[column, column], weight, design.HasIntercept);
            (centers[j], scales[j]) = (centers[j] / norm, scales[j] / norm);
            if (!(scales[j] > 0))
            {
                (centers[j], scales[j]) = (0, 1);
            }
        }
        FitStatistics statistics = parts.Solution.Statistics;
        double spread = Math.Sqrt(Math.Max(0, statistics.Tss - statistics.Rss) / weight.ToDouble());
        FittedInput? input = design.Inputs.FirstOrDefault(i => Names.Quote(i.Column.Name) == design.Response);
        var layout = new CheckLayout(parts, new CheckTerms(design))
        {
            Centers = centers,
            Scales = scales,
            Fitted = (design.HasIntercept ? ExactInterval.Quotient(sums[0, response], weight).ToDouble() : 0, spread),
            HasLog = input is { Least: > 0, Column.IsNumeric: true } && design.Offsets.Count == 0,
        };
        return parts.Origin.WeightKind is not null || layout.Rows < ColumnRounding.LeastRows ? layout : layout.Rounded(
            input is null ? 0 : Math.ILogB(Math.Max(Math.Abs(Math.Log(input.Least)), Math.Abs(Math.Log(input.Largest)))),
            Math.ILogB(layout.Sigma / Math.Abs(ExactInterval.Quotient(sums[0, response], weight).ToDouble())));
    }

    /// <summary>Which sums of products the checks need: all with White's test in full, else not those of products that are of different terms.</summary>
    public Func<int, int, bool>? Wanted(bool ofScores)
    {
        if (Terms.IsComplete && !ofScores)
        {
            return null;
        }
        HashSet<(int, int)> together = [.. Terms.Terms.SelectMany(static t => t.Pairs.SelectMany(p => t.Pairs.Select(q => (p, q))))];
        bool IsProduct(int column) => column >= Products && column < FittedPowers;
        return (i, j) => i < Coefficients
            || (IsProduct(i) && IsProduct(j) && together.Contains((i - Products, j - Products)))
            || (ofScores ? !IsProduct(i) : !IsProduct(i) || !IsProduct(j));
    }

    /// <summary>Whether products of the columns are far from combinations of each other: no column of the data in two terms, no near-dependence.</summary>
    private bool IsSimple()
    {
        FittedDesign design = Parts.Origin.Design!;
        int first = design.HasIntercept ? 1 : 0;
        FittedVariable[] numbers = [.. design.Variables.Where(static v => v.Kind != VariableKind.Category)];
        string[] names = [.. numbers.SelectMany(static v => NodeNames.Of(Parser.ParseExpression(v.Expression)))];
        return design.Columns.All(static c => c.Factors.Count <= 1)
            && numbers.All(static v => v.Kind is VariableKind.Number or VariableKind.Scale)
            && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            && (Coefficients - first < 2 || new CollinearityMeasures(Parts.Solution.Geometry.Root<DoubleDouble>(), design.HasIntercept).Directions()[^1].Index < MostIndex);
    }

    // Squares and cubes of standardized values have long tails.
    private CheckLayout Rounded(int logSize, int logSpread)
    {
        var powers = new int?[Size];
        powers.AsSpan(0, Coefficients).Fill(-(Math.ILogB(Rows) / 2));
        powers.AsSpan(Products, Terms.Pairs.Count).Fill(1);
        powers[FittedPowers] = 1;
        powers[FittedPowers + 1] = 3;
        powers[Residual] = 0;
        powers[Square] = 1;
        powers[LogSquare] = 0;
        if (HasLog)
        {
            powers[Log] = Math.Min(logSize - 4, logSpread + 2);
        }
        return new CheckLayout(Parts, Terms)
        {
            Centers = Centers,
            Scales = Scales,
            Fitted = Fitted,
            HasLog = HasLog,
            Rounding = ColumnRounding.Of(IsSimple(), powers),
        };
    }

    private static (double Center, double Scale) Spread(ExactValue sum, ExactValue square, ExactValue weight, bool centered)
    {
        double center = centered ? ExactInterval.Quotient(sum, weight).ToDouble() : 0;
        ExactValue left = centered ? (square * weight) - (sum * sum) : square * weight;
        return (center, Math.Sqrt(Math.Max(0, ExactInterval.Quotient(left, weight * weight).ToDouble())));
    }
}
