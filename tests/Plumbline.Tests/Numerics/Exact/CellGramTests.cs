using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Exact;

/// <summary>Sums per cell are the true sums, whatever the values, at every width of vectors.</summary>
public class CellGramTests
{
    private const int Cells = 5;

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        foreach (int lanes in (int[])[8, 4, 2, 1])
        {
            foreach (string kind in GramData.Kinds)
            {
                cases.Add(lanes, kind);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sums_of_a_cell_are_exact_at_every_lane_width(int lanes, string kind)
    {
        const int rows = 700, columns = 5;
        double[] data = GramData.Make(kind, rows, columns, seed: 3);
        double[] left = GramData.Make(kind, rows, 1, seed: 4);
        double[] weights = [.. GramData.Make("prices", rows, 1, seed: 5)];
        AssertExact(lanes, null, null, data, null, null, columns);
        AssertExact(lanes, left, null, data, null, null, columns);
        AssertExact(lanes, null, null, data, null, weights, columns);
        AssertExact(lanes, left, null, data, null, weights, columns);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public void Low_parts_of_both_factors_count(int lanes)
    {
        const int rows = 300, columns = 3;
        double[] high = GramData.Make("normal", rows, columns, seed: 1), low = Lows(high, 2);
        double[] left = GramData.Make("prices", rows, 1, seed: 3), leftLow = Lows(left, 4);
        double[] weights = [.. Enumerable.Range(0, rows).Select(static r => r % 7 == 0 ? 0 : 1.0 / (r + 3))];
        AssertExact(lanes, null, null, high, low, null, columns);
        AssertExact(lanes, left, leftLow, high, low, null, columns);
        AssertExact(lanes, null, null, high, low, weights, columns);
        AssertExact(lanes, left, leftLow, high, low, weights, columns);
        AssertExact(lanes, left, leftLow, high, null, weights, columns);
    }

    [Fact]
    public void Any_doubles_give_the_true_sums() =>
        Gen.Select(Gen.Double.Where(double.IsFinite).Array[12], Gen.Double.Where(double.IsFinite).Array[6], Gen.Double.Where(static w => double.IsFinite(w) && w >= 0).Array[6])
            .Sample(
                t =>
                {
                    AssertExact(4, t.Item2, null, t.Item1, null, t.Item3, 2);
                    AssertExact(2, null, null, t.Item1, null, t.Item3, 2);
                    AssertExact(1, t.Item2, null, t.Item1, null, null, 2);
                },
                iter: 300);

    [Fact]
    public void A_value_that_is_not_finite_is_reported_with_its_block()
    {
        double[] data = [.. Enumerable.Range(0, 400).Select(static r => r == 300 ? double.PositiveInfinity : r)];
        Assert.Equal(256, Stopped(null, data));
        Assert.Equal(256, Stopped(data, [.. Enumerable.Repeat(1.0, 400)]));
        Assert.Equal(-1, Stopped(null, [.. Enumerable.Repeat(1.0, 400)]));
    }

    private static unsafe long Stopped(double[]? left, double[] data)
    {
        using var gram = CellGram.Create(1, 1);
        int[] cells = new int[data.Length];
        fixed (double* x = data)
        fixed (double* a = left)
        fixed (int* c = cells)
        {
            return gram.Add(a is null ? null : new ColumnPointer(a, null, 1), [new ColumnPointer(x, null, 1)], null, c, data.Length, 1);
        }
    }

    private static double[] Lows(double[] high, int seed)
    {
        var random = new Random(seed);
        return [.. high.Select(h => h * Math.ScaleB(random.NextDouble() - 0.5, -53 - random.Next(60)))];
    }

    private static unsafe void AssertExact(int lanes, double[]? left, double[]? leftLow, double[] data, double[]? low, double[]? weights, int columns)
    {
        int rows = data.Length / columns;
        int[] cells = [.. Enumerable.Range(0, rows).Select(static r => r * 7 % 11 % Cells)];
        using var gram = CellGram.Create(columns, lanes);
        fixed (double* h = data)
        fixed (double* l = low)
        fixed (double* a = left)
        fixed (double* al = leftLow)
        fixed (double* w = weights)
        fixed (int* cell = cells)
        {
            for (int start = 0, part = 250; start < rows; start += part)
            {
                var right = new ColumnPointer[columns];
                for (int c = 0; c < columns; c++)
                {
                    right[c] = new ColumnPointer(h + (start * columns) + c, l is null ? null : l + (start * columns) + c, columns);
                }
                ColumnPointer? factor = a is null ? null : new ColumnPointer(a + start, al is null ? null : al + start, 1);
                Assert.Equal(-1, gram.Add(factor, right, w is null ? null : w + start, cell + start, Math.Min(part, rows - start), start == 0 ? Cells : Cells + 2));
            }
        }
        var truth = new ExactValue[Cells, columns];
        for (int r = 0; r < rows; r++)
        {
            ExactValue factor = Of(weights is null ? 1 : weights[r]) * (left is null ? Of(1) : Of(left[r]) + Of(leftLow is null ? 0 : leftLow[r]));
            for (int c = 0; c < columns; c++)
            {
                int n = (r * columns) + c;
                truth[cells[r], c] += factor * (Of(data[n]) + Of(low is null ? 0 : low[n]));
            }
        }
        for (int c = 0; c < columns; c++)
        {
            FixedPointVector total = gram.Total(c);
            for (int i = 0; i < Cells; i++)
            {
                Assert.Equal(truth[i, c], total[i]);
            }
        }
    }

    private static ExactValue Of(double value) => ExactValue.From(value);
}
