namespace Plumbline.Databases;

/// <summary>For each category and code of a level the condition that its rows fulfil: what cells look like to the database.</summary>
internal sealed class LevelConditions
{
    private readonly Dictionary<(int Category, int Code), string> _conditions = [];

    /// <summary>Remembers a level when it first comes.</summary>
    public void Learn(int category, int code, SqlCategory sql, RowCursor row, int column, Dialect dialect)
    {
        if (!_conditions.ContainsKey((category, code)))
        {
            _conditions.Add((category, code), sql.IsLevel(row, column, dialect));
        }
    }

    /// <summary>The condition that rows of a cell fulfil.</summary>
    public string Of(IReadOnlyList<int> categories, IReadOnlyList<int> codes) =>
        string.Join(" AND ", categories.Zip(codes, (category, code) => _conditions[(category, code)]));
}
