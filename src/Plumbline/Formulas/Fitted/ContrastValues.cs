using Plumbline.Numerics;

namespace Plumbline;

/// <summary>An element of a category as numbers: the value in each level, rounded once.</summary>
internal sealed class ContrastValues
{
    private readonly double[] _values;      // empty for an indicator
    private readonly int _level;

    private ContrastValues(CodedElement element, int levels)
    {
        _level = -1;
        if (element.Combination is [(int level, ExactValue one)] && one == ExactMath.One && element.NormSquared == ExactMath.One)
        {
            _values = [];
            _level = level;
            return;
        }
        _values = new double[levels];
        DoubleDouble root = DoubleDouble.Sqrt(DoubleDouble.From(element.NormSquared));
        foreach ((int l, ExactValue factor) in element.Combination)
        {
            _values[l] = (DoubleDouble.From(factor) / root).High;
        }
    }

    /// <summary>The value in the level of that place.</summary>
    public double this[int place] => _level >= 0 ? (place == _level ? 1 : 0) : _values[place];

    /// <summary>The elements of a fitted category: contrasts, or the indicators of its levels.</summary>
    public static ContrastValues[] Of(FittedVariable variable, bool indicators)
    {
        int baseLevel = variable.Base is null ? 0 : variable.Levels.ToList().IndexOf(variable.Base);
        CodedElement[] elements = indicators
            ? ContrastMatrix.Indicators(variable.Levels)
            : ContrastMatrix.Of(variable.Contrast, variable.Levels, baseLevel);
        return Array.ConvertAll(elements, e => new ContrastValues(e, variable.Levels.Count));
    }
}
