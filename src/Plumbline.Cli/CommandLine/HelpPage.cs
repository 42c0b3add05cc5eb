using System.CommandLine;
using System.Text;

namespace Plumbline.Cli.CommandLine;

/// <summary>The help of a command, from its own symbols, so that it cannot forget one. Fits 80 columns.</summary>
internal static class HelpPage
{
    private const int Width = 80;

    public static string Of(Command command, Root root)
    {
        StringBuilder page = new();
        page.Append(command.Description).Append("\n\n");
        page.Append("Usage: ").Append(Usage(command)).Append('\n');
        List(page, "Commands", [.. command.Subcommands.Select(c => (c.Name, c.Description ?? ""))]);
        List(page, "Arguments", [.. command.Arguments.Select(a => (a.Name, a.Description ?? ""))]);
        IEnumerable<Option> options = command is Root ? command.Options : command.Options.Append(root.Help);
        List(page, "Options", [.. options.Select(o => (NameOf(o), o.Description ?? ""))]);
        if (command is Verb { Examples: { } examples })
        {
            page.Append("\nExamples:\n");
            foreach ((string line, string does) in examples)
            {
                page.Append("  ").Append(line).Append("\n      ").Append(does).Append('\n');
            }
        }
        page.Append(command.Subcommands.Count > 0
            ? $"\n'{CommandPath.Of(command)} COMMAND --help' tells more of a command.\n"
            : "\nExit codes: 0 done, 1 the work failed, 2 the command or the input was wrong,\n130 interrupted.\n");
        return page.ToString();
    }

    private static string Usage(Command command) => command.Subcommands.Count > 0
        ? $"{CommandPath.Of(command)} COMMAND [options]"
        : $"{CommandPath.Of(command)} {string.Join(' ', command.Arguments.Select(a => a.Arity.MaximumNumberOfValues > 1 ? a.Name + "..." : a.Name))} [options]";

    private static string NameOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(n => n.Length));
        return option.HelpName is null ? names : $"{names} {option.HelpName}";
    }

    private static void List(StringBuilder page, string title, List<(string Name, string Does)> items)
    {
        if (items.Count == 0)
        {
            return;
        }
        page.Append('\n').Append(title).Append(":\n");
        int column = items.Max(i => i.Name.Length) + 4;
        foreach ((string name, string does) in items)
        {
            page.Append("  ").Append(name.PadRight(column - 2));
            int used = column;
            foreach (string word in does.Split(' '))
            {
                if (used + word.Length > Width)
                {
                    page.Length--;
                    page.Append('\n').Append(' ', column);
                    used = column;
                }
                page.Append(word).Append(' ');
                used += word.Length + 1;
            }
            page.Length--;
            page.Append('\n');
        }
    }
}
