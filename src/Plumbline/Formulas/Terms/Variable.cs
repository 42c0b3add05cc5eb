namespace Plumbline;

/// <summary>What terms are made of: a column, a function call, or the dot, as written.</summary>
/// <param name="Text">As R names it: <c>age</c>, <c>log(x + 1)</c>, <c>`my column`</c>.</param>
/// <param name="Node">Its tree.</param>
internal sealed record Variable(string Text, Node Node);
