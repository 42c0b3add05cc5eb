using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Means of partial residuals over bins of the column that a term is made of; from several threads, with the same bits for any number of them.
/// </summary>
/// <remarks>
/// Method      the inner borders are quantiles of a sample of the rows, so that bins have about as many rows each, few values their own bins, and a
///             long tail does not put all rows into one. Sums are whole numbers of σ̂·2⁻⁴⁰ in 128 bits: no order of rows rounds otherwise.
/// Cost        a binary search and k additions a row and term.
/// Fails when  a term has several variables, a category, or a variable of several columns: it has no curve.
/// </remarks>
internal sealed class PartialCurves
{
    private const int MostBins = 20;
    private const int UnitPower = 40;
    private const double FitsLong = 4e18;

    private readonly Curve[] _curves;
    private readonly TermComponents _components;
    private readonly double _perUnit;               // σ̂·2⁻⁴⁰ is the unit, in that of scaled residuals
    private readonly double _unit;                  // and in that of the response
    private readonly bool _isFrequency;
    private readonly Lock _gate = new();

    /// <param name="layout">The fit.</param>
    /// <param name="components">What its terms add.</param>
    /// <param name="inputs">The numeric columns, and their places among the blocks' further columns.</param>
    /// <param name="sample">Values of those columns in a sample of the rows.</param>
    public PartialCurves(CheckLayout layout, TermComponents components, IReadOnlyList<(FittedInput Input, int Place)> inputs, double[][] sample)
    {
        _components = components;
        _unit = Math.ScaleB(layout.Sigma, -UnitPower);
        _perUnit = 1 / Math.ScaleB(_unit, -layout.Parts.Solution.Geometry.ResidualPower);
        _isFrequency = layout.IsFrequency;
        FittedDesign design = layout.Parts.Origin.Design!;
        var curves = new List<Curve>();
        for (int t = 0; t < design.Terms.Count; t++)
        {
            int input = ColumnOf(design, t + 1, inputs);
            if (input >= 0)
            {
                (FittedInput column, int place) = inputs[input];
                double[] edges = Edges(column, [.. sample.Select(s => s[input]).Order()]);
                curves.Add(new Curve(design.Terms[t], column.Column.Name, place, edges, t));
            }
        }
        _curves = [.. curves];
    }

    /// <summary>Adds the rows of a strip.</summary>
    public void Add(CheckStrip strip, ModelBlock block)
    {
        Span<Int128> sums = stackalloc Int128[2 * MostBins];
        Span<double> rows = stackalloc double[MostBins];
        Span<DoubleDouble> components = stackalloc DoubleDouble[RowScores.Strip];
        foreach (Curve curve in _curves)
        {
            sums.Clear();
            rows.Clear();
            ReadOnlySpan<double> x = block.Extra(curve.Place);
            _components.Take(strip.Scores, curve.Index, components[..strip.Taken]);
            for (int r = 0; r < strip.Rows; r++)
            {
                int at = strip.Places[r] - strip.Start, bin = curve.BinOf(x[strip.Places[r]]);
                double times = _isFrequency ? strip.Weights[r] : 1;
                sums[2 * bin] += Whole(times * (components[at] + strip.Scores.Residuals[at]).High);
                sums[(2 * bin) + 1] += Whole(times * components[at].High);
                rows[bin] += times;
            }
            lock (_gate)
            {
                for (int b = 0; b < curve.Bins; b++)
                {
                    curve.Sums[2 * b] += sums[2 * b];
                    curve.Sums[(2 * b) + 1] += sums[(2 * b) + 1];
                    curve.Rows[b] += rows[b];
                }
            }
        }
    }

    /// <summary>The curves.</summary>
    public IReadOnlyList<PartialResidualCurve> Total() =>
    [
        .. _curves.Select(c => new PartialResidualCurve(
            c.Term, c.Column,
            [
                .. Enumerable.Range(0, c.Bins).Where(b => c.Rows[b] > 0).Select(b => new PartialResidualBin(
                    c.Edges[b], c.Edges[b + 1], c.Rows[b], (double)c.Sums[2 * b] * _unit / c.Rows[b], (double)c.Sums[(2 * b) + 1] * _unit / c.Rows[b])),
            ])),
    ];

    private Int128 Whole(double value)
    {
        double units = Math.Round(value * _perUnit);
        return Math.Abs(units) < FitsLong ? (long)units : (Int128)units;
    }

    /// <summary>The place among the inputs of the one numeric column that a term of one variable is made of; −1 for other terms.</summary>
    private static int ColumnOf(FittedDesign design, int term, IReadOnlyList<(FittedInput Input, int Place)> inputs)
    {
        FittedColumn[] columns = [.. design.Columns.Where(c => c.Term == term)];
        int[] variables = [.. columns.SelectMany(static c => c.Factors.Select(static f => f.Variable)).Distinct()];
        if (variables.Length != 1 || columns.Any(static c => c.Factors.Count != 1) || design.Variables[variables[0]].Kind == VariableKind.Category)
        {
            return -1;
        }
        string[] names = [.. NodeNames.Of(Parser.ParseExpression(design.Variables[variables[0]].Expression)).Distinct(StringComparer.Ordinal)];
        return names.Length != 1 ? -1 : inputs.Index().Where(i => i.Item.Input.Column.Name == names[0]).Select(static i => i.Index).DefaultIfEmpty(-1).First();
    }

    /// <summary>Where bins begin, and where the last ends.</summary>
    private static double[] Edges(FittedInput input, double[] sorted)
    {
        var edges = new List<double> { input.Least };
        for (int b = 1; b < MostBins && sorted.Length > 0; b++)
        {
            double edge = sorted[(int)((long)b * sorted.Length / MostBins)];
            if (edge > edges[^1])
            {
                edges.Add(edge);
            }
        }
        return [.. edges, input.Largest];
    }

    private sealed record Curve(string Term, string Column, int Place, double[] Edges, int Index)
    {
        public int Bins => Edges.Length - 1;

        public Int128[] Sums { get; } = new Int128[2 * (Edges.Length - 1)];

        public double[] Rows { get; } = new double[Edges.Length - 1];

        public int BinOf(double value)
        {
            int bin = 0;
            for (int b = 1; b < Edges.Length - 1; b++)
            {
                bin += value >= Edges[b] ? 1 : 0;
            }
            return bin;
        }
    }
}
