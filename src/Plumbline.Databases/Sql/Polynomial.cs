using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>A polynomial in atoms, with exact coefficients. Immutable.</summary>
internal sealed class Polynomial
{
    private readonly Dictionary<Monomial, ExactValue> _terms;

    private Polynomial(Dictionary<Monomial, ExactValue> terms) => _terms = terms;

    /// <summary>The monomials with their coefficients, none of which is 0.</summary>
    public IReadOnlyDictionary<Monomial, ExactValue> Terms => _terms;

    /// <summary>The atoms in it.</summary>
    public IReadOnlySet<int> Atoms()
    {
        var atoms = new SortedSet<int>();
        foreach (Monomial monomial in _terms.Keys)
        {
            foreach (int atom in monomial.Atoms)
            {
                atoms.Add(atom);
            }
        }
        return atoms;
    }

    /// <summary>A number.</summary>
    public static Polynomial Constant(double value) => new(value == 0 ? [] : new() { [Monomial.One] = ExactValue.From(value) });

    /// <summary>An atom.</summary>
    public static Polynomial Atom(int atom) => new(new() { [Monomial.Of(atom)] = new ExactValue(1, 0) });

    /// <summary>The sum.</summary>
    public static Polynomial operator +(Polynomial a, Polynomial b)
    {
        var sum = new Dictionary<Monomial, ExactValue>(a._terms);
        foreach ((Monomial monomial, ExactValue factor) in b._terms)
        {
            Add(sum, monomial, factor);
        }
        return new Polynomial(sum);
    }

    /// <summary>The negated polynomial.</summary>
    public static Polynomial operator -(Polynomial a) => new(a._terms.ToDictionary(static t => t.Key, static t => -t.Value));

    /// <summary>The product.</summary>
    public static Polynomial operator *(Polynomial a, Polynomial b)
    {
        var product = new Dictionary<Monomial, ExactValue>();
        foreach ((Monomial left, ExactValue first) in a._terms)
        {
            foreach ((Monomial right, ExactValue second) in b._terms)
            {
                Add(product, left * right, first * second);
            }
        }
        return new Polynomial(product);
    }

    /// <summary>The power, n ≥ 1.</summary>
    public Polynomial Power(int n) => Enumerable.Repeat(this, n).Aggregate(static (a, b) => a * b);

    /// <summary>The same polynomial of x = u + shift, in u.</summary>
    /// <param name="shifts">For each atom its shift.</param>
    public Polynomial About(IReadOnlyList<double> shifts)
    {
        Polynomial sum = Constant(0);
        foreach ((Monomial monomial, ExactValue factor) in _terms)
        {
            Polynomial product = new(new() { [Monomial.One] = factor });
            foreach (int atom in monomial.Atoms)
            {
                product *= Atom(atom) + Constant(shifts[atom]);
            }
            sum += product;
        }
        return sum;
    }

    private static void Add(Dictionary<Monomial, ExactValue> terms, Monomial monomial, ExactValue factor)
    {
        ExactValue sum = terms.GetValueOrDefault(monomial) + factor;
        if (sum.IsZero)
        {
            terms.Remove(monomial);
            return;
        }
        terms[monomial] = sum;
    }
}
