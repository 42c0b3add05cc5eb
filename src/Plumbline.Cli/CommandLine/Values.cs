using System.CommandLine;
using System.Globalization;

namespace Plumbline.Cli.CommandLine;

/// <summary>
/// Options, and their values read from text: a wrong one is answered with what was expected. The verbs share them, so that
/// an option means the same everywhere.
/// </summary>
internal static class Values
{
    /// <summary>An option with one value.</summary>
    public static Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option with one value that may be given several times.</summary>
    public static Option<string[]> Texts(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>A switch.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An argument whose absence the verb explains itself.</summary>
    public static Argument<string?> Argument(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>A level of confidence, or the default.</summary>
    public static double Level(this Command verb, string? text)
    {
        if (text is null)
        {
            return FitOptions.Default.Level;
        }
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double level);
        return isNumber && level > 0 && level < 1
            ? level
            : throw Mistakes.Usage($"--level '{text}': expected a number between 0 and 1, e.g. 0.95.", verb);
    }

    /// <summary>A whole number within bounds; null when the option is not there.</summary>
    public static int? Whole(this Command verb, string? text, string option, int least, int most)
    {
        if (text is null)
        {
            return null;
        }
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return isNumber && value >= least && value <= most
            ? value
            : throw Mistakes.Usage($"{option} '{text}': expected a whole number from {least} to {most}.", verb);
    }

    /// <summary>A finite number that a condition holds for; null when the option is not there.</summary>
    public static double? Number(this Command verb, string? text, string option, string expected, Func<double, bool> holds)
    {
        if (text is null)
        {
            return null;
        }
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        return isNumber && double.IsFinite(value) && holds(value) ? value : throw Mistakes.Usage($"{option} '{text}': expected {expected}.", verb);
    }

    /// <summary>A share strictly between 0 and 1; null when the option is not there.</summary>
    public static double? Share(this Command verb, string? text, string option, string example) =>
        verb.Number(text, option, $"a number between 0 and 1, e.g. {example}", static v => v is > 0 and < 1);

    /// <summary>Memory in megabytes; null when the option is not there.</summary>
    public static long? Megabytes(this Command verb, string? text) => verb.Whole(text, "--memory", 1, 1_000_000) * 1_000_000L;

    /// <summary>A seed; 0 when the option is not there.</summary>
    public static ulong Seed(this Command verb, string? text) => text is null
        ? 0
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Mistakes.Usage($"--seed '{text}': expected a whole number, 0 or more.", verb);

    /// <summary>Names of columns with commas between them; none when the option is not there.</summary>
    public static IReadOnlyList<string> Names(this Command verb, string? text, string option)
    {
        string[] names = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return Array.TrueForAll(names, static name => name.Length > 0)
            ? names
            : throw Mistakes.Usage($"{option} '{text}': expected names of columns with commas between them, e.g. zipcode,street.", verb);
    }

    /// <summary>One of several words; the first when the option is not there.</summary>
    public static T OneOf<T>(this Command verb, string? text, string option, params ReadOnlySpan<(string Word, T Value)> choices)
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
        string expected = words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";
        throw Mistakes.Usage($"{option} '{text}': expected {expected}.{Nearest.Hint(text, words)}", verb);
    }

    /// <summary>What weights mean; there must be some when it is said.</summary>
    public static WeightKind WeightKind(this Command verb, string? text, string? weights)
    {
        if (text is not null && weights is null)
        {
            throw Mistakes.Usage("--weight-kind says what weights mean, and there are none: name their column with --weights COLUMN.", verb);
        }
        return verb.OneOf(
            text, "--weight-kind", ("precision", Plumbline.WeightKind.Precision), ("frequency", Plumbline.WeightKind.Frequency), ("sampling", Plumbline.WeightKind.Sampling));
    }

    /// <summary>The contrasts of categories; null when the option is not there.</summary>
    public static ContrastKind? Contrasts(this Command verb, string? text) => text is null ? null : verb.OneOf(
        text, "--contrasts", ("treatment", ContrastKind.Treatment), ("sum", ContrastKind.Sum), ("helmert", ContrastKind.Helmert), ("poly", ContrastKind.Polynomial));

    /// <summary>How a report is written: as the switches say, else by the ending of the file.</summary>
    public static ReportFormat Format(this Command verb, bool json, bool markdown, string? output, string what)
    {
        if (json && markdown)
        {
            throw Mistakes.Usage("--json and --markdown exclude each other.", verb);
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
            _ => throw Mistakes.Usage($"-o '{output}': {what} is written as .json, .md or .txt. For another ending say --json or --markdown.", verb),
        };
    }
}
