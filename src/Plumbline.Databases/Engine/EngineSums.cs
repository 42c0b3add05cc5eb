namespace Plumbline.Databases;

/// <summary>Asks a database for the sums of a plan: products of numbers over all rows in tiles, and cell by cell with GROUP BY.</summary>
/// <param name="scan">What is scanned.</param>
/// <param name="weight">What rows count with; null for 1.</param>
internal sealed class EngineSums(EngineScan scan, SharedExpression? weight)
{
    private readonly Dialect _dialect = scan.Source.Dialect;
    private readonly SqlDesign _sql = scan.Sql;
    private readonly ShiftedParts _parts = new(scan.Sql.Polynomials, scan.Facts.AtomShifts);

    /// <summary>A condition whose rows are counted with the first query, or null.</summary>
    public string? Counting { get; init; }

    /// <summary>How many rows fulfil <see cref="Counting"/>.</summary>
    public long Counted { get; private set; }

    /// <summary>Σ over all rows of products of the parts with one another and with 1.</summary>
    /// <param name="parts">Parts, without the constant.</param>
    public ShiftedSums Dense(IReadOnlyList<int> parts)
    {
        var sums = new ShiftedSums(_parts);
        bool isFirst = true;
        foreach (Monomial[] tile in Tiles(parts))
        {
            Monomial[] monomials = WithTotal(tile, isFirst);
            SelectedValue[] values = [Rows(), .. monomials.Select(Total), .. isFirst && Counting is not null ? [new SelectedValue(_dialect.Count(Counting), WireType.Integer)] : Array.Empty<SelectedValue>()];
            long rows = 0;
            bool takesTotal = isFirst;
            scan.Queries.One(values, _sql.IsKept, row =>
            {
                long count = row.Integer(0);
                rows += count;
                if (count == 0)
                {
                    return;
                }
                Take(sums, row, 1, monomials, takesTotal);
                if (takesTotal && Counting is not null)
                {
                    Counted += row.Integer(values.Length - 1);
                }
            });
            scan.RequireSame(rows);
            if (isFirst)
            {
                sums.Rows = rows;
                if (weight is null)
                {
                    sums.AddCount(rows);
                }
                isFirst = false;
            }
        }
        return sums;
    }

    /// <summary>The sums of a set in its cells; the keys are the codes of the categories, joined.</summary>
    /// <param name="set">The set.</param>
    public Dictionary<string, (int[] Codes, ShiftedSums Sums)> Cells(CellSet set)
    {
        var cells = new Dictionary<string, (int[] Codes, ShiftedSums Sums)>(StringComparer.Ordinal);
        Monomial[] all = [.. set.Products.SelectMany(p => _parts.Monomials(p.A, p.B)).Distinct().OrderBy(static m => m.Degree)];
        Monomial[][] chunks = all.Length == 0 ? [[]] : [.. all.Chunk(_dialect.ProductsAtOnce)];
        for (int c = 0; c < chunks.Length; c++)
        {
            bool isFirst = c == 0;
            Monomial[] chunk = WithTotal(chunks[c], isFirst);
            SelectedValue[] values = [.. set.Categories.Select(k => _sql.Categories[k].Key), Rows(), .. chunk.Select(Total)];
            long rows = 0;
            scan.Queries.Groups(values, [.. set.Categories.Select(k => _sql.Categories[k].Key.Sql)], _sql.IsKept, row =>
            {
                int[] codes = scan.CodesOf(row, set.Categories);
                string key = string.Join(',', codes);
                if (!cells.TryGetValue(key, out (int[] Codes, ShiftedSums Sums) cell))
                {
                    cells.Add(key, cell = (codes, new ShiftedSums(_parts)));
                }
                long count = row.Integer(codes.Length);
                rows += count;
                if (isFirst)
                {
                    cell.Sums.Rows += count;
                    if (weight is null)
                    {
                        cell.Sums.AddCount(count);
                    }
                }
                Take(cell.Sums, row, codes.Length + 1, chunk, isFirst);
            });
            scan.RequireSame(rows);
        }
        return cells;
    }

    private static SelectedValue Rows() => new("count(*)", WireType.Integer);

    /// <summary>The monomials, and before them 1, whose sum is that of the weights, when it is wanted or names the weight for the others.</summary>
    private Monomial[] WithTotal(Monomial[] monomials, bool isFirst) => weight is not null && (isFirst || weight.IsNamed) ? [Monomial.One, .. monomials] : monomials;

    private void Take(ShiftedSums sums, RowCursor row, int at, Monomial[] monomials, bool takesTotal)
    {
        foreach (Monomial monomial in monomials)
        {
            if (takesTotal || monomial.Degree > 0)
            {
                sums.Add(monomial, Finite(row, at, monomial));
            }
            at++;
        }
    }

    private SelectedValue Total(Monomial monomial)
    {
        string?[] factors = [monomial.Degree == 0 ? weight?.First : weight?.Again, _sql.Shifted(monomial, _parts.Shifts)];
        return new SelectedValue(scan.Queries.Sum(string.Join(" * ", factors.Where(static f => f is not null))), WireType.Double);
    }

    /// <summary>The products of all monomials of the parts, each once, by tiles of a size that the database sums well.</summary>
    private IEnumerable<Monomial[]> Tiles(IReadOnlyList<int> parts)
    {
        Monomial[] basis = [.. parts.SelectMany(p => _parts.Monomials(p)).Distinct().OrderBy(static m => m.Degree)];
        if (basis.Length == 0)
        {
            yield return [];
        }
        int side = (basis.Length + 1) * (basis.Length + 2) / 2 <= _dialect.ProductsAtOnce ? Math.Max(1, basis.Length) : Math.Max(1, (int)Math.Sqrt(_dialect.ProductsAtOnce));
        Monomial[][] blocks = [.. basis.Chunk(side)];
        var seen = new HashSet<Monomial>();
        for (int i = 0; i < blocks.Length; i++)
        {
            for (int j = i; j < blocks.Length; j++)
            {
                IEnumerable<Monomial> linear = i == j ? blocks[i] : [];
                Monomial[] tile = [.. linear.Concat(blocks[i].SelectMany(a => blocks[j].Select(b => a * b))).Where(seen.Add)];
                if (tile.Length > 0)
                {
                    yield return tile;
                }
            }
        }
    }

    private double Finite(RowCursor row, int column, Monomial monomial)
    {
        double sum = row.IsNull(column) ? double.NaN : row.Double(column);
        return double.IsFinite(sum) ? sum : throw new PlumblineException(
            "overflow", $"{scan.Source.Name}: the sum of `{_sql.Name(monomial)}` about the means is larger than doubles hold. Divide the columns by a power of ten, or read the rows with --compute local.");
    }
}
