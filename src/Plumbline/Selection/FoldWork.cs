namespace Plumbline;

/// <summary>Work on folds, several at a time.</summary>
internal static class FoldWork
{
    /// <summary>Does something for each fold; the first fold's failure is the one that is told.</summary>
    public static void ForEach(int folds, int threads, CancellationToken cancellation, Action<int> work)
    {
        var failures = new Exception?[folds];
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation }, fold =>
        {
            try
            {
                work(fold);
            }
            catch (PlumblineException failure)
            {
                failures[fold] = new PlumblineException(failure.Code, $"Among the training rows of fold {fold + 1}: {failure.Message}", failure) { Column = failure.Column };
            }
        });
        if (failures.OfType<PlumblineException>().FirstOrDefault() is { } first)
        {
            throw first;
        }
    }
}

/// <summary>What readers of a validation should know.</summary>
internal static class FoldNotes
{
    /// <summary>A column does not vary among some training rows.</summary>
    public static Note Constant(string name, int count, int folds) => new(
        "constant-in-fold", $"{FormulaError.Code(name)} does not vary, or is determined by others, among the training rows of {count} of {folds} {(folds == 1 ? "parts" : "folds")}: there its coefficient counts as 0.");
}
