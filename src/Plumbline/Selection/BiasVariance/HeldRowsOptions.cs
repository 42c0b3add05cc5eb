namespace Plumbline;

/// <summary>What rows that are held in memory are allowed: their weights, and how much of them there may be.</summary>
internal static class HeldRowsOptions
{
    /// <summary>Bytes that rows may take, unless more are allowed: 1 GB.</summary>
    public const long DefaultMemory = 1_000_000_000;

    /// <summary>Refuses what makes no sense for rows that are drawn and judged one by one.</summary>
    /// <exception cref="PlumblineException">Code <c>option</c>.</exception>
    public static void Validate(FitOptions fit, long memory)
    {
        ArgumentNullException.ThrowIfNull(fit);
        fit.Validate();
        if (fit.Weights is not null && fit.WeightKind != WeightKind.Precision)
        {
            throw new PlumblineException(
                "option",
                $"The weights are of the kind {fit.WeightKind}; rows that are drawn and judged one by one can have precision weights only. Write equal rows out, or leave the weights away.");
        }
        if (memory < 1)
        {
            throw new PlumblineException("option", $"The memory allowed for rows is {memory} bytes; it must be at least 1.");
        }
    }

    /// <summary>Refuses more rows than the memory allowed can hold.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="numbers">Numbers of each, over all formulas.</param>
    /// <param name="memory">Bytes allowed.</param>
    /// <exception cref="PlumblineException">Code <c>too-many-rows</c>.</exception>
    public static void RequireMemory(long rows, long numbers, long memory)
    {
        if (rows * 8.0 * numbers > memory)
        {
            throw new PlumblineException(
                "too-many-rows",
                $"{rows:N0} rows are to be held in memory, {numbers} numbers each: {rows * 8.0 * numbers / 1e6:N0} MB, and {memory / 1e6:N0} MB are allowed. Take a sample of the rows, fewer or smaller formulas, or allow more memory.");
        }
    }
}
