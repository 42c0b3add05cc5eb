namespace Plumbline.Databases;

/// <summary>Arithmetic of a formula as SQL over doubles. The database rounds each operation to a double.</summary>
/// <param name="dialect">The SQL.</param>
/// <param name="inputs">For each input the expression that stands for it.</param>
/// <param name="name">What is being said, for errors.</param>
internal sealed class SqlExpressions(Dialect dialect, IReadOnlyList<string> inputs, string name) : IExpressionAlgebra<string>
{
    private const int WrittenOut = 3;       // x·x·x is rounded twice, as power(x, 3) may be

    public string Column(int input) => inputs[input];

    public string Constant(double value) => double.IsFinite(value) ? dialect.Literal(value) : dialect.Infinite(value < 0);

    public string Negated(string operand) => $"(-({operand}))";

    public string Sum(string left, string right, bool minus) => $"({left} {(minus ? "-" : "+")} {right})";

    public string Product(string left, string right) => $"({left} * {right})";

    public string Quotient(string left, string right) => $"({dialect.Quotient(left, right)})";

    public string Power(string operand, int exponent) => exponent <= WrittenOut
        ? $"({string.Join(" * ", Enumerable.Repeat(operand, exponent))})"
        : $"({dialect.Power(operand, dialect.Literal((double)exponent))})";

    public string RealPower(string operand, string exponent) => $"({dialect.Power(operand, exponent)})";

    public string Function(string function, string argument, double? logarithmBase)
    {
        string known = logarithmBase switch
        {
            2 => "log2",
            10 => "log10",
            _ => function,
        };
        string sql = dialect.Function(known, argument) ?? throw new PlumblineException(
            "not-in-engine",
            $"`{function}()` in `{name}` is not to be had in {dialect.Name}, so the fit cannot be computed there. Read the rows with --compute local, or compute the column in a view.");
        return logarithmBase is null or 2 or 10 ? $"({sql})" : $"(({sql}) / {dialect.Literal(Math.Log(logarithmBase.Value))})";
    }
}
