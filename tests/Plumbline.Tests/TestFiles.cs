namespace Plumbline.Tests;

/// <summary>Where the files that tests read are.</summary>
internal static class TestFiles
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Values made by other programs, with the commands that made them.</summary>
    public static string Golden => Path.Combine(Root, "tests", "Plumbline.Tests", "Golden");

    /// <summary>Real data sets.</summary>
    public static string Data => Path.Combine(Root, "data");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"Plumbline.slnx is not above {AppContext.BaseDirectory}.");
    }
}
