namespace Plumbline.Tests.Planted;

/// <summary>What is wrong with data that were made to have one thing wrong with them.</summary>
public enum Fault
{
    None,
    Autocorrelation,
    Curvature,
    GrowingVariance,
    HeavyTails,
    WildPoint,
    Regime,
    Collinearity,
}
