using CsCheck;
using Plumbline.Numerics;
using Plumbline.Tests.Numerics.Exact;

namespace Plumbline.Tests;

/// <summary>Moments of designs with categories are the true sums, and do not depend on threads, order, blocks, splits or codes.</summary>
public class CellMomentsTests
{
    // y ~ x + f + g + x:f + f:g + z:g:h, with a part that only meets categories (z); parts 1, x, y, z.
    private static readonly DesignShape s_shape = new(
        [Part("1"), Part("x"), Part("y"), Part("z")],
        ["f", "g", "h"],
        [Term([0]), Term([1]), Term([0], 0), Term([0], 1), Term([1], 0), Term([0], 0, 1), Term([3], 1, 2), Term([2])],
        [0, 1]);

    public static TheoryData<string, bool> Kinds()
    {
        var kinds = new TheoryData<string, bool>();
        foreach (string kind in GramData.Kinds)
        {
            kinds.Add(kind, true);
            kinds.Add(kind, false);
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sums_in_cells_are_the_true_sums(string kind, bool weighted)
    {
        CellRows rows = CellRows.Make(kind, 600, weighted, seed: 1);
        CellMoments moments = Of(rows, 97);
        AssertTrue(rows, moments);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Threads_do_not_change_a_bit(int threads)
    {
        CellRows rows = CellRows.Make("prices", 20_000, weighted: true, seed: 2);
        using var builder = new CellMomentsBuilder(s_shape, RowWeights.Weights);
        RowBlock[] blocks = [.. rows.Blocks(321)];
        Parallel.ForEach(blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, builder.Add);
        AssertSame(Of(rows, 20_000), builder.Build());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_in_another_order_give_the_same_bits(string kind, bool weighted)
    {
        CellRows rows = CellRows.Make(kind, 500, weighted, seed: 3);
        AssertSame(Of(rows, 100), Of(rows.Shuffled(4), 33));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parts_with_other_codes_merge_to_the_whole_and_come_out_again(string kind, bool weighted)
    {
        CellRows first = CellRows.Make(kind, 300, weighted, seed: 5), second = CellRows.Make("normal", 300, weighted, seed: 6);
        int[][] codes = [[3, 1, 0, 2], [5, 0, 1, 4], [1, 0]];       // some levels of the second part are new
        CellMoments a = Of(first, 50), b = Of(second, 300), whole = Of(first.With(second.Recoded(codes)), 77);
        CellMoments merged = CellMoments.Merge(a, b, codes);
        AssertSame(whole, merged);
        Assert.True(merged.IsPossible());
        CellMoments rest = CellMoments.Subtract(merged, b, codes);
        AssertSame(a, rest);
        Assert.True(rest.IsPossible());
        Assert.Equal(0, rest.LevelRows[1][5]);
        Assert.False(CellMoments.Subtract(a, merged, [.. Enumerable.Range(0, 3).Select(static _ => Enumerable.Range(0, 6).ToArray())]).IsPossible());
    }

    [Fact]
    public void Rows_of_weight_0_keep_their_levels_and_count_in_nothing_else()
    {
        CellRows rows = CellRows.Make("prices", 300, weighted: true, seed: 7);
        for (int r = 0; r < 300; r++)
        {
            rows.Columns[^1][r] = rows.Columns[3][r] == 2 ? 0 : rows.Columns[^1][r];
        }
        CellMoments moments = Of(rows, 300);
        PlainColumn level = Column(0, (0, 2));
        Assert.True(moments.LevelRows[0][2] > 0);
        Assert.Equal(300 - rows.Columns[^1].Count(static w => w == 0), moments.Rows);
        Assert.True(moments[level, level].IsZero);
        AssertTrue(rows, moments);
    }

    [Fact]
    public void Frequencies_give_the_moments_of_the_rows_written_out()
    {
        CellRows rows = CellRows.Make("normal", 200, weighted: true, seed: 10);
        for (int r = 0; r < 200; r++)
        {
            rows.Columns[^1][r] = r % 4;
        }
        int[] copies = [.. Enumerable.Range(0, 200).SelectMany(static r => Enumerable.Repeat(r, r % 4))];
        var written = new CellRows([.. rows.Columns[..^1].Select(column => copies.Select(r => column[r]).ToArray())], false);
        using var builder = new CellMomentsBuilder(s_shape, RowWeights.Frequencies);
        foreach (RowBlock block in rows.Blocks(64))
        {
            builder.Add(block);
        }
        CellMoments actual = builder.Build();
        Assert.Equal(150, actual.Rows);
        Assert.Equal(300, actual.Observations);
        AssertTrue(written, actual);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e300)]
    public void A_frequency_that_is_not_a_whole_number_is_refused_with_its_row(double frequency)
    {
        CellRows rows = CellRows.Make("integers", 50, weighted: true, seed: 11);
        Array.Fill(rows.Columns[^1], 2);
        rows.Columns[^1][20] = frequency;
        using var builder = new CellMomentsBuilder(s_shape, RowWeights.Frequencies);
        PlumblineException error = Assert.Throws<PlumblineException>(() => builder.Add(rows.Blocks(50).Single()));
        Assert.Equal("not-a-frequency", error.Code);
        Assert.Equal(21, error.Line);
    }

    [Fact]
    public void Levels_of_a_category_that_do_not_meet_give_zero()
    {
        CellMoments moments = Of(CellRows.Make("integers", 200, weighted: false, seed: 8), 200);
        Assert.True(moments[Column(0, (0, 1)), Column(0, (0, 2))].IsZero);
        Assert.True(moments[Column(0, (0, 99)), Column(0)].IsZero);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_refused_with_its_row()
    {
        CellRows rows = CellRows.Make("integers", 200, weighted: false, seed: 9);
        rows.Columns[2][150] = double.PositiveInfinity;         // z, which no term of numbers has
        PlumblineException error = Assert.Throws<PlumblineException>(() => Of(rows, 200));
        Assert.Equal("infinite-value", error.Code);
        Assert.Equal(151, error.Line);
    }

    [Fact]
    public void Without_categories_the_sums_are_those_of_the_ordinary_builder()
    {
        DesignShape shape = new([Part("1"), Part("a"), Part("b"), Part("y")], [], [Term([0]), Term([1]), Term([2]), Term([3])], []);
        double[][] data = [.. Enumerable.Range(0, 3).Select(c => GramData.Make("normal", 1000, 1, c))];
        using var cells = new CellMomentsBuilder(shape, RowWeights.None);
        using var ordinary = new MomentsBuilder("a", "b", "y");
        var block = new RowBlock(0, 1000, [.. data.Select(static c => new NumberColumn(c, null, 0, 1000))]);
        cells.Add(block);
        ordinary.Add(block);
        CellMoments actual = cells.Build();
        Moments expected = ordinary.Build();
        Assert.Equal(expected.Rows, actual.Rows);
        for (int i = 0; i < 4; i++)
        {
            for (int j = i; j < 4; j++)
            {
                Assert.Equal(expected[i, j], actual[Column(i), Column(j)]);
            }
        }
    }

    [Fact]
    public void Any_values_and_codes_give_the_true_sums() =>
        Gen.Select(Gen.Double.Where(double.IsFinite).Array[30], Gen.Int[0, 300].Array[30], Gen.Bool)
            .Sample(
                t =>
                {
                    double[] codes = [.. t.Item2.Select(static c => (double)c)];
                    double[][] columns = [t.Item1[..10], t.Item1[10..20], t.Item1[20..], codes[..10], codes[10..20], codes[20..]];
                    var rows = new CellRows(t.Item3 ? [.. columns, [.. t.Item1[..10].Select(Math.Abs)]] : columns, t.Item3);
                    AssertTrue(rows, Of(rows, 7));
                },
                iter: 200);

    private static CellMoments Of(CellRows rows, int blockRows)
    {
        using var builder = new CellMomentsBuilder(s_shape, rows.IsWeighted ? RowWeights.Weights : RowWeights.None);
        foreach (RowBlock block in rows.Blocks(blockRows))
        {
            builder.Add(block);
        }
        return builder.Build();
    }

    /// <summary>Every pair of columns that two terms of the shape have, against sums of big numbers.</summary>
    private static void AssertTrue(CellRows rows, CellMoments moments)
    {
        foreach ((PlainColumn a, PlainColumn b) in Pairs(rows))
        {
            Assert.Equal(rows.Sum(a, b), moments[a, b]);
        }
        foreach (int a in s_shape.Unweighted)
        {
            foreach (int b in s_shape.Unweighted)
            {
                Assert.Equal((rows with { IsWeighted = false }).Sum(Column(a), Column(b)), moments.Unweighted(a, b));
            }
        }
        for (int k = 0; k < 3; k++)
        {
            for (int code = 0; code < moments.LevelRows[k].Length; code++)
            {
                Assert.Equal(rows.Columns[3 + k].Count(c => c == code), moments.LevelRows[k][code]);
            }
        }
    }

    private static void AssertSame(CellMoments expected, CellMoments actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Observations, actual.Observations);
        Assert.Equal(expected.SumLogWeights, actual.SumLogWeights);
        Assert.Equal(expected.Dense, actual.Dense);
        Assert.Equal(expected.UnweightedSums, actual.UnweightedSums);
        for (int k = 0; k < 3; k++)
        {
            for (int code = 0; code < 8; code++)
            {
                Assert.Equal(expected.LevelRows[k].ElementAtOrDefault(code), actual.LevelRows[k].ElementAtOrDefault(code));
            }
        }
        foreach ((PlainColumn a, PlainColumn b) in Pairs(6))
        {
            Assert.Equal(expected[a, b], actual[a, b]);
        }
    }

    private static IEnumerable<(PlainColumn A, PlainColumn B)> Pairs(CellRows rows)
    {
        PlainColumn[] columns = [.. s_shape.Terms.SelectMany(term => Columns(term, rows))];
        return columns.SelectMany(a => columns.Where((_, n) => n % 5 == 0).Select(b => (a, b)));
    }

    private static IEnumerable<(PlainColumn A, PlainColumn B)> Pairs(int codes) => Pairs(new CellRows(
        [[], [], [], .. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, codes).Select(static c => (double)c).ToArray())], false));

    private static IEnumerable<PlainColumn> Columns(ShapeTerm term, CellRows rows)
    {
        IEnumerable<int[]> cells = [[]];
        foreach (int k in term.Categories)
        {
            cells = [.. cells.SelectMany(cell => rows.Columns[3 + k].Distinct().Take(6).Select(code => (int[])[.. cell, (int)code]))];
        }
        return cells.SelectMany(cell => term.Parts.Select(part => new PlainColumn(part, term.Categories, cell)));
    }

    private static ShapePart Part(string name) => new(name, []);

    private static ShapeTerm Term(int[] parts, params int[] categories) => new(parts, categories);

    private static PlainColumn Column(int part, params (int Category, int Code)[] levels) =>
        new(part, [.. levels.Select(static l => l.Category)], [.. levels.Select(static l => l.Code)]);
}

/// <summary>Columns x, y, z, the codes of f, g, h, and weights perhaps.</summary>
internal sealed record CellRows(double[][] Columns, bool IsWeighted)
{
    private static readonly int[] s_levels = [4, 4, 2];

    public static CellRows Make(string kind, int rows, bool weighted, int seed)
    {
        double[][] numbers = [.. Enumerable.Range(0, 3).Select(c => GramData.Make(kind, rows, 1, (seed * 10) + c))];
        var random = new Random(seed);
        double[][] codes = [.. s_levels.Select(levels => Enumerable.Range(0, rows).Select(_ => (double)random.Next(levels)).ToArray())];
        double[] weights = [.. GramData.Make("prices", rows, 1, seed + 7)];
        return new CellRows(weighted ? [.. numbers, .. codes, weights] : [.. numbers, .. codes], weighted);
    }

    public CellRows Shuffled(int seed)
    {
        int[] order = [.. Enumerable.Range(0, Columns[0].Length)];
        new Random(seed).Shuffle(order);
        return this with { Columns = [.. Columns.Select(column => order.Select(r => column[r]).ToArray())] };
    }

    public CellRows Recoded(int[][] codes) =>
        this with { Columns = [.. Columns.Select((column, c) => c is >= 3 and < 6 ? column.Select(v => (double)codes[c - 3][(int)v]).ToArray() : column)] };

    public CellRows With(CellRows other) => this with { Columns = [.. Columns.Zip(other.Columns, static (a, b) => (double[])[.. a, .. b])] };

    public IEnumerable<RowBlock> Blocks(int size)
    {
        for (int start = 0; start < Columns[0].Length; start += size)
        {
            int count = Math.Min(size, Columns[0].Length - start);
            yield return new RowBlock(start, count, [.. Columns.Select(column => new NumberColumn(column, null, start, count))]);
        }
    }

    public ExactValue Sum(PlainColumn a, PlainColumn b)
    {
        ExactValue sum = ExactValue.Zero;
        for (int r = 0; r < Columns[0].Length; r++)
        {
            if (IsIn(a, r) && IsIn(b, r))
            {
                sum += ExactValue.From(IsWeighted ? Columns[6][r] : 1) * Value(a.Part, r) * Value(b.Part, r);
            }
        }
        return sum;
    }

    private bool IsIn(PlainColumn column, int row)
    {
        for (int k = 0; k < column.Categories.Length; k++)
        {
            if (Columns[3 + column.Categories[k]][row] != column.Codes[k])
            {
                return false;
            }
        }
        return true;
    }

    private ExactValue Value(int part, int row) => ExactValue.From(part == 0 ? 1 : Columns[part - 1][row]);
}
