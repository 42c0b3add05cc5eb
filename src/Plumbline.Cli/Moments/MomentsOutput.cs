using System.CommandLine;
using System.Text;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Moments;

/// <summary>What the verbs that write moments have in common: the file, the promise on small groups, and what is said of it.</summary>
internal sealed class MomentsOutput
{
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "The file to write, whole or not at all; its name ends in .moments by custom.", "-o");
    private readonly Option<string?> _minRows = Values.Text("--min-rows", "N", "Write the file only if no group of rows in it has fewer than N; leave out ranges, which are values of single rows.");
    private readonly Option<bool> _json = Values.Flag("--json", "Say what was written as one JSON object; an error is one, too, on standard error.");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_minRows);
        verb.Options.Add(_json);
        verb.Options.Add(_output);
    }

    /// <summary>Does the work, writes the file, and says what is in it.</summary>
    /// <param name="line">The parsed line.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="surroundings">The streams.</param>
    /// <param name="work">Makes the moments.</param>
    public int Write(ParseResult line, Command verb, Surroundings surroundings, Func<IProgress<double>, CancellationToken, DesignMoments> work)
    {
        string path = line.GetValue(_output) ?? throw Mistakes.Usage("-o is missing: name the file to write, as in -o sales.moments.", verb);
        int? minRows = verb.Whole(line.GetValue(_minRows), "--min-rows", 1, int.MaxValue);
        bool json = line.GetValue(_json);
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile file = OutputFile.At(path);
        (DesignMoments Moments, byte[] Content) made = Worker.Run(
            (progress, cancellation) =>
            {
                DesignMoments moments = work(progress, cancellation);
                moments = minRows is { } least ? moments.ForSharing(least) : moments;
                return (moments, MomentsFile.Write(moments));
            },
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        byte[] report = json ? MomentsFile.Describe(made.Moments)
            : Encoding.UTF8.GetBytes(MomentsText.Render(made.Moments, made.Content.Length, new FitReportOptions { Width = surroundings.OutputWidth() ?? int.MaxValue }));
        interrupts.Token.ThrowIfCancellationRequested();
        file.Write(made.Content, interrupts.Token);
        StandardOutput.Write(surroundings.Output, report);
        return ExitCode.Done;
    }
}
