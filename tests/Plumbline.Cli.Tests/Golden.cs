namespace Plumbline.Cli.Tests;

/// <summary>Texts that are compared with files under Golden/. To accept what is printed now, run the tests with PLUMB_ACCEPT=1 and read the change.</summary>
internal static class Golden
{
    public static void Check(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("PLUMB_ACCEPT") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), name), actual);
            return;
        }
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)), actual);
    }

    private static string SourceFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plumbline.Cli.Tests.csproj")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder!.FullName, "Golden");
    }
}
