using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Plumbline;

/// <summary>
/// The moments file: a formula's exact moments, which travel instead of rows. Parts of the data merge from such files to the same
/// bits in any order, and the checksum of equal moments is the same whatever they have been through.
/// Form: a line <c>plumbline-moments 1 H B</c>, the header (JSON, H bytes), the sums (B bytes), and the SHA-256 of all before. The same
/// moments with the same history are the same bytes.
/// </summary>
public static class MomentsFile
{
    private const string Mark = "plumbline-moments ";
    private const int Format = 1;
    private const int LongestFirstLine = 80;
    private const int DigestBytes = 32;
    private const long MostSums = 60_000_000;       // two gigabytes, of which one array cannot hold more
    private const string HowToWrite = "Such a file is written by `plumb moments build DATA FORMULA -o FILE.moments`, or by `moments.Save(path)`";

    /// <summary>The checksum of what the moments are, not of what they have been through, as <c>sha256:…</c>.</summary>
    public static string ChecksumOf(DesignMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        MomentsLayout layout = MomentsLayout.Of(moments.Design, moments.Cells.Weights);
        return MomentsBody.Checksum(moments, layout, MomentsBody.Write(moments, layout));
    }

    /// <summary>
    /// What the moments are sums of, without the sums, as JSON, schema <c>plumbline/moments/1</c>: the header of the file, the number of sums, and
    /// the smallest group of rows. It is what <c>plumb show --json</c> prints.
    /// </summary>
    public static byte[] Describe(DesignMoments moments)
    {
        MomentsGroup smallest = moments.SmallestGroup();
        return MomentsHeader.Write(moments, MomentsLayout.Of(moments.Design, moments.Cells.Weights), ChecksumOf(moments), json =>
        {
            json.WriteNumber("sum_count", moments.SumCount);
            json.WriteStartObject("smallest_group");
            json.WriteString("name", smallest.Name);
            json.Count("rows", smallest.Rows);
            json.WriteEndObject();
        });
    }

