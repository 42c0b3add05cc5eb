using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>
/// The upper triangle of a matrix of sums in fixed point: additions never round.
/// </summary>
/// <remarks>
/// Entry (i, j) is a two's-complement integer of some 64-bit limbs times 2^(rowBase[i] + colBase[j]). One base a row
/// and a column holds any mixture of scales; bases move down, and limbs are added, as the values ask for it.
/// For a symmetric product rows and columns share their bases.
/// </remarks>
internal sealed class FixedPointMatrix
{
    private const int CountBits = 66;     // room for 2⁶³ rows, the sign, and a carry

    private readonly int _size;
    private readonly FixedPointAxis _rows;
    private readonly FixedPointAxis _columns;
    private int _limbs = 1;
    private ulong[] _data;

    public FixedPointMatrix(int size, bool symmetric)
    {
        _size = size;
        _rows = new FixedPointAxis(size);
        _columns = symmetric ? _rows : new FixedPointAxis(size);
        _data = new ulong[size * (size + 1) / 2];
    }

    /// <summary>Makes room for values of row <paramref name="i"/> that are multiples of 2^low and below 2^top.</summary>
    public void EnsureRow(int i, int low, int top) => Ensure(_rows, i, low, top);

    /// <summary>Makes room for values of column <paramref name="j"/> that are multiples of 2^low and below 2^top.</summary>
    public void EnsureColumn(int j, int low, int top) => Ensure(_columns, j, low, top);

    /// <summary>Adds value · 2^exponent to entry (i, j), i ≤ j. Room must have been made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int i, int j, long value, int exponent)
    {
        if (value < 0)
        {
            AddMagnitude(i, j, (ulong)-value, 0, 0, exponent, negative: true);
        }
        else if (value > 0)
        {
            AddMagnitude(i, j, (ulong)value, 0, 0, exponent, negative: false);
        }
    }

    /// <summary>Adds ±a·b·2^power to entry (i, j), i ≤ j, exactly. Room must have been made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProduct(int i, int j, double a, double b, int power, bool subtract)
    {
        if (a == 0 || b == 0)
        {
            return;
        }
        BinaryParts pa = new(a), pb = new(b);
        ulong high = Math.BigMul(pa.Mantissa, pb.Mantissa, out ulong low);
        AddMagnitude(i, j, low, high, 0, pa.Exponent + pb.Exponent + power, pa.Negative ^ pb.Negative ^ subtract);
    }

    /// <summary>Adds w·a·b·2^power to entry (i, j), i ≤ j, exactly. Room must have been made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProduct(int i, int j, double w, double a, double b, int power)
    {
        if (w == 0 || a == 0 || b == 0)
        {
            return;
        }
        BinaryParts pw = new(w), pa = new(a), pb = new(b);
        (ulong w0, ulong w1, ulong w2) = Words.Product(pa.Mantissa, pb.Mantissa, pw.Mantissa);
        AddMagnitude(i, j, w0, w1, w2, pw.Exponent + pa.Exponent + pb.Exponent + power, pw.Negative ^ pa.Negative ^ pb.Negative);
    }

    /// <summary>Adds all entries of another matrix of the same size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(FixedPointMatrix other)
    {
        for (int i = 0; i < _size; i++)
        {
            _rows.Cover(other._rows, i, (index, low, top) => EnsureRow(index, low, top));
            _columns.Cover(other._columns, i, (index, low, top) => EnsureColumn(index, low, top));
        }
        for (int i = 0; i < _size; i++)
        {
            for (int j = i; j < _size; j++)
            {
                ReadOnlySpan<ulong> limbs = other.Entry(i, j);
                if (limbs.IndexOfAnyExcept(0UL) >= 0)
                {
                    Words.AddWide(Entry(i, j), limbs, other._rows.Base[i] + other._columns.Base[j] - _rows.Base[i] - _columns.Base[j], subtract: false);
                }
            }
        }
    }

    /// <summary>The exact value of entry (i, j), i ≤ j.</summary>
    public ExactValue this[int i, int j]
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            ReadOnlySpan<ulong> limbs = Entry(i, j);
            return limbs.IndexOfAnyExcept(0UL) < 0
                ? ExactValue.Zero
                : new ExactValue(new BigInteger(MemoryMarshal.AsBytes(limbs)), _rows.Base[i] + _columns.Base[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<ulong> Entry(int i, int j) =>
        _data.AsSpan(((i * _size) - (i * (i - 1) / 2) + (j - i)) * _limbs, _limbs);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMagnitude(int i, int j, ulong w0, ulong w1, ulong w2, int exponent, bool negative) =>
        Words.AddProduct(Entry(i, j), (w0, w1, w2), exponent - _rows.Base[i] - _columns.Base[j], negative);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ensure(FixedPointAxis axis, int index, int low, int top)
    {
        int drop = axis.Lower(index, low);
        bool wider = axis.Raise(index, top);
        if (drop > 0 || wider)
        {
            Widen((_rows.Width + _columns.Width + CountBits + 63) / 64);
        }
        if (drop == 0)
        {
            return;
        }
        for (int other = 0; other < _size; other++)
        {
            if (axis == _rows && other >= index)
            {
                Words.ShiftLeft(Entry(index, other), drop);
            }
            if (axis == _columns && other <= index)
            {
                Words.ShiftLeft(Entry(other, index), drop);     // the diagonal of a symmetric matrix is shifted twice: so it should
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Widen(int limbs)
    {
        if (limbs <= _limbs)
        {
            return;
        }
        int entries = _data.Length / _limbs;
        var data = new ulong[checked(entries * limbs)];
        for (int e = 0; e < entries; e++)
        {
            ReadOnlySpan<ulong> old = _data.AsSpan(e * _limbs, _limbs);
            Span<ulong> entry = data.AsSpan(e * limbs, limbs);
            old.CopyTo(entry);
            if ((long)old[^1] < 0)
            {
                entry[_limbs..].Fill(ulong.MaxValue);
            }
        }
        _data = data;
        _limbs = limbs;
    }
}
