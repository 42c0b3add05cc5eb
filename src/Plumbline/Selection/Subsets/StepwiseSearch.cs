namespace Plumbline;

/// <summary>
/// Adds or drops a term at a time, the one that makes the criterion least, as long as it becomes less.
/// Method      every neighbor of the current model is fitted from moments, exactly. A term is dropped only when no term of the model contains it,
///             and added only when all that it contains (of the formula) are in the model. Ties: the first in the order of drops, then adds.
/// Cost        at most terms · steps solutions, no row read.
/// Source      Hastie, Pregibon (1992); the same steps as R's MASS::stepAIC, which stops when less than 1e-7 is gained, as here.
/// Fails when  the best model is not reached by single steps: best subsets look at all.
/// </summary>
internal static class StepwiseSearch
{
    private const double LeastGain = 1e-7;

    public static List<SelectionStep> Run(CandidateModels candidates, SelectionOptions options, CancellationToken cancellation)
    {
        int[] current = options.Direction == StepDirection.Forward ? [.. candidates.Kept] : [.. Enumerable.Range(0, candidates.Terms.Count)];
        var steps = new List<SelectionStep> { new(null, null, candidates.Fit(current)) };
        while (true)
        {
            (int Term, int[] Terms, SubsetModel Model)? best = null;
            foreach ((int term, int[] terms) in Neighbors(candidates, current, options.Direction))
            {
                cancellation.ThrowIfCancellationRequested();
                SubsetModel model = candidates.Fit(terms);
                if (best is null || model.By(options.Criterion) < best.Value.Model.By(options.Criterion))
                {
                    best = (term, terms, model);
                }
            }
            if (best is not { } step || !(step.Model.By(options.Criterion) < steps[^1].Model.By(options.Criterion) - LeastGain))
            {
                return steps;
            }
            string name = candidates.Terms[step.Term].Name;
            bool isAdded = step.Terms.Length > current.Length;
            steps.Add(new SelectionStep(isAdded ? name : null, isAdded ? null : name, step.Model));
            current = step.Terms;
        }
    }

    /// <summary>The models a step away: for each the term that goes or comes, and the terms left.</summary>
    public static IEnumerable<(int Term, int[] Terms)> Neighbors(CandidateModels candidates, int[] current, StepDirection direction)
    {
        if (direction != StepDirection.Forward)
        {
            foreach (int term in current)
            {
                if (!candidates.Kept.Contains(term) && !current.Any(other => candidates.Margins[other].Contains(term)))
                {
                    yield return (term, [.. current.Where(t => t != term)]);
                }
            }
        }
        if (direction != StepDirection.Backward)
        {
            for (int term = 0; term < candidates.Terms.Count; term++)
            {
                if (!current.Contains(term) && candidates.Margins[term].All(current.Contains))
                {
                    yield return (term, [.. current.Append(term).Order()]);
                }
            }
        }
    }
}
