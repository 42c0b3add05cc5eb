using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>A verb of plumb: its arguments and options, its examples for the help, and what it does.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Command lines to imitate, each with what it does.</summary>
    public abstract IReadOnlyList<(string Line, string Does)> Examples { get; }

    /// <summary>Reads the parsed line, does the work, and writes the result.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="PlumblineException">The line or the input is wrong, or the work failed.</exception>
    public abstract int Run(ParseResult line, Surroundings surroundings);

    /// <summary>The formula on the line, when there is one, so that an error in it can be shown under its text.</summary>
    public virtual string? FormulaOn(ParseResult line) => null;
}
