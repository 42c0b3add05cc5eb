namespace Plumbline;

/// <summary>A node of a parsed formula. Nothing is said yet about what it means: that depends on where it stands.</summary>
/// <param name="Position">The 0-based character of its operator or first character.</param>
/// <param name="Depth">The number of levels from here down; bounded by the parser, so walks may recurse.</param>
internal abstract record Node(int Position, int Depth);

/// <summary>A number.</summary>
internal sealed record NumberNode(double Value, int Position) : Node(Position, 1);

/// <summary>A text in quotes.</summary>
internal sealed record StringNode(string Value, int Position) : Node(Position, 1);

/// <summary>TRUE or FALSE.</summary>
internal sealed record LogicalNode(bool Value, int Position) : Node(Position, 1);

/// <summary>A name; a bare dot is <see cref="DotNode"/>.</summary>
internal sealed record NameNode(string Name, int Position) : Node(Position, 1);

/// <summary>The dot that stands for all columns.</summary>
internal sealed record DotNode(int Position) : Node(Position, 1);

/// <summary>Something in parentheses, kept because names of coefficients show them.</summary>
internal sealed record ParenthesesNode(Node Inner, int Position) : Node(Position, Inner.Depth + 1);

/// <summary>A sign or <c>!</c> before something.</summary>
internal sealed record UnaryNode(string Operator, Node Operand, int Position) : Node(Position, Operand.Depth + 1);

/// <summary>Any other operator than <c>+</c> and <c>-</c> between two things.</summary>
internal sealed record BinaryNode(string Operator, Node Left, Node Right, int Position)
    : Node(Position, Math.Max(Left.Depth, Right.Depth) + 1);

/// <summary>One step of a sum.</summary>
/// <param name="Minus">Whether it is subtracted.</param>
/// <param name="Operand">What is added or subtracted.</param>
/// <param name="Position">Where the sign is.</param>
internal readonly record struct SumStep(bool Minus, Node Operand, int Position);

/// <summary>a + b − c + …, flat however long it is: thousands of terms are one level.</summary>
internal sealed record SumNode(Node First, IReadOnlyList<SumStep> Steps, int Position)
    : Node(Position, Math.Max(First.Depth, Steps.Max(static s => s.Operand.Depth)) + 1);

/// <summary>An argument of a call.</summary>
/// <param name="Name">Its name when written <c>name = value</c>.</param>
/// <param name="Value">The value.</param>
internal readonly record struct Argument(string? Name, Node Value);

/// <summary>A function call.</summary>
internal sealed record CallNode(string Function, IReadOnlyList<Argument> Arguments, int Position)
    : Node(Position, 1 + Arguments.Select(static a => a.Value.Depth).DefaultIfEmpty(0).Max());
