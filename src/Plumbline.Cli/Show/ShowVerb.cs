using System.CommandLine;
using System.Text;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Moments;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Reports;

namespace Plumbline.Cli.Show;

/// <summary><c>plumb show FILE</c>: all that a model file, or a file of moments, holds, every value that came from the data included; with <c>--verify</c> the fit again.</summary>
internal sealed class ShowVerb : Verb
{
    private readonly Argument<string?> _file = Values.Argument("FILE", "A model file, as 'plumb fit … -o model.json' writes it, or a file of moments, of 'plumb moments build'.");

    private readonly Option<string?> _verify = Values.Text("--verify", "DATA", "Fit again from these rows and compare every bit; exit code 1 when one differs.");
    private readonly Option<bool> _edited = Values.Flag("--accept-edited", "Show a model file that was changed after it was written.");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most, for --verify. [all cores]");
    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Values.Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Values.Text("--digits", "N", "Significant digits of the report, 1 to 17, never more than are right. [6]");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", "Write to a file, whole or not at all; .json, .md or .txt choose the form.", "-o");

    public ShowVerb()
        : base("show", "Show a model file, and verify it against the data; or show a file of moments.")
    {
        Arguments.Add(_file);
        foreach (Option option in (ReadOnlySpan<Option>)[_verify, _edited, _threads, _json, _markdown, _digits, _output])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb show model.json", "coefficients, and what the model keeps of the data"),
        ("plumb show model.json --verify data/houses.csv", "is it the model of these rows, to the last bit?"),
        ("plumb show may.moments", "what moments hold, and what they give away"),
    ];

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings)
    {
        string? path = line.GetValue(_file);
        if (string.IsNullOrEmpty(path))
        {
            throw Mistakes.Usage("FILE is missing. Expected: plumb show model.json.", this);
        }
        bool isMoments = MomentsFiles.Is(path);
        foreach (Option option in isMoments ? [_verify, _edited, _threads] : (Option[])[])
        {
            if (line.GetResult(option) is { Implicit: false })
            {
                throw Mistakes.Usage($"{option.Name} is of use with a model file only; moments have a checksum to compare.", this);
            }
        }
        string? output = line.GetValue(_output);
        ReportFormat format = this.Format(line.GetValue(_json), line.GetValue(_markdown), output, "a model");
        int digits = this.Whole(line.GetValue(_digits), "--digits", 1, 17) ?? 6;
        int threads = this.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0;
        using Interrupts interrupts = new(surroundings.Error);
        ReportOutput destination = ReportOutput.To(output, surroundings);
        FitReportOptions options = new() { Digits = digits, Width = destination.Width };
        byte[] report = isMoments ? Moments(path, format, options) : Model(line, path, format, options, threads, surroundings, interrupts);
        destination.Write(report, interrupts.Token);
        return ExitCode.Done;
    }

    private byte[] Model(ParseResult line, string path, ReportFormat format, FitReportOptions options, int threads, Surroundings surroundings, Interrupts interrupts)
    {
        LinearModel model = ModelFile.Load(path, line.GetValue(_edited));
        Verification? verification = line.GetValue(_verify) is { } data ? Verify(model, path, data, threads, surroundings, interrupts) : null;
        return format switch
        {
            ReportFormat.Json => verification is null ? ModelFile.Write(model) : VerificationJson.Render(verification, model),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(ModelMarkdown.Render(model, verification, options)),
            _ => Encoding.UTF8.GetBytes(ModelText.Render(model, verification, options)),
        };
    }

    private static byte[] Moments(string path, ReportFormat format, FitReportOptions options)
    {
        DesignMoments moments = MomentsFile.Load(path);
        long bytes = new FileInfo(path).Length;
        return format switch
        {
            ReportFormat.Json => MomentsFile.Describe(moments),
            ReportFormat.Markdown => Encoding.UTF8.GetBytes(MomentsMarkdown.Render(moments, bytes)),
            _ => Encoding.UTF8.GetBytes(MomentsText.Render(moments, bytes, options)),
        };
    }

    private static Verification Verify(LinearModel model, string path, string data, int threads, Surroundings surroundings, Interrupts interrupts)
    {
        Verification verification = Worker.Run(
            (progress, cancellation) =>
            {
                using DataRows rows = DataRows.Open([data], model.Where, ModelColumns.Text(model, predictorsOnly: false), cancellation: cancellation);
                return ModelVerification.Verify(model, rows.Rows, threads, progress, cancellation);
            },
            surroundings.ErrorIsTerminal,
            interrupts.Token);
        if (!verification.Holds)
        {
            throw new PlumblineException("verification", VerificationText.Failure(verification, path, model)) { File = path };
        }
        return verification;
    }
}
