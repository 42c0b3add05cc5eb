using System.CommandLine;
using System.Globalization;

namespace Plumbline.Cli.CommandLine;

/// <summary>
/// <c>plumb fit DATA FORMULA</c>: its arguments and options, and how they become a <see cref="FitRequest"/>.
/// Values are taken as text and read here, so that a wrong one is answered with what was expected.
/// </summary>
internal sealed class FitVerb : Command, IHasExamples
{
    private readonly Argument<string?> _data = new("DATA")
    {
        Description = "A file: .csv .tsv .parquet .jsonl, also with .gz or .zst; a directory or, in quotes, a glob of such files; - for CSV on standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _formula = new("FORMULA")
    {
        Description = "RESPONSE ~ PREDICTORS, in quotes; as in R.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _where = Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _weights = Text("--weights", "COLUMN", "Precision weights: the variance of a row is σ²/weight.");
    private readonly Option<string?> _level = Text("--level", "LEVEL", "The level of the confidence intervals. [0.95]");
    private readonly Option<string?> _missing = Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _arithmetic = Text("--arithmetic", "exact|fast", "exact proves its digits; fast estimates them. [exact]");
    private readonly Option<string?> _threads = Text("--threads", "N", "Threads at most; the result does not depend on it. [all cores]");
    private readonly Option<bool> _json = Flag("--json", "Print one JSON object; an error is one, too, on standard error.");
    private readonly Option<bool> _markdown = Flag("--markdown", "Print Markdown.");
    private readonly Option<string?> _digits = Text("--digits", "N", "Significant digits of the report, 1 to 17, never more than are right. [6]");
    private readonly Option<string?> _output = Text("--output", "FILE", "Write to a file, whole or not at all; .json, .md or .txt choose the form.", "-o");

    public FitVerb()
        : base("fit", "Fit a linear regression by least squares.")
    {
        Arguments.Add(_data);
        Arguments.Add(_formula);
        foreach (Option option in (ReadOnlySpan<Option>)[_where, _weights, _level, _missing, _arithmetic, _threads, _json, _markdown, _digits, _output])
        {
            Options.Add(option);
        }
    }

    public IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb fit data/houses.csv \"price ~ sqft_living + age\"", "a table of coefficients"),
        ("plumb fit data/houses.csv \"price ~ .\" --where \"price > 0\" --json", "all numeric columns, for a script"),
        ("plumb fit \"sales-*.parquet\" \"y ~ x\" --weights n -o fit.md", "several files, weighted, as Markdown"),
    ];

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is missing or wrong.</exception>
    public FitRequest Read(ParseResult line)
    {
        string? data = line.GetValue(_data);
        string? formula = line.GetValue(_formula);
        if (string.IsNullOrEmpty(data) || formula is null)
        {
            string missing = string.IsNullOrEmpty(data) ? "DATA and FORMULA are" : "FORMULA is";
            throw Mistakes.Usage($"{missing} missing. Expected: plumb fit data.csv \"y ~ x\".", this);
        }
        string? output = line.GetValue(_output);
        return new FitRequest
        {
            Data = data,
            Formula = formula,
            Where = line.GetValue(_where),
            Format = Format(line.GetValue(_json), line.GetValue(_markdown), output),
            Digits = Whole(line.GetValue(_digits), "--digits", 1, 17) ?? 6,
            OutputPath = output,
            Options = new FitOptions
            {
                Arithmetic = OneOf(line.GetValue(_arithmetic), "--arithmetic", ("exact", Arithmetic.Exact), ("fast", Arithmetic.Fast)),
                Missing = OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
                Level = Level(line.GetValue(_level)),
                Weights = line.GetValue(_weights),
                Threads = Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0,
            },
        };
    }

    private ReportFormat Format(bool json, bool markdown, string? output)
    {
        if (json && markdown)
        {
            throw Mistakes.Usage("--json and --markdown exclude each other.", this);
        }
        if (json || markdown || output is null)
        {
            return json ? ReportFormat.Json : markdown ? ReportFormat.Markdown : ReportFormat.Text;
        }
        string ending = Path.GetExtension(output).ToUpperInvariant();
        return ending switch
        {
            ".JSON" => ReportFormat.Json,
            ".MD" or ".MARKDOWN" => ReportFormat.Markdown,
            ".TXT" or "" => ReportFormat.Text,
            _ => throw Mistakes.Usage($"-o '{output}': a fit is written as .json, .md or .txt. For another ending say --json or --markdown.", this),
        };
    }

    private double Level(string? text)
    {
        if (text is null)
        {
            return FitOptions.Default.Level;
        }
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double level);
        return isNumber && level > 0 && level < 1
            ? level
            : throw Mistakes.Usage($"--level '{text}': expected a number between 0 and 1, e.g. 0.95.", this);
    }

    private int? Whole(string? text, string option, int least, int most)
    {
        if (text is null)
        {
            return null;
        }
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return isNumber && value >= least && value <= most
            ? value
            : throw Mistakes.Usage($"{option} '{text}': expected a whole number from {least} to {most}.", this);
    }

    private T OneOf<T>(string? text, string option, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (text is null)
        {
            return choices[0].Value;
        }
        List<string> words = [];
        foreach ((string word, T value) in choices)
        {
            if (text == word)
            {
                return value;
            }
            words.Add(word);
        }
        throw Mistakes.Usage($"{option} '{text}': expected {string.Join(" or ", words)}.{Nearest.Hint(text, words)}", this);
    }

    private static Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description, Arity = ArgumentArity.ExactlyOne };

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };
}
