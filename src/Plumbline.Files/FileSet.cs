namespace Plumbline.Files;

/// <summary>The files that a path or pattern names, in the order in which they are read.</summary>
/// <param name="Name">The path or pattern as given.</param>
/// <param name="Paths">At least one file.</param>
/// <param name="Format">The format of all of them.</param>
internal sealed record FileSet(string Name, IReadOnlyList<string> Paths, FileFormat Format)
{
    /// <summary>The first file.</summary>
    public string First => Paths[0];

    /// <summary>All bytes of all files.</summary>
    public long Bytes => Paths.Sum(path => new FileInfo(path).Length);

    /// <summary>Finds the files. A name with <c>* ? [</c> is a pattern unless a file has exactly that name.</summary>
    /// <exception cref="PlumblineException">Nothing there, a directory, a pipe, not readable, empty, or not of a known format.</exception>
    public static FileSet Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        List<string> paths = [name];
        if (!File.Exists(name))
        {
            if (Directory.Exists(name))
            {
                throw FileErrors.Directory(name);
            }
            if (!Glob.IsPattern(name))
            {
                throw FileErrors.NotFound(name, NearestFile(name));
            }
            paths = Glob.Expand(name);
        }
        if (paths.Count == 0)
        {
            throw FileErrors.NoMatch(name);
        }
        FileFormat format = FileFormat.Of(paths[0]);
        foreach (string path in paths)
        {
            if (FileFormat.Of(path) != format)
            {
                throw FileErrors.MixedFormats(path, paths[0]);
            }
            using FileStream stream = Open(path);
            if (!stream.CanSeek)
            {
                throw FileErrors.NotAFile(path);
            }
            if (stream.Length == 0)
            {
                throw FileErrors.Empty(path);
            }
        }
        return new FileSet(name, paths, format);
    }

    /// <summary>Opens a file for one pass from beginning to end.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileErrors.NotFound(path, nearest: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Unreadable(path, e);
        }
    }

    private static string? NearestFile(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string where = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(where))
        {
            return null;
        }
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        IEnumerable<string> names = Directory.EnumerateFiles(where, "*", options).Take(10_000).Select(file => Path.GetFileName(file));
        return Nearest.Of(Path.GetFileName(path), names) is { } name ? Path.Join(folder, name) : null;
    }
}
