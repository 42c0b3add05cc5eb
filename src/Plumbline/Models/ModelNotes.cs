namespace Plumbline;

/// <summary>What the reader of a fit should know, in sentences.</summary>
internal static class ModelNotes
{
    /// <summary>From this condition number on, the data's own rounding may show in the coefficients.</summary>
    private const double HighCondition = 1e8;

    /// <summary>A column got no coefficient.</summary>
    public static Note Aliased(string name) => new("aliased", $"{name} has no coefficient: the columns before it already determine it.");

    public static IEnumerable<Note> Of(LeastSquaresSolution solution, ModelOrigin origin)
    {
        RowCounts rows = origin.Rows;
        FitStatistics statistics = solution.Statistics;
        if (rows.Dropped > 0)
        {
            string columns = string.Join(", ", rows.DroppedByColumn.Select(static c => $"{c.Key}: {c.Value}"));
            yield return new Note("rows-dropped", $"{Rows(rows.Dropped)} left out because a value is missing ({columns}).");
        }
        long weightless = rows.Read - rows.Dropped - rows.Used;
        if (weightless > 0)
        {
            yield return new Note("rows-without-weight", $"{Rows(weightless)} of weight 0 count in nothing.");
        }
        foreach (AliasEquation alias in solution.Aliased)
        {
            yield return Aliased(origin.Columns[alias.Column].Name);
        }
        foreach (NearAlias near in solution.NearlyAliased)
        {
            yield return new Note(
                "nearly-aliased",
                $"What the columns before it leave of {origin.Columns[near.Column].Name} is only {near.Ratio:G2} times what the rounding of the data could make; if it is meant to be determined by them, leave it out.");
        }
        if (statistics.IsExactFit && statistics.DfResidual > 0)
        {
            yield return new Note("exact-fit", "The fit goes through every row exactly: t, p and the likelihood are not defined.");
        }
        if (statistics.DfResidual == 0)
        {
            yield return new Note("no-residual-df", "There are as many coefficients as rows: nothing is left to estimate the noise from, and standard errors are not defined.");
        }
        if (statistics.Tss == 0)
        {
            yield return new Note("constant-response", $"{origin.Response} {(origin.HasIntercept ? "has one value only" : "is 0 in every row")}: R² is not defined.");
        }
        if (solution.Condition >= HighCondition)
        {
            yield return new Note(
                "ill-conditioned",
                $"The condition number is {solution.Condition:G2}: the digits hold for the numbers as stored, but a change in the last place of the data could change the coefficients' leading digits by up to that factor. Centering or scaling the predictors often helps.");
        }
    }

    private static string Rows(long count) => count == 1 ? "1 row is" : $"{count} rows are";
}
