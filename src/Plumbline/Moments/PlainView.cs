using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The plain columns of a design as moments: the constant, then for each term its parts in the cells that rows fell into, in the order
/// of the levels, then the response. It depends on the rows alone: not on the codes of levels, nor on contrasts.
/// </summary>
internal static class PlainView
{
    /// <summary>The moments.</summary>
    /// <param name="cells">By code.</param>
    /// <param name="levels">Texts and order of the codes.</param>
    /// <param name="sources">The sources of rounding that the parts' degrees refer to.</param>
    public static Moments Of(CellMoments cells, DesignLevels levels, IReadOnlyList<RoundingSource> sources)
    {
        DesignShape shape = cells.Shape;
        int[][] ranks = [.. levels.Categories.Select(static c => Ranks(c))];
        var known = new HashSet<PlainColumn>();
        List<PlainColumn> columns = [.. shape.Terms.SkipLast(1).SelectMany(term => Columns(cells, term, ranks)).Where(known.Add), new PlainColumn(shape.Response, [], [])];
        var combinations = new ColumnCombinations(cells, [.. columns.Select(static c => ((PlainColumn, ExactValue)[])[(c, ExactMath.One)])]);
        DesignColumn[] named = [.. columns.Select((c, i) => Named(shape, levels, c, combinations.DegreesOf(i, sources.Count)))];
        return new Moments(named, sources, cells.Observations, cells.SumLogWeights, combinations.Packed());
    }

    private static IEnumerable<PlainColumn> Columns(CellMoments cells, ShapeTerm term, int[][] ranks)
    {
        if (term.Categories.Length == 0)
        {
            return term.Parts.Select(static part => new PlainColumn(part, [], []));
        }
        if (cells.Tree.Find(term.Categories) is not { } node)
        {
            return [];
        }
        IEnumerable<int[]> cellsInOrder = Enumerable.Range(0, node.Count)
            .Select(node.Codes)
            .Where(codes => codes.Index().All(c => ranks[term.Categories[c.Index]] is var rank && c.Item < rank.Length && rank[c.Item] >= 0))
            .OrderBy(codes => (int[])[.. codes.Select((code, k) => ranks[term.Categories[k]][code])], Comparer<int[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
        return cellsInOrder.SelectMany(codes => term.Parts
            .Select(part => new PlainColumn(part, term.Categories, codes))
            .Where(column => !cells[column, column].IsZero));
    }

    /// <summary>For each code its place in the order of the levels; −1 for codes that no row has.</summary>
    private static int[] Ranks(CategoryLevels levels)
    {
        var ranks = new int[levels.Codes.Count == 0 ? 0 : levels.Codes.Max() + 1];
        Array.Fill(ranks, -1);
        foreach ((int rank, int code) in levels.Codes.Index())
        {
            ranks[code] = rank;
        }
        return ranks;
    }

    private static DesignColumn Named(DesignShape shape, DesignLevels levels, PlainColumn column, int[] degrees)
    {
        IEnumerable<CoefficientPiece> part = column.Part == 0 && column.Categories.Length > 0 ? [] : [new CoefficientPiece(shape.Parts[column.Part].Name)];
        CoefficientPiece[] pieces = [.. part, .. column.Categories.Select((k, i) => new CoefficientPiece(shape.Categories[k], levels.Sets[k][column.Codes[i]]))];
        return new DesignColumn(string.Join<CoefficientPiece>(':', pieces), pieces, degrees);
    }
}
