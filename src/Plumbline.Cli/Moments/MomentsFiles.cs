namespace Plumbline.Cli.Moments;

/// <summary>Files of moments: telling them from files of rows, adding them up, fitting them.</summary>
internal static class MomentsFiles
{
    private const int LongestMark = 32;

    /// <summary>Whether a name is that of a moments file: by its ending, or by the first bytes of the file. Pipes are not looked into.</summary>
    public static bool Is(string name)
    {
        if (name.EndsWith(".moments", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        try
        {
            if (!File.Exists(name) || new FileInfo(name) is not { Length: > 0 })     // pipes have none
            {
                return false;
            }
            using FileStream stream = new(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            byte[] start = new byte[LongestMark];
            return MomentsFile.IsMoments(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;       // who opens it in earnest will tell
        }
    }

    /// <summary>The moments of one or several files together.</summary>
    /// <param name="files">Their names.</param>
    /// <param name="formula">The formula that is taken of each; null for their own.</param>
    /// <param name="contrasts">The contrasts for which formulas name none; null for those that the moments were built with.</param>
    /// <exception cref="PlumblineException">A file is named twice, is none, or does not go with the ones before it; the message names it.</exception>
    public static DesignMoments Load(IReadOnlyList<string> files, string? formula, ContrastKind? contrasts = null)
    {
        DesignMoments? whole = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            if (!seen.Add(Path.GetFullPath(file)))
            {
                throw new PlumblineException("duplicate-file", $"{file} is named twice, and its rows would count twice. Name it once.") { File = file };
            }
            DesignMoments part = MomentsFile.Load(file);
            whole = InFile(file, () =>
            {
                part = formula is null && contrasts is null ? part : part.Select(formula ?? part.Design.Formula.Text, contrasts);
                return whole is null ? part : DesignMoments.Merge(whole, part);
            });
        }
        return whole!;
    }

    /// <summary>The fit of one or several files.</summary>
    /// <exception cref="PlumblineException">As <see cref="Load"/>, and what a fit may throw.</exception>
    public static LinearModel Fit(FitRequest request)
    {
        string? formula = request.Formula.Length == 0 ? null : request.Formula;
        return Load(request.Data, formula, request.Options.Contrasts).Fit(request.Options);
    }

    /// <summary>An error about moments, with the file that they came from.</summary>
    public static T InFile<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PlumblineException error) when (error is { File: null, Code: "different-design" or "not-in-moments" or "not-a-part" })
        {
            throw error.Code switch
            {
                "different-design" => new PlumblineException("different-design", $"{file} does not go with the files before it: {Lower(error.Message)} With --formula they can be merged for a formula that they share.", error) { File = file },
                "not-in-moments" => new PlumblineException("not-in-moments", $"{file}: {error.Message}", error) { File = file, Column = error.Column, Position = error.Position },
                _ => new PlumblineException("not-a-part", $"{file} is not part of what it is taken from: {Lower(error.Message)}", error) { File = file },
            };
        }
    }

    private static string Lower(string message) => $"{char.ToLowerInvariant(message[0])}{message[1..]}";
}
