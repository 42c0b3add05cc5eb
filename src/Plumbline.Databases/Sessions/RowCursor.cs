namespace Plumbline.Databases;

/// <summary>The rows of a result, one after the other.</summary>
internal abstract class RowCursor : IDisposable
{
    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Read();

    /// <summary>Whether a value is NULL; asked first, and before the value is.</summary>
    public abstract bool IsNull(int column);

    /// <summary>A value sent as <see cref="WireType.Double"/>.</summary>
    public abstract double Double(int column);

    /// <summary>A value sent as <see cref="WireType.Integer"/>.</summary>
    public abstract long Integer(int column);

    /// <summary>A value sent as <see cref="WireType.Unsigned"/>.</summary>
    public virtual ulong Unsigned(int column) => checked((ulong)Integer(column));

    /// <summary>A value sent as <see cref="WireType.Boolean"/>.</summary>
    public abstract bool Boolean(int column);

    /// <summary>A value sent as <see cref="WireType.Text"/>.</summary>
    public abstract string Text(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
