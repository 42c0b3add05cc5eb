using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A design with its levels known, and the moments of the columns that it has then.</summary>
/// <param name="Design">The columns of the model.</param>
/// <param name="Model">Their moments: the constant first, whether it is in the model or not, then the predictors, then the response.</param>
/// <param name="HasIntercept">Whether the constant is in the model.</param>
internal sealed record CodedMoments(CodedDesign Design, ModelMoments Model, bool HasIntercept)
{
    /// <summary>The moments' column of a coded column.</summary>
    public int Place(int codedColumn) => codedColumn + (HasIntercept ? 0 : 1);

    /// <summary>Forms Tᵀ M T from the moments of plain columns.</summary>
    /// <param name="coded">The columns of the model.</param>
    /// <param name="cells">The moments of plain columns.</param>
    /// <param name="sources">The sources of rounding that the parts' degrees refer to.</param>
    /// <param name="response">What the response is called.</param>
    /// <param name="hasIntercept">Whether the intercept is the first column.</param>
    public static CodedMoments Of(
        CodedDesign coded, CellMoments cells, IReadOnlyList<RoundingSource> sources, string response, bool hasIntercept)
    {
        (PlainColumn, ExactValue)[] constant = [(new PlainColumn(0, [], []), ExactMath.One)];
        CodedColumn[] predictors = [.. coded.Columns.Skip(hasIntercept ? 1 : 0)];
        (PlainColumn, ExactValue)[][] combinations = [constant, .. predictors.Select(static c => c.Combination), [(coded.Response, ExactMath.One)]];
        var products = new ColumnCombinations(cells, combinations);
        DesignColumn[] columns =
        [
            new("(Intercept)", [new CoefficientPiece("(Intercept)")], products.DegreesOf(0, sources.Count)),
            .. predictors.Select((c, j) => new DesignColumn(c.Name, c.Pieces, products.DegreesOf(j + 1, sources.Count))),
            new(response, [new CoefficientPiece(response)], products.DegreesOf(predictors.Length + 1, sources.Count)),
        ];
        var rounding = new Dictionary<int, RoundingForm>();
        for (int s = 0; s < sources.Count; s++)
        {
            if (products.FormOf(s) is { } form)
            {
                rounding.Add(s, form);
            }
        }
        var moments = new Moments(columns, sources, cells.Observations, cells.SumLogWeights, products.Packed());
        ExactValue[] norms = [ExactMath.One, .. predictors.Select(static c => c.NormSquared), ExactMath.One];
        return new CodedMoments(coded, new ModelMoments(moments, norms, rounding), hasIntercept);
    }

    /// <summary>Least squares on some of the columns; indices in the solution are those of <see cref="CodedDesign.Columns"/>.</summary>
    /// <param name="codedColumns">Indices of <see cref="CodedDesign.Columns"/>; the intercept first if it is among them. A column that those before it determine is aliased.</param>
    /// <param name="arithmetic">Whether it is solved with proof, or in doubles.</param>
    public LeastSquaresSolution SolveSubset(IReadOnlyList<int> codedColumns, Arithmetic arithmetic)
    {
        bool hasIntercept = HasIntercept && codedColumns.Contains(0);
        ModelMoments part = Model.Select([.. codedColumns.Select(Place)]);
        LeastSquaresSolution solution = Solve(part, hasIntercept, arithmetic);
        int[] predictors = [.. codedColumns.Where(c => !HasIntercept || c != 0)];
        int Index(int column) => column == 0 ? 0 : predictors[column - 1];
        return solution with
        {
            Kept = [.. solution.Kept.Select(Index)],
            Aliased = [.. solution.Aliased.Select(a => a with { Column = Index(a.Column), Parts = [.. a.Parts.Select(p => p with { Column = Index(p.Column) })] })],
            NearlyAliased = [.. solution.NearlyAliased.Select(n => n with { Column = Index(n.Column) })],
        };
    }

    /// <summary>Least squares on all columns; indices in the solution are those of the moments' columns.</summary>
    public LeastSquaresSolution Solve(Arithmetic arithmetic) => Solve(Model, HasIntercept, arithmetic);

    private static LeastSquaresSolution Solve(ModelMoments model, bool hasIntercept, Arithmetic arithmetic) => arithmetic == Arithmetic.Exact
        ? NormalEquations.Solve(model, hasIntercept)
        : FastNormalEquations.Solve(model, hasIntercept);
}
