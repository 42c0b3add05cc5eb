using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Decides what refinement cannot: whether an estimate is exactly 0 or exactly half way between two doubles, and whether
/// the residual sum of squares is exactly 0.
/// </summary>
/// <remarks>
/// Method      With rows and columns scaled to integers, b_i·det A and RSS·det A are integers (Cramer), and so is
///             Z = (b_i − m)·det A·2^k for a dyadic m. The enclosure of b_i and Hadamard's det A ≤ ∏ A_jj bound |Z| by
///             some 2^B. Z = 0 if N distinct primes above 2⁶¹ divide it and 61·N ≥ B: that is a proof.
/// Cost        N eliminations of p³/3 modular products.
/// Fails when  N primes would take too long: then at least <see cref="FewestPrimes"/> are used. A Z that is not 0 has at most
///             B/61 of the about 2⁵⁶ primes of this size as divisors, so that data that were not made to fool these very
///             primes are misjudged with a chance below (B/2⁶¹)⁴, some 10⁻⁵⁰ for B = 100,000.
/// </remarks>
internal static class ExactDecision
{
    /// <summary>So many primes at least are used where a proof would take too many.</summary>
    public const int FewestPrimes = 4;

    private const double MostProducts = 2e8;

    /// <summary>
    /// Replaces enclosures that hold 0 or a tie by that number where it is the true value.
    /// False when something is still open: the enclosures must shrink further.
    /// </summary>
    public static bool Settle(ScaledColumns columns, ExactInterval[] estimates, ref ExactInterval rss)
    {
        var suspects = new List<(int Index, ExactValue Value)>();
        for (int i = 0; i < estimates.Length; i++)
        {
            if (Suspect(estimates[i], columns.ResponsePower - columns.Power(i)) is { } value)
            {
                suspects.Add((i, value));
            }
        }
        bool isRssOpen = rss.ContainsZero && !rss.IsZero;
        if (suspects.Count == 0 && !isRssOpen)
        {
            return true;
        }

        var integers = new IntegerScaling(columns);
        int bits = isRssOpen ? integers.RemainderBits(rss.High) : 0;
        foreach ((int index, ExactValue value) in suspects)
        {
            bits = Math.Max(bits, integers.EntryBits(index, value, estimates[index]));
        }
        bool[] isEqual = [.. Enumerable.Repeat(true, suspects.Count)];
        bool isRssZero = isRssOpen;
        int primes = PrimesFor(bits, columns.Count);
        for (int n = 0, used = 0; used < primes && (isRssZero || isEqual.Contains(true)); n++)
        {
            if (ModularSolution.TrySolve(PrimeField.Get(n), integers.Matrix, integers.Right, columns.ResponseSquare) is { } solution)
            {
                used++;
                isRssZero &= solution.Remainder == 0;
                for (int s = 0; s < suspects.Count; s++)
                {
                    isEqual[s] &= solution.X[suspects[s].Index] == solution.Field.From(suspects[s].Value);
                }
            }
        }
        for (int s = 0; s < suspects.Count; s++)
        {
            if (isEqual[s])
            {
                estimates[suspects[s].Index] = new ExactInterval(suspects[s].Value);
            }
        }
        rss = isRssZero ? new ExactInterval(ExactValue.Zero) : rss;
        return isRssZero == isRssOpen && !isEqual.Contains(false);
    }

    /// <summary>The value an enclosure that does not settle a double must be checked against; null when it settles one.</summary>
    private static ExactValue? Suspect(ExactInterval estimate, int power)
    {
        if (estimate.Low == estimate.High)
        {
            return null;
        }
        if (estimate.ContainsZero)
        {
            return ExactValue.Zero;
        }
        ExactInterval inUnits = estimate.Scale(power);
        double low = inUnits.Low.ToDouble(), high = inUnits.High.ToDouble();
        if (low == high || !double.IsFinite(low) || !double.IsFinite(high))
        {
            return null;
        }
        ExactValue middle = (ExactValue.From(low) + ExactValue.From(high)).Scale(-1 - power);
        return middle;
    }

    /// <summary>How many primes decide about an integer below 2^bits, with systems of p columns: for a proof, or what is affordable.</summary>
    public static int PrimesFor(int bits, int p)
    {
        int forProof = (Math.Max(0, bits) / PrimeField.Bits) + 1;
        int affordable = (int)Math.Min(100_000, MostProducts / ((double)p * p * p / 3));
        return Math.Min(forProof, Math.Max(FewestPrimes, affordable));
    }
}
