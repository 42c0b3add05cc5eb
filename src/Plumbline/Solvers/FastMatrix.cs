using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Fast moments made ready to solve: about the weighted means when there is an intercept, in the data's own units when
/// there is none, each column scaled to unit length. In double-double, so that nothing is lost beyond the sums' own rounding.
/// </summary>
internal sealed class FastMatrix
{
    private readonly FastMoments _moments;
    private readonly bool _hasIntercept;

    public FastMatrix(FastMoments moments, bool hasIntercept)
    {
        _moments = moments;
        _hasIntercept = hasIntercept;
        int k = moments.Columns.Count;
        Means = new DoubleDouble[k];
        var moved = new double[k];
        Scales = new double[k];
        for (int j = 0; j < k; j++)
        {
            DoubleDouble aside = DoubleDouble.From(moments[0, j]) / DoubleDouble.From(moments[0, 0]);
            Means[j] = j == 0 ? DoubleDouble.From(1) : DoubleDouble.From(moments.Shift[j]) + aside;
            moved[j] = hasIntercept ? aside.High : moments.Shift[j];
        }
        moved[0] = 0;
        Error = FastError.Of(moments, moved);
        for (int j = 0; j < k; j++)
        {
            Scales[j] = 1;
            double square = Unscaled(j, j).High;
            Scales[j] = square > 0 ? Math.ScaleB(1, (Math.ILogB(square) + 2) >> 1) : 1;
        }
    }

    /// <summary>Weighted means of the columns.</summary>
    public DoubleDouble[] Means { get; }

    /// <summary>Powers of two that bring each column's sum of squares to [¼, 1).</summary>
    public double[] Scales { get; }

    /// <summary>Bounds on the errors of the unscaled entries.</summary>
    public FastError Error { get; }

    /// <summary>The scaled entry.</summary>
    public DoubleDouble this[int i, int j] => Unscaled(i, j) / DoubleDouble.From(Scales[i]) / DoubleDouble.From(Scales[j]);

    private DoubleDouble Unscaled(int i, int j)
    {
        var s = DoubleDouble.From(_moments[i, j]);
        DoubleDouble si = DoubleDouble.From(_moments[0, i]), sj = DoubleDouble.From(_moments[0, j]), s0 = DoubleDouble.From(_moments[0, 0]);
        if (_hasIntercept)
        {
            return s - (si * sj / s0);
        }
        DoubleDouble ci = DoubleDouble.From(_moments.Shift[i]), cj = DoubleDouble.From(_moments.Shift[j]);
        return s + (ci * sj) + (cj * si) + (ci * cj * s0);
    }
}
