using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// The moments of a design, summed where the rows are: one row of sums comes back from each shard (one a cell for categories).
/// Method      facts (counts, ranges, means) → sums about the means, in tiles and by GROUP BY → moved back to 0 exactly → the same
///             moments of plain columns that rows would have given, but for the database's rounding.
/// Cost        k²/2 sums over the rows for k numbers, in the database; k² numbers over the wire, whatever the rows.
/// Source      as <see cref="ShiftedSums"/>.
/// Fails when  a function is not to be had there; a shard does not answer; a sum overflows.
/// </summary>
internal static class EngineMoments
{
    /// <summary>Asks for them.</summary>
    /// <param name="scan">What is scanned.</param>
    /// <param name="progress">Told about the fraction done.</param>
    public static DesignMoments Read(EngineScan scan, IProgress<double>? progress)
    {
        progress?.Report(0.3);
        Design design = scan.Sql.Design;
        RowWeights weights = scan.Weights;
        var plan = new CellPlan(design.Shape, weights);
        var sums = new EngineSums(scan, scan.Weight);
        ShiftedSums dense = sums.Dense(plan.Dense);
        ShiftedSums? unweighted = weights == RowWeights.Weights && design.Shape.Unweighted.Count > 0
            ? new EngineSums(scan, null).Dense([.. design.Shape.Unweighted.Where(static p => p != 0)])
            : null;
        progress?.Report(0.6);
        var cells = new CellsBuilder(design.Shape, plan, weights == RowWeights.Frequencies);
        AddCells(cells, plan, sums, done => progress?.Report(0.6 + (0.3 * done)));
        progress?.Report(1);
        var moments = new CellMoments(design.Shape, weights)
        {
            Rows = scan.Facts.Rows.Used,
            Observations = weights == RowWeights.Frequencies ? (long)dense[0, 0].ToDouble() : scan.Facts.Rows.Used,
            SumLogWeights = weights == RowWeights.Weights ? ExactValue.From(scan.Facts.SumLogWeights) : ExactValue.Zero,
            LevelRows = cells.LevelRows,
            Tree = cells.Tree,
            Sums = cells.Build(),
            Dense = Pack(dense, [0, .. plan.Dense]),
            UnweightedSums = weights == RowWeights.Weights ? Pack(unweighted, [.. design.Shape.Unweighted]) : null,
        };
        return DesignMoments.OfEngine(design, scan.Source, moments, scan.Levels, scan.Facts.Ranges, scan.Facts.Rows, scan.Options.WeightKind, scan.Details);
    }

    /// <summary>The sums of a shape, whose parts and categories are the design's, with other weights.</summary>
    public static CellMoments Weighted(EngineScan scan, DesignShape shape, EngineSums sums)
    {
        var plan = new CellPlan(shape, RowWeights.Weights);
        ShiftedSums dense = sums.Dense(plan.Dense);
        var cells = new CellsBuilder(shape, plan, isFrequency: false);
        AddCells(cells, plan, sums, static _ => { });
        return new CellMoments(shape, RowWeights.Weights)
        {
            Rows = scan.Facts.Rows.Used,
            Observations = scan.Facts.Rows.Used,
            SumLogWeights = ExactValue.Zero,
            LevelRows = cells.LevelRows,
            Tree = cells.Tree,
            Sums = cells.Build(),
            Dense = Pack(dense, [0, .. plan.Dense]),
            UnweightedSums = null,
        };
    }

    private static void AddCells(CellsBuilder cells, CellPlan plan, EngineSums sums, Action<double> progress)
    {
        for (int s = 0; s < plan.Sets.Count; s++)
        {
            cells.Add(plan.Sets[s], sums.Cells(plan.Sets[s]).Values);
            progress((s + 1.0) / plan.Sets.Count);
        }
    }

    private static Dictionary<(int A, int B), ExactValue> Pack(ShiftedSums? sums, int[] parts)
    {
        var packed = new Dictionary<(int A, int B), ExactValue>();
        foreach (int a in sums is null ? [] : parts)
        {
            foreach (int b in parts.Where(b => b >= a))
            {
                packed[(a, b)] = sums![a, b];
            }
        }
        return packed;
    }
}
