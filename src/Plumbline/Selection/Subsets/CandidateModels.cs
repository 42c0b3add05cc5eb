namespace Plumbline;

/// <summary>
/// The terms that are selected from, and the exact fit of any of them, from moments alone. Columns of a term go together, and a product
/// is never in a model without what it is a product of (as far as the formula has it): so coding of categories does not depend on the model.
/// </summary>
internal sealed class CandidateModels
{
    private readonly CodedSubmodels _models;
    private readonly Design _design;
    private readonly string[] _offsets;
    private readonly Dictionary<string, (SubsetModel Model, LeastSquaresSolution Solution)> _solved = new(StringComparer.Ordinal);
    private readonly double _variance;
    private readonly bool _hasLikelihood;

    public CandidateModels(DesignMoments moments, IReadOnlyList<string> keep)
        : this(moments, moments.Code(null), keep)
    {
    }

    /// <param name="moments">The rows.</param>
    /// <param name="coded">The columns that they are coded in.</param>
    /// <param name="keep">Terms that every model has.</param>
    public CandidateModels(DesignMoments moments, CodedMoments coded, IReadOnlyList<string> keep)
    {
        _design = moments.Design;
        _hasLikelihood = _design.Weights is null || moments.WeightKind != WeightKind.Sampling;
        _models = new CodedSubmodels(coded);
        Terms = _models.Terms;
        if (!_design.HasIntercept && _design.Categories.Count > 0)
        {
            throw new PlumblineException(
                "option", "Without an intercept the coding of categories changes with the terms in the model, so terms cannot be selected. Leave the intercept in.");
        }
        _offsets = [.. _design.Plan.Variables.SkipLast(1).TakeLast(_design.OffsetCount).Select(static v => v.Spec.Name)];
        Margins = [.. Terms.Select(t => Enumerable.Range(0, Terms.Count).Where(s => t.Contains(Terms[s])).ToArray())];
        var kept = new SortedSet<int>();
        foreach (string name in keep)
        {
            int t = Terms.Index().Where(item => item.Item.Name == name).Select(static item => item.Index).DefaultIfEmpty(-1).First();
            if (t < 0)
            {
                string near = NearestName.Find(name, Terms.Select(static term => term.Name)) is { } found ? $" Did you mean {FormulaError.Code(found)}?" : "";
                throw new PlumblineException("option", $"There is no term {FormulaError.Code(name)} to keep in {FormulaError.Code(_design.Formula.Text)}.{near}");
            }
            kept.Add(t);
            kept.UnionWith(Margins[t]);
        }
        Kept = [.. kept];
        FitStatistics full = SolutionOf([.. Enumerable.Range(0, Terms.Count)]).Statistics;
        _variance = full.DfResidual > 0 && !full.IsExactFit ? full.Rss / full.DfResidual : double.NaN;
    }

    /// <summary>The terms, in the order of the formula.</summary>
    public IReadOnlyList<SubmodelTerm> Terms { get; }

    /// <summary>For each term those that it contains.</summary>
    public int[][] Margins { get; }

    /// <summary>Terms that every model has.</summary>
    public IReadOnlyList<int> Kept { get; }

    /// <summary>How many models were fitted.</summary>
    public int Fitted => _solved.Count;

    /// <summary>The fit of some terms.</summary>
    /// <param name="terms">Ascending.</param>
    public SubsetModel Fit(IReadOnlyList<int> terms) => Solve(terms).Model;

    /// <summary>The same as numbers.</summary>
    public LeastSquaresSolution SolutionOf(IReadOnlyList<int> terms) => Solve(terms).Solution;

    private (SubsetModel Model, LeastSquaresSolution Solution) Solve(IReadOnlyList<int> terms)
    {
        string key = string.Join(',', terms);
        if (_solved.TryGetValue(key, out (SubsetModel, LeastSquaresSolution) known))
        {
            return known;
        }
        int[] columns = [.. _models.HasIntercept ? (int[])[0] : [], .. terms.SelectMany(t => Terms[t].Columns)];
        LeastSquaresSolution solution = _models.Solve(columns);
        FitStatistics s = solution.Statistics;
        string[] names = [.. terms.Select(t => Terms[t].Name)];
        string[] right = [.. _models.HasIntercept ? (names.Length == 0 ? (string[])["1"] : []) : ["0"], .. names, .. _offsets];
        var model = new SubsetModel
        {
            Terms = names,
            Formula = $"{_design.Response} ~ {string.Join(" + ", right)}",
            Rank = solution.Rank,
            Rss = s.Rss,
            AdjustedRSquared = s.AdjustedRSquared,
            MallowsCp = (s.Rss / _variance) - s.Rows + (2 * solution.Rank),
            Aic = !_hasLikelihood ? double.NaN : s.IsExactFit ? double.NegativeInfinity : s.Aic,
            Bic = !_hasLikelihood ? double.NaN : s.IsExactFit ? double.NegativeInfinity : s.Bic,
        };
        if (_variance > 0 || _solved.Count > 0)
        {
            _solved.Add(key, (model, solution));
        }
        return (model, solution);
    }
}
