namespace Plumbline;

/// <summary>A term as the variables in it: their numbers, ascending. Equal when the variables are the same.</summary>
internal sealed class VariableSet : IEquatable<VariableSet>
{
    private readonly int[] _variables;
    private readonly int _hash;

    private VariableSet(int[] variables)
    {
        _variables = variables;
        var hash = new HashCode();
        foreach (int variable in variables)
        {
            hash.Add(variable);
        }
        _hash = hash.ToHashCode();
    }

    /// <summary>No variable yet.</summary>
    public static VariableSet Empty { get; } = new([]);

    /// <summary>The variables, in the order in which the formula names them first.</summary>
    public IReadOnlyList<int> Variables => _variables;

    /// <summary>The number of variables.</summary>
    public int Degree => _variables.Length;

    /// <summary>A single variable.</summary>
    public static VariableSet Of(int variable) => new([variable]);

    /// <summary>The variables of both: <c>a:a</c> is <c>a</c>.</summary>
    public static VariableSet Union(VariableSet a, VariableSet b)
    {
        int[] merged = new int[a._variables.Length + b._variables.Length];
        int i = 0, j = 0, n = 0;
        while (i < a._variables.Length || j < b._variables.Length)
        {
            int left = i < a._variables.Length ? a._variables[i] : int.MaxValue;
            int right = j < b._variables.Length ? b._variables[j] : int.MaxValue;
            merged[n++] = Math.Min(left, right);
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }
        return n == a.Degree ? a : n == b.Degree ? b : new VariableSet(merged[..n]);
    }

    /// <inheritdoc/>
    public bool Equals(VariableSet? other) => other is not null && _variables.AsSpan().SequenceEqual(other._variables);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VariableSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
