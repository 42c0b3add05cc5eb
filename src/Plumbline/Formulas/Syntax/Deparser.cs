using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>
/// Tree → text, spaced as R's <c>deparse</c> spaces it, because coefficients are named by it: <c>I(a * b)</c>,
/// <c>I(a/b)</c>, <c>I(x^2)</c>, <c>log(x + 1)</c>. Parentheses are those that were written.
/// </summary>
internal static class Deparser
{
    /// <summary>The text as R shows it.</summary>
    public static string Text(Node node) => Write(node, exact: false);

    /// <summary>A text that two expressions share only when they are the same: numbers in full.</summary>
    public static string Key(Node node) => Write(node, exact: true);

    private static string Write(Node node, bool exact)
    {
        var text = new StringBuilder();
        Append(text, node, exact);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Node node, bool exact)
    {
        switch (node)
        {
            case NumberNode number:
                text.Append(exact ? number.Value.ToString("R", CultureInfo.InvariantCulture) : RNumber.Format(number.Value));
                break;
            case StringNode value:
                text.Append('"');
                Names.AppendEscaped(text, value.Value, '"');
                text.Append('"');
                break;
            case LogicalNode logical:
                text.Append(logical.Value ? "TRUE" : "FALSE");
                break;
            case NameNode name:
                text.Append(Names.Quote(name.Name));
                break;
            case DotNode:
                text.Append('.');
                break;
            case ParenthesesNode parentheses:
                text.Append('(');
                Append(text, parentheses.Inner, exact);
                text.Append(')');
                break;
            case UnaryNode unary:
                text.Append(unary.Operator);
                Append(text, unary.Operand, exact);
                break;
            case BinaryNode binary:
                bool tight = binary.Operator is "/" or "^" or ":" or "%%" or "%/%";
                Append(text, binary.Left, exact);
                text.Append(tight ? binary.Operator : $" {binary.Operator} ");
                Append(text, binary.Right, exact);
                break;
            case SumNode sum:
                Append(text, sum.First, exact);
                foreach (SumStep step in sum.Steps)
                {
                    text.Append(step.Minus ? " - " : " + ");
                    Append(text, step.Operand, exact);
                }
                break;
            case CallNode call:
                text.Append(Names.Quote(call.Function)).Append('(');
                for (int i = 0; i < call.Arguments.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    if (call.Arguments[i].Name is string argument)
                    {
                        text.Append(Names.Quote(argument)).Append(" = ");
                    }
                    Append(text, call.Arguments[i].Value, exact);
                }
                text.Append(')');
                break;
            default:
                throw new InvalidOperationException($"No text for {node.GetType().Name}.");
        }
    }
}
