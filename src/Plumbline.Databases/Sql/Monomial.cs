namespace Plumbline.Databases;

/// <summary>A product of atoms, such as u·u·v: the atoms by their places, ascending, each as often as its power.</summary>
internal sealed class Monomial : IEquatable<Monomial>
{
    private readonly int[] _atoms;

    private Monomial(int[] atoms) => _atoms = atoms;

    /// <summary>The product of none: 1.</summary>
    public static Monomial One { get; } = new([]);

    /// <summary>The factors, ascending.</summary>
    public ReadOnlySpan<int> Atoms => _atoms;

    /// <summary>How many factors there are.</summary>
    public int Degree => _atoms.Length;

    /// <summary>One atom.</summary>
    public static Monomial Of(int atom) => new([atom]);

    /// <summary>The product of two.</summary>
    public static Monomial operator *(Monomial a, Monomial b) => a.Degree == 0 ? b : b.Degree == 0 ? a : new([.. a._atoms.Concat(b._atoms).Order()]);

    /// <summary>How often an atom stands in it, at most.</summary>
    public int LargestPower()
    {
        int largest = 0, power = 0;
        for (int i = 0; i < _atoms.Length; i++)
        {
            power = i > 0 && _atoms[i] == _atoms[i - 1] ? power + 1 : 1;
            largest = Math.Max(largest, power);
        }
        return largest;
    }

    /// <summary>How many monomials divide it.</summary>
    public double Divisors() => _atoms.CountBy(static a => a).Aggregate(1.0, static (n, atom) => n * (atom.Value + 1));

    /// <inheritdoc/>
    public bool Equals(Monomial? other) => other is not null && _atoms.AsSpan().SequenceEqual(other._atoms);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Monomial);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int atom in _atoms)
        {
            hash.Add(atom);
        }
        return hash.ToHashCode();
    }
}
