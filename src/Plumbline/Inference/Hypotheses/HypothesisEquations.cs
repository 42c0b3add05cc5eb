using System.Globalization;
using System.Numerics;
using System.Text;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Independent equations of a hypothesis. Method: elimination with fractions; an equation that earlier ones leave nothing of
/// follows from them, or contradicts them. Cost: q² combinations.
/// </summary>
/// <param name="Rows">Each Σ factor · coefficient + constant = 0; independent.</param>
/// <param name="Redundant">The texts of those that follow from the ones before.</param>
internal sealed record HypothesisEquations(IReadOnlyList<(string Text, LinearForm Form)> Rows, IReadOnlyList<string> Redundant)
{
    private const int LongDecimal = 12;

    /// <summary>Sorts equations out.</summary>
    /// <param name="all">As read.</param>
    /// <exception cref="PlumblineException"><c>hypothesis</c>: an equation has no coefficient, or contradicts the ones before.</exception>
    public static HypothesisEquations Of(IReadOnlyList<(string Text, LinearForm Form)> all)
    {
        var rows = new List<(string, LinearForm)>();
        var redundant = new List<string>();
        var echelon = new List<(int Pivot, LinearForm Form)>();
        foreach ((string text, LinearForm form) in all)
        {
            if (form.IsConstant)
            {
                throw new PlumblineException("hypothesis", $"There is no coefficient left in {FormulaError.Code(text)}: nothing is to be tested. Name a coefficient, as in `age = 0`.");
            }
            LinearForm rest = form;
            foreach ((int pivot, LinearForm earlier) in echelon)
            {
                if (rest.Factors.TryGetValue(pivot, out Fraction factor))
                {
                    rest = rest.Plus(earlier, -factor);
                }
            }
            if (!rest.IsConstant)
            {
                (int pivot, Fraction leading) = rest.Factors.First();
                echelon.Add((pivot, rest.Times(Fraction.From(1) / leading)));
                rows.Add((text, form));
            }
            else if (rest.Constant.IsZero)
            {
                redundant.Add(text);
            }
            else
            {
                throw new PlumblineException("hypothesis", $"{FormulaError.Code(text)} contradicts the equations before it: they cannot all hold. Leave one of them out.");
            }
        }
        return new HypothesisEquations(rows, redundant);
    }

    /// <summary>The combination of a row as a person would write it: <c>2 × age − sqft_living</c>.</summary>
    public static string Combination(LinearForm form, IReadOnlyList<string> names)
    {
        var text = new StringBuilder();
        // Positive terms first, so that a combination does not begin with a minus where it need not.
        foreach ((int coefficient, Fraction factor) in form.Factors.OrderBy(static f => f.Value.Numerator.Sign < 0))
        {
            bool minus = factor.Numerator.Sign < 0;
            text.Append(text.Length == 0 ? (minus ? "−" : "") : minus ? " − " : " + ");
            if (BigInteger.Abs(factor.Numerator) != factor.Denominator)
            {
                text.Append(Shown(factor)).Append(" × ");
            }
            text.Append(names[coefficient]);
        }
        return text.ToString();
    }

    /// <summary>The size of a factor: 1/3 rather than 0.3333333333333333, and 0.25 rather than 1/4.</summary>
    private static string Shown(Fraction factor)
    {
        var size = new Fraction(BigInteger.Abs(factor.Numerator), factor.Denominator);
        string shortest = size.ToDouble().ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        string fraction = $"{size.Numerator}/{size.Denominator}";
        return shortest.Length <= LongDecimal || fraction.Length > LongDecimal ? shortest : fraction;
    }
}
