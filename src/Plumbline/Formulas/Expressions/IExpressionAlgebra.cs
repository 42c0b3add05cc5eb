namespace Plumbline;

/// <summary>Another language that an expression can be said in, such as SQL.</summary>
/// <typeparam name="T">What an expression is there.</typeparam>
internal interface IExpressionAlgebra<T>
{
    /// <summary>An input, by its place.</summary>
    T Column(int input);

    /// <summary>A number.</summary>
    T Constant(double value);

    /// <summary>−a.</summary>
    T Negated(T operand);

    /// <summary>a + b, or a − b.</summary>
    T Sum(T left, T right, bool minus);

    /// <summary>a · b.</summary>
    T Product(T left, T right);

    /// <summary>a / b.</summary>
    T Quotient(T left, T right);

    /// <summary>aⁿ for a whole n ≥ 1.</summary>
    T Power(T operand, int exponent);

    /// <summary>a to the power b, any numbers.</summary>
    T RealPower(T operand, T exponent);

    /// <summary>A function by its name in formulas; a logarithm may name its base.</summary>
    T Function(string name, T argument, double? logarithmBase);
}
