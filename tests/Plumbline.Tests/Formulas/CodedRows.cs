using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>A formula carried out on rows, exactly and slowly: what a coded design says its columns are.</summary>
internal sealed class CodedRows
{
    private readonly List<ExactValue[]> _parts = [];
    private readonly List<int[]> _codes = [];

    private CodedRows(Design design, DesignEncoder encoder, IEnumerable<RowBlock> blocks)
    {
        foreach (RowBlock block in blocks)
        {
            RowBlock rows = encoder.Encode(block);
            for (int i = 0; i < rows.Rows; i++)
            {
                int parts = design.Shape.Parts.Count - 1;
                _parts.Add([ExactValue.From(1), .. Enumerable.Range(0, parts).Select(p => Value(rows[p], i))]);
                _codes.Add([.. Enumerable.Range(parts, design.Shape.Categories.Count).Select(c => (int)rows[c].High[i])]);
            }
        }
    }

    public int Count => _parts.Count;

    public required Design Design { get; init; }

    public required DesignLevels Levels { get; init; }

    public required CodedDesign Coded { get; init; }

    public required ValueRange[] Ranges { get; init; }

    public required DesignEncoder Encoder { get; init; }

    public static CodedRows Of(string formula, IRowSource source, ContrastKind? contrasts = null, ContrastKind? all = null, string? weights = null)
    {
        Design design = Design.Create(formula, Schema.Of(source), weights, contrasts);
        CategoryCodes codes = design.CodesOf(source);
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop, codes);
        var rows = new CodedRows(design, encoder, source.Read(design.Inputs, null, CancellationToken.None))
        {
            Design = design,
            Levels = null!,
            Coded = null!,
            Ranges = [.. encoder.Ranges],
            Encoder = encoder,
        };
        DesignLevels levels = DesignLevels.Of(codes.Sets, [.. codes.Sets.Select((set, c) => rows.CountsOf(c, set.Count))]);
        return new CodedRows(rows)
        {
            Design = design,
            Levels = levels,
            Coded = design.Code(levels, rows.Sum, all),
            Ranges = rows.Ranges,
            Encoder = encoder,
        };
    }

    private CodedRows(CodedRows other)
    {
        _parts = other._parts;
        _codes = other._codes;
    }

    public long[] CountsOf(int category, int levels)
    {
        var counts = new long[levels];
        foreach (int[] codes in _codes)
        {
            counts[codes[category]]++;
        }
        return counts;
    }

    public double[] Column(CodedColumn column)
    {
        double root = Math.Sqrt(column.NormSquared.ToDouble());
        return [.. Enumerable.Range(0, Count).Select(i => column.Combination
            .Aggregate(ExactValue.Zero, (sum, c) => sum + (c.Factor * Plain(c.Column, i))).ToDouble() / root)];
    }

    public double[] Column(PlainColumn column) => [.. Enumerable.Range(0, Count).Select(i => Plain(column, i).ToDouble())];

    public FittedDesign Fitted() =>
        Design.Fitted(Levels, Coded, [.. Enumerable.Range(0, Coded.Columns.Count)], Count, Ranges);

    private ExactValue Plain(PlainColumn column, int row) =>
        column.Categories.Zip(column.Codes).All(c => _codes[row][c.First] == c.Second) ? _parts[row][column.Part] : ExactValue.Zero;

    private ExactValue Sum(int a, int b)
    {
        Assert.Contains(a, Design.Shape.Unweighted);
        Assert.Contains(b, Design.Shape.Unweighted);
        return _parts.Aggregate(ExactValue.Zero, (sum, row) => sum + (row[a] * row[b]));
    }

    private static ExactValue Value(NumberColumn column, int row) =>
        ExactValue.From(column.High[row]) + (column.HasLow ? ExactValue.From(column.Low[row]) : ExactValue.Zero);
}
