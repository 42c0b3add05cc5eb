using System.Runtime.ExceptionServices;

namespace Plumbline.Cli.Work;

/// <summary>
/// Does the work on a thread of its own, while the main thread waits, draws a progress bar when it takes long,
/// and does not wait for work that will not stop when it is interrupted.
/// </summary>
internal static class Worker
{
    private const int StackSize = 16 << 20;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(0.5);     // no bar for what is done by then
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);       // to stop in, once interrupted

    /// <summary>Whether a progress bar is on the terminal.</summary>
    public static bool IsDrawing { get; private set; }

    /// <summary>Runs the work to its end.</summary>
    public static T Run<T>(Func<IProgress<double>, CancellationToken, T> work, bool mayDraw, CancellationToken cancellation) =>
        Run(work, new Fraction(), static () => "Reading", mayDraw, cancellation);

    /// <summary>Runs the work to its end.</summary>
    /// <param name="work">Gets where to report the fraction done, and when to stop.</param>
    /// <param name="fraction">Where that is kept.</param>
    /// <param name="line">What stands before the bar, as it is now.</param>
    /// <param name="mayDraw">Whether standard error is a terminal.</param>
    /// <param name="cancellation">Canceled by Ctrl-C.</param>
    public static T Run<T>(
        Func<IProgress<double>, CancellationToken, T> work, Fraction fraction, Func<string> line, bool mayDraw, CancellationToken cancellation)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        ManualResetEventSlim done = new();     // left to the collector: abandoned work may still set it
        Thread thread = new(
            () =>
            {
                try
                {
                    result = work(fraction, cancellation);
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
                done.Set();
            },
            StackSize)
        {
            IsBackground = true,
            Name = "work",
        };
        thread.Start();
        Wait(done, fraction, line, mayDraw, cancellation);
        failure?.Throw();
        return result;
    }

    private static void Wait(ManualResetEventSlim done, Fraction fraction, Func<string> line, bool mayDraw, CancellationToken cancellation)
    {
        try
        {
            if (done.Wait(Quick, cancellation))
            {
                return;
            }
            if (mayDraw)
            {
                IsDrawing = true;
                ProgressBar.Draw(fraction, line, done, cancellation);
            }
            else
            {
                done.Wait(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            if (!done.Wait(Grace))
            {
                throw;
            }
        }
        finally
        {
            IsDrawing = false;
        }
    }
}

/// <summary>The last fraction reported: written by the work, read by the bar.</summary>
internal sealed class Fraction : IProgress<double>
{
    private double _value;

    /// <summary>From 0 to 1; 0 as long as nothing was reported.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Report(double value) => Volatile.Write(ref _value, Math.Clamp(value, 0, 1));
}
