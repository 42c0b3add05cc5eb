namespace Plumbline;

/// <summary>
/// How a row becomes numbers: a formula, bound to the columns of the data. It says which columns to read
/// (<see cref="Inputs"/>), what the columns of the design are (<see cref="Columns"/>), and makes the encoders that
/// turn the one into the other. Immutable, and safe to share between threads.
/// </summary>
public sealed class Design
{
    private const int ListedColumns = 10;

    private Design(
        Formula formula, SchemaBinding binding, DesignPlan plan, DesignShape shape, TermList terms, string? weights, ContrastKind? contrasts, IReadOnlyList<Note> notes)
    {
        Formula = formula;
        HasIntercept = terms.HasIntercept;
        Response = plan.Variables[^1].Spec.Name;
        Inputs = [.. binding.Inputs];
        Weights = weights;
        Sources = [.. binding.Sources];
        Notes = notes;
        Plan = plan;
        Shape = shape;
        OffsetCount = terms.Offsets.Count;
        InputColumns = binding.InputColumns();
        SourceColumns = binding.SourceColumns();
        Contrasts = contrasts;
        Columns =
        [
            new("(Intercept)", [new CoefficientPiece("(Intercept)")], shape.Parts[0].Degrees),
            .. plan.Parts.Zip(shape.Parts.Skip(1), static (part, shape) =>
                new DesignColumn(part.Name, [.. part.Factors.Select(static f => new CoefficientPiece(f))], shape.Degrees)),
        ];
    }

    /// <summary>The formula.</summary>
    public Formula Formula { get; }

    /// <summary>Whether the model has an intercept.</summary>
    public bool HasIntercept { get; }

    /// <summary>The response as R writes it, e.g. <c>log(price)</c>.</summary>
    public string Response { get; }

    /// <summary>The names of the source columns to read, each once, in order; the weights last unless they are a predictor too.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The column of weights, or null.</summary>
    public string? Weights { get; }

    /// <summary>
    /// The columns of numbers that a row becomes: the intercept first, also when the formula leaves it out
    /// (<see cref="HasIntercept"/> tells), then the predictors in R's order, then the response. Categories are not among them
    /// (<see cref="Categories"/>): which columns they make, their levels tell. <c>poly(x, k)</c> has the powers of x here.
    /// </summary>
    public IReadOnlyList<DesignColumn> Columns { get; }

    /// <summary>What was measured, and how finely it is rounded: the columns, and values of functions.</summary>
    public IReadOnlyList<RoundingSource> Sources { get; }

    /// <summary>What the writer of the formula should know.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>The categories, as written in the formula: text, true and false, <c>C(x)</c>.</summary>
    public IReadOnlyList<string> Categories => Shape.Categories;

    /// <summary>The contrasts of categories for which the formula names none; null for treatment, polynomial for ordered ones.</summary>
    public ContrastKind? Contrasts { get; }

    internal DesignPlan Plan { get; }

    /// <summary>What the encoders hand to the moments.</summary>
    internal DesignShape Shape { get; }

    /// <summary>How many offsets there are: they stand before the response among the plan's variables.</summary>
    internal int OffsetCount { get; }

    /// <summary>The columns of <see cref="Inputs"/>, as the data describe them.</summary>
    internal IReadOnlyList<ColumnInfo> InputColumns { get; }

    /// <summary>The same columns in the order of the data, which a <c>.</c> in the formula goes by: binding the formula to them gives this design again.</summary>
    internal IReadOnlyList<ColumnInfo> SourceColumns { get; }

    /// <summary>Whether <see cref="Columns"/> are the model's columns as they are: no category, no <c>poly</c>, <c>scale</c> or offset.</summary>
    internal bool IsPlain => Plan.Offset is null && Plan.Variables.All(static v => v.Spec is NumberSpec);

    /// <summary>Binds a formula to data.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="weights">The column of weights, or null.</param>
    /// <param name="contrasts">The contrasts of categories for which the formula names none; null for treatment, polynomial for ordered ones.</param>
    /// <exception cref="PlumblineException">
    /// Code <c>unknown-column</c> (with the nearest name), <c>not-numeric</c>, or <c>formula</c> (no response).
    /// </exception>
    public static Design Create(Formula formula, Schema schema, string? weights = null, ContrastKind? contrasts = null) =>
        Create(formula, schema, weights, contrasts, notes: null);

