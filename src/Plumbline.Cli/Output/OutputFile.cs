namespace Plumbline.Cli.Output;

/// <summary>
/// The file of <c>-o</c>, or of another option: written whole or not at all. The report goes to a hidden file in the same folder, to the disk,
/// and takes its name by a rename; whatever happens before leaves the folder and an older file as they were.
/// Devices and pipes under /dev and /proc (<c>/dev/stdout</c>, <c>>(…)</c>) are written directly.
/// </summary>
internal sealed class OutputFile
{
    private static string? _unfinished;

    private readonly string _path;
    private readonly string _asked;
    private readonly bool _isDevice;

    private OutputFile(string path, string asked, bool isDevice)
    {
        _path = path;
        _asked = asked;
        _isDevice = isDevice;
    }

    /// <summary>Says at once, before any work is done, whether the file could be written.</summary>
    /// <param name="path">As given to the option.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="PlumblineException">It could not.</exception>
    public static OutputFile At(string path, string option = "-o")
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new PlumblineException("output", $"{option} needs the name of a file.");
        }
        string full;
        try
        {
            full = Path.GetFullPath(path);
            CheckFolder(path, full);
            if (new FileInfo(full).LinkTarget is not null)      // a link stays one: what it points to is written
            {
                full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new PlumblineException("output", $"'{path}' cannot be written: {exception.Message}", exception);
        }
        if (IsDevicePath(path) || IsDevicePath(full))
        {
            return new OutputFile(path, path, isDevice: true);
        }
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
        {
            throw new PlumblineException("output", $"'{path}' is a folder: {option} needs the name of a file.");
        }
        CheckFolder(path, full);    // of what a link points to, this time
        OutputFile file = new(full, path, isDevice: false);
        file.Probe();
        return file;
    }

    /// <summary>Writes the report.</summary>
    /// <param name="report">All of it.</param>
    /// <param name="cancellation">Looked at until the rename.</param>
    /// <exception cref="PlumblineException">It cannot be written; nothing has changed.</exception>
    public void Write(ReadOnlyMemory<byte> report, CancellationToken cancellation) => Write(stream => stream.Write(report.Span), cancellation);

    /// <summary>Has the file written piece by piece.</summary>
    /// <param name="write">Writes all of it.</param>
    /// <param name="cancellation">Looked at until the rename.</param>
    /// <exception cref="PlumblineException">It cannot be written; nothing has changed.</exception>
    public void Write(Action<Stream> write, CancellationToken cancellation) => Replace(
        target =>
        {
            using FileStream stream = _isDevice
                ? new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
                : new(target, Creation());
            write(stream);
            if (!_isDevice)
            {
                stream.Flush(flushToDisk: true);
            }
        },
        cancellation);

    /// <summary>Whether it is a device or a pipe, which has no place to write beside it.</summary>
    public bool IsDevice => _isDevice;

    /// <summary>Has the file written by its path, which is that of a hidden file until all is done.</summary>
    /// <param name="write">Writes a new file of that path.</param>
    /// <param name="cancellation">Looked at until the rename.</param>
    /// <exception cref="PlumblineException">It cannot be written; nothing has changed.</exception>
    public void Replace(Action<string> write, CancellationToken cancellation)
    {
        string target = _isDevice ? _path : TemporaryName();
        try
        {
            if (_isDevice)
            {
                write(target);
                return;
            }
            Volatile.Write(ref _unfinished, target);
            write(target);
            cancellation.ThrowIfCancellationRequested();
            File.Move(target, _path, overwrite: true);
            Volatile.Write(ref _unfinished, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_isDevice && WriteFailure.IsBrokenPipe(exception))
            {
                return;
            }
            throw WriteFailure.Of(exception, _asked);
        }
        finally
        {
            RemoveUnfinished();
        }
    }

    /// <summary>Removes the hidden file, if there is one: also called when a second Ctrl-C ends the process.</summary>
    public static void RemoveUnfinished()
    {
        if (Interlocked.Exchange(ref _unfinished, null) is { } path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What prevented the writing may prevent the removal; the first error is the one to tell.
            }
        }
    }

    private static void CheckFolder(string path, string full)
    {
        string? folder = Path.GetDirectoryName(full);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new PlumblineException("output", $"'{path}' cannot be written: there is no folder '{folder}'. Create it first.");
        }
    }

    // A fit may take an hour: better to hear now that the folder takes no files.
    private void Probe()
    {
        try
        {
            using FileStream probe = new(TemporaryName(), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
            if (File.Exists(_path))
            {
                using FileStream existing = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.Of(exception, _asked);
        }
    }

    // An older file passes its permissions on to the new one.
    private FileStreamOptions Creation()
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(_path);
        }
        return options;
    }

    private string TemporaryName() =>
        Path.Combine(Path.GetDirectoryName(_path)!, $".plumb-{Guid.NewGuid():N}.tmp");

    private static bool IsDevicePath(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
