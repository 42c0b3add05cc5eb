namespace Plumbline;

/// <summary>The progress of one of several readings, as a part of the whole.</summary>
internal sealed class PartProgress : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly int _part;
    private readonly int _parts;

    private PartProgress(IProgress<double> whole, int part, int parts)
    {
        _whole = whole;
        _part = part;
        _parts = parts;
    }

    /// <summary>Of a reading, counted from 0; null when nobody wants to know.</summary>
    public static PartProgress? Of(IProgress<double>? whole, int part, int parts) => whole is null ? null : new PartProgress(whole, part, parts);

    /// <inheritdoc/>
    public void Report(double value) => _whole.Report((_part + value) / _parts);
}
