namespace Plumbline;

/// <summary>
/// An arithmetic expression over input columns, bound to their places. Immutable; evaluated strip by strip in
/// double-double, so that sums and products of columns keep what a double would round away.
/// </summary>
/// <param name="degrees">How it depends on what was measured.</param>
internal abstract class NumericExpression(SourceDegrees degrees)
{
    /// <summary>How it depends on what was measured.</summary>
    public SourceDegrees Degrees { get; } = degrees;

    /// <summary>Computes the rows of the strip.</summary>
    /// <param name="strip">Where the inputs and scratch memory are.</param>
    /// <param name="hi">Gets the values, or their leading parts; a whole number of vectors long.</param>
    /// <param name="lo">Gets the low parts when the result is true; otherwise undefined.</param>
    /// <param name="level">The nesting level: scratch from here on is free.</param>
    /// <returns>Whether the result is wide: high and low parts. The same for all strips of a block.</returns>
    public abstract bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level);

    /// <summary>Says it in another language: that of <paramref name="algebra"/>.</summary>
    public abstract T Map<T>(IExpressionAlgebra<T> algebra);

    /// <summary>The same with low parts always there, zeros when the result is not wide.</summary>
    protected static void EvaluateWide(NumericExpression expression, Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        if (!expression.Evaluate(strip, hi, lo, level))
        {
            lo.Clear();
        }
    }
}

/// <summary>A column as it is.</summary>
internal sealed class ColumnExpression(int input, SourceDegrees degrees) : NumericExpression(degrees)
{
    /// <summary>Its place among the inputs.</summary>
    public int Input { get; } = input;

    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Column(Input);

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        NumberColumn column = strip.Inputs[Input];
        column.High.Slice(strip.Start, strip.Count).CopyTo(hi);
        if (column.HasLow)
        {
            column.Low.Slice(strip.Start, strip.Count).CopyTo(lo);
        }
        return column.HasLow;
    }
}

/// <summary>A number.</summary>
internal sealed class ConstantExpression(double value) : NumericExpression(SourceDegrees.None)
{
    public double Value { get; } = value;

    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Constant(Value);

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        hi.Fill(Value);
        return false;
    }
}

/// <summary>−a.</summary>
internal sealed class NegatedExpression(NumericExpression operand) : NumericExpression(operand.Degrees)
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Negated(operand.Map(algebra));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        bool wide = operand.Evaluate(strip, hi, lo, level);
        DoubleDoubleStrip.Negate(hi);
        if (wide)
        {
            DoubleDoubleStrip.Negate(lo);
        }
        return wide;
    }
}

/// <summary>a + b − c …, from left to right.</summary>
internal sealed class SumExpression(NumericExpression first, (bool Minus, NumericExpression Operand)[] steps)
    : NumericExpression(steps.Aggregate(first.Degrees, static (sum, step) => SourceDegrees.Sum(sum, step.Operand.Degrees)))
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => steps.Aggregate(
        first.Map(algebra), (sum, step) => algebra.Sum(sum, step.Operand.Map(algebra), step.Minus));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        bool wide = first.Evaluate(strip, hi, lo, level);
        strip.Scratch(level, out Span<double> otherHi, out Span<double> otherLo);
        foreach ((bool minus, NumericExpression operand) in steps)
        {
            bool otherWide = operand.Evaluate(strip, otherHi, otherLo, level + 1);
            if (!wide && !otherWide)
            {
                DoubleDoubleStrip.AddNarrow(hi, lo, otherHi, minus);
            }
            else
            {
                (wide ? otherWide ? default : otherLo : lo).Clear();
                DoubleDoubleStrip.Add(hi, lo, otherHi, otherLo, minus);
            }
            wide = true;
        }
        return wide;
    }
}

/// <summary>a · b.</summary>
internal sealed class ProductExpression(NumericExpression left, NumericExpression right)
    : NumericExpression(SourceDegrees.Product(left.Degrees, right.Degrees))
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Product(left.Map(algebra), right.Map(algebra));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        bool wide = left.Evaluate(strip, hi, lo, level);
        strip.Scratch(level, out Span<double> otherHi, out Span<double> otherLo);
        bool otherWide = right.Evaluate(strip, otherHi, otherLo, level + 1);
        if (!wide && !otherWide)
        {
            DoubleDoubleStrip.MultiplyNarrow(hi, lo, otherHi);
        }
        else
        {
            (wide ? otherWide ? default : otherLo : lo).Clear();
            DoubleDoubleStrip.Multiply(hi, lo, otherHi, otherLo);
        }
        return true;
    }
}

