using System.Numerics;
using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics;

public class PrimeFieldTests
{
    [Fact]
    public void Residues_agree_with_big_integers()
        => Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 5], Gen.Int[-300, 300]).Sample((a, b, n, exponent) =>
        {
            PrimeField field = PrimeField.Get(n);
            BigInteger q = field.Prime;
            Assert.True(q > BigInteger.One << PrimeField.Bits);
            ulong x = field.From(a), y = field.From(b);
            Assert.Equal(field.From((ulong)(a * (BigInteger)b % q)), field.Multiply(x, y));
            Assert.Equal(field.From((ulong)((((a - (BigInteger)b) % q) + q) % q)), field.Subtract(x, y));
            if (x != 0)
            {
                Assert.Equal(field.One, field.Multiply(x, field.Invert(x)));
            }
            // m·2^e·2^300 is an integer.
            var value = new ExactValue(-(BigInteger)a, exponent);
            Assert.Equal(field.From((ulong)((((-(BigInteger)a << (exponent + 300)) % q) + q) % q)), field.Multiply(field.From(value), field.From(ExactMath.PowerOfTwo(300))));
        }, iter: 2000, threads: 1);

    [Fact]
    public void Primes_fall_and_have_no_small_divisor()
    {
        for (int n = 0; n < 20; n++)
        {
            ulong prime = PrimeField.Get(n).Prime;
            Assert.True(n == 0 || prime < PrimeField.Get(n - 1).Prime);
            for (ulong d = 2; d < 10_000; d++)
            {
                Assert.NotEqual(0UL, prime % d);
            }
            Assert.True(BigInteger.ModPow(3, prime - 1, prime).IsOne);
        }
    }
}
