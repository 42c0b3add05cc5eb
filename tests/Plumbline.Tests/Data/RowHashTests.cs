using CsCheck;
using Xunit;

namespace Plumbline.Tests.Data;

public class RowHashTests
{
    private static readonly Gen<double> s_values = Gen.OneOf(
        Gen.Double, Gen.Int[-3, 3].Select(static n => (double)n), Gen.Const(-0.0), Gen.Const(double.NaN), Gen.Const(-double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.Epsilon));

    [Fact]
    public void Many_rows_at_a_time_have_the_hashes_of_rows_one_by_one() =>
        Gen.Select(s_values.Array[0, 40], s_values.Array[40], Gen.ULong).Sample(static (first, second, seed) =>
        {
            ulong[] states = [.. first.Select(_ => new RowHash(seed).State)];
            RowHash.AddAll(states, first);
            RowHash.AddAll(states, second.AsSpan(0, first.Length));
            for (int row = 0; row < first.Length; row++)
            {
                var hash = new RowHash(seed);
                hash.Add(first[row]);
                hash.Add(second[row]);
                Assert.Equal(hash.Bits, RowHash.Of(states[row]).Bits);
            }
        });

    [Fact]
    public void Zeros_of_both_signs_are_one_value_and_so_are_all_that_are_missing()
    {
        ulong[] states = [1, 1, 2, 2, 3, 3, 4, 4, 5];
        RowHash.AddAll(states, [0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(-1), 1, 1, double.NaN, -double.NaN, 0]);
        Assert.Equal(states[0], states[1]);
        Assert.Equal(states[2], states[3]);
        Assert.Equal(states[6], states[7]);
        Assert.NotEqual(states[0], states[8]);
    }
}
