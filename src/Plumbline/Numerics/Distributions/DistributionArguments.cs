using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>The checks of arguments that all distributions share. NaN passes: it comes out as NaN.</summary>
internal static class DistributionArguments
{
    public static void Degrees(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Degrees of freedom must be above 0 (fractions and infinity are allowed).");
        }
    }

    public static void Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(name, value, "A probability must be between 0 and 1.");
        }
    }
}
