namespace Plumbline.Databases.Tests;

/// <summary>A row of a design: the values of its parts, the constant left out, and the levels of its categories.</summary>
/// <param name="Parts">Leading parts.</param>
/// <param name="Lows">What is beyond a double; 0 where the engine rounds.</param>
/// <param name="Levels">The levels.</param>
internal sealed record EncodedRow(double[] Parts, double[] Lows, string[] Levels);

/// <summary>The rows of a design that are kept, by their numbers, carried out by the library's encoder or by an engine.</summary>
internal static class EncodedRows
{
    public static SortedDictionary<long, EncodedRow> Of(Design design, Table table)
    {
        CategoryCodes codes = design.CodesOf(table);
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop, codes);
        int parts = design.Plan.Parts.Length;
        var rows = new SortedDictionary<long, EncodedRow>();
        foreach (RowBlock source in table.Read(design.Inputs, null, CancellationToken.None))
        {
            RowBlock block = encoder.Encode(source);
            for (int r = 0; r < block.Rows; r++)
            {
                rows.Add(encoder.Line(r), new EncodedRow(
                    [.. Enumerable.Range(0, parts).Select(p => block[p].High[r])],
                    [.. Enumerable.Range(0, parts).Select(p => block[p].HasLow ? block[p].Low[r] : 0)],
                    [.. codes.Sets.Select((set, k) => set[(int)block[parts + k].High[r]])]));
            }
        }
        return rows;
    }

    public static SortedDictionary<long, EncodedRow> Of(Design design, DatabaseSource source)
    {
        var sql = new SqlDesign(design, source.Dialect, source.Field);
        string id = source.Dialect.Quote("id");
        SelectedValue[] values = [source.Dialect.Row(id, FieldType.Integer), .. sql.Parts.Skip(1).Select(static p => new SelectedValue(p, WireType.Double)), .. sql.Categories.Select(static c => c.Key)];
        int parts = design.Plan.Parts.Length;
        var rows = new SortedDictionary<long, EncodedRow>();
        using RowCursor cursor = source.Session.Query(values, source.From(source.Relation, sql.IsKept), CancellationToken.None, isRows: true);
        while (cursor.Read())
        {
            rows.Add(cursor.Integer(0), new EncodedRow(
                [.. Enumerable.Range(1, parts).Select(cursor.Double)],
                new double[parts],
                [.. sql.Categories.Select((c, k) => c.Level(cursor, 1 + parts + k))]));
        }
        return rows;
    }

    /// <summary>What the sums are made of: monomials about the shifts, put together again as parts, exactly.</summary>
    public static SortedDictionary<long, ExactPart[]> Summed(Design design, DatabaseSource source)
    {
        var sql = new SqlDesign(design, source.Dialect, source.Field);
        var queries = new EngineQueries(source, source.Session.Shards(source.Relation, CancellationToken.None), CancellationToken.None);
        EngineFacts facts = EngineFacts.Read(sql, queries, source, FitOptions.Default);
        var parts = new ShiftedParts(sql.Polynomials, facts.AtomShifts);
        int count = design.Plan.Parts.Length;
        Monomial[] monomials = [.. Enumerable.Range(1, count).SelectMany(p => parts.Monomials(p)).Distinct()];
        SelectedValue[] values = [source.Dialect.Row(source.Dialect.Quote("id"), FieldType.Integer), .. monomials.Select(m => new SelectedValue(sql.Shifted(m, parts.Shifts)!, WireType.Double))];
        Dictionary<Monomial, int> place = monomials.Index().ToDictionary(static m => m.Item, static m => m.Index);
        var rows = new SortedDictionary<long, ExactPart[]>();
        using RowCursor cursor = source.Session.Query(values, source.From(source.Relation, sql.IsKept), CancellationToken.None, isRows: true);
        while (cursor.Read())
        {
            var found = new ExactPart[count];
            for (int p = 0; p < count; p++)
            {
                Numerics.ExactValue sum = default;
                double largest = 0;
                foreach ((Monomial monomial, Numerics.ExactValue factor) in parts.Product(0, p + 1).Terms)
                {
                    Numerics.ExactValue term = factor * Numerics.ExactValue.From(monomial.Degree == 0 ? 1 : cursor.Double(1 + place[monomial]));
                    sum += term;
                    largest = Math.Max(largest, Math.Abs(term.ToDouble()));
                }
                found[p] = new ExactPart(sum, largest);
            }
            rows.Add(cursor.Integer(0), found);
        }
        return rows;
    }

    /// <summary>A part, and the largest number that was added up to it.</summary>
    internal readonly record struct ExactPart(Numerics.ExactValue Value, double Largest);
}
