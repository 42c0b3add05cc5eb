namespace Plumbline.Reports;

/// <summary>
/// A curve as a column of a table: in each line a dot stands where its value lies between the least and the largest, with a bar for its standard
/// error. What is far apart stands on a logarithmic scale, and the heading says so. The heading has the ends of the scale.
/// </summary>
internal static class DotPlot
{
    private const int Narrowest = 32;
    private const double Wide = 30;     // largest over least, from which on the scale is logarithmic

    /// <summary>Adds the column; nothing for fewer than three lines, or when there is nothing to tell apart.</summary>
    /// <param name="table">The table.</param>
    /// <param name="curves">The values, the most important curve last: it stands before the others.</param>
    public static void Add(TextTable table, params ReadOnlySpan<DotCurve> curves)
    {
        int lines = curves[0].Values.Count;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (DotCurve curve in curves)
        {
            foreach (double value in curve.Values.Where(double.IsFinite))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }
        if (lines < 3 || !(low < high))
        {
            return;
        }
        bool isLogarithmic = low > 0 && high / low > Wide;
        double from = Scaled(low), to = Scaled(high);
        string left = NumberText.Significant(low, 3), right = NumberText.Significant(high, 3) + (isLogarithmic ? ", log scale" : "");
        string legend = curves.Length == 1 ? "" : $"  {string.Join(' ', curves.ToArray().Select(static c => $"{c.Mark} {c.Name}"))}  ";
        int width = Math.Max(Narrowest, left.Length + legend.Length + right.Length + 1);
        char[][] cells = [.. Enumerable.Range(0, lines).Select(_ => new string(' ', width).ToCharArray())];
        foreach (DotCurve curve in curves)
        {
            for (int line = 0; line < lines; line++)
            {
                double value = curve.Values[line], error = curve.Errors?[line] ?? 0;
                if (!double.IsFinite(value))
                {
                    continue;
                }
                int first = double.IsFinite(error) ? Place(value - error) : Place(value), last = double.IsFinite(error) ? Place(value + error) : Place(value);
                cells[line].AsSpan(first, last - first + 1).Replace(' ', '─');
                cells[line][Place(value)] = curve.Mark;
            }
        }
        table.AddPlot(left + legend + right.PadLeft(width - left.Length - legend.Length), [.. cells.Select(static c => new string(c))]);

        double Scaled(double value) => isLogarithmic ? Math.Log(value) : value;

        // A bar may reach beyond the ends, on a logarithmic scale below 0: it is cut there.
        int Place(double value)
        {
            double share = value <= low ? 0 : value >= high ? 1 : (Scaled(value) - from) / (to - from);
            return (int)Math.Round(share * (width - 1));
        }
    }
}

/// <summary>A curve of a <see cref="DotPlot"/>.</summary>
/// <param name="Mark">What stands at a value.</param>
/// <param name="Values">A value a line; what is not finite is left out.</param>
/// <param name="Errors">Standard errors; null for none.</param>
/// <param name="Name">What it is called beside others.</param>
internal readonly record struct DotCurve(char Mark, IReadOnlyList<double> Values, IReadOnlyList<double>? Errors = null, string Name = "");
