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
    public static DesignMoments Read(Design design, DatabaseSource source, FitOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var sql = new SqlDesign(design, source.Dialect, source.Fields);
        var queries = new EngineQueries(source, source.Session.Shards(source.Relation, cancellation), cancellation);
        EngineFacts facts = EngineFacts.Read(sql, queries, source, options);
        facts.Rows.RequireUsed();
        progress?.Report(0.3);
        RowWeights weights = options.RowWeights(design.Weights is not null);
        bool isWeighted = weights != RowWeights.None;
        var plan = new CellPlan(design.Shape, weights);
        var sums = new EngineSums(sql, queries, source, facts);
        ShiftedSums dense = sums.Dense(plan.Dense, isWeighted);
        ShiftedSums? unweighted = weights == RowWeights.Weights && design.Shape.Unweighted.Count > 0
            ? sums.Dense([.. design.Shape.Unweighted.Where(static p => p != 0)], weighted: false)
            : null;
        progress?.Report(0.6);

        LevelSet[] levels = [.. design.Plan.Categories.Select(c => new LevelSet(c.Name, source.Name))];
        var cells = new CellsBuilder(design.Shape, plan, weights == RowWeights.Frequencies);
        for (int s = 0; s < plan.Sets.Count; s++)
        {
            cells.Add(plan.Sets[s], sums.Cells(plan.Sets[s], levels).Values);
            progress?.Report(0.6 + (0.4 * (s + 1) / plan.Sets.Count));
        }
        var moments = new CellMoments(design.Shape, weights)
        {
            Rows = facts.Rows.Used,
            Observations = weights == RowWeights.Frequencies ? (long)dense[0, 0].ToDouble() : facts.Rows.Used,
            SumLogWeights = weights == RowWeights.Weights ? ExactValue.From(facts.SumLogWeights) : ExactValue.Zero,
            LevelRows = cells.LevelRows,
            Tree = cells.Tree,
            Sums = cells.Build(),
            Dense = Pack(dense, [0, .. plan.Dense]),
            UnweightedSums = weights == RowWeights.Weights ? Pack(unweighted, [.. design.Shape.Unweighted]) : null,
        };
        DatabaseSession session = source.Session;
        return DesignMoments.OfEngine(
            design, source, moments, levels, facts.Ranges, facts.Rows, options.WeightKind,
            new EngineDetails(session.Version, queries.Shards.Count, session.Queries, session.BytesReceived));
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
