using System.CommandLine;
using System.Text;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Output;
using Plumbline.Reports;

namespace Plumbline.Cli;

/// <summary>The command <c>plumb</c>: parses the line, runs the verb, and turns whatever goes wrong into one message and an exit code.</summary>
internal static class Plumb
{
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,   // a file may be called @data.csv
    };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="surroundings">Streams, terminal, fitter.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Surroundings surroundings)
    {
        bool json = args.TakeWhile(a => a != "--").Contains("--json", StringComparer.Ordinal);
        string? formula = null;
        try
        {
            Root root = new();
            ParseResult line = root.Parse(args, Parsing);
            if (line.GetValue(root.Help))
            {
                return Say(surroundings.Output, HelpPage.Of(line.CommandResult.Command, root));
            }
            if (line.GetValue(root.Version))
            {
                return Say(surroundings.Output, $"plumb {ProductVersion.Text}\n");
            }
            if (args.Length == 0)
            {
                Say(surroundings.Error, HelpPage.Of(root, root));
                return ExitCode.Wrong;
            }
            Mistakes.Check(line, root);
            var verb = (Verb)line.CommandResult.Command;
            formula = verb.FormulaOn(line);
            return verb.Run(line, surroundings);
        }
        catch (Exception exception)
        {
            PlumblineException error = ErrorReport.From(exception);
            ErrorReport.Write(surroundings.Error, error, formula, json);
            return ExitCode.Of(error);
        }
    }

    private static int Say(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
        return ExitCode.Done;
    }
}
