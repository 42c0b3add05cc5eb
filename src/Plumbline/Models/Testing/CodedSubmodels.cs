namespace Plumbline;

/// <summary>A model's terms and the moments of their columns: every sub-model is solved from them.</summary>
internal sealed class CodedSubmodels : ISubmodels
{
    private readonly CodedMoments _coded;

    public CodedSubmodels(CodedMoments coded)
    {
        _coded = coded;
        Terms =
        [
            .. coded.Design.Terms.Select((term, t) => new SubmodelTerm(
                term.Name,
                [.. coded.Design.Columns.Index().Where(c => c.Item.Term == t + 1).Select(static c => c.Index)],
                term.Variables)),
        ];
    }

    /// <inheritdoc/>
    public bool HasIntercept => _coded.HasIntercept;

    /// <inheritdoc/>
    public IReadOnlyList<SubmodelTerm> Terms { get; }

    /// <inheritdoc/>
    public LeastSquaresSolution Solve(IReadOnlyList<int> columns) => _coded.SolveSubset(columns, Arithmetic.Exact);
}
