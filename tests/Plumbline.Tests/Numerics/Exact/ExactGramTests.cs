using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Exact;

/// <summary>The exact Gram matrix against sums by big integers.</summary>
public class ExactGramTests
{
    public static TheoryData<string, int> KindsAndLanes()
    {
        var data = new TheoryData<string, int>();
        foreach (string kind in GramData.Kinds)
        {
            foreach (int lanes in (int[])[8, 4, 2, 1])
            {
                data.Add(kind, lanes);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndLanes))]
    public void Sums_are_the_true_sums_bit_for_bit(string kind, int lanes)
    {
        const int rows = 700, columns = 7;
        double[] data = GramData.Make(kind, rows, columns, seed: 1);
        Assert.Equal(GramData.TrueSums(data, null, null, rows, columns), GramData.KernelSums(lanes, data, null, null, rows, columns));
    }

    [Theory]
    [MemberData(nameof(KindsAndLanes))]
    public void Weighted_sums_are_the_true_sums_bit_for_bit(string kind, int lanes)
    {
        const int rows = 300, columns = 5;
        double[] data = GramData.Make(kind, rows, columns, seed: 2);
        double[] weights = [.. GramData.Make(kind, rows, 1, seed: 3).Select(Math.Abs)];
        Assert.Equal(GramData.TrueSums(data, null, weights, rows, columns), GramData.KernelSums(lanes, data, null, weights, rows, columns));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sums_of_double_double_values_are_exact(bool weighted)
    {
        const int rows = 300, columns = 6;
        var random = new Random(4);
        var high = new double[rows * columns];
        var low = new double[rows * columns];
        for (int n = 0; n < high.Length; n++)
        {
            // x^10 as Filip has it: the product of two doubles, exactly.
            double x = Math.Pow(-3 - (6 * random.NextDouble()), (n % columns) + 1);
            double y = GramData.Normal(random);
            high[n] = x * y;
            low[n] = Math.FusedMultiplyAdd(x, y, -high[n]);
        }
        double[]? weights = weighted ? GramData.Make("uniform", rows, 1, 5) : null;
        Assert.Equal(GramData.TrueSums(high, low, weights, rows, columns), GramData.KernelSums(4, high, low, weights, rows, columns));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(29)]
    [InlineData(41)]
    public void Every_number_of_columns_works_at_every_lane_width(int columns)
    {
        const int rows = 150;
        double[] data = GramData.Make("mixed-columns", rows, columns, seed: columns);
        ExactValue[,] truth = GramData.TrueSums(data, null, null, rows, columns);
        foreach (int lanes in (int[])[8, 4, 2, 1])
        {
            Assert.Equal(truth, GramData.KernelSums(lanes, data, null, null, rows, columns));
        }
    }

    [Theory]
    [InlineData(130)]
    [InlineData(255)]
    public unsafe void Columns_stored_one_by_one_give_the_same_sums(int rows)
    {
        const int columns = 11;
        double[] data = GramData.Make("mixed-columns", rows, columns, seed: rows);
        double[] columnMajor = [.. Enumerable.Range(0, columns).SelectMany(c => Enumerable.Range(0, rows).Select(r => data[(r * columns) + c]))];
        ExactValue[,] truth = GramData.TrueSums(data, null, null, rows, columns);
        using var gram = ExactGram.Create(columns, weighted: false);
        fixed (double* p = columnMajor)
        {
            var pointers = new ColumnPointer[columns];
            for (int c = 0; c < columns; c++)
            {
                pointers[c] = new ColumnPointer(p + (c * rows), null, 1);
            }
            Assert.Equal(-1, gram.Add(pointers, null, rows));
        }
        FixedPointMatrix total = gram.Total();
        Assert.All(Enumerable.Range(0, columns), i => Assert.All(Enumerable.Range(i, columns - i), j => Assert.Equal(truth[i, j], total[i, j])));
    }

    [Fact]
    public void A_window_has_a_bit_to_spare_unless_whole_numbers_would_need_another_slice() =>
        Gen.Select(Gen.Double[1, 1.9999], Gen.Int[-900, 900]).Sample(static (fraction, power) =>
        {
            double max = Math.ScaleB(fraction, power);
            int unit = SliceWindow.UnitFor(max), needed = power + 1 - SliceWindow.TopBits;
            bool isWhole = needed >= 0 && needed % SliceWindow.Step == 0;
            Assert.Equal(isWhole ? needed : needed + 1, unit);
            Assert.True(max <= Math.ScaleB(1, unit + SliceWindow.TopBits));
            Assert.Equal(power <= 20, SliceWindow.UnitFor(Math.Floor(Math.Abs(fraction * Math.ScaleB(1, Math.Max(power, 0))))) <= 0);
        });

    [Fact]
    public void Many_blocks_are_carried_over_without_loss()
    {
        // More rows than a 64-bit sum of the largest slices holds: 2,300,000 · 2⁴² > 2⁶³.
        const int rows = 2_300_000;
        double[] data = new double[rows];
        Array.Fill(data, 2097152 - Math.ScaleB(1, -31));
        ExactValue truth = ExactValue.From(data[0]) * ExactValue.From(data[0]) * ExactValue.From(rows);
        Assert.Equal(truth, GramData.KernelSums(LaneWidth.Best, data, null, null, rows, 1)[0, 0]);
    }

    [Fact]
    public void Many_leftovers_are_carried_over_without_loss()
    {
        // One value in 40 of the first column leaves the largest rest there is, always the same, beside the largest slice
        // in the second column: 3,000 such products, before all sums are carried over anyway, go beyond 2⁵³.
        const int rows = 200_000, columns = 2;
        double large = 2097151, withRest = Math.ScaleB(1, -30) + Math.ScaleB(2097151, -66);
        double[] data = [.. Enumerable.Range(0, rows * columns).Select(n => n % (40 * columns) == 0 ? withRest : large)];
        Assert.Equal(GramData.TrueSums(data, null, null, rows, columns), GramData.KernelSums(LaneWidth.Best, data, null, null, rows, columns));
    }

    [Fact]
    public void Any_doubles_in_any_chunks_give_the_true_sums()
    {
        Gen<double> value = Gen.OneOf(
            Gen.Double.Where(double.IsFinite),
            Gen.Double[-1, 1],
            Gen.Int[-100, 100].Select(i => (double)i),
            Gen.Select(Gen.Double[-2, 2], Gen.Int[-400, 400]).Select((m, e) => Math.ScaleB(m, e)));
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 6], Gen.Int[1, 40])
            .SelectMany((rows, columns, chunk) => value.Array[rows * columns].Select(data => (rows, columns, chunk, data)))
            .Sample(
                t =>
                {
                    ExactValue[,] truth = GramData.TrueSums(t.data, null, null, t.rows, t.columns);
                    ExactValue[,] sums = GramData.KernelSums(LaneWidth.Best, t.data, null, null, t.rows, t.columns, t.chunk);
                    return truth.Cast<ExactValue>().SequenceEqual(sums.Cast<ExactValue>());
                },
                iter: 300);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public unsafe void A_value_that_is_not_finite_is_reported_with_its_block(double bad)
    {
        double[] data = GramData.Make("normal", 500, 1, 6);
        data[300] = bad;
        using var gram = ExactGram.Create(1, weighted: false);
        fixed (double* p = data)
        {
            Assert.Equal(256, gram.Add([new ColumnPointer(p, null, 1)], null, 500));
        }
    }
}
