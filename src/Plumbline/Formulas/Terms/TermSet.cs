using System.Collections;

namespace Plumbline;

/// <summary>A set of terms that remembers in which order they came.</summary>
internal sealed class TermSet : IEnumerable<VariableSet>
{
    private readonly OrderedDictionary<VariableSet, bool> _terms = [];

    /// <summary>The number of terms.</summary>
    public int Count => _terms.Count;

    /// <summary>Adds a term at the end, unless it is there.</summary>
    public bool Add(VariableSet term) => _terms.TryAdd(term, true);

    /// <summary>Takes a term out; false when it is not there.</summary>
    public bool Remove(VariableSet term) => _terms.Remove(term);

    /// <inheritdoc/>
    public IEnumerator<VariableSet> GetEnumerator() => _terms.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
