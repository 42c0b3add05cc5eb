namespace Plumbline.Databases;

/// <summary>Asks a database for the sums of a plan: products of numbers over all rows in tiles, and cell by cell with GROUP BY.</summary>
internal sealed class EngineSums(SqlDesign sql, EngineQueries queries, DatabaseSource source, EngineFacts facts)
{
    private readonly Dialect _dialect = source.Dialect;
    private readonly ShiftedParts _parts = new(sql.Polynomials, facts.AtomShifts);

    /// <summary>Σ over all rows of products of the parts with one another and with 1.</summary>
    /// <param name="parts">Parts, without the constant.</param>
    /// <param name="weighted">Whether rows count with their weights.</param>
    public ShiftedSums Dense(IReadOnlyList<int> parts, bool weighted)
    {
        var sums = new ShiftedSums(_parts);
        bool isFirst = true;
        foreach (Monomial[] tile in Tiles(parts))
        {
            Monomial[] monomials = isFirst && weighted ? [Monomial.One, .. tile] : tile;
            List<SelectedValue> values = [Rows(), .. monomials.Select(m => Total(m, weighted))];
            long rows = 0;
            queries.One(values, sql.IsKept, row =>
            {
                long count = row.Integer(0);
                rows += count;
                if (count == 0)
                {
                    return;
                }
                int at = 1;
                foreach (Monomial monomial in monomials)
                {
                    sums.Add(monomial, Finite(row, at++, monomial));
                }
            });
            RequireSame(rows);
            if (isFirst)
            {
                sums.Rows = rows;
                if (!weighted)
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
    /// <param name="levels">For each category of the design the texts of its codes; they grow.</param>
    public Dictionary<string, (int[] Codes, ShiftedSums Sums)> Cells(CellSet set, IReadOnlyList<LevelSet> levels)
    {
        var cells = new Dictionary<string, (int[] Codes, ShiftedSums Sums)>(StringComparer.Ordinal);
        bool weighted = sql.Weight is not null;
        SqlCategory[] categories = [.. set.Categories.Select(c => sql.Categories[c])];
        Monomial[] all = [.. set.Products.SelectMany(p => _parts.Monomials(p.A, p.B)).Distinct().OrderBy(static m => m.Degree)];
        Monomial[][] chunks = all.Length == 0 ? [[]] : [.. all.Chunk(_dialect.ProductsAtOnce)];
        for (int c = 0; c < chunks.Length; c++)
        {
            bool isFirst = c == 0;
            Monomial[] chunk = isFirst && weighted ? [Monomial.One, .. chunks[c]] : chunks[c];
            List<SelectedValue> values = [.. categories.Select(static k => k.Key), Rows(), .. chunk.Select(m => Total(m, weighted))];
            long rows = 0;
            queries.Groups(values, [.. categories.Select(static k => k.Key.Sql)], sql.IsKept, row =>
            {
                var codes = new int[categories.Length];
                int at = 0;
                for (; at < codes.Length; at++)
                {
                    codes[at] = levels[set.Categories[at]].CodeOf(categories[at].Level(row, at));
                }
                string key = string.Join(',', codes);
                if (!cells.TryGetValue(key, out (int[] Codes, ShiftedSums Sums) cell))
                {
                    cells.Add(key, cell = (codes, new ShiftedSums(_parts)));
                }
                long count = row.Integer(at++);
                rows += count;
                if (isFirst)
                {
                    cell.Sums.Rows += count;
                    if (!weighted)
                    {
                        cell.Sums.AddCount(count);
                    }
                }
                foreach (Monomial monomial in chunk)
                {
                    cell.Sums.Add(monomial, Finite(row, at++, monomial));
                }
            });
            RequireSame(rows);
        }
        return cells;
    }

    private static SelectedValue Rows() => new("count(*)", WireType.Integer);

    private SelectedValue Total(Monomial monomial, bool weighted)
    {
        string?[] factors = [weighted ? sql.Weight : null, sql.Shifted(monomial, _parts.Shifts)];
        return new SelectedValue(queries.Sum(string.Join(" * ", factors.Where(static f => f is not null))), WireType.Double);
    }

    /// <summary>The products of all monomials of the parts, each once, by tiles of a size that the database sums well.</summary>
    private IEnumerable<Monomial[]> Tiles(IReadOnlyList<int> parts)
    {
        Monomial[] basis = [.. parts.SelectMany(p => _parts.Monomials(p)).Distinct().OrderBy(static m => m.Degree)];
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

    private void RequireSame(long rows)
    {
        if (rows != facts.Kept)
        {
            throw new PlumblineException(
                "table-changed",
                $"{source.Name}: {facts.Kept} rows were there for the first query and {rows} for a later one: somebody writes to the table, or a shard did not answer. "
                + $"{_dialect.Name} has no state of the data that all queries see. Run the command again when nobody writes, or fit a copy.");
        }
    }

    private double Finite(RowCursor row, int column, Monomial monomial)
    {
        double sum = row.IsNull(column) ? double.NaN : row.Double(column);
        return double.IsFinite(sum) ? sum : throw new PlumblineException(
            "overflow", $"{source.Name}: the sum of `{sql.Name(monomial)}` about the means is larger than doubles hold. Divide the columns by a power of ten, or read the rows with --compute local.");
    }
}
