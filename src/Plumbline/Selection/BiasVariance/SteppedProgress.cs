namespace Plumbline;

/// <summary>Counts steps that several threads do, and tells the fraction done a hundred times.</summary>
internal sealed class SteppedProgress(IProgress<double>? progress, long steps)
{
    private long _done;

    /// <summary>One more step is done.</summary>
    public void Step()
    {
        long done = Interlocked.Increment(ref _done);
        if (progress is not null && (done == steps || done * 100 / steps > (done - 1) * 100 / steps))
        {
            progress.Report((double)done / steps);
        }
    }
}
