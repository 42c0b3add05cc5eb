using System.Diagnostics;
using Plumbline.Cli.Output;

namespace Plumbline.Cli.Train;

/// <summary>
/// The file of a run's checkpoints. Epochs may take less than a millisecond, and writing one longer: between two files some time passes, but the
/// last checkpoint is always written.
/// </summary>
internal sealed class Checkpoints(string path, CancellationToken cancellation)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.2);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _written = -Between;
    private DescentCheckpoint? _waiting;

    /// <summary>Whether a file was written.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Takes a checkpoint.</summary>
    /// <exception cref="PlumblineException">It could not be written.</exception>
    public void Take(DescentCheckpoint checkpoint)
    {
        if (_clock.Elapsed - _written < Between && !cancellation.IsCancellationRequested)
        {
            _waiting = checkpoint;
            return;
        }
        Write(checkpoint);
    }

    /// <summary>Writes the last one, if it was not.</summary>
    /// <exception cref="PlumblineException">It could not be written.</exception>
    public void Finish()
    {
        if (_waiting is { } last)
        {
            Write(last);
        }
    }

    private void Write(DescentCheckpoint checkpoint)
    {
        try
        {
            CheckpointFile.Save(checkpoint, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.Of(exception, path);
        }
        (_written, _waiting, HasWritten) = (_clock.Elapsed, null, true);
    }
}
