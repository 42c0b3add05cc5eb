using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>Fits of whole formulas the long way round: the rows are coded, then solved as a matrix. What is tested is the design that the model keeps.</summary>
internal static class HandFits
{
    public static LinearModel Fit(string formula, Table table)
    {
        var design = Design.Create(Formula.Parse(formula), new Schema(table.Columns));
        var pump = new RowPump(design, table, new FitOptions { Threads = 1 });
        var sums = new Dictionary<(int, int), ExactValue>();
        long rows = 0;
        Dictionary<int, long>[] seen = [.. design.Categories.Select(static _ => new Dictionary<int, long>())];
        pump.Run(
            block =>
            {
                rows += Add(design, block, sums);
                Count(design, block, seen);
            },
            null,
            CancellationToken.None);
        DesignLevels levels = DesignLevels.Of(
            pump.LevelSets, [.. seen.Zip(pump.LevelSets, static (counts, set) => Enumerable.Range(0, set.Count).Select(c => counts.GetValueOrDefault(c)).ToArray())]);
        CodedDesign coded = design.Code(levels, (a, b) => sums[(Math.Min(a, b), Math.Max(a, b))]);
        FittedDesign fitted = design.Fitted(levels, coded, [.. Enumerable.Range(0, coded.Columns.Count)], rows, pump.Ranges());

        var x = new List<double>();
        var y = new List<double>();
        foreach (ModelBlock block in new ModelRows(fitted, table).Read())
        {
            for (int row = 0; row < block.Rows; row++)
            {
                for (int j = 0; j < block.Count; j++)
                {
                    x.Add(block.Column(j)[row]);
                }
                y.Add(block.Response[row] - (block.Offset.IsEmpty ? 0 : block.Offset[row]));
            }
        }
        LinearModel model = LeastSquares.Solve([.. x], [.. y], intercept: false);
        int[] kept = [.. model.Coefficients.Select(static c => int.Parse(c.Name.AsSpan(1)) - 1)];
        fitted = design.Fitted(levels, coded, kept, rows, pump.Ranges());
        return model with
        {
            Formula = formula,
            Response = design.Response,
            HasIntercept = design.HasIntercept,
            Coefficients = [.. model.Coefficients.Zip(fitted.Columns, static (c, f) => c with { Name = f.Name, Pieces = f.Pieces })],
            Design = fitted,
        };
    }

    private static int Add(Design design, RowBlock block, Dictionary<(int, int), ExactValue> sums)
    {
        IReadOnlyList<int> parts = design.Shape.Unweighted;
        foreach (int a in parts)
        {
            foreach (int b in parts.Where(b => b >= a))
            {
                ExactValue sum = sums.GetValueOrDefault((a, b));
                for (int row = 0; row < block.Rows; row++)
                {
                    sum += Value(block, a, row) * Value(block, b, row);
                }
                sums[(a, b)] = sum;
            }
        }
        return block.Rows;
    }

    // Codes stand behind the parts, of which the first, the constant, has no column.
    private static void Count(Design design, RowBlock block, Dictionary<int, long>[] seen)
    {
        for (int c = 0; c < seen.Length; c++)
        {
            foreach (double code in block[design.Shape.Parts.Count - 1 + c].High)
            {
                seen[c][(int)code] = seen[c].GetValueOrDefault((int)code) + 1;
            }
        }
    }

    private static ExactValue Value(RowBlock block, int part, int row) => part == 0
        ? ExactValue.From(1)
        : ExactValue.From(block[part - 1].High[row]) + (block[part - 1].HasLow ? ExactValue.From(block[part - 1].Low[row]) : default);
}
