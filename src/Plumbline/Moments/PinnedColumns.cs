using System.Runtime.InteropServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The columns of a block held in place, as the kernels want them: the block's own, then the intercept.</summary>
internal sealed unsafe class PinnedColumns : IDisposable
{
    private readonly List<GCHandle> _handles = [];
    private readonly NativeBuffer _one = NativeBuffer.OfEights(1);
    private ColumnPointer[] _columns = [];

    public PinnedColumns() => *_one.Doubles = 1;

    /// <summary>Pointers to the first <paramref name="count"/> columns of the block and, after them, to the constant 1.</summary>
    public ReadOnlySpan<ColumnPointer> Pin(RowBlock block, int count)
    {
        Release();
        if (_columns.Length != count + 1)
        {
            _columns = new ColumnPointer[count + 1];
        }
        for (int c = 0; c < count; c++)
        {
            _columns[c] = Pin(block[c]);
        }
        _columns[count] = new ColumnPointer(_one.Doubles, null, 0);
        return _columns;
    }

    /// <summary>A pointer to one column.</summary>
    public ColumnPointer Pin(NumberColumn column)
    {
        if (column.HighArray is null)
        {
            return new ColumnPointer(column.Pointer, null, 1);
        }
        double* high = Pin(column.HighArray) + column.Offset;
        return new ColumnPointer(high, column.LowArray is null ? null : Pin(column.LowArray) + column.Offset, 1);
    }

    /// <summary>Lets the columns move again.</summary>
    public void Release()
    {
        foreach (GCHandle handle in _handles)
        {
            handle.Free();
        }
        _handles.Clear();
    }

    public void Dispose()
    {
        Release();
        _one.Dispose();
    }

    private double* Pin(double[] array)
    {
        GCHandle handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        _handles.Add(handle);
        return (double*)handle.AddrOfPinnedObject();
    }
}
