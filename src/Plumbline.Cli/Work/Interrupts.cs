using System.Runtime.InteropServices;
using Plumbline.Cli.Output;

namespace Plumbline.Cli.Work;

/// <summary>
/// Ctrl-C and SIGTERM: the first cancels a token, so that the work stops and cleans up;
/// the second is left to the system, which ends the process.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Stream _error;
    private int _signals;

    public Interrupts(Stream error)
    {
        _error = error;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    private void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            context.Cancel = true;
            _source.Cancel();
            return;
        }
        OutputFile.RemoveUnfinished();
        if (Worker.IsDrawing)
        {
            _error.Write("\u001b[?25h"u8);   // the progress bar hides the cursor
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }
}
