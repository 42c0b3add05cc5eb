using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>Brings columns, wherever they are, into panels: row by row, less a shift. Padding columns hold anything finite.</summary>
/// <remarks>
/// Method   As many vectors of neighbors in a row-major matrix as there are go over as vectors, up to three at a time; the rest
///          four columns at a time: a row's four neighbors, four columns of a column-major matrix through a 4 × 4
///          transpose, or four values one by one.
/// Cost     one pass over the rows for each panel; the rows of a block stay in the first- or second-level cache.
/// </remarks>
internal static unsafe class PanelGather<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>How many columns, from the first on, are neighbors in the rows of one matrix.</summary>
    public static int Neighbors(ReadOnlySpan<ColumnPointer> columns)
    {
        int count = 1;
        while (count < columns.Length && AreNeighbors(columns[0], columns[count], count))
        {
            count++;
        }
        return count;
    }

    /// <summary>Writes <paramref name="rows"/> rows of all columns into their panels, each less its shift.</summary>
    /// <param name="columns">All columns of the matrix.</param>
    /// <param name="neighbors">What <see cref="Neighbors"/> says of them.</param>
    /// <param name="firstRow">The first row to take.</param>
    /// <param name="rows">How many: at most <paramref name="blockRows"/>.</param>
    /// <param name="layout">Where panels begin.</param>
    /// <param name="blockRows">Rows that a panel has room for.</param>
    /// <param name="shift">What to take from each column (padded length); zeros for none.</param>
    /// <param name="target">The memory of all panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void High(
        ReadOnlySpan<ColumnPointer> columns, int neighbors, nint firstRow, int rows, PanelLayout layout, int blockRows, double* shift, double* target)
    {
        ColumnPointer* four = stackalloc ColumnPointer[4];
        double zero = 0;
        foreach (ref readonly PanelLayout.Panel panel in layout.Panels.AsSpan())
        {
            double* to = target + (panel.First * blockRows);
            double* less = shift + panel.First;
            ReadOnlySpan<ColumnPointer> here = columns[panel.First..Math.Min(panel.First + panel.Width, columns.Length)];
            int vectors = TLanes.Count < 4 ? 0 : Math.Min(neighbors - panel.First, panel.Width) / TLanes.Count;
            int c = 0;
            if (vectors > 0)
            {
                double* from = here[0].High + (firstRow * here[0].Stride);
                Rows(from, here[0].Stride, rows, vectors, less, to, panel.Width);
                c = vectors * TLanes.Count;
            }
            for (; c < here.Length; c += 4)
            {
                for (int j = 0; j < 4; j++)
                {
                    four[j] = c + j < here.Length ? here[c + j].Skip(firstRow) : new ColumnPointer(&zero, null, 0);
                }
                Four(four, rows, less + c, to + c, panel.Width);
            }
        }
    }

    /// <summary>Writes the rows of columns into one panel, a multiple of four columns wide; zeros where there is no column.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRow">The first row to take.</param>
    /// <param name="rows">How many.</param>
    /// <param name="zeros">As many zeros.</param>
    /// <param name="target">The panel.</param>
    /// <param name="width">Its width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel(ReadOnlySpan<ColumnPointer> columns, nint firstRow, int rows, double* zeros, double* target, int width)
    {
        ColumnPointer* four = stackalloc ColumnPointer[4];
        for (int c = 0; c < width; c += 4)
        {
            for (int j = 0; j < 4; j++)
            {
                four[j] = c + j < columns.Length ? columns[c + j].Skip(firstRow) : new ColumnPointer(zeros, null, 1);
            }
            Four(four, rows, zeros, target + c, width);
        }
    }

    /// <summary>Writes the low parts; zeros for columns without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Low(ReadOnlySpan<ColumnPointer> columns, nint firstRow, int rows, PanelLayout.Panel panel, double* target)
    {
        double zero = 0;
        int last = Math.Min(panel.Width, columns.Length - panel.First);
        for (int c = 0; c < last; c++)
        {
            ColumnPointer column = columns[panel.First + c];
            bool isZero = column.Low is null;
            One(isZero ? &zero : column.Low + (firstRow * column.Stride), isZero ? 0 : column.Stride, rows, target + c, panel.Width);
        }
    }

    private static bool AreNeighbors(ColumnPointer first, ColumnPointer other, int distance) =>
        other.High == first.High + distance && other.Stride == first.Stride;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(double* source, nint stride, int rows, int vectors, double* shift, double* target, nint width)
    {
        if (vectors >= 3)
        {
            Rows<TileWidth3>(source, stride, rows, shift, target, width);
        }
        else if (vectors == 2)
        {
            Rows<TileWidth2>(source, stride, rows, shift, target, width);
        }
        else
        {
            Rows<TileWidth1>(source, stride, rows, shift, target, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TWidth>(double* source, nint stride, int rows, double* shift, double* target, nint width)
        where TWidth : struct, ITileWidth
    {
        TVector s0 = TLanes.Load(shift);
        TVector s1 = TWidth.Vectors > 1 ? TLanes.Load(shift + TLanes.Count) : default;
        TVector s2 = TWidth.Vectors > 2 ? TLanes.Load(shift + (2 * TLanes.Count)) : default;
        for (int r = 0; r < rows; r++)
        {
            TLanes.Store(target, TLanes.Subtract(TLanes.Load(source), s0));
            if (TWidth.Vectors > 1)
            {
                TLanes.Store(target + TLanes.Count, TLanes.Subtract(TLanes.Load(source + TLanes.Count), s1));
            }
            if (TWidth.Vectors > 2)
            {
                TLanes.Store(target + (2 * TLanes.Count), TLanes.Subtract(TLanes.Load(source + (2 * TLanes.Count)), s2));
            }
            source += stride;
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(ColumnPointer* four, int rows, double* shift, double* target, nint width)
    {
        if (Avx.IsSupported && four[0].Stride == 1 && four[1].Stride == 1 && four[2].Stride == 1 && four[3].Stride == 1)
        {
            Transposed(four, rows, shift, target, width);
            return;
        }
        bool left = AreNeighbors(four[0], four[1], 1), right = AreNeighbors(four[2], four[3], 1);
        Vector256<double> s = Vector256.Load(shift);
        double* c0 = four[0].High, c1 = four[1].High, c2 = four[2].High, c3 = four[3].High;
        nint t0 = four[0].Stride, t1 = four[1].Stride, t2 = four[2].Stride, t3 = four[3].Stride;
        if (left && right && AreNeighbors(four[0], four[2], 2))
        {
            for (int r = 0; r < rows; r++, c0 += t0, target += width)
            {
                Vector256.Store(Vector256.Load(c0) - s, target);
            }
        }
        else if (left)
        {
            for (int r = 0; r < rows; r++, c0 += t0, c2 += t2, c3 += t3, target += width)
            {
                Vector256.Store(Vector256.Create(Vector128.Load(c0), Vector128.Create(*c2, *c3)) - s, target);
            }
        }
        else
        {
            for (int r = 0; r < rows; r++, c0 += t0, c1 += t1, c2 += t2, c3 += t3, target += width)
            {
                Vector256.Store(Vector256.Create(*c0, *c1, *c2, *c3) - s, target);
            }
        }
    }

    /// <summary>Four columns, each contiguous: four rows at a time through a 4 × 4 transpose in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transposed(ColumnPointer* four, int rows, double* shift, double* target, nint width)
    {
        double* c0 = four[0].High, c1 = four[1].High, c2 = four[2].High, c3 = four[3].High;
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
    private static void One(double* source, nint stride, int rows, double* target, int width)
    {
        for (int r = 0; r < rows; r++)
        {
            *target = *source;
            source += stride;
            target += width;
        }
    }
}