    /// <summary>Binds a formula to data that were looked at before.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="weights">The column of weights, or null.</param>
    /// <param name="contrasts">The contrasts of categories for which the formula names none, or null.</param>
    /// <param name="notes">The notes of that time; null for those of now.</param>
    internal static Design Create(Formula formula, Schema schema, string? weights, ContrastKind? contrasts, IReadOnlyList<Note>? notes)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(schema);
        if (formula.ResponseNode is null)
        {
            throw FormulaError.At(
                formula.Text, 0, "The formula has no response, and a model is fitted to one.", "Write the response before the `~`, as in `price ~ area`.");
        }
        var found = new List<Note>();
        string[]? dotColumns = formula.HasDot ? DotColumns(formula.ResponseNode, schema, weights) : null;
        TermList terms = TermAlgebra.Expand(formula.Text, formula.ResponseNode, formula.PredictorsNode, dotColumns);
        found.AddRange(terms.Notes);

        var binding = new SchemaBinding(formula.Text, schema);
        var binder = new VariableBinder(formula.Text, binding);
        int[] used = [.. terms.Terms.SelectMany(static t => t.Variables).Distinct().Order()];
        VariablePlan[] variables =
        [
            .. used.Concat(terms.Offsets).Select(v => binder.Bind(terms.Variables[v])),
            binder.BindResponse(terms.Variables[0]),
        ];
        Dictionary<int, int> place = used.Index().ToDictionary(static u => u.Item, static u => u.Index);
        int? weightsInput = weights is null ? null : binding.Weights(weights);
        (DesignPlan plan, DesignShape shape) = DesignPlanner.Plan(
            binder,
            variables,
            [.. terms.Terms.Select(t => (terms.Name(t), t.Variables.Select(v => place[v]).ToArray()))],
            terms.Offsets.Count,
            weightsInput,
            binding.Sources.Count);
        if (formula.HasDot)
        {
            AddTextNote(found, schema, binding.Inputs);
        }
        return new Design(formula, binding, plan, shape, terms, weights, contrasts, notes ?? found);
    }

    /// <summary>An encoder, for one thread, for a design without categories.</summary>
    /// <param name="missing">What is done with rows that miss a value.</param>
    /// <exception cref="InvalidOperationException">The design has categories.</exception>
    public DesignEncoder CreateEncoder(MissingValues missing) => Plan.Categories.Length == 0
        ? new DesignEncoder(this, missing, CategoryCodes.None)
        : throw new InvalidOperationException("The design has categories: its encoders need the levels that they share.");

    /// <summary>The level sets of the categories, for all encoders of one source.</summary>
    internal CategoryCodes CodesOf(IRowSource source) => CategoryCodes.Of(Plan.Categories, source);

    /// <summary>An encoder, for one thread.</summary>
    internal DesignEncoder CreateEncoder(MissingValues missing, CategoryCodes codes, bool isFrequency = false) =>
        new(this, missing, codes) { IsFrequency = isFrequency };

    /// <summary>
    /// Notes on rows that were dropped though nothing was missing in the data: because a value is not defined, such as the
    /// logarithm of a negative number, or because its level is not among those that the formula lists.
    /// </summary>
    /// <param name="droppedByColumn">What the encoders counted, added up.</param>
    public IReadOnlyList<Note> NotesOnDropped(IReadOnlyDictionary<string, long> droppedByColumn)
    {
        ArgumentNullException.ThrowIfNull(droppedByColumn);
        return
        [
            .. Plan.Numbers
                .Where(n => n.Expression is not ColumnExpression && droppedByColumn.GetValueOrDefault(n.Name) > 0)
                .Select(n => new Note(
                    "undefined-values",
                    $"{FormulaError.Code(n.Name)} is not a number in {Rows(droppedByColumn[n.Name])}, which were left out.")),
            .. Plan.Categories
                .Where(c => c.Listed is not null && droppedByColumn.GetValueOrDefault(c.Name) > 0)
                .Select(c => new Note(
                    "unlisted-levels",
                    $"{FormulaError.Code(c.Name)} does not list the level of {Rows(droppedByColumn[c.Name])}, which were left out.")),
        ];
    }

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";

    private static string[] DotColumns(Node response, Schema schema, string? weights)
    {
        HashSet<string> taken = new(NodeNames.Of(response), StringComparer.Ordinal);
        return [.. schema.Columns.Where(c => c.IsNumeric && c.Type != ColumnType.DateTime && c.Name != weights && !taken.Contains(c.Name)).Select(static c => c.Name)];
    }

    private static void AddTextNote(List<Note> notes, Schema schema, IReadOnlyList<string> inputs)
    {
        string[] left = [.. schema.Columns.Where(static c => !c.IsNumeric || c.Type == ColumnType.DateTime).Select(static c => c.Name).Except(inputs, StringComparer.Ordinal)];
        if (left.Length == 0)
        {
            return;
        }
        string names = string.Join(", ", left.Take(ListedColumns).Select(Schema.Shown));
        string more = left.Length > ListedColumns ? $" and {left.Length - ListedColumns} more" : "";
        notes.Add(new Note("text-columns-left-out", $"`.` stands for the numeric columns; it leaves out {names}{more}."));
    }
}
