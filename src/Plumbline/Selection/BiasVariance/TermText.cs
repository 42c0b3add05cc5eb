namespace Plumbline;

/// <summary>Changes a column in a formula's text into something made of it.</summary>
internal static class TermText
{
    /// <summary>The formula with every mention of the column right of the <c>~</c> replaced.</summary>
    /// <param name="formula">The text.</param>
    /// <param name="column">The column's name, without quotes.</param>
    /// <param name="make">From the name as it stands in the formula to what takes its place.</param>
    /// <exception cref="PlumblineException">Code <c>formula</c>: the text is no formula, or the column is none of its terms.</exception>
    public static string Replace(string formula, string column, Func<string, string> make)
    {
        Formula parsed = Formula.Parse(formula);
        List<Token> tokens = Tokenizer.Tokenize(formula);
        int tilde = tokens.FindIndex(static t => t.Is("~"));
        var places = new List<(int Start, int End)>();
        foreach (Token token in tokens.Skip(tilde + 1))
        {
            if (token.Text == column && token.Kind is TokenKind.Name or TokenKind.QuotedName)
            {
                int end = token.Kind == TokenKind.Name ? token.Position + column.Length : formula.IndexOf('`', token.Position + 1) + 1;
                places.Add((token.Position, end));
            }
        }
        string[] parts = [.. parsed.Terms.SelectMany(static t => t.Split(':'))];
        if (places.Count == 0 || !parts.Any(part => part == column || part == $"`{column}`"))
        {
            string near = NearestName.Find(column, parts) is { } found ? $" Did you mean {FormulaError.Code(found)}?" : "";
            throw new PlumblineException("formula", $"{FormulaError.Code(column)} is no term of {FormulaError.Code(formula)}, so it cannot become a polynomial.{near}");
        }
        for (int n = places.Count - 1; n >= 0; n--)
        {
            (int start, int end) = places[n];
            formula = string.Concat(formula.AsSpan(0, start), make(formula[start..end]), formula.AsSpan(end));
        }
        return formula;
    }
}
