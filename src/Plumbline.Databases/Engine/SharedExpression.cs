namespace Plumbline.Databases;

/// <summary>A long expression that a query uses in many places: named where it stands first, when the database knows such names.</summary>
/// <param name="First">As it is written where it stands first in a query.</param>
/// <param name="Again">As it is written after that.</param>
internal sealed record SharedExpression(string First, string Again)
{
    /// <summary>Whether it is written out once only.</summary>
    public bool IsNamed => First != Again;

    /// <summary>An expression with a name of its own, if the dialect has names.</summary>
    /// <param name="dialect">The SQL.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="name">A name that no column of the table has.</param>
    public static SharedExpression Of(Dialect dialect, string expression, string name) =>
        dialect.Named(expression, name) is { } named ? new SharedExpression(named, dialect.Quote(name)) : new SharedExpression($"({expression})", $"({expression})");

    /// <summary>Its square, where it stands first.</summary>
    public string Squared(Dialect dialect) => IsNamed ? $"({First} * {Again})" : dialect.Square(First);
}
