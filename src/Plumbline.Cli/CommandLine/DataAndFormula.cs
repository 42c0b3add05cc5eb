using System.CommandLine;
using Plumbline.Cli.Moments;

namespace Plumbline.Cli.CommandLine;

/// <summary>
/// The arguments <c>DATA... FORMULA</c>: as many names of files as one likes, then the formula. To the parser they are one list, the
/// formula its last; two symbols stand for them so that the help tells of both.
/// </summary>
/// <param name="pipe">What is said of standard input.</param>
/// <param name="also">What else may stand there, or nothing.</param>
internal sealed class DataAndFormula(string pipe = "- for CSV on standard input", string also = "")
{
    private readonly Argument<string[]> _data = new("DATA")
    {
        Description = "A file: .csv .tsv .parquet .jsonl, also with .gz or .zst; a directory or, in quotes, a glob of such files; "
            + $"a table, duckdb:FILE?table=NAME, postgres://… or clickhouse://…?table=NAME; {pipe}. Several are read one after the other.{also}",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Argument<string?> _formula = Values.Argument("FORMULA", "RESPONSE ~ PREDICTORS, in quotes; as in R.");

    /// <summary>Makes them arguments of a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_data);
        verb.Arguments.Add(_formula);
    }

    /// <summary>All that stands on the line.</summary>
    public IReadOnlyList<string> All(ParseResult line) => line.GetValue(_data) ?? [];

    /// <summary>The formula on the line, when there is one.</summary>
    public string? FormulaOn(ParseResult line) => line.GetValue(_data) is { Length: > 1 } all ? all[^1] : null;

    /// <summary>The one argument on the line, when there is one only.</summary>
    public string? OnlyOn(ParseResult line) => line.GetValue(_data) is [{ Length: > 0 } only] ? only : null;

    /// <summary>The arguments when the first of them is a file of moments: those files, and the formula, which may be left out; else null.</summary>
    /// <exception cref="PlumblineException">Other files stand among them.</exception>
    public (IReadOnlyList<string> Files, string? Formula)? ReadMoments(ParseResult line, Command verb)
    {
        string[] all = line.GetValue(_data) ?? [];
        string[] files = [.. all.TakeWhile(MomentsFiles.Is)];
        if (files.Length == 0)
        {
            return null;
        }
        return all[files.Length..] switch
        {
            [] => (files, null),
            [string formula] when formula.Contains('~', StringComparison.Ordinal) => (files, formula),
            [string other, ..] => throw Mistakes.Usage(
                $"'{other}' is neither a file of moments nor a formula. Moments are fitted as in: {CommandPath.Of(verb)} a.moments b.moments \"y ~ x\"; rows and moments are not fitted together, "
                + "but moments can be built of rows: plumb moments build.",
                verb),
        };
    }

    /// <summary>Reads the parsed line, for work that reads the rows several times.</summary>
    /// <param name="line">The line.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="work">What the work is called.</param>
    /// <exception cref="PlumblineException">As <see cref="Read"/>, or the data are a pipe.</exception>
    public (IReadOnlyList<string> Data, string Formula) ReadTwice(ParseResult line, Command verb, string work)
    {
        (IReadOnlyList<string> data, string formula) = Read(line, verb);
        return !data.Contains("-", StringComparer.Ordinal)
            ? (data, formula)
            : throw Mistakes.Usage($"DATA is -, standard input: {work} reads the rows several times, and a pipe can be read only once. Write it to a file first.", verb);
    }

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">One is missing, or they stand in the wrong order.</exception>
    public (IReadOnlyList<string> Data, string Formula) Read(ParseResult line, Command verb)
    {
        string[] all = line.GetValue(_data) ?? [];
        string expected = $"Expected: {CommandPath.Of(verb)} data.csv \"y ~ x\".";
        if (all.Length == 0 || all is [""])
        {
            throw Mistakes.Usage($"DATA and FORMULA are missing. {expected}", verb);
        }
        if (all.Length == 1)
        {
            throw Mistakes.Usage($"FORMULA is missing. {expected}", verb);
        }
        string[] data = all[..^1];
        string formula = all[^1];
        if (Array.FindIndex(data, static name => name.Contains('~', StringComparison.Ordinal) && !File.Exists(name)) is >= 0 and int early)
        {
            throw data[early].StartsWith('~') || data[early].EndsWith('~')
                ? Mistakes.Usage($"'{data[early]}' stands alone. A formula with blanks needs quotes: \"y ~ x\".", verb)
                : Mistakes.Usage($"'{all[early + 1]}' stands after the formula '{data[early]}', which must be the last argument. {expected}", verb);
        }
        if (data.Contains(""))
        {
            throw Mistakes.Usage($"DATA is empty. {expected}", verb);
        }
        return data.Length == 1 || formula.Contains('~', StringComparison.Ordinal)
            ? (data, formula)
            : throw Mistakes.Usage($"FORMULA is missing: the last argument, '{formula}', has no ~. {expected}", verb);
    }
}
