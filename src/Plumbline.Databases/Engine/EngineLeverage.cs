using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// The distance xᵀ(XᵀWX)⁻¹x of a row, in SQL: a leverage but for the weight.
/// </summary>
/// <remarks>
/// Method      In a cell g of all categories the columns are x = T u, with u the parts about their shifts, and 1: so x'(XᵀWX)⁻¹x = uᵀH u with
///             H = (UᵀT)ᵀ(UᵀT), UUᵀ = (XᵀWX)⁻¹, and with H = LLᵀ it is the sum of the squares of Lᵀu: nothing cancels. H and L are computed at 212 bits. The numbers
///             of u come first in L, so that without interactions only its last row depends on the cell.
/// Cost        m²/2 products a row for m parts, whatever the number of levels.
/// Source      Hoaglin, Welsch, The hat matrix in regression and ANOVA, The American Statistician 32 (1978).
/// Fails when  there are more cells than a query can list (<see cref="Branches"/>).
/// </remarks>
internal sealed class EngineLeverage
{
    private const double Vanishing = 1e-50;     // of a diagonal entry: what is left of it is rounding

    private readonly EngineScan _scan;
    private readonly KeptColumns _columns;
    private readonly int[] _parts;              // without the constant, which comes after them
    private readonly int[][] _cells;
    private readonly double[][][] _factors;     // L of each cell, row by row

    public EngineLeverage(EngineScan scan, KeptColumns columns, CellTree tree, Branches branches)
    {
        _scan = scan;
        _columns = columns;
        _parts = [.. columns.Parts.Where(static p => p != 0)];
        _cells = Cells(scan, tree);
        branches.Require(_cells.Length);
        QuadDouble[][] root = columns.Geometry.Root<QuadDouble>();
        _factors = [.. _cells.Select(codes => Factor(codes, root))];
    }

    /// <summary>The expression.</summary>
    public string Expression(Branches branches)
    {
        Dialect dialect = _scan.Source.Dialect;
        int size = _parts.Length + 1;
        var squares = new List<string>();
        for (int k = 0; k < size; k++)
        {
            var terms = new List<string>();
            for (int p = k; p < size; p++)
            {
                if (Entry(p, k, branches) is { } entry)
                {
                    terms.Add(p < _parts.Length ? $"{entry} * {_scan.Shifted(_parts[p])}" : entry);
                }
            }
            if (terms.Count > 0)
            {
                squares.Add(SharedExpression.Of(dialect, string.Join(" + ", terms), _scan.NameOf($"z{k}")).Squared(dialect));
            }
        }
        return squares.Count == 0 ? dialect.Literal(0.0) : string.Join(" + ", squares);
    }

    /// <summary>An entry of L; null when it is 0 everywhere.</summary>
    private string? Entry(int p, int k, Branches branches)
    {
        double first = _factors[0][p][k];
        return _factors.Any(f => f[p][k] != first)
            ? branches.Of(All(_scan), [.. _cells.Zip(_factors, (codes, f) => (codes, f[p][k])).Where(static c => c.Item2 != 0)])
            : first == 0 ? null : _scan.Source.Dialect.Literal(first);
    }

    private static int[] All(EngineScan scan) => [.. Enumerable.Range(0, scan.Levels.Length)];

    /// <summary>The cells of all categories that rows are in.</summary>
    private static int[][] Cells(EngineScan scan, CellTree tree)
    {
        int[] all = All(scan);
        if (all.Length == 0)
        {
            return [[]];
        }
        if (tree.Find(all) is { } node)
        {
            return [.. Enumerable.Range(0, node.Count).Select(node.Codes)];
        }
        var cells = new Dictionary<string, int[]>(StringComparer.Ordinal);
        long rows = 0;
        SelectedValue[] keys = [.. scan.Sql.Categories.Select(static c => c.Key)];
        scan.Queries.Groups([.. keys, new("count(*)", WireType.Integer)], [.. keys.Select(static k => k.Sql)], scan.Sql.IsKept, row =>
        {
            int[] codes = scan.CodesOf(row, all);
            cells[string.Join(',', codes)] = codes;
            rows += row.Integer(codes.Length);
        });
        scan.RequireSame(rows);
        return [.. cells.Values];
    }

    private double[][] Factor(int[] codes, QuadDouble[][] root)
    {
        int size = _parts.Length + 1;
        QuadDouble[][] columns = [.. Enumerable.Range(0, _columns.Count).Select(i => Column(i, codes, size))];
        var h = new QuadDouble[size][];
        for (int a = 0; a < size; a++)
        {
            h[a] = new QuadDouble[size];
        }
        for (int k = 0; k < root.Length; k++)
        {
            var z = new QuadDouble[size];       // row k of UᵀT
            for (int i = 0; i <= k; i++)
            {
                if (columns[i].Length > 0)
                {
                    AddProduct(z, root[k][i], columns[i]);
                }
            }
            for (int a = 0; a < size; a++)
            {
                AddProduct(h[a], z[a], z);
            }
        }
        return SemidefiniteFactor(h);
    }

    /// <summary>Row i of T for scaled columns: how column i depends on the parts about their shifts, and on 1, in a cell. Empty where it is 0.</summary>
    private QuadDouble[] Column(int i, int[] codes, int size)
    {
        var row = new ExactValue[size];
        bool isZero = true;
        foreach ((PlainColumn column, ExactValue factor) in _columns[i])
        {
            if (!column.Categories.Select(c => codes[c]).SequenceEqual(column.Codes))
            {
                continue;
            }
            isZero = false;
            ExactValue scaled = factor.Scale(-_columns.Geometry.Powers[i]);
            if (column.Part == 0)
            {
                row[^1] += scaled;
                continue;
            }
            row[Array.IndexOf(_parts, column.Part)] += scaled;
            row[^1] += scaled * ExactValue.From(_scan.Facts.Shifts[column.Part]);
        }
        return isZero ? [] : Array.ConvertAll(row, QuadDouble.From);
    }

    private static void AddProduct<T>(T[] y, T a, T[] x)
        where T : struct, IReal<T> => T.SubtractProduct(y, -a, x);

    /// <summary>L with LLᵀ = H, which may be singular: what is left of a diagonal entry is then rounding, and its column 0.</summary>
    private static double[][] SemidefiniteFactor(QuadDouble[][] h)
    {
        var l = new QuadDouble[h.Length][];
        for (int p = 0; p < h.Length; p++)
        {
            l[p] = new QuadDouble[h.Length];
            QuadDouble rest = h[p][p];
            for (int k = 0; k < p; k++)
            {
                QuadDouble entry = h[p][k];
                for (int m = 0; m < k; m++)
                {
                    entry -= l[p][m] * l[k][m];
                }
                l[p][k] = l[k][k].ToDouble() == 0 ? QuadDouble.From(0) : entry / l[k][k];
                rest -= l[p][k] * l[p][k];
            }
            l[p][p] = rest.ToDouble() > Vanishing * h[p][p].ToDouble() ? QuadDouble.Sqrt(rest) : QuadDouble.From(0);
        }
        return Array.ConvertAll(l, static row => Array.ConvertAll(row, static entry => entry.ToDouble()));
    }
}
