using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>Brings columns, wherever they are, into a panel: row by row, less a shift. Padding columns are left alone.</summary>
internal static unsafe class PanelGather
{
    /// <summary>Writes <paramref name="rows"/> rows of all columns into their panels, each less its shift.</summary>
    /// <param name="columns">All columns of the matrix.</param>
    /// <param name="firstRow">The first row to take.</param>
    /// <param name="rows">How many: at most <paramref name="blockRows"/>.</param>
    /// <param name="layout">Where panels begin.</param>
    /// <param name="blockRows">Rows that a panel has room for.</param>
    /// <param name="shift">What to take from each column (padded length); zeros for none.</param>
    /// <param name="target">The memory of all panels.</param>
    public static void High(
        ReadOnlySpan<ColumnPointer> columns, nint firstRow, int rows, PanelLayout layout, int blockRows, double* shift, double* target)
    {
        foreach (ref readonly PanelLayout.Panel panel in layout.Panels.AsSpan())
        {
            High(columns, firstRow, rows, panel, shift, target + (panel.First * blockRows));
        }
    }

    private static void High(
        ReadOnlySpan<ColumnPointer> columns, nint firstRow, int rows, PanelLayout.Panel panel, double* shift, double* target)
    {
        int last = Math.Min(panel.Width, columns.Length - panel.First);
        int c = 0;
        while (c + 12 <= last && AreAdjacent(columns.Slice(panel.First + c, 12)))
        {
            ColumnPointer twelve = columns[panel.First + c];
            Twelve(twelve.High + (firstRow * twelve.Stride), twelve.Stride, rows, shift + panel.First + c, target + c, panel.Width);
            c += 12;
        }
        for (; c < last; c += 4)
        {
            int count = Math.Min(4, last - c);
            ReadOnlySpan<ColumnPointer> four = columns.Slice(panel.First + c, count);
            if (count == 4 && AreAdjacent(four))
            {
                Adjacent(four[0].High + (firstRow * four[0].Stride), four[0].Stride, rows, shift + panel.First + c, target + c, panel.Width);
            }
            else if (count == 4 && Avx.IsSupported && AreContiguous(four))
            {
                Transposed(four, firstRow, rows, shift + panel.First + c, target + c, panel.Width);
            }
            else if (count == 4)
            {
                Four(four, firstRow, rows, shift + panel.First + c, target + c, panel.Width);
            }
            else
            {
                for (int j = 0; j < count; j++)
                {
                    One(four[j].High + (firstRow * four[j].Stride), four[j].Stride, rows, shift[panel.First + c + j], target + c + j, panel.Width);
                }
            }
        }
    }

    /// <summary>Writes the low parts; zeros for columns without.</summary>
    public static void Low(ReadOnlySpan<ColumnPointer> columns, nint firstRow, int rows, PanelLayout.Panel panel, double* target)
    {
        double zero = 0;
        int last = Math.Min(panel.Width, columns.Length - panel.First);
        for (int c = 0; c < last; c++)
        {
            ColumnPointer column = columns[panel.First + c];
            if (column.Low is null)
            {
                One(&zero, 0, rows, 0, target + c, panel.Width);
            }
            else
            {
                One(column.Low + (firstRow * column.Stride), column.Stride, rows, 0, target + c, panel.Width);
            }
        }
    }

    private static bool AreAdjacent(ReadOnlySpan<ColumnPointer> four)
    {
        for (int j = 1; j < four.Length; j++)
        {
            if (four[j].High != four[0].High + j || four[j].Stride != four[0].Stride)
            {
                return false;
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Twelve(double* source, nint stride, int rows, double* shift, double* target, int width)
    {
        Vector256<double> s0 = Vector256.Load(shift), s1 = Vector256.Load(shift + 4), s2 = Vector256.Load(shift + 8);
        for (int r = 0; r < rows; r++)
        {
            Vector256.Store(Vector256.Load(source) - s0, target);
            Vector256.Store(Vector256.Load(source + 4) - s1, target + 4);
            Vector256.Store(Vector256.Load(source + 8) - s2, target + 8);
            source += stride;
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adjacent(double* source, nint stride, int rows, double* shift, double* target, int width)
    {
        Vector256<double> s = Vector256.Load(shift);
        for (int r = 0; r < rows; r++)
        {
            Vector256.Store(Vector256.Load(source) - s, target);
            source += stride;
            target += width;
        }
    }

    private static bool AreContiguous(ReadOnlySpan<ColumnPointer> four) =>
        four[0].Stride == 1 && four[1].Stride == 1 && four[2].Stride == 1 && four[3].Stride == 1;

    /// <summary>Four columns, each contiguous: four rows at a time through a 4 × 4 transpose in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transposed(ReadOnlySpan<ColumnPointer> four, nint firstRow, int rows, double* shift, double* target, int width)
    {
        double* c0 = four[0].High + firstRow, c1 = four[1].High + firstRow, c2 = four[2].High + firstRow, c3 = four[3].High + firstRow;
        Vector256<double> s = Vector256.Load(shift);
        int r = 0;
        for (; r + 4 <= rows; r += 4)
        {
            Vector256<double> a = Vector256.Load(c0 + r), b = Vector256.Load(c1 + r), c = Vector256.Load(c2 + r), d = Vector256.Load(c3 + r);
            Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
            Vector256.Store(Avx.Permute2x128(ab0, cd0, 0x20) - s, target);
            Vector256.Store(Avx.Permute2x128(ab1, cd1, 0x20) - s, target + width);
            Vector256.Store(Avx.Permute2x128(ab0, cd0, 0x31) - s, target + (2 * width));
            Vector256.Store(Avx.Permute2x128(ab1, cd1, 0x31) - s, target + (3 * width));
            target += 4 * width;
        }
        for (; r < rows; r++, target += width)
        {
            Vector256.Store(Vector256.Create(c0[r], c1[r], c2[r], c3[r]) - s, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(ReadOnlySpan<ColumnPointer> four, nint firstRow, int rows, double* shift, double* target, int width)
    {
        double* c0 = four[0].High + (firstRow * four[0].Stride);
        double* c1 = four[1].High + (firstRow * four[1].Stride);
        double* c2 = four[2].High + (firstRow * four[2].Stride);
        double* c3 = four[3].High + (firstRow * four[3].Stride);
        nint t0 = four[0].Stride, t1 = four[1].Stride, t2 = four[2].Stride, t3 = four[3].Stride;
        Vector256<double> s = Vector256.Load(shift);
        for (int r = 0; r < rows; r++)
        {
            Vector256.Store(Vector256.Create(*c0, *c1, *c2, *c3) - s, target);
            c0 += t0;
            c1 += t1;
            c2 += t2;
            c3 += t3;
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(double* source, nint stride, int rows, double shift, double* target, int width)
    {
        for (int r = 0; r < rows; r++)
        {
            *target = *source - shift;
            source += stride;
            target += width;
        }
    }
}
