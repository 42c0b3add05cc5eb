using CsCheck;
using Plumbline.Numerics;
using Plumbline.Tests.Numerics.Exact;

namespace Plumbline.Tests;

/// <summary>Moments do not depend on threads, order, blocks or splits, and parts come out as they went in.</summary>
public class MomentsTests
{
    private static readonly string[] _names = ["a", "b", "c", "y"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Threads_do_not_change_a_bit(int threads)
    {
        const int rows = 1_000_000;
        double[][] columns = [.. Enumerable.Range(0, 3).Select(c => GramData.Make("normal", rows, 1, seed: c))];
        using var one = new MomentsBuilder("a", "b", "y");
        foreach (RowBlock block in Blocks(columns, rows))
        {
            one.Add(block);
        }
        using var many = new MomentsBuilder("a", "b", "y");
        if (threads == 1)
        {
            foreach (RowBlock block in Blocks(columns, 12_345))
            {
                many.Add(block);
            }
        }
        else
        {
            // Every thread waits until all are there, so that all of them hold sums of their own at once.
            using var start = new Barrier(threads);
            RowBlock[] blocks = [.. Blocks(columns, 5_000)];
            int next = -1;
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                ExactMomentsWorker mine = many.Rent();
                start.SignalAndWait();
                for (int n = Interlocked.Increment(ref next); n < blocks.Length; n = Interlocked.Increment(ref next))
                {
                    mine.Add(blocks[n]);
                }
                many.Return(mine);
            }))];
            Array.ForEach(workers, static w => w.Start());
            Array.ForEach(workers, static w => w.Join());
            Assert.Equal(threads, many.Workers);
        }
        AssertSame(one.Build(), many.Build());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(4096)]
    public void Block_sizes_do_not_change_a_bit(int rows)
    {
        double[][] columns = Columns(10_000, 3);
        AssertSame(Of(columns, 10_000), Of(columns, rows));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shuffled_rows_give_the_same_bits(string kind)
    {
        const int rows = 3_000;
        double[][] columns = [.. Enumerable.Range(0, 4).Select(c => GramData.Make(kind, rows, 1, seed: c))];
        int[] order = [.. Enumerable.Range(0, rows)];
        new Random(9).Shuffle(order);
        double[][] shuffled = [.. columns.Select(column => order.Select(r => column[r]).ToArray())];
        AssertSame(Of(columns, 1_000), Of(shuffled, 777));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pieces_merged_in_any_order_are_the_whole(string kind)
    {
        const int rows = 2_000;
        double[][] columns = [.. Enumerable.Range(0, 4).Select(c => GramData.Make(kind, rows, 1, seed: c + 10))];
        Moments whole = Of(columns, rows);
        Moments[] pieces = [.. Blocks(columns, 137).Select(block =>
        {
            using var builder = new MomentsBuilder(_names);
            builder.Add(block);
            return builder.Build();
        })];
        new Random(3).Shuffle(pieces);
        AssertSame(whole, pieces.Aggregate(Moments.Merge));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_added_and_taken_out_again_leave_no_trace(string kind)
    {
        Moments first = Of([.. Enumerable.Range(0, 4).Select(c => GramData.Make("normal", 500, 1, seed: c))], 500);
        Moments second = Of([.. Enumerable.Range(0, 4).Select(c => GramData.Make(kind, 500, 1, seed: c + 4))], 500);
        AssertSame(first, Moments.Subtract(Moments.Merge(first, second), second));
    }

    [Fact]
    public void Moments_are_the_true_sums_with_the_intercept_first()
    {
        const int rows = 400;
        double[] data = GramData.Make("mixed-columns", rows, 4, seed: 5);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, rows).Select(r => data[(r * 4) + c]).ToArray())];
        Moments moments = Of(columns, 100);
        ExactValue[,] truth = GramData.TrueSums(data, null, null, rows, 4);
        Assert.Equal(rows, moments.Rows);
        Assert.Equal(ExactValue.From(rows), moments[0, 0]);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(columns[i].Select(ExactValue.From).Aggregate((a, b) => a + b), moments[0, i + 1]);
            for (int j = i; j < 4; j++)
            {
                Assert.Equal(truth[i, j], moments[i + 1, j + 1]);
            }
        }
    }

    [Fact]
    public void Rows_of_weight_0_count_in_nothing()
    {
        double[] x = [1, 2, 3, 4], y = [2, 1, 4, 3], w = [0.5, 0, 2, 0];
        Moments moments = Weighted(x, y, w);
        Moments without = Weighted([1, 3], [2, 4], [0.5, 2]);
        AssertSame(without, moments);
        Assert.Equal(2, moments.Rows);
        Assert.Equal(ExactValue.From(Math.Log(0.5)) + ExactValue.From(Math.Log(2)), moments.SumLogWeights);
    }

    [Fact]
    public void Weights_that_are_negative_or_infinite_are_refused_with_their_row()
    {
        Assert.Equal(3, Assert.Throws<PlumblineException>(() => Weighted([1, 2, 3], [1, 2, 3], [1, 1, -1])).Line);
        Assert.Equal(2, Assert.Throws<PlumblineException>(() => Weighted([1, 2, 3], [1, 2, 3], [1, double.PositiveInfinity, 1])).Line);
        Assert.Equal(1, Assert.Throws<PlumblineException>(() => Weighted([1, 2, 3], [1, 2, 3], [double.NaN, 1, 1])).Line);
    }

    [Fact]
    public void Taking_out_what_was_never_in_is_refused()
    {
        Moments small = Of(Columns(100, 1), 100), large = Of(Columns(200, 2), 200);
        Assert.Equal("not-a-part", Assert.Throws<PlumblineException>(() => Moments.Subtract(small, large)).Code);
    }

    [Fact]
    public void Moments_of_different_columns_do_not_merge()
    {
        using var other = new MomentsBuilder("a", "b", "d", "y");
        PlumblineException error = Assert.Throws<PlumblineException>(() => Moments.Merge(Of(Columns(10, 1), 10), other.Build()));
        Assert.Equal("different-design", error.Code);
        Assert.Contains("c in one and d in the other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_weights_and_values_give_the_true_sums() =>
        Gen.Select(Gen.Double.Where(double.IsFinite).Array[2, 30], Gen.Double[0, 1e6].Array[30], Gen.Int[-300, 300])
            .Sample(
                t =>
                {
                    double[] y = t.Item1, w = [.. t.Item2.Take(y.Length).Select(v => Math.ScaleB(v, t.Item3))];
                    Moments moments = Weighted(y, y, w);
                    ExactValue truth = y.Zip(w, static (v, u) => ExactValue.From(u) * ExactValue.From(v) * ExactValue.From(v)).Aggregate(static (a, b) => a + b);
                    return moments[1, 2] == truth && moments[2, 2] == truth;
                },
                iter: 300);

    public static TheoryData<string> Kinds() => [.. GramData.Kinds];

    private static double[][] Columns(int rows, int seed) =>
        [.. Enumerable.Range(0, 4).Select(c => GramData.Make("normal", rows, 1, (seed * 4) + c))];

    private static Moments Of(double[][] columns, int blockRows)
    {
        using var builder = new MomentsBuilder(_names);
        foreach (RowBlock block in Blocks(columns, blockRows))
        {
            builder.Add(block);
        }
        return builder.Build();
    }

    private static Moments Weighted(double[] x, double[] y, double[] w)
    {
        string[] names = ["x", "y"];
        using var builder = new MomentsBuilder(PlainColumns.Named(names), PlainColumns.Sources(names), weighted: true);
        foreach (RowBlock block in Blocks([x, y, w], x.Length))
        {
            builder.Add(block);
        }
        return builder.Build();
    }

    private static IEnumerable<RowBlock> Blocks(double[][] columns, int blockRows)
    {
        for (int start = 0; start < columns[0].Length; start += blockRows)
        {
            int count = Math.Min(blockRows, columns[0].Length - start);
            yield return new RowBlock(start, count, [.. columns.Select(column => new NumberColumn(column, null, start, count))]);
        }
    }

    private static void AssertSame(Moments expected, Moments actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.SumLogWeights, actual.SumLogWeights);
        for (int i = 0; i < expected.Columns.Count; i++)
        {
            for (int j = i; j < expected.Columns.Count; j++)
            {
                Assert.Equal(expected[i, j], actual[i, j]);
            }
        }
    }
}
