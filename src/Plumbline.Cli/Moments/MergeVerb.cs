using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Moments;

/// <summary><c>plumb moments merge FILE... -o FILE</c>: the moments of all rows, as if they had been read at once.</summary>
internal sealed class MergeVerb : Verb
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Files of moments, in any order: the result is the same.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _formula = Values.Text("--formula", "FORMULA", "Take this formula of each file: one that all of them hold, or part of theirs. [their own]");
    private readonly MomentsOutput _output = new();

    public MergeVerb()
        : base("merge", "Add up moments of parts: the same bits as from all rows, in any order.")
    {
        Arguments.Add(_files);
        Options.Add(_formula);
        _output.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb moments merge may.moments june.moments -o both.moments", "two months"),
        ("plumb moments merge site-*.moments --formula \"y ~ x\" -o all.moments", "what all sites have"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => line.GetValue(_formula);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings)
    {
        string[] files = line.GetValue(_files) ?? [];
        if (files.Length == 0)
        {
            throw Mistakes.Usage("FILE is missing. Expected: plumb moments merge a.moments b.moments -o both.moments.", this);
        }
        string? formula = line.GetValue(_formula);
        return _output.Write(line, this, surroundings, (_, _) => MomentsFiles.Load(files, formula));
    }
}
