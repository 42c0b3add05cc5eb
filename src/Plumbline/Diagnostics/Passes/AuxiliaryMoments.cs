using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Second moments of columns that the checks make from rows (orthonormal columns of the model, residuals, squares …), for regressions among them.
/// </summary>
/// <remarks>
/// Method      sums are exact and rounded once to double-double. Columns are swept out one by one (symmetric elimination): what is left is the
///             moments of the residuals of all other columns on those swept out.
/// Cost        K² multiply–adds in double-double a column swept.
/// Source      Beaton, The Use of Special Matrix Operators in Statistical Calculus (1964); Goodnight, A Tutorial on the SWEEP Operator,
///             The American Statistician 33 (1979).
/// Fails when  a column is determined by those swept out before: it is skipped, at 10⁻²⁰ of its square; at 10⁻¹⁶ when columns were rounded coarsely.
/// </remarks>
internal sealed class AuxiliaryMoments
{
    private const double Dependent = 1e-20;
    private const double RoundedDependent = 1e-16;

    private readonly DoubleDouble[][] _entries;     // lower triangle
    private readonly double[] _squares;             // the diagonal before anything was swept
    private readonly bool _isRounded;

    private AuxiliaryMoments(DoubleDouble[][] entries, double[] squares, bool isRounded)
    {
        _entries = entries;
        _squares = squares;
        _isRounded = isRounded;
    }

    /// <summary>How many columns.</summary>
    public int Size => _entries.Length;

    /// <summary>An entry.</summary>
    public double this[int i, int j] => (i >= j ? _entries[i][j] : _entries[j][i]).High;

    /// <summary>From exact sums.</summary>
    /// <param name="size">How many columns.</param>
    /// <param name="sums">The entries (j, i), j ≤ i.</param>
    /// <param name="isRounded">Whether the columns were rounded coarsely (<see cref="ColumnRounding"/>).</param>
    public static AuxiliaryMoments Of(int size, Func<int, int, ExactValue> sums, bool isRounded = false)
    {
        var entries = new DoubleDouble[size][];
        for (int i = 0; i < size; i++)
        {
            entries[i] = new DoubleDouble[i + 1];
            for (int j = 0; j <= i; j++)
            {
                entries[i][j] = DoubleDouble.From(sums(j, i));
            }
        }
        return Whole(entries, isRounded);
    }

    /// <summary>The moments of the rows of several parts.</summary>
    public static AuxiliaryMoments Sum(IReadOnlyList<AuxiliaryMoments> parts)
    {
        DoubleDouble[][] entries = parts[0].Copy();
        foreach (AuxiliaryMoments part in parts.Skip(1))
        {
            for (int i = 0; i < entries.Length; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    entries[i][j] += part._entries[i][j];
                }
            }
        }
        return Whole(entries, parts[0]._isRounded);
    }

    /// <summary>The moments without some rows.</summary>
    /// <param name="rows">The rows' columns, and their weights.</param>
    public AuxiliaryMoments Without(IEnumerable<(double[] Columns, double Weight)> rows)
    {
        DoubleDouble[][] entries = Copy();
        foreach ((double[] columns, double weight) in rows)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                DoubleDouble factor = DoubleDouble.From(columns[i]) * DoubleDouble.From(weight);
                for (int j = 0; j <= i; j++)
                {
                    entries[i][j] -= factor * DoubleDouble.From(columns[j]);
                }
            }
        }
        return Whole(entries, _isRounded);
    }

    /// <summary>Sweeps columns out, in their order; those that are determined by earlier ones are skipped.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rank">How many were not determined by earlier ones.</param>
    public AuxiliaryMoments Sweep(IEnumerable<int> columns, out int rank)
    {
        DoubleDouble[][] entries = Copy();
        int size = entries.Length;
        rank = 0;
        var row = new DoubleDouble[size];
        foreach (int k in columns)
        {
            DoubleDouble pivot = entries[k][k];
            if (!(pivot.High > Least * _squares[k]))
            {
                continue;
            }
            rank++;
            for (int i = 0; i < size; i++)
            {
                row[i] = i >= k ? entries[i][k] : entries[k][i];
            }
            for (int i = 0; i < size; i++)
            {
                if (row[i].High == 0)
                {
                    continue;
                }
                Subtract(entries[i], row[i] / pivot, row);
            }
            for (int i = 0; i < size; i++)
            {
                (i >= k ? ref entries[i][k] : ref entries[k][i]) = default;
            }
        }
        return new AuxiliaryMoments(entries, _squares, _isRounded);
    }

    /// <summary>Least squares of a column on others.</summary>
    /// <param name="response">The column.</param>
    /// <param name="columns">The others; those that are determined by earlier ones get the coefficient 0.</param>
    public AuxiliaryFit Fit(int response, IReadOnlyList<int> columns)
    {
        int[] order = [.. columns, response];
        var scales = new double[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            double root = Math.Sqrt(_squares[order[i]]);
            scales[i] = root > 0 ? 1 / root : 1;
        }
        var factor = new Cholesky<DoubleDouble>(order.Length, (i, j) => Entry(order[i], order[j]) * DoubleDouble.From(scales[i]) * DoubleDouble.From(scales[j]));
        int rank = 0;
        for (int i = 0; i < columns.Count; i++)
        {
            if (_squares[order[i]] > 0 && factor.Advance(i).High > Least)
            {
                factor.Accept(i);
                rank++;
            }
        }
        DoubleDouble rss = factor.Advance(order.Length - 1);
        ReadOnlySpan<DoubleDouble> direction = factor.Direction;
        double back = scales[^1];
        var coefficients = new double[columns.Count];
        for (int i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = -direction[i].High * scales[i] / back;
        }
        return new AuxiliaryFit(Math.Max(0, rss.High) / (back * back), rank, coefficients);
    }

    private double Least => _isRounded ? RoundedDependent : Dependent;

    private static AuxiliaryMoments Whole(DoubleDouble[][] entries, bool isRounded) => new(entries, [.. entries.Select(static (row, i) => Math.Max(0, row[i].High))], isRounded);

    private DoubleDouble[][] Copy() => Array.ConvertAll(_entries, static row => (DoubleDouble[])row.Clone());

    private static void Subtract<T>(T[] target, T factor, T[] row)
        where T : struct, IReal<T> => T.SubtractProduct(target, factor, row);

    private DoubleDouble Entry(int i, int j) => i >= j ? _entries[i][j] : _entries[j][i];
}

/// <summary>A regression among auxiliary columns.</summary>
/// <param name="Rss">What is left.</param>
/// <param name="Rank">How many columns were not determined by earlier ones.</param>
/// <param name="Coefficients">A coefficient for each column.</param>
internal sealed record AuxiliaryFit(double Rss, int Rank, double[] Coefficients);
