namespace Plumbline.House.Tests;

/// <summary>The work tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Plumbline.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Whether this run writes down what it finds instead of comparing: <c>PLUMBLINE_ACCEPT=1</c>.</summary>
    public static bool Accepts { get; } = Environment.GetEnvironmentVariable("PLUMBLINE_ACCEPT") == "1";

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path as people write it: from the root, with forward slashes.</summary>
    public static string Shown(string path, string? root = null) =>
        Path.GetRelativePath(root ?? Root, path).Replace('\\', '/');

    /// <summary>The C# files below a folder, without what builds leave there, in ordinal order.</summary>
    public static IReadOnlyList<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Shown(path, folder).Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .ToList();

    // Not [CallerFilePath]: a build for CI maps the paths of sources away.
    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Plumbline.slnx.");
    }
}
