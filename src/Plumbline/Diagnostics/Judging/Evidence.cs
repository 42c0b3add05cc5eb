namespace Plumbline;

/// <summary>All that the checks of one model are judged by.</summary>
internal sealed record Evidence
{
    private const int MostNumbers = 10;

    /// <summary>What was summed.</summary>
    public required CheckLayout Layout { get; init; }

    /// <summary>What was asked.</summary>
    public required CheckOptions Options { get; init; }

    /// <summary>The model.</summary>
    public required LinearModel Model { get; init; }

    /// <summary>The first look.</summary>
    public required FirstLook First { get; init; }

    /// <summary>What it makes likely.</summary>
    public required Suspicion Suspicion { get; init; }

    /// <summary>Moments of z and <see cref="SecondLookColumns"/>.</summary>
    public required AuxiliaryMoments Second { get; init; }

    /// <summary>Repaired residuals of the sample, sorted.</summary>
    public required double[] RepairedSample { get; init; }

    /// <summary>The same, by the other form of the variance.</summary>
    public required double[] RepairedLogSample { get; init; }

    /// <summary>What the terms of the model add.</summary>
    public required TermComponents Components { get; init; }

    /// <summary>Residuals in order; null when the order means nothing.</summary>
    public LagSums? Raw { get; init; }

    /// <summary>Repaired residuals in order.</summary>
    public LagSums? Repaired { get; init; }

    /// <summary>Standard errors by Newey and West; null without an order.</summary>
    public double[]? NeweyWest { get; init; }

    /// <summary>Texts of the split's levels.</summary>
    public Func<double, string> LevelText { get; init; } = static level => Words.Number(level);

    /// <summary>The column of the order, or null.</summary>
    public ColumnInfo? OrderInfo { get; init; }

    /// <summary>Whether the column of the split is one of numbers.</summary>
    public bool SplitIsNumber { get; init; }

    /// <summary>The columns whose values <see cref="CheckRow.Inputs"/> are.</summary>
    public IReadOnlyList<ColumnInfo> Inputs { get; init; } = [];

    /// <summary>Columns of U, UUᵀ = (XᵀWX)⁻¹, column k down to row k, in the data's units.</summary>
    public required double[][] Root { get; init; }

    /// <summary>The coefficients of ŷ, less its constant, on z.</summary>
    public double[] FittedOnOrthonormal
    {
        get
        {
            // ŷ = Σ b_j x_j and z = Uᵀx, so that the coefficients on z are U⁻¹b: solved from the last one up.
            var onZ = new double[Coefficients];
            for (int j = Coefficients - 1; j >= 0; j--)
            {
                double rest = Model.Coefficients[j].Estimate;
                for (int k = j + 1; k < Coefficients; k++)
                {
                    rest -= Root[k][j] * onZ[k];
                }
                onZ[j] = rest / Root[j][j];
            }
            return onZ;
        }
    }

    /// <summary>Standard errors under HC3; NaN when a leverage is 1.</summary>
    public required double[] RobustErrors { get; init; }

    /// <summary>Classical standard errors.</summary>
    public required double[] Errors { get; init; }

    /// <summary>n.</summary>
    public double Rows => Layout.Rows;

    /// <summary>k.</summary>
    public int Coefficients => Layout.Coefficients;

    /// <summary>The names of the coefficients.</summary>
    public string Name(int coefficient) => Model.Coefficients[coefficient].Name;

    /// <summary>The residuals in order, repaired unless it is their following each other that makes a break or a curve.</summary>
    public LagSums? Following
    {
        get
        {
            if (Raw is null || Repaired is null || Suspicion.Repairs is (false, false) || Suspicion.Wild.Count > 0)
            {
                return Repaired;
            }
            double Score(LagSums sums) => (-0.5 * Rows * Math.Log(Math.Max(1e-300, (1 - Square(Correlation(sums))) * sums.Products[0]))) - (0.5 * Math.Log(Rows));
            int added = (Suspicion.Repairs.Break ? Coefficients : 0) + (Suspicion.Repairs.Term ? Suspicion.Term!.Df : 0);
            double search = (Suspicion.Repairs.Break ? Math.Log(Suspicion.Breaks.Length) : 0) + (Suspicion.Repairs.Term ? Math.Log(Layout.Terms.Terms.Count) : 0);
            return Score(Raw) > Score(Repaired) - (0.5 * added * Math.Log(Rows)) - search ? Raw : Repaired;
        }
    }

    private static double Correlation(LagSums sums) => sums.Products[0] > 0 ? sums.Products[1] / sums.Products[0] : 0;

    private static double Square(double x) => x * x;

    /// <summary>How often the next error's variance counts, given the correlation of errors beside each other: F is divided by it.</summary>
    public double Repetition
    {
        get
        {
            if (Following is not { } following || !(following.Products[0] > 0))
            {
                return 1;
            }
            double rho = Math.Clamp(Correlation(following), 0, 0.99);
            return rho * Math.Sqrt(Rows) < 3 ? 1 : (1 + rho) / (1 - rho);
        }
    }

    /// <summary>An F test whose F is divided by <see cref="Repetition"/>.</summary>
    public double WithRepetition(TestValue test) => Repetition == 1 ? test.P : TestValue.F(test.Statistic / Repetition, test.Df, test.DenominatorDf).P;

    /// <summary>Moves of the coefficients, in the data's units, for coefficients of e/σ̂ on z.</summary>
    public double[] Moves(IReadOnlyList<double> onOrthonormal)
    {
        var moves = new double[Coefficients];
        for (int k = 0; k < Coefficients; k++)
        {
            for (int j = 0; j <= k; j++)
            {
                moves[j] += Root[k][j] * onOrthonormal[k] * Layout.Sigma;
            }
        }
        return moves;
    }

    /// <summary>The standard errors that another covariance changes most, at most ten of them.</summary>
    public RemedyNumber[] ChangedErrors(double[] after) =>
    [
        .. Enumerable.Range(0, Coefficients).OrderByDescending(j => Math.Abs(Math.Log(after[j] / Errors[j]))).Take(MostNumbers)
            .Select(j => new RemedyNumber($"standard error of {Name(j)}", Errors[j], after[j])),
    ];

    /// <summary>Reads U, HC3 and the classical errors.</summary>
    public static (double[][] Root, double[] Errors, double[] Robust) Scales(CheckLayout layout, FirstLook look)
    {
        int k = layout.Coefficients;
        double[][] root = [.. layout.Parts.Solution.InverseRoot.Select(static c => c.ToArray())];
        var errors = new double[k];
        var robust = new double[k];
        for (int j = 0; j < k; j++)
        {
            double square = 0, middle = 0;
            for (int a = j; a < k; a++)
            {
                square += root[a][j] * root[a][j];
                for (int b = j; b < k; b++)
                {
                    middle += root[a][j] * root[b][j] * look.Scores[a, b];
                }
            }
            errors[j] = layout.Sigma * Math.Sqrt(square);
            robust[j] = look.UnitLeverages > 0 ? double.NaN : layout.Sigma * Math.Sqrt(Math.Max(0, middle));
        }
        return (root, errors, robust);
    }
}