    /// <summary>The moments as a file.</summary>
    /// <exception cref="PlumblineException">Code <c>too-many-columns</c>: there are more sums than a file can hold; <c>not-exact</c>: a database summed them.</exception>
    public static byte[] Write(DesignMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Engine is { } engine)
        {
            throw new PlumblineException(
                "not-exact", $"The moments were summed by {engine.Name}, which rounds, and a moments file holds exact sums. Read the rows with DesignMoments.Read, or plumb moments build.");
        }
        MomentsLayout layout = MomentsLayout.Of(moments.Design, moments.Cells.Weights);
        long sums = ((long)layout.Dense.Length * (layout.Dense.Length + 1) / 2) + moments.Cells.Sums.Sum(static s => (long)s.Value.Count);
        if (sums > MostSums)
        {
            throw new PlumblineException("too-many-columns", $"The moments have {sums:N0} sums; a file holds {MostSums:N0} at most. Use fewer columns, or categories with fewer levels.");
        }
        CanonicalWriter body = MomentsBody.Write(moments, layout);
        byte[] header = MomentsHeader.Write(moments, layout, MomentsBody.Checksum(moments, layout, body));
        byte[] first = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{Format} {header.Length} {body.Written.Length}\n"));
        var file = new byte[first.Length + header.Length + body.Written.Length + DigestBytes];
        first.CopyTo(file, 0);
        header.CopyTo(file, first.Length);
        body.Written.CopyTo(file.AsSpan(first.Length + header.Length));
        SHA256.HashData(file.AsSpan(0, file.Length - DigestBytes), file.AsSpan(file.Length - DigestBytes));
        return file;
    }

    /// <summary>Writes the moments to a file, whole or not at all: an older file of that name is replaced in one step.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing has changed.</exception>
    public static void Save(this DesignMoments moments, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".plumbline-{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, Write(moments));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether a file is one of moments, by its first bytes; not whether it is whole.</summary>
    public static bool IsMoments(ReadOnlySpan<byte> content) => content.StartsWith(Encoding.ASCII.GetBytes(Mark));

    /// <summary>Reads a moments file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PlumblineException"><c>file-not-found</c>, <c>file-unreadable</c>, and those of <see cref="Read"/>.</exception>
    public static DesignMoments Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string shown = FormulaError.Clean(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] start = new byte[Mark.Length];
            int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!IsMoments(start.AsSpan(0, got)))
            {
                throw NotMoments(path, start.AsSpan(0, got));       // before a large file of rows is read
            }
            using var rest = new MemoryStream();
            rest.Write(start);
            stream.CopyTo(rest);
            return Read(rest.ToArray(), path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PlumblineException("file-not-found", $"{shown}: no such file. {HowToWrite}.", exception) { File = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlumblineException("file-unreadable", $"{shown} cannot be read: {FormulaError.Clean(exception.Message)}", exception) { File = path };
        }
    }

    /// <summary>Reads the content of a moments file.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="name">What the file is called, for messages.</param>
    /// <exception cref="PlumblineException">
    /// <c>not-moments</c>: it is something else; <c>newer-moments</c>: a newer version wrote it; <c>damaged-moments</c>: it is cut off, or
    /// a byte is not as it was written.
    /// </exception>
    public static DesignMoments Read(ReadOnlyMemory<byte> content, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsMoments(content.Span))
        {
            throw NotMoments(name, content.Span);
        }
        ReadOnlySpan<byte> line = content.Span[..Math.Min(content.Length, LongestFirstLine)];
        int end = line.IndexOf((byte)'\n');
        string[] words = Encoding.Latin1.GetString(line[..Math.Max(0, end)]).Split(' ');
        if (end > 0 && words.Length > 1 && Number(words[1]) is > Format)
        {
            throw new PlumblineException(
                "newer-moments",
                $"{FormulaError.Clean(name)} was written by a newer version of Plumbline, in form {words[1]}; this version, {ProductVersion.Text}, knows {Format}. Update Plumbline, or build the moments again.")
            {
                File = name,
            };
        }
        if (end < 0 || words.Length != 4 || Number(words[1]) != Format || Number(words[2]) is not { } header || Number(words[3]) is not { } body)
        {
            throw Damaged(name, "its first line does not tell its form and its size");
        }
        long expected = end + 1 + header + body + DigestBytes;
        if (content.Length != expected)
        {
            throw Damaged(name, content.Length < expected ? $"it ends too early, after {content.Length:N0} of {expected:N0} bytes" : $"it has {content.Length - expected:N0} bytes too many");
        }
        if (!SHA256.HashData(content.Span[..^DigestBytes]).AsSpan().SequenceEqual(content.Span[^DigestBytes..]))
        {
            throw Damaged(name, "a byte of it is not as it was written");
        }
        return Decode(content.Slice(end + 1, (int)header), content.Span.Slice(end + 1 + (int)header, (int)body), name);
    }

    private static DesignMoments Decode(ReadOnlyMemory<byte> header, ReadOnlySpan<byte> body, string name)
    {
        try
        {
            if (!Utf8.IsValid(header.Span))
            {
                throw new FormatException("its header is not UTF-8");
            }
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var file = new JsonField(document.RootElement, "", new JsonFileKind(FormulaError.Clean(name), IsMoments: true));
            file["schema"].OneOf((MomentsHeader.Schema, true));
            MomentsHeaderContent content = MomentsHeaderReading.Read(file);
            long[][] levelRows = [.. content.Levels.Select(static l => l.Rows)];
            CellMoments cells = MomentsBodyReading.Read(
                body, content.Design, content.RowWeights, content.Layout, levelRows, content.Rows.Used, content.Observations);
            var moments = new DesignMoments(
                content.Design, cells, DesignLevels.Of([.. content.Levels.Select(static l => l.Set)], levelRows), content.Ranges, content.History, content.Kind, content.Rows)
            {
                Version = content.Version,
            };
            return content.Checksum == ChecksumOf(moments) ? moments : throw Damaged(name, "its sums do not have the checksum that its header gives");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or PlumblineException { Code: not "damaged-moments" })
        {
            throw Damaged(name, exception is FormatException ? exception.Message : $"its header cannot be understood ({FormulaError.Clean(exception.Message)})", exception);
        }
    }

    private static long? Number(string text) =>
        text.Length is > 0 and < 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && (text[0] != '0' || text == "0") ? number : null;

    private static PlumblineException Damaged(string name, string why, Exception? inner = null) => new(
        "damaged-moments", $"{FormulaError.Clean(name)} is damaged: {why}. Take an unchanged copy, or build the moments again.", inner)
    {
        File = name,
    };

    private static PlumblineException NotMoments(string name, ReadOnlySpan<byte> start)
    {
        string why = start.IsEmpty ? "it is empty"
            : start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? "it begins like JSON, as a model file does, and a model has no moments"
            : "it does not begin as one; from rows moments are built";
        return new PlumblineException("not-moments", $"{FormulaError.Clean(name)} is no moments file: {why}. {HowToWrite}.") { File = name };
    }
}
