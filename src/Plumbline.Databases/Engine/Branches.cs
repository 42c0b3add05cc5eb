namespace Plumbline.Databases;

/// <summary>Numbers that depend on the cell that a row is in, as CASE expressions. They are written into the query, so there is a limit.</summary>
internal sealed class Branches(EngineScan scan)
{
    /// <summary>The most branches that a query may have.</summary>
    public const int Most = 500;

    private int _count;

    /// <summary>The number of a row's cell; 0 in cells that are not named.</summary>
    /// <param name="categories">The categories that make the cells.</param>
    /// <param name="cells">Codes and number of each cell.</param>
    public string Of(IReadOnlyList<int> categories, IReadOnlyCollection<(int[] Codes, double Value)> cells)
    {
        Require(cells.Count);
        _count += cells.Count;
        Dialect dialect = scan.Source.Dialect;
        string branches = string.Join(" ", cells.Select(c => $"WHEN {scan.Conditions.Of(categories, c.Codes)} THEN {dialect.Literal(c.Value)}"));
        return cells.Count == 0 ? dialect.Literal(0.0) : $"(CASE {branches} ELSE {dialect.Literal(0.0)} END)";
    }

    /// <summary>Room for so many more.</summary>
    /// <exception cref="PlumblineException">Code <c>not-in-engine</c>.</exception>
    public void Require(int more)
    {
        if (_count + more > Most)
        {
            throw new PlumblineException(
                "not-in-engine",
                $"{scan.Source.Name}: the residuals would take a query of {_count + more} branches or more, one for each level and number that depends on it, and at most {Most} are sent. "
                + "Leave out or join levels, take the classical covariance, or read the rows with --compute local.");
        }
    }
}
