namespace Plumbline;

/// <summary>
/// A model of every number of terms, found step by step: what folds are compared by, since a criterion that stops a search has no place in them.
/// Method      forward: from the terms kept, the term that leaves the least RSS is added, one after the other. Backward: from all terms, the one that costs
///             the least is dropped. Both: as backward, but after each drop terms come back as long as that gives a better model of its size
///             than any before. A product goes before what it is a product of, and comes after it. Ties: the first in the order of the formula.
/// Cost        terms²/2 exact solutions one way; as many again for every way back that helps. No row is read.
/// Source      Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., §3.3.2; both ways: the floating search of
///             Pudil, Novovičová, Kittler, Pattern Recognition Letters 15 (1994).
/// Fails when  the best model of a size is not reached by single steps: best subsets look at all.
/// </summary>
internal static class SizePath
{
    /// <summary>For each number of terms beyond those kept the terms of its model.</summary>
    public static IReadOnlyList<int[]> Run(CandidateModels candidates, StepDirection direction, CancellationToken cancellation)
    {
        int least = candidates.Kept.Count, most = candidates.Terms.Count;
        bool isForward = direction == StepDirection.Forward;
        var sizes = new int[most + 1][];
        int[] current = isForward ? [.. candidates.Kept] : [.. Enumerable.Range(0, most)];
        sizes[current.Length] = current;
        while (current.Length != (isForward ? most : least))
        {
            current = Better(candidates, sizes, Step(candidates, current, isForward ? StepDirection.Forward : StepDirection.Backward, cancellation));
            while (direction == StepDirection.Both && current.Length < most)
            {
                int[] back = Step(candidates, current, StepDirection.Forward, cancellation);
                if (!ReferenceEquals(Better(candidates, sizes, back), back))
                {
                    break;
                }
                current = back;
            }
        }
        return sizes[least..];
    }

    /// <summary>The neighbor of least RSS.</summary>
    private static int[] Step(CandidateModels candidates, int[] current, StepDirection direction, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return StepwiseSearch.Neighbors(candidates, current, direction).MinBy(n => candidates.Fit(n.Terms).Rss).Terms;
    }

    /// <summary>The better of a model and the best of its size so far, kept from now on.</summary>
    private static int[] Better(CandidateModels candidates, int[][] sizes, int[] found)
    {
        int[]? known = sizes[found.Length];
        return known is not null && candidates.Fit(known).Rss <= candidates.Fit(found).Rss ? known : sizes[found.Length] = found;
    }
}
