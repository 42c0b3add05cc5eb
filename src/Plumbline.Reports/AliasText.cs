using System.Text;

namespace Plumbline.Reports;

/// <summary>The equation of an aliased column as text: <c>sqft_basement = sqft_living − sqft_above</c>.</summary>
internal static class AliasText
{
    public static string Equation(AliasedColumn column)
    {
        StringBuilder text = new(column.Name);
        text.Append(" = ");
        if (column.Terms.Count == 0)
        {
            text.Append('0');
        }
        // Positive terms first, so that an equation does not begin with a minus where it need not.
        bool first = true;
        foreach (AliasTerm term in column.Terms.OrderBy(t => t.Multiplier < 0))
        {
            bool minus = term.Multiplier < 0;
            text.Append(first ? (minus ? "−" : "") : (minus ? " − " : " + "));
            double size = Math.Abs(term.Multiplier);
            bool intercept = term.Name == "(Intercept)";
            if (intercept)
            {
                text.Append(NumberText.Shortest(size));
            }
            else
            {
                _ = size == 1 ? text.Append(term.Name) : text.Append(NumberText.Shortest(size)).Append(" × ").Append(term.Name);
            }
            first = false;
        }
        if (!column.IsExact)
        {
            text.Append(" (to the rounding of the data)");
        }
        return text.ToString();
    }
}
