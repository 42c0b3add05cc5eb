namespace Plumbline;

/// <summary>
/// Tree → arithmetic expression: what stands inside <c>I(…)</c>, a function, or left of the <c>~</c>.
/// Arithmetic between numbers alone is done at once, in doubles, as R does it. Everything else about precision is
/// in the expressions; here is what they count as when columns are compared for aliases: sums, products and whole
/// powers keep their columns as sources of rounding, with degrees; functions and quotients are sources of their own.
/// </summary>
internal sealed class ExpressionBuilder(string text, ColumnBinding binding)
{
    private const int LargestPower = 1000;

    /// <summary>The expression of a variable of the formula, which has at least one column in it.</summary>
    /// <exception cref="PlumblineException">As below, and when no column is in it.</exception>
    public NumericExpression Build(VariableSpec variable)
    {
        NumericExpression expression = Build(variable.Expression);
        return expression is not ConstantExpression
            ? expression
            : throw FormulaError.At(
                text, variable.Expression.Position, $"{FormulaError.Code(variable.Name)} has no column in it.", "For an intercept, write `1`.");
    }

    /// <summary>The expression of a tree; a <see cref="ConstantExpression"/> when no column is in it.</summary>
    /// <exception cref="PlumblineException">What has no meaning in arithmetic, or is not supported, with its position.</exception>
    public NumericExpression Build(Node node) => node switch
    {
        NumberNode number => new ConstantExpression(number.Value),
        NameNode name => binding.Column(name) ?? (NumericExpression)new ConstantExpression(Math.PI),
        ParenthesesNode parentheses => Build(parentheses.Inner),
        UnaryNode { Operator: "+" } plus => Build(plus.Operand),
        UnaryNode { Operator: "-" } minus => Negated(Build(minus.Operand)),
        SumNode sum => Sum(sum),
        BinaryNode binary => Binary(binary),
        CallNode call => Call(call),
        DotNode => throw FormulaError.At(
            text, node.Position, "`.` stands for all columns, and arithmetic takes one.", "Name the column that is meant."),
        LogicalNode => throw FormulaError.At(text, node.Position, "TRUE or FALSE stands where a number or a column was expected."),
        StringNode => throw FormulaError.At(text, node.Position, "A string stands where a number or a column was expected."),
        UnaryNode unary => throw NotSupported($"`{unary.Operator}`", unary.Position),
        _ => throw new InvalidOperationException($"No meaning for {node.GetType().Name}."),
    };

    private static NumericExpression Negated(NumericExpression operand) =>
        operand is ConstantExpression constant ? new ConstantExpression(-constant.Value) : new NegatedExpression(operand);

    private NumericExpression Sum(SumNode node)
    {
        NumericExpression first = Build(node.First);
        var steps = new List<(bool, NumericExpression)>(node.Steps.Count);
        foreach (SumStep step in node.Steps)
        {
            NumericExpression operand = Build(step.Operand);
            if (steps.Count == 0 && first is ConstantExpression a && operand is ConstantExpression b)
            {
                first = new ConstantExpression(step.Minus ? a.Value - b.Value : a.Value + b.Value);
            }
            else
            {
                steps.Add((step.Minus, operand));
            }
        }
        return steps.Count == 0 ? first : new SumExpression(first, [.. steps]);
    }

    private NumericExpression Binary(BinaryNode node)
    {
        if (node.Operator is not ("*" or "/" or "^"))
        {
            throw node.Operator == ":"
                ? FormulaError.At(text, node.Position, "`:` joins predictors; inside arithmetic it has no meaning.", "For a product, write `*`.")
                : NotSupported($"`{FormulaError.Clean(node.Operator)}`", node.Position);
        }
        NumericExpression left = Build(node.Left), right = Build(node.Right);
        if (left is ConstantExpression a && right is ConstantExpression b)
        {
            return new ConstantExpression(node.Operator switch
            {
                "*" => a.Value * b.Value,
                "/" => a.Value / b.Value,
                _ => Math.Pow(a.Value, b.Value),
            });
        }
        return node.Operator switch
        {
            "*" => Product(left, right),
            "/" => Quotient(node, left, right),
            _ => Power(node, left, right),
        };
    }

    private static NumericExpression Product(NumericExpression left, NumericExpression right) =>
        left is ConstantExpression a && IsPowerOfTwo(a.Value) ? new ScaledExpression(right, a.Value)
        : right is ConstantExpression b && IsPowerOfTwo(b.Value) ? new ScaledExpression(left, b.Value)
        : new ProductExpression(left, right);

