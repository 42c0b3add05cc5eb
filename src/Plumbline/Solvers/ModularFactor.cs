using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A = LDLᵀ modulo a prime on a growing set of columns.
/// Method      for a new column w = L⁻¹·a, and d = a_jj − Σ w²_k/D_k is what the column adds: 0 when it depends.
/// Cost        k²/2 modular products of about 3 ns a column.
/// Fails when  the prime divides the determinant of the columns: <see cref="TryExtend"/> says so; take another prime.
/// </summary>
internal sealed class ModularFactor(PrimeField field, ScaledColumns columns)
{
    private readonly List<int> _kept = [];
    private readonly List<ulong[]> _rows = [];       // row k of L, left of the diagonal
    private readonly List<ulong> _inverse = [];      // 1/D_k

    /// <summary>Takes in the columns that are new in a list which only grows; false when the prime is of no use.</summary>
    public bool TryExtend(IReadOnlyList<int> kept)
    {
        for (int n = _kept.Count; n < kept.Count; n++)
        {
            ulong d = Reduce(kept[n], out ulong[] row);
            if (d == 0)
            {
                return false;
            }
            _kept.Add(kept[n]);
            _rows.Add(row);
            _inverse.Add(field.Invert(d));
        }
        return true;
    }

    /// <summary>Whether a column depends on those taken in, modulo the prime.</summary>
    public bool IsDependent(int column) => Reduce(column, out _) == 0;

    /// <summary>d of a column, and its row of L.</summary>
    private ulong Reduce(int column, out ulong[] row)
    {
        var w = new ulong[_kept.Count];
        row = new ulong[w.Length];
        ulong d = field.From(columns[column, column]);
        for (int k = 0; k < w.Length; k++)
        {
            ulong value = field.From(columns[column, _kept[k]]);
            ulong[] earlier = _rows[k];
            for (int m = 0; m < earlier.Length; m++)
            {
                value = field.Subtract(value, field.Multiply(earlier[m], w[m]));
            }
            w[k] = value;
            row[k] = field.Multiply(value, _inverse[k]);
            d = field.Subtract(d, field.Multiply(value, row[k]));
        }
        return d;
    }
}
