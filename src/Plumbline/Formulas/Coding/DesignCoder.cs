using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A design and the levels of its data → the columns of the model, as exact combinations of plain columns.
/// A column of a term is a product of elements, one of each variable's coding (the first variable's varies fastest, as in R); its
/// combination is the product of theirs, its norm² the product of their norms².
/// Cost: one product of exact values an entry of a combination.
/// </summary>
internal sealed class DesignCoder
{
    /// <summary>The most columns that a model may have.</summary>
    public const int MaxColumns = 20_000;

    private readonly Design _design;
    private readonly DesignPlan _plan;
    private readonly VariableCoding[] _codings;
    private readonly CategoryCoding?[] _categories;

    private DesignCoder(Design design, VariableCoding[] codings, CategoryCoding?[] categories)
    {
        _design = design;
        _plan = design.Plan;
        _codings = codings;
        _categories = categories;
    }

    /// <summary>Codes a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="codings">How each variable becomes columns.</param>
    /// <param name="categories">For each variable that is a category its levels; null for numbers.</param>
    /// <exception cref="PlumblineException">Code <c>too-many-columns</c>.</exception>
    public static CodedDesign Code(Design design, VariableCoding[] codings, CategoryCoding?[] categories)
    {
        var coder = new DesignCoder(design, codings, categories);
        DesignPlan plan = design.Plan;
        bool[][] contrasts = CodingRule.Apply(
            Array.ConvertAll(plan.Terms, static t => t.Variables), v => plan.Variables[v].Category is not null, design.HasIntercept);
        var columns = new List<CodedColumn>();
        if (design.HasIntercept)
        {
            columns.Add(new CodedColumn(
                "(Intercept)", [new CoefficientPiece("(Intercept)")], 0, [(new PlainColumn(0, [], []), ExactMath.One)], ExactMath.One));
        }
        coder.RequireFew(contrasts, columns.Count);
        for (int t = 0; t < plan.Terms.Length; t++)
        {
            coder.AddTerm(columns, t, contrasts[t]);
        }
        return new CodedDesign(
            columns,
            new PlainColumn(design.Shape.Response, [], []),
            plan.Offset is int offset ? new PlainColumn(offset, [], []) : null,
            [.. plan.Terms.Select(static t => new CodedTerm(t.Name, t.Variables))],
            codings,
            categories);
    }

    private IReadOnlyList<CodedElement> Elements(int variable, bool contrasts) =>
        contrasts ? _codings[variable].Elements : _codings[variable].Indicators;

    private void RequireFew(bool[][] contrasts, int columns)
    {
        double count = columns;
        for (int t = 0; t < _plan.Terms.Length; t++)
        {
            double product = 1;
            for (int v = 0; v < contrasts[t].Length; v++)
            {
                product *= Elements(_plan.Terms[t].Variables[v], contrasts[t][v]).Count;
            }
            count += product;
            if (count > MaxColumns)
            {
                throw new PlumblineException(
                    "too-many-columns",
                    $"The model would have more than {MaxColumns} columns: {FormulaError.Code(_plan.Terms[t].Name)} alone has {product:N0}. "
                    + "Leave out categories with very many levels, or do not cross them.");
            }
        }
    }

    private void AddTerm(List<CodedColumn> columns, int term, bool[] contrasts)
    {
        int[] variables = _plan.Terms[term].Variables;
        IReadOnlyList<CodedElement>[] elements = [.. variables.Select((v, i) => Elements(v, contrasts[i]))];
        int[] at = new int[variables.Length];
        while (true)
        {
            columns.Add(Column(term, contrasts, elements, at));
            int v = 0;
            while (v < at.Length && ++at[v] == elements[v].Count)
            {
                at[v++] = 0;
            }
            if (v == at.Length)
            {
                return;
            }
        }
    }

    private CodedColumn Column(int term, bool[] contrasts, IReadOnlyList<CodedElement>[] elements, int[] at)
    {
        int[] variables = _plan.Terms[term].Variables;
        var pieces = new CoefficientPiece[at.Length];
        var factors = new CodedFactor[at.Length];
        ExactValue norm = ExactMath.One;
        for (int v = 0; v < at.Length; v++)
        {
            CodedElement element = elements[v][at[v]];
            VariablePlan variable = _plan.Variables[variables[v]];
            bool isIndicator = variable.Category is not null && !contrasts[v];
            pieces[v] = new CoefficientPiece(variable.Spec.Name, element.Label, isIndicator ? null : _codings[variables[v]].Contrast);
            factors[v] = new CodedFactor(variables[v], at[v], isIndicator);
            norm *= element.NormSquared;
        }
        var combination = new Combination(this, _plan.Terms[term]);
        combination.Add(elements, at);
        return new CodedColumn(string.Join<CoefficientPiece>(':', pieces), pieces, term + 1, combination.ToArray(), norm) { Factors = factors };
    }

    /// <summary>The plain columns of one column of a term, with their factors.</summary>
    private sealed class Combination(DesignCoder coder, TermPlan term)
    {
        private readonly OrderedDictionary<PlainColumn, ExactValue> _factors = [];
        private readonly int[] _codes = new int[term.Categories.Length];

        public void Add(IReadOnlyList<CodedElement>[] elements, int[] at)
        {
            Array.Fill(_codes, -1);
            Add(elements, at, 0, 0, 1, ExactMath.One);
        }

        public (PlainColumn, ExactValue)[] ToArray() => [.. _factors.Where(static f => !f.Value.IsZero).Select(static f => (f.Key, f.Value))];

        // part and stride walk the term's table of parts: the first numeric variable varies fastest.
        private void Add(IReadOnlyList<CodedElement>[] elements, int[] at, int v, int part, int stride, ExactValue factor)
        {
            if (v == elements.Length)
            {
                var column = new PlainColumn(term.Parts[part], term.Categories, [.. _codes]);
                _factors[column] = _factors.GetValueOrDefault(column) + factor;
                return;
            }
            int number = term.Variables[v];
            VariablePlan variable = coder._plan.Variables[number];
            foreach ((int element, ExactValue f) in elements[v][at[v]].Combination)
            {
                if (coder._categories[number] is not CategoryCoding category)
                {
                    (int first, int last) = variable.Powers;
                    Add(elements, at, v + 1, part + (stride * (element - first)), stride * (last - first + 1), factor * f);
                    continue;
                }
                int place = Array.IndexOf(term.Categories, variable.Place);
                int before = _codes[place], code = category.Codes[element];
                if (before < 0 || before == code)               // else two levels of one category: the product is 0
                {
                    _codes[place] = code;
                    Add(elements, at, v + 1, part, stride, factor * f);
                    _codes[place] = before;
                }
            }
        }
    }
}
