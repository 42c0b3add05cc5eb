namespace Plumbline;

/// <summary>The progress of one of two readings, as a part of the whole.</summary>
internal sealed class HalfProgress : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly double _start;

    private HalfProgress(IProgress<double> whole, double start)
    {
        _whole = whole;
        _start = start;
    }

    /// <summary>Of the first reading.</summary>
    public static HalfProgress? First(IProgress<double>? whole) => whole is null ? null : new HalfProgress(whole, 0);

    /// <summary>Of the second.</summary>
    public static HalfProgress? Second(IProgress<double>? whole) => whole is null ? null : new HalfProgress(whole, 0.5);

    /// <inheritdoc/>
    public void Report(double value) => _whole.Report(_start + (value / 2));
}
