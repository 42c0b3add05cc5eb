namespace Plumbline;

/// <summary><c>offset(e)</c> is no term: it is added to the model with the coefficient 1.</summary>
internal static class Offsets
{
    /// <summary>The name of the function.</summary>
    public const string Function = "offset";

    /// <summary>Takes the offsets out of the terms.</summary>
    /// <returns>The variables that are offsets, in the order in which they are named.</returns>
    /// <exception cref="PlumblineException">Code <c>formula</c>: an offset is crossed with something.</exception>
    public static int[] TakeFrom(TermSet terms, IReadOnlyList<Variable> variables, string text)
    {
        var offsets = new List<int>();
        foreach (VariableSet term in terms.ToArray())
        {
            if (!term.Variables.Any(v => IsOffset(variables[v])))
            {
                continue;
            }
            if (term.Degree > 1)
            {
                Variable offset = variables[term.Variables.First(v => IsOffset(variables[v]))];
                throw FormulaError.At(
                    text,
                    offset.Node.Position,
                    "An offset has the coefficient 1 and cannot be crossed with a predictor.",
                    "Add it on its own, as in `y ~ x + offset(z)`; a product goes inside it, as in `offset(a * b)`.");
            }
            offsets.Add(term.Variables[0]);
            terms.Remove(term);
        }
        return [.. offsets.Order()];
    }

    private static bool IsOffset(Variable variable) => variable.Node is CallNode { Function: Function };
}
