using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>
/// Sums in fixed point that share one scale, one for each cell: additions never round, and cells may be added as they come.
/// Entry i is a two's-complement integer of some 64-bit limbs times 2^base; the base moves down, and limbs are added, as
/// the values ask for it.
/// </summary>
internal sealed class FixedPointVector
{
    private const int CountBits = 66;     // room for 2⁶³ rows, the sign, and a carry
    private const int Unset = int.MaxValue;

    private int _base = Unset;
    private int _top = int.MinValue;
    private int _limbs = 1;
    private ulong[] _data = [];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The exact value of an entry; 0 for one that is not there.</summary>
    public ExactValue this[int index]
    {
        get
        {
            if (index >= Count)
            {
                return ExactValue.Zero;
            }
            ReadOnlySpan<ulong> limbs = Entry(index);
            return limbs.IndexOfAnyExcept(0UL) < 0 ? ExactValue.Zero : new ExactValue(new BigInteger(MemoryMarshal.AsBytes(limbs)), _base);
        }
    }

    /// <summary>Sums that are known.</summary>
    public static FixedPointVector Of(ReadOnlySpan<ExactValue> values)
    {
        var vector = new FixedPointVector();
        vector.Grow(values.Length);
        (int low, int top) = (Unset, int.MinValue);
        foreach (ExactValue value in values)
        {
            low = value.IsZero ? low : Math.Min(low, value.Exponent);
            top = value.IsZero ? top : Math.Max(top, value.Magnitude + 1);
        }
        if (low == Unset)
        {
            return vector;
        }
        vector.EnsureRoom(low, top);
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsZero)
            {
                var limbs = new ulong[(values[i].Mantissa.GetByteCount() + 7) / 8];
                limbs.AsSpan().Fill(values[i].Sign < 0 ? ulong.MaxValue : 0);
                values[i].Mantissa.TryWriteBytes(MemoryMarshal.AsBytes(limbs.AsSpan()), out _);
                Words.AddWide(vector.Entry(i), limbs, values[i].Exponent - low, subtract: false);
            }
        }
        return vector;
    }

    /// <summary>Has at least <paramref name="count"/> entries from now on.</summary>
    public void Grow(int count)
    {
        if (count <= Count)
        {
            return;
        }
        Count = count;
        if ((long)count * _limbs > _data.Length)
        {
            Array.Resize(ref _data, checked((int)Math.Min(Array.MaxLength, Math.Max((long)count * _limbs, 2L * _data.Length))));
        }
    }

    /// <summary>Makes room for values that are multiples of 2^low and below 2^top.</summary>
    public void EnsureRoom(int low, int top)
    {
        int drop = _base == Unset ? 0 : Math.Max(0, _base - low);
        _base = Math.Min(_base, low);
        _top = Math.Max(_top, top);
        Widen((_top - _base + CountBits + 63) / 64);
        for (int i = 0; drop > 0 && i < Count; i++)
        {
            Words.ShiftLeft(Entry(i), drop);
        }
    }

    /// <summary>Adds value · 2^exponent. Room must have been made.</summary>
    public void Add(int index, long value, int exponent)
    {
        if (value != 0)
        {
            ulong magnitude = value < 0 ? (ulong)-value : (ulong)value;
            Words.AddProduct(Entry(index), (magnitude, 0, 0), exponent - _base, value < 0);
        }
    }

    /// <summary>Adds w·a·b·2^power exactly, making room.</summary>
    public void AddProduct(int index, double w, double a, double b, int power)
    {
        if (w == 0 || a == 0 || b == 0)
        {
            return;
        }
        BinaryParts pw = new(w), pa = new(a), pb = new(b);
        EnsureRoom(pw.LowestBit + pa.LowestBit + pb.LowestBit + power, pw.Top + pa.Top + pb.Top + power);
        Words.AddProduct(
            Entry(index),
            Words.Product(pw.Mantissa, pa.Mantissa, pb.Mantissa),
            pw.Exponent + pa.Exponent + pb.Exponent + power - _base,
            pw.Negative ^ pa.Negative ^ pb.Negative);
    }

    /// <summary>Adds the entries of another vector, or takes them away: its entry i belongs to entry places[i] here.</summary>
    public void Add(FixedPointVector other, ReadOnlySpan<int> places, bool subtract)
    {
        if (other._base == Unset)
        {
            return;
        }
        EnsureRoom(other._base, other._top);
        int shift = other._base - _base;
        for (int i = 0; i < other.Count; i++)
        {
            ReadOnlySpan<ulong> limbs = other.Entry(i);
            if (limbs.IndexOfAnyExcept(0UL) >= 0)
            {
                Words.AddWide(Entry(places[i]), limbs, shift, subtract);
            }
        }
    }

    private Span<ulong> Entry(int index) => _data.AsSpan(index * _limbs, _limbs);

    private void Widen(int limbs)
    {
        if (limbs <= _limbs)
        {
            return;
        }
        ulong[] old = _data;
        int narrow = _limbs;
        _data = new ulong[checked(Math.Max(Count, old.Length / narrow) * limbs)];
        _limbs = limbs;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<ulong> from = old.AsSpan(i * narrow, narrow);
            Span<ulong> entry = Entry(i);
            from.CopyTo(entry);
            if ((long)from[^1] < 0)
            {
                entry[narrow..].Fill(ulong.MaxValue);
            }
        }
    }
}
