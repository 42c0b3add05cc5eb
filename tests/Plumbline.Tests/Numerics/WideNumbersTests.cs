using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics;

/// <summary>Double-double and quad-double against exact values, with operands made to cancel.</summary>
public class WideNumbersTests
{
    // Few bits, many bits, huge gaps between the parts, and values that nearly cancel others; none so small that the low parts
    // of a product would underflow, which no unevaluated sum survives (solvers scale their columns first).
    private static readonly Gen<double> s_part = Gen.Select(Gen.Double[-2, 2], Gen.Int[0, 3], (x, kind) => kind == 0 ? Math.Round(x * 8) / 8 : Math.Abs(x) < 1e-30 ? 0 : x);

    private static readonly Gen<ExactValue> s_value = Gen.Select(s_part, s_part, s_part, s_part, Gen.Int[0, 80], (a, b, c, d, gap) =>
        ExactValue.From(a) + ExactValue.From(b).Scale(-53 - gap) + ExactValue.From(c).Scale(-106 - gap) + ExactValue.From(d).Scale(-159 - gap));

    private static readonly Gen<(ExactValue A, ExactValue B)> s_pair = Gen.Select(s_value, s_value, Gen.Int[0, 3], Gen.Int[1, 210], (a, b, kind, depth) =>
        (a, kind switch { 0 => b, 1 => -a + b.Scale(-depth), 2 => b.Scale(depth), _ => b.Scale(-depth) }));

    [Fact]
    public void Double_double_operations_keep_their_error_bounds() => CheckOperations<DoubleDouble>(103);

    [Fact]
    public void Quad_double_operations_keep_their_error_bounds() => CheckOperations<QuadDouble>(204);

