namespace Plumbline;

/// <summary>What can be wrong with a second look at the rows, and what its reader should know.</summary>
internal static class RobustChecks
{
    private const int FewClusters = 20;
    private const int ListedRows = 10;

    /// <summary>The columns that a covariance names are there, and that of the order holds numbers: before anything is read.</summary>
    public static void RequireColumns(IRowSource source, CovarianceOptions options)
    {
        var schema = new Schema(source.Columns);
        foreach (string name in options.Order is { } only ? [only] : options.Clusters)
        {
            if (schema.Find(name) is null)
            {
                throw new PlumblineException(
                    "unknown-column", $"{options} needs the column {Schema.Shown(name)}, and {FormulaError.Clean(source.Name)} does not have it.\n{schema.Suggest(name)}")
                {
                    Column = name,
                };
            }
        }
        if (options.Order is { } order && schema.Find(order) is { IsNumeric: false })
        {
            throw new PlumblineException("not-numeric", $"The order {Schema.Shown(order)} does not hold numbers or times. Name a column that grows from row to row.") { Column = order };
        }
    }

    /// <summary>A pipe has no second reading: which says why one was wanted.</summary>
    public static PlumblineException ReadOnce(PlumblineException refused, CovarianceOptions options) =>
        new("read-once", $"{options} needs the rows a second time. {refused.Message}", refused) { File = refused.File };

    /// <summary>The rows are those of the fit.</summary>
    public static void RequireSameRows(ModelRowCounts again, RowCounts fit, string source)
    {
        if (again.Read != fit.Read || again.Dropped != fit.Dropped)
        {
            throw new PlumblineException(
                "file-changed",
                $"{FormulaError.Clean(source)} had {fit.Read} rows ({fit.Dropped} left out) when the model was fitted, and {again.Read} ({again.Dropped} left out) when it was read again for the covariance. Run the command again when nobody writes to it.");
        }
    }

    /// <summary>Rows that alone determine a coefficient. They are found once more in order, because rows that come in none have no numbers.</summary>
    public static Note UnitLeverages(CovarianceEstimator estimator, HeteroskedasticSums sums, ModelRows rows, CancellationToken cancellation)
    {
        long[] first = [.. rows.Read(null, cancellation).SelectMany(sums.RowsOfUnitLeverage).Take(ListedRows)];
        long count = sums.UnitLeverages;
        string list = string.Join(", ", first) + (count > first.Length ? ", …" : "");
        return new Note(
            "leverage-one",
            count == 1
                ? $"{estimator} is not defined: row {list} has leverage 1, it alone determines a coefficient and has no residual. HC0 and HC1 are defined."
                : $"{estimator} is not defined: {count} rows have leverage 1 (row {list}), each alone determines a coefficient and has no residual. HC0 and HC1 are defined.");
    }

    /// <summary>Rows that alone determine a coefficient, where rows have no numbers.</summary>
    public static Note UnitLeverages(CovarianceEstimator estimator, long count) => new(
        "leverage-one",
        count == 1
            ? $"{estimator} is not defined: a row has leverage 1, it alone determines a coefficient and has no residual. HC0 and HC1 are defined."
            : $"{estimator} is not defined: {count} rows have leverage 1, each alone determines a coefficient and has no residual. HC0 and HC1 are defined.");

    /// <summary>The cluster of every row of the fit is known.</summary>
    /// <param name="column">The column that names clusters.</param>
    /// <param name="missing">In how many rows of the fit it is missing.</param>
    /// <exception cref="PlumblineException">Code <c>missing-cluster</c>.</exception>
    public static void RequireClusters(string column, long missing)
    {
        if (missing > 0)
        {
            throw new PlumblineException(
                "missing-cluster",
                $"{Schema.Shown(column)} is missing in {missing} of the rows that the model was fitted to, so nobody knows their cluster. Fill it in, or leave such rows out of the data.")
            {
                Column = column,
            };
        }
    }

    /// <summary>Clusters so few that their errors are likely too small.</summary>
    public static IEnumerable<Note> Few(IEnumerable<ClusterCount> ways) => ways
        .Where(static way => way.Count < FewClusters)
        .Select(static way => new Note("few-clusters", $"{way.Column} has {way.Count} clusters only: errors by clusters need many, and with few they tend to be too small."));
}
