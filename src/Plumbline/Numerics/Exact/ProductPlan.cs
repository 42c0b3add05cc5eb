namespace Plumbline.Numerics;

/// <summary>
/// Which slice matrices of two panels are multiplied, and to which levels each product is added.
/// Level l collects the products of slices a and b with a + b = l; all have one unit.
/// </summary>
/// <remarks>
/// For a symmetric product with slices S of one panel and S′ of the other, Σ(SₐS′_b + S_bS′ₐ) is had from the product
/// of the sums, (Sₐ+S_b)(S′ₐ+S′_b) − SₐS′ₐ − S_bS′_b: S(S+1)/2 half products instead of S² (six instead of nine).
/// With three slices on both sides, the commonest case, the six products are first added up apart, one addition each
/// instead of twelve, and put into levels when the sums are carried over (<see cref="Levels"/>).
/// </remarks>
internal static class ProductPlan
{
    private static readonly Product[][] _symmetric = Build(static (p, q) => Symmetric(p, q, apart: p == Apart && q == Apart));
    private static readonly Product[][] _general = Build(General);

    /// <summary>Sums that are levels themselves: 0 … 14. Those after them are the six products of three slices.</summary>
    public const int LevelCount = (2 * SliceWindow.MaxSlices) - 1;

    /// <summary>All sums: the levels, then the six products.</summary>
    public const int SumCount = LevelCount + 6;

    private const int Apart = 3;

    /// <summary>For each of the six products of three slices, the levels that it belongs to.</summary>
    public static ReadOnlySpan<Target[]> Levels => _levels;

    private static readonly Target[][] _levels = [.. Symmetric(Apart, Apart, apart: false).Select(static p => p.Targets)];

    /// <summary>The products for panels with so many slices each.</summary>
    public static ReadOnlySpan<Product> For(int slicesP, int slicesQ, bool symmetric) =>
        (symmetric ? _symmetric : _general)[(slicesP * (SliceWindow.MaxSlices + 1)) + slicesQ];

    private static Product[][] Build(Func<int, int, Product[]> make)
    {
        int n = SliceWindow.MaxSlices + 1;
        var plans = new Product[n * n][];
        for (int p = 0; p < n; p++)
        {
            for (int q = 0; q < n; q++)
            {
                plans[(p * n) + q] = make(p, q);
            }
        }
        return plans;
    }

    private static Product[] General(int slicesP, int slicesQ)
    {
        var products = new List<Product>();
        for (int a = 0; a < slicesP; a++)
        {
            for (int b = 0; b < slicesQ; b++)
            {
                products.Add(new Product(new Operand(a, a), new Operand(b, b), [new Target(a + b, false)]));
            }
        }
        return [.. products];
    }

    private static Product[] Symmetric(int slicesP, int slicesQ, bool apart)
    {
        var products = new List<Product>();
        int both = Math.Min(slicesP, slicesQ);
        for (int a = 0; a < both; a++)
        {
            var targets = new List<Target> { new(2 * a, false) };
            for (int b = 0; b < both; b++)
            {
                if (b != a)
                {
                    targets.Add(new Target(a + b, true));
                }
            }
            products.Add(new Product(new Operand(a, a), new Operand(a, a), [.. targets]));
        }
        for (int a = 0; a < both; a++)
        {
            for (int b = a + 1; b < both; b++)
            {
                products.Add(new Product(new Operand(a, b), new Operand(a, b), [new Target(a + b, false)]));
            }
            for (int b = both; b < Math.Max(slicesP, slicesQ); b++)
            {
                products.Add(slicesP > slicesQ
                    ? new Product(new Operand(b, b), new Operand(a, a), [new Target(a + b, false)])
                    : new Product(new Operand(a, a), new Operand(b, b), [new Target(a + b, false)]));
            }
        }
        return apart
            ? [.. products.Select(static (product, n) => product with { Targets = [new Target(LevelCount + n, false)] })]
            : [.. products];
    }

    /// <summary>Slice A, when A = B, or the sum of slices A and B.</summary>
    internal readonly record struct Operand(int A, int B);

    /// <summary>A sum, and whether the product is taken from it.</summary>
    internal readonly record struct Target(int Level, bool Subtract);

    /// <summary>One matrix product.</summary>
    internal sealed record Product(Operand P, Operand Q, Target[] Targets);
}
