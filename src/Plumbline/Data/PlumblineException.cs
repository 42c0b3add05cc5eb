namespace Plumbline;

/// <summary>
/// Bad input, told once: what, which value, where, what was expected, the next step.
/// <see cref="Code"/> is stable and meant for programs; <see cref="Exception.Message"/> is meant for people.
/// </summary>
public class PlumblineException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="code">A stable kebab-case code, e.g. <c>unknown-column</c>.</param>
    /// <param name="message">The whole message for a person.</param>
    /// <param name="inner">The cause, if another exception was.</param>
    public PlumblineException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>A stable kebab-case code, e.g. <c>unknown-column</c>, <c>not-a-number</c>, <c>formula</c>.</summary>
    public string Code { get; }

    /// <summary>The file the error is in, if it is in one.</summary>
    public string? File { get; init; }

    /// <summary>The 1-based line of the file or row of the table, if known.</summary>
    public long? Line { get; init; }

    /// <summary>The name of the column, if one is to blame.</summary>
    public string? Column { get; init; }

    /// <summary>The 0-based character position in the formula, if the error is there.</summary>
    public int? Position { get; init; }
}
