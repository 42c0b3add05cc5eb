using System.Runtime.Intrinsics.X86;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Residuals, leverages and orthonormal columns of some rows, in double-double; for one thread.
/// </summary>
/// <remarks>
/// Method      in scaled units, a strip of rows at a time: ẽ = ỹ − Σ b̃ⱼx̃ⱼ, zₖ = Σ_{i≤k} U_ik x̃ᵢ with UUᵀ = (X̃ᵀWX̃)⁻¹, so that Σ w z zᵀ = I, and
///             h = w·Σ zₖ². The columns come with what their doubles leave (x¹⁰ is not rounded).
/// Cost        p multiply–adds in double-double a row for residuals, p²/2 more for z and h.
/// Source      Hoaglin, Welsch, The hat matrix in regression and ANOVA, The American Statistician 32 (1978).
/// Fails when  the condition is beyond about 1e15: leverages then lose digits.
/// </remarks>
internal sealed class RowScores
{
    /// <summary>Rows of a strip, at most.</summary>
    public const int Strip = 256;

    private readonly LeastSquaresGeometry _geometry;
    private readonly bool _isExactFit;
    private readonly DoubleDouble[][]? _root;
    private readonly DoubleDouble[][] _columns;
    private readonly DoubleDouble[] _residuals = new DoubleDouble[Strip];
    private readonly DoubleDouble[] _leverages = new DoubleDouble[Strip];
    private readonly DoubleDouble[][] _orthonormal;

    /// <param name="geometry">Of the fit.</param>
    /// <param name="isExactFit">Whether all residuals are exactly 0.</param>
    /// <param name="withLeverages">Whether z and h are wanted.</param>
    public RowScores(LeastSquaresGeometry geometry, bool isExactFit, bool withLeverages)
    {
        _geometry = geometry;
        _isExactFit = isExactFit;
        _root = withLeverages ? geometry.Root<DoubleDouble>() : null;
        _columns = Strips(geometry.Count);
        _orthonormal = Strips(withLeverages ? geometry.Count : 0);
    }

    /// <summary>ẽ = e · 2^−ResidualPower, one a row of the strip.</summary>
    public ReadOnlySpan<DoubleDouble> Residuals => _residuals;

    /// <summary>xᵀ(XᵀWX)⁻¹x: the leverage, but for the weight.</summary>
    public ReadOnlySpan<DoubleDouble> Distances => _leverages;

    /// <summary>Scaled column j over the strip.</summary>
    public ReadOnlySpan<DoubleDouble> Column(int j) => _columns[j];

    /// <summary>z_k over the strip.</summary>
    public ReadOnlySpan<DoubleDouble> Orthonormal(int k) => _orthonormal[k];

    /// <summary>Computes rows <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1 of a block.</summary>
    public void Take(ModelBlock block, int start, int count)
    {
        for (int j = 0; j < _columns.Length; j++)
        {
            Load(block.Column(j), block.Low(j), start, _columns[j].AsSpan(0, count), -_geometry.Powers[j]);
        }
        TakeResiduals(block, start, count);
        if (_root is not null)
        {
            TakeLeverages(count);
        }
    }

    private void TakeResiduals(ModelBlock block, int start, int count)
    {
        Span<DoubleDouble> residuals = _residuals.AsSpan(0, count);
        if (_isExactFit)
        {
            residuals.Clear();
            return;
        }
        Load(block.Response, block.ResponseLow, start, residuals, 0);
        ReadOnlySpan<double> offset = block.Offset;
        for (int r = 0; r < count; r++)
        {
            DoubleDouble y = offset.IsEmpty ? residuals[r] : residuals[r] - DoubleDouble.From(offset[start + r]);
            residuals[r] = y.Scale(-_geometry.ResidualPower);
        }
        for (int j = 0; j < _columns.Length; j++)
        {
            SubtractProduct(residuals, _geometry.Estimates[j], _columns[j]);
        }
    }

    private void TakeLeverages(int count)
    {
        Span<DoubleDouble> squares = _leverages.AsSpan(0, count);
        squares.Clear();
        for (int k = 0; k < _orthonormal.Length; k++)
        {
            Span<DoubleDouble> z = _orthonormal[k].AsSpan(0, count);
            z.Clear();
            for (int i = 0; i <= k; i++)
            {
                SubtractProduct(z, -_root![k][i], _columns[i]);
            }
            for (int r = 0; r < count; r++)
            {
                squares[r] += z[r] * z[r];
            }
        }
    }

    private static void Load(ReadOnlySpan<double> high, ReadOnlySpan<double> low, int start, Span<DoubleDouble> target, int power)
    {
        double factor = Math.ScaleB(1, power);
        bool isNormal = double.IsNormal(factor);
        for (int r = 0; r < target.Length; r++)
        {
            double h = high[start + r], l = low.IsEmpty ? 0 : low[start + r];
            target[r] = isNormal ? new DoubleDouble(h * factor, l * factor) : new DoubleDouble(h, l).Scale(power);
        }
    }

    /// <summary>y ← y − a·x.</summary>
    internal static void SubtractProduct(Span<DoubleDouble> y, DoubleDouble a, ReadOnlySpan<DoubleDouble> x) =>
        DoubleDouble.SubtractProduct(y, a, x[..y.Length], Avx.IsSupported ? 4 : 1);

    private static DoubleDouble[][] Strips(int count)
    {
        var strips = new DoubleDouble[count][];
        for (int j = 0; j < count; j++)
        {
            strips[j] = new DoubleDouble[Strip];
        }
        return strips;
    }
}
