using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>What a command is called on the line: <c>plumb</c>, <c>plumb fit</c>, <c>plumb moments build</c>.</summary>
internal static class CommandPath
{
    /// <summary>The path of a command.</summary>
    public static string Of(Command command)
    {
        string path = command.Name;
        for (Command? parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent = parent.Parents.OfType<Command>().FirstOrDefault())
        {
            path = $"{parent.Name} {path}";
        }
        return path;
    }
}
