namespace Plumbline.Numerics;

/// <summary>
/// Solves A·x = c to any precision by repeated correction with exact residuals.
/// </summary>
/// <remarks>
/// Method      x ← x + S·r, r = c − A·x exact, S the certificate's inverse. Proven: ‖x − A⁻¹c‖ ≤ ‖r‖/λ, and for the
///             quadratic form c·A⁻¹·c the error of c·x + r·x is only ‖r‖²/λ.
/// Cost        p² big-integer products and p² products in working precision a step.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §12.
/// Fails when  the residual does not shrink (<see cref="Step"/> returns false): the certificate is too coarse.
/// </remarks>
internal sealed class Refinement
{
    private readonly ExactSystem _system;
    private readonly IInverseCertificate _inverse;
    private readonly ExactValue[] _right;

    public Refinement(ExactSystem system, IInverseCertificate inverse, ExactValue[] right)
    {
        _system = system;
        _inverse = inverse;
        _right = right;
        X = new ExactValue[right.Length];
        Residual = right;
        ResidualPower = PowerOf(right);
    }

    /// <summary>The solution so far.</summary>
    public ExactValue[] X { get; private set; }

    /// <summary>c − A·x, exactly.</summary>
    public ExactValue[] Residual { get; private set; }

    /// <summary>An e with ‖r‖₂ &lt; 2^e; <see cref="int.MinValue"/> when r is 0.</summary>
    private int ResidualPower { get; set; }

    /// <summary>Whether the residual is exactly 0: x is the solution.</summary>
    public bool IsExact => ResidualPower == int.MinValue;

    /// <summary>An e with ‖x − A⁻¹c‖ &lt; 2^e; <see cref="int.MinValue"/> when x is exact.</summary>
    public int ErrorPower => IsExact ? int.MinValue : ResidualPower - _inverse.SmallestEigenvaluePower;

    /// <summary>
    /// An interval for c·A⁻¹·c: with q = c·x + x·r it is [q, q + ‖r‖²/λ].
    /// </summary>
    public ExactInterval QuadraticForm()
    {
        ExactValue q = ExactSystem.Dot(_right, X) + ExactSystem.Dot(X, Residual);
        return IsExact
            ? new ExactInterval(q)
            : new ExactInterval(q, q + ExactMath.PowerOfTwo((2 * ResidualPower) - _inverse.SmallestEigenvaluePower));
    }

    /// <summary>An interval for y − c·A⁻¹·c, cut off at 0; the difference is taken before any rounding.</summary>
    public ExactInterval Remainder(ExactValue y)
    {
        ExactValue high = y - (ExactSystem.Dot(_right, X) + ExactSystem.Dot(X, Residual));
        ExactValue low = IsExact ? high : high - ExactMath.PowerOfTwo((2 * ResidualPower) - _inverse.SmallestEigenvaluePower);
        return new ExactInterval(low, high).NotNegative();
    }

    /// <summary>An interval for one entry of the solution.</summary>
    public ExactInterval Entry(int i)
    {
        if (IsExact)
        {
            return new ExactInterval(X[i]);
        }
        ExactValue error = ExactMath.PowerOfTwo(ErrorPower);
        return new ExactInterval(X[i] - error, X[i] + error);
    }

    /// <summary>One correction; false when it gained less than two bits.</summary>
    public bool Step()
    {
        if (IsExact)
        {
            return true;
        }
        int before = ResidualPower;
        ExactValue[] correction = _inverse.Apply(Residual);
        for (int i = 0; i < correction.Length; i++)
        {
            correction[i] += X[i];
        }
        X = correction;
        Residual = _system.Residual(_right, X);
        ResidualPower = PowerOf(Residual);
        return ResidualPower <= before - 2;
    }

    /// <summary>Puts a guess in the place of the solution so far; its residual tells what it is worth.</summary>
    public bool TryReplace(ExactValue[] x)
    {
        ExactValue[] residual = _system.Residual(_right, x);
        if (residual.All(value => value.IsZero))
        {
            X = x;
            Residual = residual;
            ResidualPower = PowerOf(residual);
            return true;
        }
        return false;
    }

    /// <summary>An e with ‖r‖₂ &lt; 2^e.</summary>
    private static int PowerOf(ExactValue[] residual)
    {
        int largest = int.MinValue;
        foreach (ExactValue value in residual)
        {
            largest = Math.Max(largest, value.Magnitude);
        }
        return largest == int.MinValue ? largest : largest + 1 + ((residual.Length == 1 ? 0 : int.Log2(residual.Length - 1) + 2) / 2);
    }
}