/// <summary>a times a power of two: exact, and no wider than a.</summary>
internal sealed class ScaledExpression(NumericExpression operand, double powerOfTwo) : NumericExpression(operand.Degrees)
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Product(algebra.Constant(powerOfTwo), operand.Map(algebra));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        bool wide = operand.Evaluate(strip, hi, lo, level);
        DoubleDoubleStrip.Scale(hi, powerOfTwo);
        if (wide)
        {
            DoubleDoubleStrip.Scale(lo, powerOfTwo);
        }
        return wide;
    }
}

/// <summary>a / b, rounded to about 106 bits: a source of rounding of its own.</summary>
internal sealed class QuotientExpression(NumericExpression left, NumericExpression right, SourceDegrees degrees)
    : NumericExpression(degrees)
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Quotient(left.Map(algebra), right.Map(algebra));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        EvaluateWide(left, strip, hi, lo, level);
        strip.Scratch(level, out Span<double> otherHi, out Span<double> otherLo);
        EvaluateWide(right, strip, otherHi, otherLo, level + 1);
        DoubleDoubleStrip.Divide(hi, lo, otherHi, otherLo);
        return true;
    }
}

/// <summary>aⁿ for a whole n ≥ 1, by squaring: n − 1 products are what it means, log₂ n pairs what it costs.</summary>
internal sealed class PowerExpression(NumericExpression operand, int exponent) : NumericExpression(operand.Degrees.Power(exponent))
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => algebra.Power(operand.Map(algebra), exponent);

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        bool wide = operand.Evaluate(strip, hi, lo, level);
        if (exponent == 1)
        {
            return wide;
        }
        strip.Scratch(level, out Span<double> baseHi, out Span<double> baseLo);
        hi.CopyTo(baseHi);
        if (wide)
        {
            lo.CopyTo(baseLo);
        }
        else
        {
            baseLo.Clear();
            lo.Clear();
        }
        // From the leading bit down: square, and multiply where the bit is set.
        for (int bit = (1 << (31 - int.LeadingZeroCount(exponent))) >> 1; bit != 0; bit >>= 1)
        {
            DoubleDoubleStrip.Multiply(hi, lo, hi, lo);
            if ((exponent & bit) != 0)
            {
                DoubleDoubleStrip.Multiply(hi, lo, baseHi, baseLo);
            }
        }
        return true;
    }
}

/// <summary>A function of the rounded value, or of two: a source of rounding of its own.</summary>
/// <param name="name">As the formula calls it; <c>^</c> for the power of two values.</param>
/// <param name="first">What it is of.</param>
/// <param name="second">The exponent; null for functions of one value.</param>
/// <param name="function">Computes it.</param>
/// <param name="degrees">How it depends on what was measured.</param>
/// <param name="logarithmBase">The base of a logarithm that names one.</param>
internal sealed class FunctionExpression(
    string name,
    NumericExpression first,
    NumericExpression? second,
    Func<double, double, double> function,
    SourceDegrees degrees,
    double? logarithmBase = null)
    : NumericExpression(degrees)
{
    public override T Map<T>(IExpressionAlgebra<T> algebra) => second is null
        ? algebra.Function(name, first.Map(algebra), logarithmBase)
        : algebra.RealPower(first.Map(algebra), second.Map(algebra));

    public override bool Evaluate(Strip strip, Span<double> hi, Span<double> lo, int level)
    {
        first.Evaluate(strip, hi, lo, level);
        strip.Scratch(level, out Span<double> otherHi, out Span<double> otherLo);
        second?.Evaluate(strip, otherHi, otherLo, level + 1);
        for (int i = 0; i < strip.Count; i++)
        {
            hi[i] = function(hi[i], otherHi[i]);
        }
        return false;
    }
}
