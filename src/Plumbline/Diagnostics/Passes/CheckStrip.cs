using System.Numerics;

namespace Plumbline;

/// <summary>
/// The auxiliary columns (<see cref="CheckLayout"/>) of up to <see cref="RowScores.Strip"/> rows; rows of weight 0 are left out. For one thread.
/// </summary>
internal sealed class CheckStrip
{
    private const double LeastSquare = 1e-10;        // so that log is defined

    private readonly CheckLayout _layout;
    private readonly RowScores _scores;
    private readonly double _unit;                  // 1/σ̂ in scaled units
    private readonly double _nearest;
    private readonly bool _withProducts;
    private readonly bool _withFitted;
    private readonly int[] _factors;                // the columns that products are made of
    private readonly double[][] _standard;          // those, centered and scaled

    /// <param name="layout">What columns there are.</param>
    /// <param name="withProducts">Whether the products are wanted.</param>
    /// <param name="withFitted">Whether the powers of the fitted values are wanted.</param>
    public CheckStrip(CheckLayout layout, bool withProducts, bool withFitted)
    {
        _layout = layout;
        _withProducts = withProducts;
        _withFitted = withFitted;
        _factors = [.. layout.Terms.Pairs.SelectMany(static p => (int[])[p.I, p.J]).Distinct()];
        _standard = [.. Enumerable.Range(0, layout.Coefficients).Select(j => withProducts && _factors.Contains(j) ? new double[RowScores.Strip] : [])];
        LeastSquaresGeometry geometry = layout.Parts.Solution.Geometry;
        _scores = new RowScores(geometry, layout.Parts.Solution.Statistics.IsExactFit, withLeverages: true);
        _unit = 1 / Math.ScaleB(layout.Sigma, -geometry.ResidualPower);
        _nearest = Math.ScaleB(geometry.Count * geometry.Condition, -92);
        Columns = new double[layout.Size][];
        for (int j = 0; j < Columns.Length; j++)
        {
            Columns[j] = new double[RowScores.Strip];
        }
        Views = Array.ConvertAll(Columns, static c => new NumberColumn(c, null, 0, c.Length));
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Which row of the block the strip begins with.</summary>
    public int Start { get; private set; }

    /// <summary>Residuals and columns at more than double precision, those of weight 0 among them.</summary>
    public RowScores Scores => _scores;

    /// <summary>How many rows <see cref="Scores"/> has.</summary>
    public int Taken { get; private set; }

    /// <summary>The columns.</summary>
    public double[][] Columns { get; }

    /// <summary>The same, for exact sums.</summary>
    public NumberColumn[] Views { get; }

    /// <summary>The places of the rows in the block.</summary>
    public int[] Places { get; } = new int[RowScores.Strip];

    /// <summary>The weights.</summary>
    public double[] Weights { get; } = new double[RowScores.Strip];

    /// <summary>√w·e/σ̂; e/σ̂ with frequencies.</summary>
    public double[] Whitened { get; } = new double[RowScores.Strip];

    /// <summary>The leverages, at most 1.</summary>
    public double[] Leverages { get; } = new double[RowScores.Strip];

    /// <summary>Whether a leverage is 1.</summary>
    public bool[] IsUnit { get; } = new bool[RowScores.Strip];

    /// <summary>The residuals.</summary>
    public double[] Residuals { get; } = new double[RowScores.Strip];

    /// <summary>A row to keep.</summary>
    /// <param name="r">The row of the strip.</param>
    /// <param name="block">The block of <see cref="Take"/>.</param>
    /// <param name="inputs">The places of the numeric inputs among the block's further columns.</param>
    public CheckRow Keep(int r, ModelBlock block, IReadOnlyList<int> inputs)
    {
        int at = Places[r];
        return new CheckRow(
            block.RowNumbers[at], Array.ConvertAll(Columns, c => c[r]), Weights[r], Leverages[r], block.Response[at], Residuals[r],
            [.. inputs.Select(i => block.Extra(i)[at])]);
    }

    /// <summary>Computes the columns for some rows of a block.</summary>
    public void Take(ModelBlock block, int start, int count)
    {
        _scores.Take(block, start, count);
        int power = _layout.Parts.Solution.Geometry.ResidualPower;
        Rows = 0;
        (Start, Taken) = (start, count);
        for (int r = 0; r < count; r++)
        {
            double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
            if (weight == 0)
            {
                continue;
            }
            int at = Rows++;
            double e = _scores.Residuals[r].High * _unit;
            double whitened = _layout.IsFrequency ? e : Math.Sqrt(weight) * e;
            var h = _scores.Distances[r] * Numerics.DoubleDouble.From(_layout.IsFrequency ? 1 : weight);
            Places[at] = start + r;
            Weights[at] = weight;
            Whitened[at] = whitened;
            Leverages[at] = Math.Min(1, h.High);
            IsUnit[at] = !((Numerics.DoubleDouble.From(1) - h).High > _nearest);
            Residuals[at] = Math.ScaleB(_scores.Residuals[r].High, power);
            Columns[_layout.Constant][at] = 1;
            Columns[_layout.Residual][at] = e;
            Columns[_layout.Square][at] = whitened * whitened;
            Columns[_layout.LogSquare][at] = _withProducts ? Math.Log(Math.Max(LeastSquare, whitened * whitened)) : 0;
        }
        for (int k = 0; k < _layout.Coefficients; k++)
        {
            ReadOnlySpan<Numerics.DoubleDouble> z = _scores.Orthonormal(k);
            for (int r = 0; r < Rows; r++)
            {
                Columns[k][r] = z[Places[r] - start].High;
            }
        }
        if (_withProducts)
        {
            TakeProducts(block);
        }
        if (_withFitted)
        {
            TakeFitted(block);
        }
        if (_layout.HasLog)
        {
            ReadOnlySpan<double> y = block.Response;
            for (int r = 0; r < Rows; r++)
            {
                Columns[_layout.Log][r] = Math.Log(y[Places[r]]);
            }
        }
        for (int j = 0; _layout.Rounding is { } rounding && j < Columns.Length; j++)
        {
            rounding.Round(j, Columns[j].AsSpan(0, Rows));
        }
    }

    private void TakeProducts(ModelBlock block)
    {
        foreach (int j in _factors)
        {
            ReadOnlySpan<double> values = block.Column(j), low = block.Low(j);
            (double center, double scale) = (_layout.Centers[j], _layout.Scales[j]);
            double[] standard = _standard[j];
            for (int r = 0; r < Rows; r++)
            {
                int at = Places[r];
                standard[r] = ((values[at] - center) + (low.IsEmpty ? 0 : low[at])) / scale;
            }
        }
        for (int q = 0; q < _layout.Terms.Pairs.Count; q++)
        {
            (int i, int j) = _layout.Terms.Pairs[q];
            Multiply(_standard[i], _standard[j], Columns[_layout.Products + q]);
        }
    }

    /// <summary>The products of two columns.</summary>
    public static void Multiply(double[] a, double[] b, double[] product)
    {
        for (int r = 0; r < RowScores.Strip; r += Vector<double>.Count)
        {
            (new Vector<double>(a, r) * new Vector<double>(b, r)).CopyTo(product, r);
        }
    }

    private void TakeFitted(ModelBlock block)
    {
        (double center, double scale) = _layout.Fitted;
        double[] second = Columns[_layout.FittedPowers], third = Columns[_layout.FittedPowers + 1];
        for (int r = 0; r < Rows; r++)
        {
            int at = Places[r];
            double offset = block.Offset.IsEmpty ? 0 : block.Offset[at];
            double fitted = scale > 0 ? (block.Response[at] - offset - Residuals[r] - center) / scale : 0;
            second[r] = fitted * fitted;
            third[r] = fitted * fitted * fitted;
        }
    }
}
