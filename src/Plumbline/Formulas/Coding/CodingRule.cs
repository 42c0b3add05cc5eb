namespace Plumbline;

/// <summary>
/// Which factors of which terms get contrasts, and which an indicator for every level.
/// A factor gets contrasts in a term when what is left of the term without it is empty, or part of an earlier term: then its mean is
/// there already. Without an intercept, the first factor of the first term that has one gets indicators.
/// Source: TermCode in R's model.c, and model.matrix for the intercept.
/// </summary>
internal static class CodingRule
{
    /// <summary>For each term and each of its variables whether it gets contrasts; meaningless for numbers.</summary>
    /// <param name="terms">The variables of each term, ascending; terms in the order of the model.</param>
    /// <param name="isCategory">Which variables are categories.</param>
    /// <param name="hasIntercept">Whether the model has an intercept.</param>
    public static bool[][] Apply(IReadOnlyList<int[]> terms, Func<int, bool> isCategory, bool hasIntercept)
    {
        var contrasts = new bool[terms.Count][];
        bool spanned = hasIntercept;
        // Terms by variable, so that a search for a term that contains others is short.
        var termsOf = new Dictionary<int, List<int>>();
        for (int t = 0; t < terms.Count; t++)
        {
            int[] term = terms[t];
            contrasts[t] = Array.ConvertAll(term, v => isCategory(v) && IsMarginPresent(term, v, terms, termsOf));
            int first = Array.FindIndex(term, v => isCategory(v));
            if (!spanned && first >= 0)
            {
                contrasts[t][first] = false;
                spanned = true;
            }
            foreach (int variable in term)
            {
                if (!termsOf.TryGetValue(variable, out List<int>? list))
                {
                    termsOf.Add(variable, list = []);
                }
                list.Add(t);
            }
        }
        return contrasts;
    }

    private static bool IsMarginPresent(int[] term, int variable, IReadOnlyList<int[]> terms, Dictionary<int, List<int>> termsOf)
    {
        int[] rest = Array.FindAll(term, v => v != variable);
        return rest.Length == 0
            || (termsOf.TryGetValue(rest[0], out List<int>? earlier)
                && earlier.Exists(t => rest.All(v => Array.BinarySearch(terms[t], v) >= 0)));
    }
}
