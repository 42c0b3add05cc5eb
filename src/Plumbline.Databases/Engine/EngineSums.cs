namespace Plumbline.Databases;

/// <summary>Asks a database for the sums of a plan: products of numbers over all rows in tiles, and cell by cell with GROUP BY.</summary>
internal sealed class EngineSums(SqlDesign sql, EngineQueries queries, DatabaseSource source, EngineFacts facts)
{
    private readonly Dialect _dialect = source.Dialect;

    /// <summary>Σ over all rows of products of the parts with one another and with 1.</summary>
    /// <param name="parts">Parts, without the constant.</param>
    /// <param name="weighted">Whether rows count with their weights.</param>
    public ShiftedSums Dense(IReadOnlyList<int> parts, bool weighted)
    {
        var sums = new ShiftedSums(facts.Shifts);
        foreach ((int A, int B)[] products in Tiles(parts))
        {
            bool isFirst = sums.Rows == 0 && products.Any(p => p.A == 0);
            List<SelectedValue> values = [Rows(), .. isFirst && weighted ? [Total(0, 0, weighted)] : Array.Empty<SelectedValue>(), .. products.Select(p => Total(p.A, p.B, weighted))];
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
                if (isFirst && weighted)
                {
                    sums.Add(0, 0, Finite(row, at++, (0, 0)));
                }
                foreach ((int a, int b) in products)
                {
                    sums.Add(a, b, Finite(row, at++, (a, b)));
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
        (int A, int B)[] products = [.. set.Products.Where(static p => p.A > 0)];
        int[] linear = [.. set.Products.SelectMany(static p => new[] { p.A, p.B }).Where(static p => p > 0).Distinct().Order()];
        (int A, int B)[] all = [.. linear.Select(static p => (0, p)), .. products];
        (int A, int B)[][] chunks = all.Length == 0 ? [[]] : [.. all.Chunk(_dialect.ProductsAtOnce)];
        for (int c = 0; c < chunks.Length; c++)
        {
            (int A, int B)[] chunk = chunks[c];
            List<SelectedValue> values = [.. categories.Select(static k => k.Key), Rows()];
            if (c == 0 && weighted)
            {
                values.Add(Total(0, 0, weighted));
            }
            values.AddRange(chunk.Select(p => Total(p.A, p.B, weighted)));
            long rows = 0;
            bool isFirst = c == 0;
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
                    cells.Add(key, cell = (codes, new ShiftedSums(facts.Shifts)));
                }
                long count = row.Integer(at++);
                rows += count;
                if (isFirst)
                {
                    cell.Sums.Rows += count;
                    if (weighted)
                    {
                        cell.Sums.Add(0, 0, Finite(row, at++, (0, 0)));
                    }
                    else
                    {
                        cell.Sums.AddCount(count);
                    }
                }
                foreach ((int a, int b) in chunk)
                {
                    cell.Sums.Add(a, b, Finite(row, at++, (a, b)));
                }
            });
            RequireSame(rows);
        }
        return cells;
    }

    private static SelectedValue Rows() => new("count(*)", WireType.Integer);

    private SelectedValue Total(int a, int b, bool weighted)
    {
        string?[] factors = [weighted ? sql.Weight : null, a == 0 ? null : sql.Shifted(a, facts.Shifts[a]), b == 0 ? null : sql.Shifted(b, facts.Shifts[b])];
        string product = string.Join(" * ", factors.Where(static f => f is not null));
        return new SelectedValue(queries.Sum(product), WireType.Double);
    }

    /// <summary>Products by tiles of a size that the database sums well; each also has what its parts sum to on the diagonal.</summary>
    private IEnumerable<(int A, int B)[]> Tiles(IReadOnlyList<int> parts)
    {
        int side = (parts.Count + 1) * (parts.Count + 2) / 2 <= _dialect.ProductsAtOnce ? Math.Max(1, parts.Count) : Math.Max(1, (int)Math.Sqrt(_dialect.ProductsAtOnce));
        int[][] blocks = [.. parts.Chunk(side)];
        for (int i = 0; i < blocks.Length; i++)
        {
            for (int j = i; j < blocks.Length; j++)
            {
                IEnumerable<(int, int)> linear = i == j ? blocks[i].Select(static p => (0, p)) : [];
                yield return [.. linear, .. blocks[i].SelectMany(a => blocks[j].Where(b => i != j || a <= b).Select(b => (Math.Min(a, b), Math.Max(a, b))))];
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

    private double Finite(RowCursor row, int column, (int A, int B) product)
    {
        double sum = row.IsNull(column) ? double.NaN : row.Double(column);
        return double.IsFinite(sum) ? sum : throw new PlumblineException(
            "overflow", $"{source.Name}: the sum of `{sql.Design.Shape.Parts[product.A].Name}` times `{sql.Design.Shape.Parts[product.B].Name}` is larger than doubles hold. Divide the columns by a power of ten, or read the rows with --compute local.");
    }
}
