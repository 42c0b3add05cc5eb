namespace Plumbline;

/// <summary>
/// How models of every number of terms do on rows that neither their terms nor their coefficients had seen: each fold selects for itself.
/// </summary>
public sealed record SelectionValidation
{
    /// <summary>How rows were divided.</summary>
    public required FoldOptions Folds { get; init; }

    /// <summary>For each of <see cref="SelectionResult.Sizes"/> the mean squared error of the models of that size, each on its fold's validation rows.</summary>
    public required IReadOnlyList<ValidationScore> Scores { get; init; }

    /// <summary>For each of <see cref="SelectionResult.Sizes"/> in how many folds the model of that size had the same terms: how stable the selection is.</summary>
    public required IReadOnlyList<int> Agreeing { get; init; }

    /// <summary>For each fold its training rows.</summary>
    public required IReadOnlyList<long> TrainingRows { get; init; }

    /// <summary>For each fold its validation rows.</summary>
    public required IReadOnlyList<long> ValidationRows { get; init; }

    /// <summary>The model selected, fitted to training and validation rows, judged by the test rows; null without any.</summary>
    public FoldEvaluation? Test { get; init; }

    /// <summary>The place of the size that a criterion chooses; of equal ones the smallest.</summary>
    /// <exception cref="PlumblineException">Code <c>option</c>: with one validation part there is no standard error.</exception>
    internal int PlaceOf(SelectionCriterion criterion)
    {
        int least = 0;
        for (int k = 1; k < Scores.Count; k++)
        {
            least = Scores[k].Mean < Scores[least].Mean ? k : least;
        }
        if (criterion == SelectionCriterion.ValidationError)
        {
            return least;
        }
        double bound = Scores[least].Mean + Scores[least].StandardError;
        return double.IsNaN(bound)
            ? throw new PlumblineException("option", "With one validation part there is no standard error to choose a size by. Give folds, or choose the least validation error.")
            : Scores.Index().First(s => s.Item.Mean <= bound).Index;
    }
}
