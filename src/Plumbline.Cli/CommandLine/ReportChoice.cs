using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that say how a report is written, and what <c>-o</c> takes: the same for every verb that has one.</summary>
/// <param name="output">What <c>-o</c> is for.</param>
/// <param name="report">What the report is called in messages when <c>-o</c> takes it; null when it takes something else.</param>
/// <param name="digits">Significant digits, unless the line says otherwise.</param>
/// <param name="hasMarkdown">Whether the report can be Markdown.</param>
internal sealed class ReportChoice(string output, string? report = null, int digits = 6, bool hasMarkdown = true)
{
    /// <summary>What <c>-o</c> is for when it takes the report.</summary>
    public const string ToFile = "Write to a file, whole or not at all; .json, .md or .txt choose the form.";

    private readonly Option<bool> _json = Values.Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Values.Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Values.Text("--digits", "N", $"Significant digits of the report, 1 to 17. [{digits}]");
    private readonly Option<string?> _output = Values.Text("--output", "FILE", output, "-o");

    /// <summary>Makes them options of a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_json);
        if (hasMarkdown)
        {
            verb.Options.Add(_markdown);
        }
        verb.Options.Add(_digits);
        verb.Options.Add(_output);
    }

    /// <summary>The form of the report: as the switches say; else, when <c>-o</c> takes it, by the ending of the file.</summary>
    public ReportFormat Format(ParseResult line, Command verb) =>
        verb.Format(line.GetValue(_json), hasMarkdown && line.GetValue(_markdown), report is null ? null : line.GetValue(_output), report ?? "");

    /// <summary>Significant digits.</summary>
    public int Digits(ParseResult line, Command verb) => verb.Whole(line.GetValue(_digits), "--digits", 1, 17) ?? digits;

    /// <summary>The file of <c>-o</c>, or null.</summary>
    public string? Output(ParseResult line) => line.GetValue(_output);
}
