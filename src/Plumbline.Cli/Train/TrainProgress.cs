using System.Globalization;
using Plumbline.Cli.Work;

namespace Plumbline.Cli.Train;

/// <summary>What a training tells while it runs: the fraction done, and a line with epoch, loss, excess and speed.</summary>
internal sealed class TrainProgress : IProgress<DescentProgress>
{
    private volatile string _line = "Reading";

    /// <summary>The fraction done.</summary>
    public Fraction Fraction { get; } = new();

    /// <summary>The line, as it is now.</summary>
    public Func<string> Line => () => _line;

    /// <inheritdoc/>
    public void Report(DescentProgress value)
    {
        ((IProgress<double>)Fraction).Report(value.Fraction);
        string excess = value.ExcessLoss is { } above ? $", excess {Short(above)}" : "";
        _line = $"Epoch {value.Epoch}: loss {Short(value.Loss)}{excess}, {value.RowsPerSecond.ToString("N0", CultureInfo.InvariantCulture)} rows/s";
    }

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
