using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Moments;

/// <summary><c>plumb moments</c>: the verbs that make files of moments.</summary>
internal sealed class MomentsVerb : Verb
{
    public MomentsVerb()
        : base("moments", "Sums that travel instead of rows: build them, add them up, take them out.")
    {
        Subcommands.Add(new BuildVerb());
        Subcommands.Add(new MergeVerb());
        Subcommands.Add(new SubtractVerb());
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb moments build may.csv \"price ~ area + C(zip)\" -o may.moments", "all that a fit needs of the rows"),
        ("plumb moments merge may.moments june.moments -o both.moments", "the same bits as from all rows at once"),
        ("plumb fit both.moments \"price ~ area\"", "that formula, or part of it"),
        ("plumb show both.moments", "what the file holds, and what it gives away"),
    ];

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings) => throw Mistakes.Usage("a command is missing.", this);
}
