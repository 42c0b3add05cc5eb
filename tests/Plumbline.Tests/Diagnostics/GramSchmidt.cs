using Plumbline.Numerics;

namespace Plumbline.Tests.Diagnostics;

/// <summary>Least squares the obvious way: orthonormal columns in double-double, each made orthogonal twice.</summary>
internal static class GramSchmidt
{
    private const double Nothing = 1e-24;

    /// <summary>Orthonormal columns for those of a basis and further ones; what depends on those before is left out.</summary>
    public static DoubleDouble[][] Extend(DoubleDouble[][] basis, DoubleDouble[][] columns)
    {
        var all = basis.ToList();
        foreach (DoubleDouble[] column in columns)
        {
            DoubleDouble[] left = Project(all, column);
            DoubleDouble size = Dot(left, left);
            if (size.High > Nothing * Nothing * Dot(column, column).High)
            {
                DoubleDouble scale = 1 / DoubleDouble.Sqrt(size);
                all.Add([.. left.Select(v => v * scale)]);
            }
        }
        return [.. all];
    }

    /// <summary>The sum of squares that the basis leaves of a column.</summary>
    public static DoubleDouble Rest(DoubleDouble[][] basis, DoubleDouble[] column)
    {
        DoubleDouble[] left = Project(basis, column);
        return Dot(left, left);
    }

    public static DoubleDouble Dot(DoubleDouble[] x, DoubleDouble[] y)
    {
        DoubleDouble sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static DoubleDouble[] Project(IEnumerable<DoubleDouble[]> basis, DoubleDouble[] column)
    {
        var left = (DoubleDouble[])column.Clone();
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (DoubleDouble[] q in basis)
            {
                DoubleDouble.SubtractProduct(left, Dot(q, left), q, 1);
            }
        }
        return left;
    }
}
