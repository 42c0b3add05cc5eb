namespace Plumbline.Cli.Output;

/// <summary>Where a report goes: to the file of <c>-o</c>, as a whole, or to standard output.</summary>
internal sealed class ReportOutput
{
    private readonly OutputFile? _file;
    private readonly Surroundings _surroundings;

    private ReportOutput(OutputFile? file, Surroundings surroundings)
    {
        _file = file;
        _surroundings = surroundings;
    }

    /// <summary>Says at once, before any work is done, whether the file could be written.</summary>
    /// <param name="path">The file, or null for standard output.</param>
    /// <param name="surroundings">What has the standard output.</param>
    /// <exception cref="PlumblineException">It could not.</exception>
    public static ReportOutput To(string? path, Surroundings surroundings) => new(path is null ? null : OutputFile.At(path), surroundings);

    /// <summary>How many characters a line may have: as many as the terminal's, without a terminal any number.</summary>
    public int Width => (_file is null ? _surroundings.OutputWidth() : null) ?? int.MaxValue;

    /// <summary>Writes the report, unless Ctrl-C came before.</summary>
    /// <param name="report">All of it.</param>
    /// <param name="cancellation">Looked at until the file has its name.</param>
    /// <exception cref="PlumblineException">It cannot be written; nothing has changed.</exception>
    public void Write(byte[] report, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_file is not null)
        {
            _file.Write(report, cancellation);
        }
        else
        {
            StandardOutput.Write(_surroundings.Output, report);
        }
    }
}
