namespace Plumbline.Numerics;

/// <summary>The exponents that the values of each row (or column) span.</summary>
internal sealed class FixedPointAxis(int size)
{
    private const int Unset = int.MaxValue;
    private readonly int[] _base = Filled(size, Unset);
    private readonly int[] _top = Filled(size, int.MinValue);

    /// <summary>All values are multiples of 2^Base; 0 where there are none yet.</summary>
    public AxisBase Base => new(_base);

    /// <summary>The largest number of bits that a value can have.</summary>
    public int Width { get; private set; }

    /// <summary>Moves a base down; returns by how much values that are there must be shifted.</summary>
    public int Lower(int index, int low)
    {
        int old = _base[index];
        if (low >= old)
        {
            return 0;
        }
        _base[index] = low;
        if (_top[index] != int.MinValue)
        {
            Width = Math.Max(Width, _top[index] - low);
        }
        return old == Unset ? 0 : old - low;
    }

    /// <summary>Moves a top up; returns whether that made the widest value wider.</summary>
    public bool Raise(int index, int top)
    {
        _top[index] = Math.Max(_top[index], top);
        int width = _top[index] - _base[index];
        if (width <= Width)
        {
            return false;
        }
        Width = width;
        return true;
    }

    public void Cover(FixedPointAxis other, int index, Action<int, int, int> ensure)
    {
        if (other._base[index] != Unset)
        {
            ensure(index, other._base[index], other._top[index]);
        }
    }

    private static int[] Filled(int size, int value)
    {
        var array = new int[size];
        Array.Fill(array, value);
        return array;
    }
}

/// <summary>The bases of an axis, 0 where no value has come yet.</summary>
internal readonly struct AxisBase(int[] values)
{
    public int this[int index] => values[index] == int.MaxValue ? 0 : values[index];
}
