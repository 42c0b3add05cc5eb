namespace Plumbline;

/// <summary>What an expression's names mean: asked while a tree becomes an expression.</summary>
internal abstract class ColumnBinding
{
    /// <summary>Nothing is known of the data: every name is a column. For checking a formula on its own.</summary>
    public static ColumnBinding Unknown { get; } = new Unbound();

    /// <summary>The column of a name, or null when there is none and the name is that of a constant.</summary>
    /// <exception cref="PlumblineException">Code <c>unknown-column</c> or <c>not-numeric</c>.</exception>
    public abstract ColumnExpression? Column(NameNode name);

    /// <summary>A source of rounding: a value computed from what <paramref name="of"/> measures.</summary>
    public abstract SourceDegrees Computed(string name, SourceDegrees of);

    private sealed class Unbound : ColumnBinding
    {
        private static readonly ColumnExpression Any = new(0, SourceDegrees.Of(0));

        public override ColumnExpression Column(NameNode name) => Any;

        public override SourceDegrees Computed(string name, SourceDegrees of) => of;
    }
}
