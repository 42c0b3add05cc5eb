using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// Sums of products about a shift, from any number of shards, put together without further rounding, and moved back to 0.
/// Method      a part is a polynomial in u = x − c, so a product of two is one, too: Σ w·a·b is the same combination of the sums of monomials in u,
///             Σ w·u·v, and for plain columns Σ w·x·y = Σ w·u·v + d·Σ w·u + c·Σ w·v + c·d·Σ w. In exact arithmetic: what the shards rounded is
///             relative to the spread about the shift, and it stays that small.
/// Cost        a few long multiplications a product.
/// Source      Chan, Golub, LeVeque, Algorithms for computing the sample variance, The American Statistician 37 (1983).
/// Fails when  the shift is far from the data, measured by their spread: rounding grows with the square of that.
/// </summary>
internal sealed class ShiftedSums(ShiftedParts parts)
{
    private readonly Dictionary<Monomial, ExactValue> _sums = [];

    /// <summary>Rows of all weights.</summary>
    public long Rows { get; set; }

    /// <summary>Adds a shard's sum of a monomial; that of 1 is Σ w.</summary>
    public void Add(Monomial monomial, double sum) => _sums[monomial] = _sums.GetValueOrDefault(monomial) + ExactValue.From(sum);

    /// <summary>Adds a number of rows to Σ w, when rows have no weights.</summary>
    public void AddCount(long rows) => _sums[Monomial.One] = _sums.GetValueOrDefault(Monomial.One) + new ExactValue(rows, 0);

    /// <summary>Σ w a b for two parts, 0 ≤ a ≤ b; part 0 is the constant 1.</summary>
    public ExactValue this[int a, int b]
    {
        get
        {
            ExactValue sum = ExactValue.Zero;
            foreach ((Monomial monomial, ExactValue factor) in parts.Product(a, b).Terms)
            {
                sum += factor * _sums.GetValueOrDefault(monomial);
            }
            return sum;
        }
    }
}

/// <summary>The parts of a design as polynomials in atoms less their shifts, and the products of two of them.</summary>
/// <param name="polynomials">The parts about 0.</param>
/// <param name="shifts">For each atom its shift.</param>
internal sealed class ShiftedParts(IReadOnlyList<Polynomial> polynomials, IReadOnlyList<double> shifts)
{
    private readonly Polynomial[] _parts = [.. polynomials.Select(p => p.About(shifts))];
    private readonly Dictionary<(int A, int B), Polynomial> _products = [];

    /// <summary>For each atom its shift.</summary>
    public IReadOnlyList<double> Shifts { get; } = shifts;

    /// <summary>The monomials of a part, 1 excepted.</summary>
    public IEnumerable<Monomial> Monomials(int part) => WithoutOne(_parts[part]);

    /// <summary>The monomials of a product, 1 excepted.</summary>
    public IEnumerable<Monomial> Monomials(int a, int b) => WithoutOne(Product(a, b));

    /// <summary>A product of two parts.</summary>
    public Polynomial Product(int a, int b)
    {
        if (!_products.TryGetValue((a, b), out Polynomial? product))
        {
            _products.Add((a, b), product = _parts[a] * _parts[b]);
        }
        return product;
    }

    private static IEnumerable<Monomial> WithoutOne(Polynomial polynomial) => polynomial.Terms.Keys.Where(static m => m.Degree > 0);
}
