using System.Text;

namespace Plumbline.Reports;

/// <summary>The equation of an aliased column as text: <c>sqft_basement = sqft_living − sqft_above</c>.</summary>
internal static class AliasText
{
    public static string Equation(AliasedColumn column)
    {
        StringBuilder text = new(column.Name);
        text.Append(" = ");
        Sum(text, column.Terms, NumberText.Shortest);
        if (!column.IsExact)
        {
            text.Append(" (to the rounding of the data)");
        }
        return text.ToString();
    }

    /// <summary>An equation that nearly holds: <c>sqft_living ≈ 104.2 + 1.071 × sqft_above</c>.</summary>
    public static string Near(NearDependence near)
    {
        const int digits = 4;
        StringBuilder text = new(near.Column);
        text.Append(" ≈ ");
        Sum(text, near.Terms, static size => NumberText.Significant(size, digits));
        return text.ToString();
    }

    private static void Sum(StringBuilder text, IReadOnlyList<AliasTerm> terms, Func<double, string> number)
    {
        if (terms.Count == 0)
        {
            text.Append('0');
        }
        // Positive terms first, so that an equation does not begin with a minus where it need not.
        bool first = true;
        foreach (AliasTerm term in terms.OrderBy(t => t.Multiplier < 0))
        {
            bool minus = term.Multiplier < 0;
            text.Append(first ? (minus ? "−" : "") : (minus ? " − " : " + "));
            double size = Math.Abs(term.Multiplier);
            bool intercept = term.Name == "(Intercept)";
            if (intercept)
            {
                text.Append(number(size));
            }
            else
            {
                _ = size == 1 ? text.Append(term.Name) : text.Append(number(size)).Append(" × ").Append(term.Name);
            }
            first = false;
        }
    }
}
