using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Fast moments made ready to solve: about the weighted means when there is an intercept, in the data's own units when
/// there is none, each column scaled to unit length. In double-double, so that nothing is lost beyond the sums' own rounding.
/// </summary>
internal sealed class FastMatrix
{
    private readonly DoubleDouble[][] _entries;

    public FastMatrix(FastMoments moments, bool hasIntercept)
    {
        int k = moments.Columns.Count;
        Means = new DoubleDouble[k];
        var moved = new double[k];
        var aside = new DoubleDouble[k];
        Scales = new double[k];
        for (int j = 0; j < k; j++)
        {
            aside[j] = DoubleDouble.From(moments[0, j]) / DoubleDouble.From(moments[0, 0]);
            Means[j] = j == 0 ? DoubleDouble.From(1) : DoubleDouble.From(moments.Shift[j]) + aside[j];
            moved[j] = hasIntercept ? aside[j].High : moments.Shift[j];
        }
        moved[0] = 0;
        Error = FastError.Of(moments, moved);
        _entries = new DoubleDouble[k][];
        for (int i = 0; i < k; i++)
        {
            _entries[i] = new DoubleDouble[k];
            for (int j = 0; j <= i; j++)
            {
                _entries[i][j] = hasIntercept ? Centered(moments, aside, i, j) : Unshifted(moments, i, j);
            }
            double square = _entries[i][i].High;
            Scales[i] = square > 0 ? Math.ScaleB(1, (Math.ILogB(square) + 2) >> 1) : 1;
        }
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                DoubleDouble entry = _entries[i][j];
                _entries[i][j] = _entries[j][i] = new DoubleDouble(entry.High / Scales[i] / Scales[j], entry.Low / Scales[i] / Scales[j]);
            }
        }
    }

    /// <summary>Weighted means of the columns.</summary>
    public DoubleDouble[] Means { get; }

    /// <summary>Powers of two that bring each column's sum of squares to [¼, 1).</summary>
    public double[] Scales { get; }

    /// <summary>Bounds on the errors of the unscaled entries.</summary>
    public FastError Error { get; }

    /// <summary>The scaled entry.</summary>
    public DoubleDouble this[int i, int j] => _entries[i][j];

    private static DoubleDouble Centered(FastMoments moments, DoubleDouble[] aside, int i, int j)
        => DoubleDouble.From(moments[i, j]) - (DoubleDouble.From(moments[0, i]) * aside[j]);

    private static DoubleDouble Unshifted(FastMoments moments, int i, int j)
    {
        DoubleDouble s = DoubleDouble.From(moments[i, j]), ci = DoubleDouble.From(moments.Shift[i]), cj = DoubleDouble.From(moments.Shift[j]);
        if (ci.High == 0 && cj.High == 0)
        {
            return s;
        }
        return s + (ci * DoubleDouble.From(moments[0, j])) + (cj * DoubleDouble.From(moments[0, i])) + (ci * cj * DoubleDouble.From(moments[0, 0]));
    }
}
