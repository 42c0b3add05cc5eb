using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.Files;

/// <summary>
/// One thread's way from the bytes of a text to its code: a text that was seen before costs a look into a table of bytes, no
/// string, no lock. While texts may still turn out not to be there (<see cref="Defer"/>), new ones get negative codes, which become codes of
/// the set when they are settled, or are forgotten.
/// </summary>
/// Method      Open addressing over a table of at most half load; keys lie one after another in one array. The hash is
///             multiply-and-fold of eight bytes at a time, seeded anew for every process.
/// Cost        About one cache miss for a text that is known. Memory is bounded: a full table begins anew.
internal sealed class LevelCache(LevelSet levels)
{
    private const int MostBytes = 1 << 26;
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BitConverter.ToUInt64(Guid.NewGuid().ToByteArray()) | 1;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<(int Entry, string Text)> _pending = [];
    private Entry[] _entries = new Entry[64];
    private int[] _slots = new int[256]; // the number of an entry and 1; 0 is free
    private byte[] _keys = new byte[1 << 10];
    private int _count;
    private int _used;

    /// <summary>Whether new texts wait to be settled.</summary>
    public bool Defer { get; set; }

    /// <summary>Whether there are texts that wait.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>The code of a text; negative while it waits.</summary>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    /// <exception cref="PlumblineException">Code <c>too-many-levels</c>.</exception>
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        uint hash = Hash(text);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] is var number && number != 0)
        {
            ref readonly Entry entry = ref _entries[number - 1];
            if (entry.Hash == hash && entry.Length == text.Length && text.SequenceEqual(_keys.AsSpan(entry.Key, entry.Length)))
            {
                return entry.Code;
            }
            slot = (slot + 1) & mask;
        }
        return Add(text, hash);
    }

    /// <summary>Adds the waiting texts to the set.</summary>
    /// <returns>The code of the set for each negative code −1, −2, …</returns>
    public int[] Settle()
    {
        int[] codes = new int[_pending.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            (int entry, string text) = _pending[i];
            codes[i] = _entries[entry].Code = levels.CodeOf(text);
        }
        _pending.Clear();
        return codes;
    }

    /// <summary>Forgets the waiting texts, which were none.</summary>
    public void Forget()
    {
        if (HasPending)
        {
            Clear();
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash)
    {
        string decoded = Strict.GetString(text);
        int code = Defer ? -1 - _pending.Count : levels.CodeOf(decoded);
        if (_used + text.Length > MostBytes && !HasPending)
        {
            Clear();
        }
        if (_used + text.Length > _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(2 * _keys.Length, _used + text.Length));
        }
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
            _slots = new int[2 * _slots.Length];
            for (int i = 0; i < _count; i++)
            {
                Place(_entries[i].Hash, i);
            }
        }
        text.CopyTo(_keys.AsSpan(_used));
        _entries[_count] = new Entry { Hash = hash, Key = _used, Length = text.Length, Code = code };
        Place(hash, _count);
        if (Defer)
        {
            _pending.Add((_count, decoded));
        }
        _used += text.Length;
        _count++;
        return code;
    }

    private void Place(uint hash, int entry)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = entry + 1;
    }

    private void Clear()
    {
        Array.Clear(_slots);
        _pending.Clear();
        _count = _used = 0;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = Fold(Seed ^ (ulong)text.Length, Odd);
        while (text.Length > 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(text), Odd);
            text = text[8..];
        }
        ulong rest = text.Length switch
        {
            8 => MemoryMarshal.Read<ulong>(text),
            >= 4 => MemoryMarshal.Read<uint>(text) | ((ulong)MemoryMarshal.Read<uint>(text[^4..]) << 32),
            > 0 => text[0] | ((uint)text[text.Length / 2] << 8) | ((uint)text[^1] << 16),
            _ => 0,
        };
        return (uint)Fold(hash ^ rest, Odd ^ Seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private struct Entry
    {
        public uint Hash;
        public int Key;
        public int Length;
        public int Code;
    }
}
