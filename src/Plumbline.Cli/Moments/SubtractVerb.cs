using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Moments;

/// <summary><c>plumb moments subtract WHOLE PART... -o FILE</c>: the moments without some rows, as if they had never been there.</summary>
internal sealed class SubtractVerb : Verb
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "The moments of all rows, then those of the rows to take out.", Arity = ArgumentArity.ZeroOrMore };
    private readonly MomentsOutput _output = new();

    public SubtractVerb()
        : base("subtract", "Take moments of a part out of the whole: exactly the rest is left.")
    {
        Arguments.Add(_files);
        _output.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb moments subtract all.moments withdrawn.moments -o rest.moments", "the sums of the rest, to the last bit"),
    ];

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings)
    {
        string[] files = line.GetValue(_files) ?? [];
        if (files.Length < 2)
        {
            throw Mistakes.Usage($"{(files.Length == 0 ? "The files are" : "The part is")} missing. Expected: plumb moments subtract whole.moments part.moments -o rest.moments.", this);
        }
        return _output.Write(line, this, surroundings, (_, _) =>
        {
            DesignMoments rest = MomentsFile.Load(files[0]);
            foreach (string file in files[1..])
            {
                DesignMoments part = MomentsFile.Load(file);
                rest = MomentsFiles.InFile(file, () => DesignMoments.Subtract(rest, part));
            }
            return rest;
        });
    }
}
