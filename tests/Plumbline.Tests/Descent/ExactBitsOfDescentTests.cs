using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Descent;

/// <summary>
/// The kernel and the orders of rows, bit by bit, against plain loops without vectors: a seed gives the same bits on every machine. Run at
/// narrower vectors too, as all tests with this word in their name.
/// </summary>
public unsafe class ExactBitsOfDescentTests
{
    private const int Count = 12;

    [Fact]
    public void A_gradient_has_the_bits_of_eight_lanes_at_any_width() =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong).Sample((columns, seed) =>
        {
            using Examples examples = Normal(columns, seed);
            using var kernel = MinibatchKernel.Create(DescentLoss.Squared, 1, columns);
            double[] theta = Parameters(columns, seed + 1), gradient = new double[examples.Stride];
            double total = 0;
            for (int row = 0; row < Count; row++)
            {
                double error = Error(examples.Row(row), theta);
                total += 0.5 * error * error;
                for (int j = 0; j < gradient.Length; j++)
                {
                    gradient[j] = Math.FusedMultiplyAdd(error, examples.Row(row)[j], gradient[j]);
                }
            }
            fixed (int* rows = new int[Count + MinibatchKernel.Ahead])
            fixed (double* at = theta)
            {
                for (int n = 0; n < Count; n++)
                {
                    rows[n] = n;
                }
                Assert.Equal(total, kernel.Sum(examples, rows, Count, at));
                Assert.Equal(gradient[..columns], new Span<double>(kernel.Gradient, columns).ToArray());
            }
        }, iter: 200);

    [Fact]
    public void Steps_of_one_row_have_the_bits_of_their_definition() =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong).Sample((columns, seed) =>
        {
            using Examples examples = Normal(columns, seed);
            using var kernel = MinibatchKernel.Create(DescentLoss.Squared, 1, columns);
            double[] theta = Parameters(columns, seed + 1), expected = [.. theta], rates = [.. Enumerable.Range(1, Count).Select(n => 0.01 / n)];
            for (int row = 0; row < Count; row++)
            {
                double* x = examples.Row(row);
                double error = columns < 4
                    ? Math.FusedMultiplyAdd(x[0], expected[0], -x[columns]) + Math.FusedMultiplyAdd(columns > 1 ? x[1] : 0, columns > 1 ? expected[1] : 0, columns > 2 ? x[2] * expected[2] : 0)
                    : Error(x, expected);
                for (int j = 0; j < columns; j++)
                {
                    expected[j] = columns < 4 ? Math.FusedMultiplyAdd(error, -rates[row] * x[j], expected[j]) : Math.FusedMultiplyAdd(-rates[row] * error, x[j], expected[j]);
                }
            }
            fixed (int* rows = new int[Count + MinibatchKernel.Ahead])
            fixed (double* at = theta, rate = rates)
            {
                for (int n = 0; n < Count; n++)
                {
                    rows[n] = n;
                }
                kernel.Descend(examples, rows, Count, at, rate);
            }
            Assert.Equal(expected, theta);
        }, iter: 200);

    [Fact]
    public void An_order_is_that_of_its_definition()
    {
        // The network written out for one place; the key is that of seed 0 and epoch 0: two rounds of SplitMix64's finalizer.
        const int count = 1000;
        const uint left = 32, right = 32;
        ulong key = Mix(Mix(0x9E3779B97F4A7C15));
        int[] rows = new int[count];
        new RowPermutation(count, 0, 0).Fill(0, rows);
        for (uint place = 0; place < count; place++)
        {
            (uint l, uint r) = (place / right, place % right);
            do
            {
                for (uint round = 0; round < 6; round += 2)
                {
                    l = (l + Hash(r, (uint)key + (round * 0x9E3779B9), left)) % left;
                    r = (r + Hash(l, (uint)(key >> 32) + (round * 0x85EBCA6B), right)) % right;
                }
            }
            while ((l * right) + r >= count);
            Assert.Equal((int)((l * right) + r), rows[place]);
        }
    }

    private static uint Hash(uint x, uint key, uint radix)
    {
        uint hash = (x + key) * 0x915F77F5;
        hash = (hash ^ (hash >> 15)) * 0x93D765DD;
        return ((hash >> 16) * radix) >> 16;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // Two vectors of eight sums in turn, added; then halves, quarters, eighths.
    private static double Error(double* x, double[] theta)
    {
        double[] a = new double[8], b = new double[8];
        for (int j = 0; j < theta.Length; j++)
        {
            double[] to = j / 8 % 2 == 0 ? a : b;
            to[j % 8] = Math.FusedMultiplyAdd(x[j], theta[j], to[j % 8]);
        }
        for (int half = 8; half > 0; half /= 2)
        {
            for (int n = 0; n < half; n++)
            {
                a[n] += half == 8 ? b[n] : a[n + half];
            }
        }
        return a[0];
    }

    private static Examples Normal(int columns, ulong seed)
    {
        var random = new NormalGenerator(seed);
        var examples = new Examples(columns, Count);
        var block = new ModelBlock(columns, 0, Count, weighted: false, offset: false) { Rows = Count };
        for (int row = 0; row < Count; row++)
        {
            for (int j = 0; j < columns; j++)
            {
                block.ColumnBuffer(j)[row] = random.Next();
            }
            block.ResponseBuffer[row] = random.Next();
            examples.Add(block, row, [.. Enumerable.Range(0, columns)], new double[columns], [.. Enumerable.Repeat(1.0, columns)]);
        }
        return examples;
    }

    private static double[] Parameters(int columns, ulong seed)
    {
        var random = new NormalGenerator(seed);
        double[] theta = new double[Examples.StrideOf(columns)];
        for (int j = 0; j < columns; j++)
        {
            theta[j] = random.Next();
        }
        theta[columns] = -1;
        return theta;
    }
}
