namespace Plumbline;

/// <summary>Pseudorandom numbers for a sampler: the same bits for the same seed, on every platform. For one thread.</summary>
public sealed class RandomNumbers
{
    private readonly NormalGenerator _generator;

    /// <summary>A sequence of its own for each seed.</summary>
    public RandomNumbers(ulong seed) => _generator = new NormalGenerator(seed);

    /// <summary>A sequence of its own for each stream of a seed.</summary>
    internal RandomNumbers(ulong seed, long stream)
        : this(seed ^ (((ulong)stream + 1) * 0xD1342543DE82EF95))
    {
    }

    /// <summary>The next uniform number, at least 0 and below 1.</summary>
    public double Uniform() => (_generator.Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next standard normal number.</summary>
    public double Normal() => _generator.Next();

    /// <summary>The next whole number from 0 to below <paramref name="count"/>.</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(_generator.Bits(), (ulong)count, out _);
    }
}