    [Fact]
    public void Wide_operations_keep_their_error_bounds() => CheckOperations<WideReal<Width512>>(510);

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public void Double_double_kernel_gives_the_same_bits_at_every_lane_width(int lanes)
    {
        if ((lanes == 8 && !System.Runtime.Intrinsics.X86.Avx512F.IsSupported) || (lanes == 4 && !System.Runtime.Intrinsics.X86.Avx.IsSupported))
        {
            Assert.Skip($"This machine has no vectors of {lanes} doubles.");
        }
        var random = new Random(2);
        DoubleDouble Next() => DoubleDouble.From(random.NextDouble() - 0.5) * new DoubleDouble(random.NextDouble(), random.NextDouble() * 1e-17);
        for (int length = 0; length < 40; length++)
        {
            DoubleDouble[] x = [.. Enumerable.Range(0, length).Select(_ => Next())], y = [.. x.Select(_ => Next())];
            DoubleDouble a = Next();
            DoubleDouble[] expected = [.. y.Zip(x, (v, u) => v + (-a * u))];
            DoubleDouble.SubtractProduct(y, a, x, lanes);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Double_double_sums_of_products_keep_their_bound() => CheckSums<DoubleDouble>();

    [Fact]
    public void Quad_double_sums_of_products_keep_their_bound() => CheckSums<QuadDouble>();

    [Fact]
    public void Double_double_logarithms_are_right_to_90_bits()
        => Gen.Select(Gen.Double[0.01, 100], Gen.Int[-900, 900], Gen.Double[0, 1]).Sample((m, e, low) =>
        {
            var x = new DoubleDouble(Math.ScaleB(m, e), Math.ScaleB(m, e) * low * 1e-17);
            // exp(log x) = x, with exp by halving and squaring of its series in exact arithmetic rounded to 200 bits.
            QuadDouble log = QuadDouble.From(DoubleDouble.Log(x));
            double k = Math.Round((double)log / Math.Log(2));
            QuadDouble r = (log - (QuadDouble.From(k) * Ln2())) / QuadDouble.From(256);
            QuadDouble term = 1, sum = 1;
            for (int i = 1; i < 40; i++)
            {
                term = term * r / QuadDouble.From(i);
                sum += term;
            }
            for (int i = 0; i < 8; i++)
            {
                sum *= sum;
            }
            ExactValue error = (sum.ToExact().Scale((int)k) - x.ToExact()).Scale(90);
            double size = Math.Max(1, Math.Abs((double)log));
            Assert.True(ExactMath.Abs(error) <= x.ToExact() * ExactValue.From(size), $"log {x}");
        }, iter: 500, threads: 1);

    [Fact]
    public void Square_roots_and_quotients_of_exact_values_are_truncated()
        => Gen.Select(s_value, s_value, Gen.Int[60, 400]).Where((a, b, bits) => a.Sign > 0 && b.Sign > 0).Sample((a, b, bits) =>
        {
            ExactValue root = ExactMath.Sqrt(a, bits, out bool isExact);
            ExactValue next = root + ExactMath.PowerOfTwo(root.Magnitude - bits + 1);
            Assert.True(root * root <= a && next * next > a);
            Assert.Equal(root * root == a, isExact);
            ExactValue quotient = ExactMath.Divide(a, b, bits, out isExact);
            next = quotient + ExactMath.PowerOfTwo(quotient.Magnitude - bits + 1);
            Assert.True(quotient * b <= a && next * b > a);
            Assert.Equal(quotient * b == a, isExact);
        }, iter: 2000, threads: 1);

    private static QuadDouble Ln2()
    {
        QuadDouble third = QuadDouble.From(1) / 3, power = third, sum = third;
        for (int i = 3; i < 160; i += 2)
        {
            power = power * third * third;
            sum += power / i;
        }
        return sum + sum;
    }

    private static void CheckOperations<T>(int bits)
        where T : struct, IReal<T>
        => s_pair.Sample(pair =>
        {
            T a = T.From(pair.A), b = T.From(pair.B);
            ExactValue x = a.ToExact(), y = b.ToExact();
            AssertClose(pair.A, x, bits, "conversion");
            AssertClose(x + y, (a + b).ToExact(), bits, "sum");
            AssertClose(x - y, (a - b).ToExact(), bits, "difference");
            AssertClose(x * y, (a * b).ToExact(), bits, "product");
            if (!y.IsZero)
            {
                AssertClose(ExactMath.DivideDown(x, y, 700), (a / b).ToExact(), bits - 2, "quotient");
            }
            if (x.Sign >= 0)
            {
                AssertClose(ExactMath.SqrtDown(x, 700), T.Sqrt(a).ToExact(), bits - 2, "square root");
            }
        }, iter: 20_000, threads: 1);

    private static void AssertClose(ExactValue truth, ExactValue value, int bits, string what)
        => Assert.True(ExactMath.Abs(truth - value) <= ExactMath.Abs(truth).Scale(-bits), $"{what}: {truth} came out as {value}");

    private static void CheckSums<T>()
        where T : struct, IReal<T>
        => Gen.Select(Gen.Int[4, 40], Gen.Int[1, 19], Gen.Int[0, 1_000_000]).Sample((terms, length, seed) =>
        {
            var random = new Random(seed);
            T Next() => T.From(ExactValue.From(random.NextDouble() - 0.5) + ExactValue.From(random.NextDouble()).Scale(-60) + ExactValue.From(random.NextDouble()).Scale(-115) + ExactValue.From(random.NextDouble()).Scale(-170));
            T[] y = [.. Enumerable.Range(0, length).Select(_ => Next())];
            ExactValue[] exact = [.. y.Select(v => v.ToExact())], size = [.. exact.Select(ExactMath.Abs)];
            T[] lastX = [.. y.Select(_ => Next())];
            T lastA = T.From(1);
            for (int k = 0; k < terms; k++)
            {
                // Every other step takes nearly the whole sum away again.
                T a = k % 2 == 0 ? Next() : -lastA;
                T[] x = k % 2 == 0 ? [.. y.Select(_ => Next())] : [.. lastX.Select(v => v + T.From(ExactValue.From(random.NextDouble()).Scale(-90)))];
                T.SubtractProduct(y, a, x);
                for (int i = 0; i < length; i++)
                {
                    ExactValue product = a.ToExact() * x[i].ToExact();
                    exact[i] -= product;
                    size[i] += ExactMath.Abs(product);
                }
                (lastA, lastX) = (a, x);
            }
            ExactValue bound = ExactValue.From(terms * T.DotUnit);
            for (int i = 0; i < length; i++)
            {
                Assert.True(ExactMath.Abs(exact[i] - y[i].ToExact()) <= size[i] * bound);
            }
        }, iter: 400, threads: 1);
}
