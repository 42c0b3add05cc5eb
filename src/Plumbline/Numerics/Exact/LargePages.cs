using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>
/// Asks the system for pages of two megabytes instead of four kilobytes. A processor knows where some thousands of pages are: rows that are
/// read in random order out of gigabytes are mostly on others, and finding a small page takes longer than reading a row from it.
/// </summary>
/// <remarks>
/// Method      <c>madvise(MADV_HUGEPAGE)</c> on Linux, before the memory is first touched. A hint: what comes of it is no error.
/// Source      the Linux manual, madvise(2); docs/explanation/speed-of-descent.md for what it gains.
/// </remarks>
internal static unsafe class LargePages
{
    /// <summary>Bytes of a large page, to which memory is aligned.</summary>
    public const nuint Size = 1 << 21;

    private const int HugePage = 14;

    /// <summary>Asks for large pages.</summary>
    public static void AskFor(void* memory, nuint bytes)
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "madvise", out nint advise))
        {
            _ = ((delegate* unmanaged<void*, nuint, int, int>)advise)(memory, bytes, HugePage);
        }
    }
}
