using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>Zeroed memory outside the heap, aligned to a cache line, freed with its owner.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private void* _memory;

    private NativeBuffer(nuint bytes, bool scattered)
    {
        bool isLarge = scattered && bytes >= 2 * LargePages.Size;
        _memory = NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), isLarge ? LargePages.Size : Alignment);
        if (isLarge)
        {
            LargePages.AskFor(_memory, bytes);
        }
        NativeMemory.Clear(_memory, Math.Max(bytes, Alignment));
        GC.AddMemoryPressure((long)bytes);
        Bytes = bytes;
    }

    ~NativeBuffer() => Free();

    public nuint Bytes { get; }

    public double* Doubles => (double*)_memory;

    public long* Longs => (long*)_memory;

    public static NativeBuffer OfEights(long count) => new((nuint)count * 8, scattered: false);

    /// <summary>For reading here and there rather than from the beginning to the end.</summary>
    public static NativeBuffer OfScatteredEights(long count) => new((nuint)count * 8, scattered: true);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_memory is not null)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
            GC.RemoveMemoryPressure((long)Bytes);
        }
    }
}
