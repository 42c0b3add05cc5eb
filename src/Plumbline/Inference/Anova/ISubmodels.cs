namespace Plumbline;

/// <summary>A term of a model.</summary>
/// <param name="Name">As the formula's terms are named.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Variables">The variables that it is a product of, as numbers.</param>
internal sealed record SubmodelTerm(string Name, IReadOnlyList<int> Columns, IReadOnlyList<int> Variables)
{
    /// <summary>Whether it is made of all variables of the other and of more.</summary>
    public bool Contains(SubmodelTerm other) =>
        Variables.Count > other.Variables.Count && !other.Variables.Except(Variables).Any();
}

/// <summary>Least squares on any of a model's columns, from its sums: the rows are not needed again.</summary>
internal interface ISubmodels
{
    /// <summary>Whether the model has an intercept, which is column 0.</summary>
    bool HasIntercept { get; }

    /// <summary>The terms, in the order of the formula.</summary>
    IReadOnlyList<SubmodelTerm> Terms { get; }

    /// <summary>Fits the response to some columns.</summary>
    /// <param name="columns">A column that those before it determine is aliased. The intercept stands first if it is among them.</param>
    LeastSquaresSolution Solve(IReadOnlyList<int> columns);
}
