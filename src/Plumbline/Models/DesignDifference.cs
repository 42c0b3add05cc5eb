namespace Plumbline;

/// <summary>Whether the moments of two designs add up, and what keeps them from it.</summary>
internal static class DesignDifference
{
    /// <summary>What differs, as the end of a sentence; null when the columns are the same, however the formulas are spelled.</summary>
    public static string? Between(DesignMoments first, DesignMoments second)
    {
        Design a = first.Design, b = second.Design;
        DesignKeys keysOfA = DesignKeys.Of(a), keysOfB = DesignKeys.Of(b);
        return keysOfA.Response != keysOfB.Response ? $"the response is {FormulaError.Code(a.Response)} in one and {FormulaError.Code(b.Response)} in the other"
            : a.HasIntercept != b.HasIntercept ? $"{FormulaError.Code((a.HasIntercept ? a : b).Formula.Text)} has an intercept and {FormulaError.Code((a.HasIntercept ? b : a).Formula.Text)} has none"
            : Term(a, b, keysOfA, keysOfB) ?? Term(b, a, keysOfB, keysOfA)
            ?? (keysOfA.Offsets.SequenceEqual(keysOfB.Offsets, StringComparer.Ordinal) ? null : "their offsets are not the same")
            ?? Options(first, second)
            ?? a.SourceColumns.Select(column => Column(column, b.SourceColumns.FirstOrDefault(c => c.Name == column.Name))).FirstOrDefault(static d => d is not null);
    }

    private static string? Term(Design has, Design lacks, DesignKeys keysOfHas, DesignKeys keysOfLacks)
    {
        var known = new HashSet<string>(keysOfLacks.Terms, StringComparer.Ordinal);
        string? term = has.Plan.Terms.Index().Where(t => !known.Contains(keysOfHas.Terms[t.Index])).Select(static t => t.Item.Name).FirstOrDefault();
        return term is null ? null : $"{FormulaError.Code(has.Formula.Text)} has the term {FormulaError.Code(term)}, and {FormulaError.Code(lacks.Formula.Text)} has not";
    }

    private static string? Options(DesignMoments first, DesignMoments second)
    {
        (string a, string b) = (Weights(first), Weights(second));
        if (a != b)
        {
            return $"the weights are {FormulaError.Code(a)} in one and {FormulaError.Code(b)} in the other";
        }
        (a, b) = (Coding(first.Design), Coding(second.Design));
        return a == b ? null : $"categories for which the formula names no contrasts are coded by {a} in one and by {b} in the other";
    }

    private static string? Column(ColumnInfo a, ColumnInfo? b)
    {
        if (b is null)
        {
            return $"only one has the column {Schema.Shown(a.Name)}";
        }
        string column = Schema.Shown(a.Name);
        bool areNumbers = a.Type is ColumnType.Number or ColumnType.Integer && b.Type is ColumnType.Number or ColumnType.Integer;
        return a.Type != b.Type && !areNumbers
            ? $"{column} holds {Kind(a.Type)} in one and {Kind(b.Type)} in the other" + (a.Type == ColumnType.Text || b.Type == ColumnType.Text ? " (`--text`, TextColumns, reads it as text everywhere)" : "")
            : a.TimeUnit != b.TimeUnit ? $"{column} counts {a.TimeUnit} in one and {b.TimeUnit} in the other"
            : null;
    }

    private static string Weights(DesignMoments moments) => moments.Design.Weights is string column ? $"{column} ({WeightKinds.Name(moments.WeightKind)})" : "none";

    private static string Coding(Design design) => design.Contrasts is { } contrasts ? $"{Contrasts.Name(contrasts)} contrasts" : "the usual contrasts";

    private static string Kind(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Boolean => "true and false",
        ColumnType.DateTime => "dates or times",
        _ => "numbers",
    };
}
