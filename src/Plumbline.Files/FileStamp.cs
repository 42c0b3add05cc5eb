namespace Plumbline.Files;

/// <summary>What a file was like when it was found, to notice when it is changed while it is read.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The file as it is now.</summary>
    public static FileStamp Of(string path)
    {
        // By what is opened: of a symbolic link, the file it leads to counts.
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle =
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new FileStamp(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileStamp(-1, default);
        }
    }

    /// <summary>Makes sure that the file is what it was.</summary>
    /// <exception cref="PlumblineException"><c>file-changed</c>.</exception>
    public void Verify(string path)
    {
        if (Of(path) != this)
        {
            throw FileErrors.Changed(path);
        }
    }
}
