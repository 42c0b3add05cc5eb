using System.CommandLine;
using Plumbline.Cli.Check;
using Plumbline.Cli.Evaluate;
using Plumbline.Cli.Moments;
using Plumbline.Cli.Penalize;
using Plumbline.Cli.Predict;
using Plumbline.Cli.Show;
using Plumbline.Cli.Test;
using Plumbline.Cli.Tradeoff;
using Plumbline.Cli.Train;
using Plumbline.Cli.Tune;

namespace Plumbline.Cli.CommandLine;

/// <summary>The command <c>plumb</c> itself: its verbs, and what every verb understands.</summary>
internal sealed class Root : Command
{
    public Root()
        : base("plumb", "Linear regression, done exactly: every digit of the coefficients is right, and proven.")
    {
        Options.Add(Help);
        Options.Add(Version);
        Subcommands.Add(new FitVerb());
        Subcommands.Add(new PredictVerb());
        Subcommands.Add(new CheckVerb());
        Subcommands.Add(new TestVerb());
        Subcommands.Add(new ShowVerb());
        Subcommands.Add(new EvaluateVerb());
        Subcommands.Add(new PathVerb());
        Subcommands.Add(new TrainVerb());
        Subcommands.Add(new TuneVerb());
        Subcommands.Add(new TradeoffVerb());
        Subcommands.Add(new MomentsVerb());
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
}