    private NumericExpression Quotient(BinaryNode node, NumericExpression left, NumericExpression right) =>
        right is ConstantExpression b && IsPowerOfTwo(b.Value)
            ? new ScaledExpression(left, 1 / b.Value)
            : new QuotientExpression(left, right, Computed(node, left, right));

    private NumericExpression Power(BinaryNode node, NumericExpression left, NumericExpression right)
    {
        if (right is ConstantExpression { Value: var exponent } && exponent == Math.Truncate(exponent) && Math.Abs(exponent) <= LargestPower)
        {
            int whole = (int)exponent;
            return whole switch
            {
                0 => new ConstantExpression(1),
                > 0 => new PowerExpression(left, whole),
                _ => new QuotientExpression(new ConstantExpression(1), new PowerExpression(left, -whole), Computed(node, left, right)),
            };
        }
        return new FunctionExpression("^", left, right, Math.Pow, Computed(node, left, right));
    }

    private NumericExpression Call(CallNode call)
    {
        string name = call.Function;
        if (name == "I")
        {
            RequireArguments(call, 1);
            return Build(call.Arguments[0].Value);
        }
        if (!Functions.OfOne.TryGetValue(name, out Func<double, double>? function))
        {
            throw UnknownFunction(call);
        }
        RequireArguments(call, name == "log" ? 2 : 1);
        NumericExpression argument = Build(call.Arguments[0].Value);
        if (call.Arguments.Count == 2)
        {
            return Logarithm(call, argument);
        }
        return argument is ConstantExpression constant
            ? new ConstantExpression(function(constant.Value))
            : new FunctionExpression(name, argument, null, (x, _) => function(x), Computed(call, argument, argument));
    }

    private NumericExpression Logarithm(CallNode call, NumericExpression argument)
    {
        if (Build(call.Arguments[1].Value) is not ConstantExpression { Value: > 0 and not 1 } b)
        {
            throw FormulaError.At(
                text, call.Arguments[1].Value.Position, "The base of a logarithm is a positive number other than 1.", "Write it as in `log(x, 2)`.");
        }
        double value = b.Value;
        return argument is ConstantExpression constant
            ? new ConstantExpression(Functions.Log(constant.Value, value))
            : new FunctionExpression("log", argument, null, (x, _) => Functions.Log(x, value), Computed(call, argument, argument), value);
    }

    private void RequireArguments(CallNode call, int most)
    {
        if (call.Arguments.Count == 0 || call.Arguments.Count > most)
        {
            string wanted = most == 1 ? "one argument" : "one argument or two";
            throw FormulaError.At(text, call.Position, $"`{call.Function}()` takes {wanted}, not {call.Arguments.Count}.");
        }
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            string expected = i == 0 ? "x" : "base";
            if (call.Arguments[i].Name is string named && (named != expected || call.Function == "I"))
            {
                throw FormulaError.At(
                    text, call.Arguments[i].Value.Position, $"`{call.Function}()` has no argument `{FormulaError.Clean(named)}` here.");
            }
        }
    }

    private SourceDegrees Computed(Node node, NumericExpression left, NumericExpression right) =>
        binding.Computed(Deparser.Text(node), SourceDegrees.Sum(left.Degrees, right.Degrees));

    private PlumblineException UnknownFunction(CallNode call)
    {
        string shown = $"`{FormulaError.Clean(call.Function)}()`";
        if (SpecReader.Functions.Contains(call.Function, StringComparer.Ordinal))
        {
            throw FormulaError.At(
                text,
                call.Position,
                $"{shown} is a predictor of its own, and stands where a number was expected.",
                "Numbers can be computed inside it, as in `scale(log(x))`, but not with it.");
        }
        if (Functions.NotYet.Contains(call.Function))
        {
            return NotSupported(shown, call.Position);
        }
        string? near = NearestName.Find(call.Function, Functions.Names);
        string known = near is null ? $"Functions are {string.Join(", ", Functions.Names)}." : $"Did you mean `{near}()`?";
        return FormulaError.At(text, call.Position, $"There is no function {shown}.", known);
    }

    private PlumblineException NotSupported(string what, int position) => FormulaError.At(
        text, position, $"{what} is not supported in a formula yet.", "Compute the column in the data, or leave it out.");

    // Normal numbers only, so that the reciprocal is one too.
    private static bool IsPowerOfTwo(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        return (bits & 0xF_FFFF_FFFF_FFFFL) == 0 && exponent is > 1 and < 2045;
    }
}
