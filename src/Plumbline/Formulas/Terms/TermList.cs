namespace Plumbline;

/// <summary>What a formula's right-hand side comes to.</summary>
/// <param name="Variables">The variables, in the order in which they are first named; the response is number 0 if there is one.</param>
/// <param name="Terms">The terms, by degree and then as written, as R orders them.</param>
/// <param name="Offsets">The variables that are offsets.</param>
/// <param name="HasIntercept">Whether the model has an intercept.</param>
/// <param name="Notes">What the writer of the formula should know.</param>
internal sealed record TermList(
    IReadOnlyList<Variable> Variables, IReadOnlyList<VariableSet> Terms, IReadOnlyList<int> Offsets, bool HasIntercept, IReadOnlyList<Note> Notes)
{
    /// <summary>The name of a term: its variables joined by colons.</summary>
    public string Name(VariableSet term) => string.Join(':', term.Variables.Select(v => Variables[v].Text));
}
