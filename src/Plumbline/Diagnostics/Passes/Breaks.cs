namespace Plumbline;

/// <summary>What separate fits before and after a row explain.</summary>
/// <param name="Cut">How many eighths of the rows stand before.</param>
/// <param name="Test">Chow's test.</param>
/// <param name="Share">By how much the variance of errors falls; 0 at least.</param>
internal sealed record BreakGain(int Cut, TestValue Test, double Share)
{
    /// <summary>p, for the best of so many cuts.</summary>
    public double Adjusted(int cuts) => Math.Min(1, cuts * Test.P);
}

/// <summary>Fits to parts of the rows, from their moments.</summary>
internal static class Breaks
{
    /// <summary>Chow's test at each border of eighths.</summary>
    public static BreakGain[] AtEighths(CheckLayout layout, AuxiliaryMoments[] eighths, double rows)
    {
        var gains = new List<BreakGain>();
        for (int cut = 1; cut < eighths.Length; cut++)
        {
            AuxiliaryMoments[] parts = [AuxiliaryMoments.Sum(eighths[..cut]), AuxiliaryMoments.Sum(eighths[cut..])];
            (TestValue test, double share) = Compare(layout, parts, rows);
            gains.Add(new BreakGain(cut, test, share));
        }
        return [.. gains];
    }

    /// <summary>Chow's test of parts that are all rows.</summary>
    public static (TestValue Test, double Share) Compare(CheckLayout layout, IReadOnlyList<AuxiliaryMoments> parts, double rows)
    {
        (double whole, int rank) = Rss(layout, [AuxiliaryMoments.Sum(parts)], []);
        (double left, int ranks) = Rss(layout, parts, []);
        return (
            AuxiliaryTests.Chow(whole, left, rows, rank, ranks),
            ranks > rank ? TermGains.Share(whole, rows - rank, left, rows - ranks) : 0);
    }

    /// <summary>The sum of the RSS of fits to parts, and of their ranks.</summary>
    /// <param name="layout">What columns there are.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="added">Columns that are added to the model's.</param>
    public static (double Rss, int Ranks) Rss(CheckLayout layout, IReadOnlyList<AuxiliaryMoments> parts, IReadOnlyList<int> added)
    {
        double rss = 0;
        int ranks = 0;
        foreach (AuxiliaryMoments part in parts)
        {
            rss += Math.Max(0, part.Sweep([.. layout.Orthonormal, .. added], out int rank)[layout.Residual, layout.Residual]);
            ranks += rank;
        }
        return (rss, ranks);
    }
}
