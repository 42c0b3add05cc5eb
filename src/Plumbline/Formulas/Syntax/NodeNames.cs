namespace Plumbline;

/// <summary>The names in a tree: columns, and perhaps the constant <c>pi</c>.</summary>
internal static class NodeNames
{
    /// <summary>All names, in the order in which they stand; a name may come several times.</summary>
    public static IEnumerable<string> Of(Node node) => node switch
    {
        NameNode name => [name.Name],
        ParenthesesNode parentheses => Of(parentheses.Inner),
        UnaryNode unary => Of(unary.Operand),
        BinaryNode binary => Of(binary.Left).Concat(Of(binary.Right)),
        SumNode sum => Of(sum.First).Concat(sum.Steps.SelectMany(static s => Of(s.Operand))),
        CallNode call => call.Arguments.SelectMany(static a => Of(a.Value)),
        _ => [],
    };
}
