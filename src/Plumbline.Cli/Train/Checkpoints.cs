using System.Diagnostics;
using Plumbline.Cli.Output;

namespace Plumbline.Cli.Train;

/// <summary>
/// The file of a run's checkpoints. Epochs may take less than a millisecond, and writing one longer: between two files some time passes,
/// but the one of an interrupted run and that of its last epoch are always written.
/// </summary>
internal sealed class Checkpoints(string path, int epochs, CancellationToken cancellation)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.2);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _written = -Between;

    /// <summary>Whether a file was written.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Takes a checkpoint.</summary>
    /// <exception cref="PlumblineException">It could not be written.</exception>
    public void Take(DescentCheckpoint checkpoint)
    {
        if (_clock.Elapsed - _written < Between && checkpoint.Epoch < epochs && !cancellation.IsCancellationRequested)
        {
            return;
        }
        try
        {
            CheckpointFile.Save(checkpoint, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WriteFailure.Of(exception, path);
        }
        (_written, HasWritten) = (_clock.Elapsed, true);
    }
}
