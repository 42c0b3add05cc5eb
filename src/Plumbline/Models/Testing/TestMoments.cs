namespace Plumbline;

/// <summary>The sums of a formula's columns, and of a second formula's beside them: every sub-model can be solved from them.</summary>
internal sealed class TestMoments : ISubmodels
{
    private readonly Moments _moments;
    private readonly TestPlan _plan;
    private readonly RowCounts _rows;
    private readonly string _source;

    private TestMoments(Moments moments, TestPlan plan, RowCounts rows, string source)
    {
        _moments = moments;
        _plan = plan;
        _rows = rows;
        _source = source;
    }

    /// <inheritdoc/>
    public bool HasIntercept => _plan.First.HasIntercept;

    /// <inheritdoc/>
    public IReadOnlyList<SubmodelTerm> Terms => _plan.Terms;

    /// <summary>Reads the rows once.</summary>
    /// <exception cref="PlumblineException">As of <see cref="ModelTests.Run"/>.</exception>
    public static TestMoments Read(
        string formula, string? against, IRowSource source, FitOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var plan = TestPlan.Of(formula, against, new Schema(source.Columns), options.Weights);
        var pump = new RowPump(plan.Both, source, options);
        using var builder = new MomentsBuilder(plan.Both.Columns, plan.Both.Sources, plan.Both.Weights is not null);
        pump.Run(builder.Add, progress, cancellation);
        Moments moments = builder.Build();
        LinearRegression.RequireRows(moments.Rows, pump);
        RowCounts rows = pump.Count(moments.Rows);
        plan.RequireSameRows(rows, source, options, cancellation);
        return new TestMoments(moments, plan, rows, source.Name);
    }

    /// <inheritdoc/>
    public LeastSquaresSolution Solve(IReadOnlyList<int> columns) => NormalEquations.Solve(_moments, [.. columns]);

    /// <summary>The model of the first formula.</summary>
    public LinearModel Fit(FitOptions options)
    {
        Design design = _plan.First;
        var origin = new ModelOrigin(
            design.Formula.Text, design.Response, _source, design.HasIntercept, _plan.Both.Columns, _rows,
            [.. design.Notes, .. design.NotesOnDropped(_rows.DroppedByColumn)]);
        return ModelAssembly.Assemble(origin, Solve(_plan.FirstColumns), options);
    }

    /// <summary>The first model against the second, whichever is the larger.</summary>
    /// <exception cref="PlumblineException"><c>not-nested</c>: neither is part of the other, or both are the same.</exception>
    public NestedComparison Compare()
    {
        (Design Design, int[] Columns) first = (_plan.First, _plan.FirstColumns), second = (_plan.Second!, _plan.SecondColumns);
        LeastSquaresSolution a = Solve(first.Columns), b = Solve(second.Columns);
        bool isFirstLarger = a.Rank >= b.Rank;
        ((Design Design, int[] Columns) larger, (Design Design, int[] Columns) smaller) = isFirstLarger ? (first, second) : (second, first);
        int[] outside = Outside(larger.Columns, smaller.Columns);
        if (outside.Length > 0 || a.Rank == b.Rank)
        {
            throw NotNested(larger.Design, smaller.Design, outside);
        }
        int[] intercept = larger.Columns.Contains(0) || smaller.Columns.Contains(0) ? [0] : [];
        int[] added = [.. larger.Columns.Except(smaller.Columns).Except(intercept)];
        LeastSquaresSolution all = Solve([.. intercept, .. smaller.Columns.Except(intercept), .. added]);
        return NestedTests.Compare((smaller.Design.Formula.Text, larger.Design.Formula.Text), isFirstLarger ? b : a, all, [.. added, .. intercept.Except(smaller.Columns)]);
    }

    /// <summary>The columns that others do not span.</summary>
    private int[] Outside(int[] span, int[] columns)
    {
        int[] extra = [.. columns.Except(span)];
        return [.. AliasingRule.Apply(_moments, [.. span, .. extra]).Kept.Where(extra.Contains)];
    }

    private PlumblineException NotNested(Design larger, Design smaller, int[] outside)
    {
        string first = FormulaError.Code(smaller.Formula.Text), second = FormulaError.Code(larger.Formula.Text);
        if (outside.Length == 0)
        {
            return new PlumblineException("not-nested", $"{first} and {second} are the same model: their columns span the same. Compare a model with one that has more columns.");
        }
        string names = string.Join(", ", outside.Take(5).Select(c => FormulaError.Code(_plan.Both.Columns[c].Name)));
        string more = outside.Length > 5 ? $" and {outside.Length - 5} more" : "";
        return new PlumblineException(
            "not-nested",
            $"{first} is not part of {second}: its columns {names}{more} are no combination of the other's. F, likelihood-ratio and Wald tests need nested models; compare others by AIC or by cross-validation.");
    }
}
