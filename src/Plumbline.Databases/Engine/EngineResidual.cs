using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// The residual of a row, in SQL: e = (y − c_y) − γ − Σ β (z − c), with the parts z about the same numbers c as the sums of the fit. Coefficients of cells
/// are looked up by CASE.
/// </summary>
/// <remarks>
/// Method      the coefficients of plain columns and the constants γ, in which far values cancel, are computed exactly from the estimates (106 bits) and
///             rounded once; so e loses what its terms lose about their means, and no more.
/// Cost        a product a part and row, and a CASE a category (or set of them) and part.
/// Source      as <see cref="ShiftedSums"/>.
/// Fails when  categories have more levels than a query can list (<see cref="Branches"/>).
/// </remarks>
internal static class EngineResidual
{
    /// <summary>The expression.</summary>
    public static string Of(EngineScan scan, KeptColumns columns, Branches branches)
    {
        Dialect dialect = scan.Source.Dialect;
        double[] shifts = scan.Facts.Shifts;
        var numbers = new Dictionary<int, ExactValue>();
        var sets = new Dictionary<string, CategoryTerms>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++)
        {
            ExactValue estimate = columns.Estimate(i);
            foreach ((PlainColumn column, ExactValue factor) in columns[i])
            {
                ExactValue value = estimate * factor;
                if (column.Categories.Length == 0)
                {
                    numbers[column.Part] = numbers.GetValueOrDefault(column.Part) + value;
                    continue;
                }
                string key = string.Join(',', column.Categories);
                if (!sets.TryGetValue(key, out CategoryTerms? set))
                {
                    sets.Add(key, set = new CategoryTerms(column.Categories));
                }
                set.Add(column.Part, column.Codes, value);
            }
        }
        ExactValue constant = numbers.GetValueOrDefault(0);
        var terms = new List<string>();
        foreach ((int part, ExactValue value) in numbers.Where(static n => n.Key != 0).OrderBy(static n => n.Key))
        {
            constant += value * ExactValue.From(shifts[part]);
            terms.Add($"{dialect.Literal(value.ToDouble())} * {scan.Shifted(part)}");
        }
        foreach (CategoryTerms set in sets.Values)
        {
            terms.AddRange(set.Terms(scan, branches));
        }
        int response = scan.Sql.Design.Shape.Response;
        constant -= ExactValue.From(shifts[response]);
        terms.Add(dialect.Literal(constant.ToDouble()));
        return $"{scan.Shifted(response)} - {string.Join(" - ", terms)}";
    }

    /// <summary>The coefficients in the cells of some categories.</summary>
    private sealed class CategoryTerms(int[] categories)
    {
        private readonly SortedDictionary<int, Dictionary<string, (int[] Codes, ExactValue Value)>> _parts = [];

        public void Add(int part, int[] codes, ExactValue value)
        {
            if (!_parts.TryGetValue(part, out Dictionary<string, (int[] Codes, ExactValue Value)>? cells))
            {
                _parts.Add(part, cells = new Dictionary<string, (int[] Codes, ExactValue Value)>(StringComparer.Ordinal));
            }
            string key = string.Join(',', codes);
            cells[key] = (codes, cells.GetValueOrDefault(key).Value + value);
        }

        /// <summary>β of each part times the part about its shift, and what that leaves.</summary>
        public IEnumerable<string> Terms(EngineScan scan, Branches branches)
        {
            foreach ((int part, Dictionary<string, (int[] Codes, ExactValue Value)> cells) in _parts.ToArray())
            {
                if (part != 0)
                {
                    ExactValue shift = ExactValue.From(scan.Facts.Shifts[part]);
                    foreach ((int[] codes, ExactValue value) in cells.Values.Where(_ => !shift.IsZero))
                    {
                        Add(0, codes, value * shift);
                    }
                    yield return $"{Case(cells, branches)} * {scan.Shifted(part)}";
                }
            }
            if (_parts.TryGetValue(0, out Dictionary<string, (int[] Codes, ExactValue Value)>? constants))
            {
                yield return Case(constants, branches);
            }
        }

        private string Case(Dictionary<string, (int[] Codes, ExactValue Value)> cells, Branches branches) =>
            branches.Of(categories, [.. cells.Values.Select(static c => (c.Codes, c.Value.ToDouble()))]);
    }
}
