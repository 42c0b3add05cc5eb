namespace Plumbline;

/// <summary>Something the reader of a result should know: a stable code for programs, a sentence for people.</summary>
/// <param name="Code">Stable, kebab-case: <c>rows-dropped</c>, <c>aliased</c>, <c>power-is-crossing</c> …</param>
/// <param name="Text">One sentence.</param>
public sealed record Note(string Code, string Text);
