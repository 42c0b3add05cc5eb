namespace Plumbline.Files;

/// <summary>The files that a path or pattern names, in the order in which they are read.</summary>
/// <param name="Name">The path or pattern as given.</param>
/// <param name="Paths">At least one file.</param>
/// <param name="Format">The format of all of them.</param>
internal sealed record FileSet(string Name, IReadOnlyList<string> Paths, FileFormat Format)
{
    private FileStream? _opened; // a named pipe, which had to be opened to be known as one

    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether the one file is no file but a pipe, which can be read once.</summary>
    public bool IsPipe { get; private init; }

    /// <summary>The bytes of the pipe, which the caller owns; can be asked for once.</summary>
    public Stream OpenPipe() =>
        Interlocked.Exchange(ref _opened, null) ?? (First == StandardInput ? Console.OpenStandardInput() : Open(First));

    /// <summary>The table, when the one file is a DuckDB database; null otherwise.</summary>
    public DuckTable? Table { get; private init; }

    /// <summary>The first file.</summary>
    public string First => Paths[0];

    /// <summary>The columns that the names of folders hold, below the directory or the first folder of the pattern.</summary>
    public IReadOnlyList<Partition> Partitions { get; init; } = [];

    /// <summary>What the files were like when they were found.</summary>
    public IReadOnlyList<FileStamp> Stamps { get; private init; } = [];

    /// <summary>All bytes of all files.</summary>
    public long Bytes => Stamps.Sum(stamp => Math.Max(0, stamp.Length));

    /// <summary>Makes sure that no file has changed since it was found.</summary>
    /// <exception cref="PlumblineException"><c>file-changed</c>.</exception>
    public void VerifyUnchanged()
    {
        for (int i = 0; i < Paths.Count && !IsPipe; i++)
        {
            Stamps[i].Verify(Paths[i]);
        }
    }

    /// <summary>Finds the files of some names, in the order of the names. A name with <c>* ? [</c> is a pattern unless a file has exactly that name.</summary>
    /// <exception cref="PlumblineException">Nothing there, a directory without files of a known format, not readable, empty, not of a known format, or named twice.</exception>
    public static FileSet Find(IReadOnlyList<string> names, FileSourceOptions options)
    {
        foreach (string name in names)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(names));
            if (DuckTable.Is(name) && !File.Exists(name))
            {
                return names.Count == 1 ? OfTable(name) : throw TableErrors.AmongFiles(name);
            }
            if (IsPiped(name, out FileStream? opened))
            {
                string shown = name is StandardInput or "/dev/stdin" ? "standard input" : name;
                if (names.Count > 1)
                {
                    opened?.Dispose();
                    throw FileErrors.PipeAmongFiles(shown);
                }
                return new FileSet(shown, [name], new FileFormat(FileKind.Csv, Compression.None, Tabs: false)) { IsPipe = true, _opened = opened };
            }
        }
        (string? Root, string Path)[] found = [.. names.SelectMany(Expand)];
        string[] paths = [.. found.Select(file => file.Path)];
        FileFormat format = FileFormat.Of(paths[0]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (FileFormat.Of(path) != format)
            {
                throw FileErrors.MixedFormats(path, paths[0]);
            }
            if (!seen.Add(Path.GetFullPath(path)))
            {
                throw FileErrors.NamedTwice(path);
            }
            using FileStream stream = Open(path);
            if (!stream.CanSeek)
            {
                throw FileErrors.PipeAmongFiles(path);
            }
            if (stream.Length == 0)
            {
                throw FileErrors.Empty(path);
            }
        }
        return new FileSet(NameOf(names), paths, format)
        {
            Stamps = [.. paths.Select(FileStamp.Of)],
            Partitions = Partition.Of(found, options),
        };
    }

    private static FileSet OfTable(string name)
    {
        DuckTable table = DuckTable.Parse(name);
        if (Directory.Exists(table.Path) || !File.Exists(table.Path))
        {
            throw FileErrors.NotFound(table.Path, NearestFile(table.Path));
        }
        table.CheckMark();
        return new FileSet(name, [table.Path], new FileFormat(FileKind.DuckTable, Compression.None, Tabs: false))
        {
            Stamps = [FileStamp.Of(table.Path)],
            Table = table,
        };
    }

    /// <summary>What people call several names: all of a few, else the first and how many more.</summary>
    private static string NameOf(IReadOnlyList<string> names) =>
        names.Count <= 3 ? string.Join(", ", names) : $"{names[0]} and {names.Count - 1:N0} more";

    /// <summary>The files of one name, each with the folder below which names of folders count.</summary>
    private static IEnumerable<(string? Root, string Path)> Expand(string name)
    {
        List<string> paths = [name];
        string? root = null;
        if (Directory.Exists(name))
        {
            paths = InDirectory(name);
            root = Path.GetFullPath(name);
        }
        else if (!File.Exists(name))
        {
            if (!Glob.IsPattern(name))
            {
                throw FileErrors.NotFound(name, NearestFile(name));
            }
            paths = Glob.Expand(name);
            root = Glob.Root(name);
        }
        if (paths.Count == 0)
        {
            throw FileErrors.NoMatch(name);
        }
        return paths.Select(path => (root, path));
    }

    private static bool IsPiped(string name, out FileStream? opened)
    {
        opened = null;
        if (name is StandardInput or "/dev/stdin")
        {
            return true;
        }
        if (!File.Exists(name))
        {
            return false;
        }
        var file = new FileInfo(name);
        // As a shell gives it: /dev/fd/63 is a link to pipe:[12345].
        if (file.LinkTarget is { } target && Path.GetFileName(target).StartsWith("pipe:", StringComparison.Ordinal))
        {
            return true;
        }
        // A named pipe looks like an empty file until it is opened, which waits for a writer; opened again it would have lost that one.
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        FileStream? stream = file.Exists && file.Length == 0 ? Open(name) : null;
        if (stream is { CanSeek: false })
        {
            opened = stream;
            return true;
        }
        stream?.Dispose();
        return false;
    }

    /// <summary>The files of known formats in a directory and below, by their names; those that are hidden, or begin with _, are not looked at.</summary>
    private static List<string> InDirectory(string directory)
    {
        static bool Counts(string name) => name[0] is not ('.' or '_');
        IEnumerable<string> all = Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(path => Path.GetRelativePath(directory, path).Split(Path.DirectorySeparatorChar).All(Counts) && FileFormat.IsKnown(path));
        List<string> paths = [.. all.Order(StringComparer.Ordinal)];
        return paths.Count > 0 ? paths : throw FileErrors.Directory(directory);
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
        IEnumerable<string> names = Directory.EnumerateFiles(where, "*", options).Take(10_000).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
        return NearestName.Find(Path.GetFileName(path), names) is { } name ? Path.Join(folder, name) : null;
    }
}
