namespace Plumbline;

/// <summary>One or two formulas, and a design that has the columns of both, so that one pass over the rows is enough.</summary>
internal sealed record TestPlan(Design First, Design? Second, Design Both)
{
    /// <summary>The terms of the first formula, with their columns in <see cref="Both"/>.</summary>
    public IReadOnlyList<SubmodelTerm> Terms { get; private init; } = [];

    /// <summary>The columns of the first model in <see cref="Both"/>, the intercept first.</summary>
    public int[] FirstColumns { get; private init; } = [];

    /// <summary>The columns of the second.</summary>
    public int[] SecondColumns { get; private init; } = [];

    /// <summary>Binds the formulas.</summary>
    /// <exception cref="PlumblineException">A formula is wrong, or the two have different responses (<c>different-response</c>).</exception>
    public static TestPlan Of(string formula, string? against, Schema schema, string? weights)
    {
        var first = Design.Create(Formula.Parse(formula), schema, weights);
        Design? second = against is null ? null : Design.Create(Formula.Parse(against), schema, weights);
        Design both = first;
        if (second is not null)
        {
            if (second.Response != first.Response)
            {
                throw new PlumblineException(
                    "different-response",
                    $"{FormulaError.Code(first.Formula.Text)} and {FormulaError.Code(second.Formula.Text)} have different responses, {FormulaError.Code(first.Response)} and {FormulaError.Code(second.Response)}. Nested models are of one response.");
            }
            HashSet<string> seen = new(StringComparer.Ordinal);
            string[] terms = [.. PredictorsOf(first).Concat(PredictorsOf(second)).Where(c => seen.Add(Key(c))).Select(static c => c.Name)];
            both = Design.Create(Formula.Parse($"{first.Response} ~ {(terms.Length == 0 ? "1" : string.Join(" + ", terms))}"), schema, weights);
        }
        Dictionary<string, int> places = PredictorsOf(both).Index().ToDictionary(static c => Key(c.Item), static c => c.Index + 1, StringComparer.Ordinal);
        return new TestPlan(first, second, both)
        {
            Terms = [.. PredictorsOf(first).Select(c => new SubmodelTerm(c.Name, [places[Key(c)]], [.. c.Pieces.Select(static p => p.Variable)]))],
            FirstColumns = Columns(first),
            SecondColumns = second is null ? [] : Columns(second),
        };

        int[] Columns(Design design) => [.. design.HasIntercept ? [0] : (int[])[], .. PredictorsOf(design).Select(c => places[Key(c)])];
    }

    /// <summary>Makes sure that both models would be fitted to the rows that were read.</summary>
    /// <exception cref="PlumblineException"><c>different-rows</c>: one of them has more.</exception>
    public void RequireSameRows(RowCounts rows, IRowSource source, FitOptions options, CancellationToken cancellation)
    {
        if (Second is null)
        {
            return;
        }
        string[] apart = [.. rows.DroppedByColumn.Keys.Where(name => Uses(First, name) != Uses(Second, name))];
        if (apart.Length == 0)
        {
            return;
        }
        foreach (Design design in (ReadOnlySpan<Design>)[First, Second])
        {
            var pump = new RowPump(design, source, options);
            pump.Run(static _ => { }, null, cancellation);
            long more = rows.Dropped - pump.Count(0).Dropped;
            if (more > 0)
            {
                string columns = string.Join(", ", apart.Select(name => $"{FormulaError.Clean(name)}: {rows.DroppedByColumn[name]}"));
                throw new PlumblineException(
                    "different-rows",
                    $"The two models would not be fitted to the same rows: {FormulaError.Code(design.Formula.Text)} has {more} more, because the other needs values that are missing there ({columns}). Leave those rows out for both, and compare again.");
            }
        }
    }

    private static bool Uses(Design design, string name) => design.Inputs.Contains(name, StringComparer.Ordinal) || design.Plan.VariableNames.Contains(name, StringComparer.Ordinal);

    private static IEnumerable<DesignColumn> PredictorsOf(Design design) => design.Columns.Skip(1).SkipLast(1);

    /// <summary>a:b and b:a are one column.</summary>
    private static string Key(DesignColumn column) => string.Join('\0', column.Pieces.Select(static p => p.Variable).Order(StringComparer.Ordinal));
}
