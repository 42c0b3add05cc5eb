using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>The command <c>plumb</c> itself: its verbs, and what every verb understands.</summary>
internal sealed class Root : Command
{
    public Root()
        : base("plumb", "Linear regression, done exactly: every digit of the coefficients is right, and proven.")
    {
        Options.Add(Help);
        Options.Add(Version);
        Subcommands.Add(Fit);
    }

    public Option<bool> Help { get; } = new("--help", "-h")
    {
        Description = "Show this help.",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    public Option<bool> Version { get; } = new("--version")
    {
        Description = "Show the version.",
        Arity = ArgumentArity.Zero,
    };

    public FitVerb Fit { get; } = new();
}

/// <summary>A command with what its help adds to the lists of arguments and options.</summary>
internal interface IHasExamples
{
    /// <summary>Command lines to imitate, each with what it does.</summary>
    IReadOnlyList<(string Line, string Does)> Examples { get; }
}
