using System.CommandLine;
using System.CommandLine.Parsing;

namespace Plumbline.Cli.CommandLine;

/// <summary>What is wrong with a command line, said in one message with the nearest thing that would have been right.</summary>
internal static class Mistakes
{
    /// <summary>An error in the use of a command.</summary>
    public static PlumblineException Usage(string message, Command command, string code = "usage") =>
        new(code, $"{message} See '{CommandPath.Of(command)} --help'.");

    /// <summary>Finds the first mistake.</summary>
    /// <exception cref="PlumblineException">There is one.</exception>
    public static void Check(ParseResult line, Root root)
    {
        Command command = line.CommandResult.Command;
        List<string> plain = PlainArguments(line);
        if (plain.Find(LooksLikeOption) is { } unknown)
        {
            string name = unknown.Split('=')[0];
            List<string> known = [.. command.Options.Concat(root.Options).SelectMany(o => o.Aliases.Append(o.Name))];
            if (known.Contains(name))
            {
                throw Usage($"'{unknown}' does not stand where it can: options go after the command's name, and a switch takes no value.", command);
            }
            throw Usage($"'{name}' is no option of {CommandPath.Of(command)}.{Nearest.Hint(name, known)}", command, "unknown-option");
        }
        if (command.Subcommands.Count > 0)
        {
            if (plain.Count == 0)
            {
                throw Usage("a command is missing.", command);
            }
            throw Usage($"'{plain[0]}' is no command of {CommandPath.Of(command)}.{Nearest.Hint(plain[0], command.Subcommands.Select(c => c.Name))}", command, "unknown-command");
        }
        if (line.UnmatchedTokens.Count > 0)
        {
            throw Usage($"'{line.UnmatchedTokens[0]}' is one argument too many. A formula with blanks needs quotes: \"y ~ x\".", command);
        }
        if (line.Errors.Count > 0)
        {
            throw Usage(Explain(line.Errors[0]), command);
        }
    }

    // Arguments that stand before a "--": after one, anything is meant as it stands.
    private static List<string> PlainArguments(ParseResult line)
    {
        HashSet<string> ofOptions = new(StringComparer.Ordinal);
        foreach (SymbolResult child in line.CommandResult.Children)
        {
            if (child is OptionResult option)
            {
                ofOptions.UnionWith(option.Tokens.Select(t => t.Value));
            }
        }
        List<string> plain = [];
        foreach (Token token in line.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                break;
            }
            if (token.Type == TokenType.Argument && !ofOptions.Contains(token.Value))
            {
                plain.Add(token.Value);
            }
        }
        return plain;
    }

    private static bool LooksLikeOption(string text) => text.Length > 1 && text[0] == '-';

    private static string Explain(ParseError error)
    {
        if (error.SymbolResult is OptionResult { Option: { } option } result)
        {
            return result.Tokens.Count == 0
                ? $"{option.Name} needs a value: {option.Name} {option.HelpName}."
                : $"{option.Name} may be given once, with one value.";
        }
        return error.Message;
    }
}
