namespace Plumbline.Numerics;

/// <summary>The Gauss–Legendre rule of 20 points.</summary>
/// <remarks>
/// Source      the zeros of P₂₀ and 2/((1 − x²)·P₂₀′(x)²), DLMF 3.5.15 and table 3.5.2, computed to 40 digits
/// Fails when  a pole of the integrand is much nearer to the panel than its length
/// </remarks>
internal static class GaussLegendre
{
    /// <summary>The ten positive nodes; the rule is symmetric.</summary>
    public static ReadOnlySpan<double> Nodes =>
    [
        0.9931285991850949, 0.9639719272779138, 0.912234428251326, 0.8391169718222188, 0.7463319064601508,
        0.636053680726515, 0.5108670019508271, 0.37370608871541955, 0.22778585114164507, 0.07652652113349734,
    ];

    /// <summary>The weights of <see cref="Nodes"/>, each for a node and its mirror image.</summary>
    public static ReadOnlySpan<double> Weights =>
    [
        0.017614007139152118, 0.04060142980038694, 0.06267204833410907, 0.08327674157670475, 0.10193011981724044,
        0.11819453196151841, 0.13168863844917664, 0.14209610931838204, 0.14917298647260374, 0.15275338713072584,
    ];
}
