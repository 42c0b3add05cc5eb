using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Numerics;

/// <summary>What the slices leave of one value: <paramref name="Value"/> · 2^(Unit − 22·<paramref name="Depth"/>).</summary>
internal readonly record struct Leftover(int Row, int Column, double Value, int Depth)
{
    /// <summary>Lists what the slices leave of a panel, if that is little enough: one value in a hundred.</summary>
    /// <param name="list">Receives it; unchanged when it is too much.</param>
    /// <param name="rest">What is left of every value, row by row.</param>
    /// <param name="count">Rows times width.</param>
    /// <param name="first">The panel's first column.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="depth">The slices it was cut into.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe bool TryCollect<TLanes, TVector>(List<Leftover> list, double* rest, int count, int first, int width, int depth)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int before = list.Count, most = before + Math.Max(1, count / 100);
        for (int n = 0; n < count; n += TLanes.Count)
        {
            if (!TLanes.AnyNonZero(TLanes.Load(rest + n)))
            {
                continue;
            }
            for (int at = n; at < n + TLanes.Count; at++)
            {
                if (rest[at] == 0)
                {
                    continue;
                }
                if (list.Count == most)
                {
                    CollectionsMarshal.SetCount(list, before);
                    return false;
                }
                list.Add(new Leftover(at / width, first + (at % width), rest[at], depth));
            }
        }
        return true;
    }
}
