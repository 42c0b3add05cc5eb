using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>Zeroed memory outside the heap, aligned to a cache line, freed with its owner.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private void* _memory;

    private NativeBuffer(nuint bytes)
    {
        _memory = NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment);
        NativeMemory.Clear(_memory, Math.Max(bytes, Alignment));
        GC.AddMemoryPressure((long)bytes);
        Bytes = bytes;
    }

    ~NativeBuffer() => Free();

    public nuint Bytes { get; }

    public double* Doubles => (double*)_memory;

    public long* Longs => (long*)_memory;

    public static NativeBuffer OfEights(long count) => new((nuint)count * 8);

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
