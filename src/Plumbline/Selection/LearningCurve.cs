namespace Plumbline;

/// <summary>
/// Errors over growing numbers of training rows, from the moments of folds: fold i is judged by the fits of the 1, 2, … folds after it. No row is
/// read again: moments of folds add up.
/// Cost: a fit for every fold and every number of folds.
/// </summary>
internal static class LearningCurve
{
    /// <summary>The points; none with a holdout or an order, whose parts are not alike.</summary>
    public static LearningPoint[] Of(FoldMoments folds, int threads, CancellationToken cancellation)
    {
        int k = folds.Rounds;
        if (folds.Options.Holdout > 0 || folds.Options.Order is not null)
        {
            throw new PlumblineException("option", "A learning curve trains on more and more folds, and there are none with a holdout or an order. Leave these out.");
        }
        var judged = new ModelEvaluation.Judged[k, k - 1];
        FoldWork.ForEach(k, threads, cancellation, round =>
        {
            DesignMoments? training = null;
            for (int size = 0; size < k - 1; size++)
            {
                DesignMoments next = folds.Validation((round + 1 + size) % k);
                training = training is null ? next : training.Plus(next);
                judged[round, size] = ModelEvaluation.Judge(training, folds.Validation(round), folds.Whole.Levels);
            }
        });
        return
        [
            .. Enumerable.Range(0, k - 1).Select(size =>
            {
                ModelEvaluation.Judged[] all = [.. Enumerable.Range(0, k).Select(round => judged[round, size])];
                return new LearningPoint(
                    all.Average(static j => j.Fold.TrainingRows),
                    FoldMeans.Of([.. all.Select(static j => j.Training)]).Mean,
                    FoldMeans.Of([.. all.Select(static j => j.Validation)]));
            }),
        ];
    }
}
