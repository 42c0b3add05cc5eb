namespace Plumbline;

/// <summary>
/// How a row becomes numbers: a formula, bound to the columns of the data. It says which columns to read
/// (<see cref="Inputs"/>), what the columns of the design are (<see cref="Columns"/>), and makes the encoders that
/// turn the one into the other. Immutable, and safe to share between threads.
/// </summary>
public sealed class Design
{
    private const int ListedColumns = 10;

    private Design(Formula formula, SchemaBinding binding, DesignPlan plan, TermList terms, string? weights, IReadOnlyList<Note> notes)
    {
        Formula = formula;
        HasIntercept = terms.HasIntercept;
        Response = plan.VariableNames[plan.Outputs[^1][0]];
        Inputs = [.. binding.Inputs];
        Weights = weights;
        Sources = [.. binding.Sources];
        Notes = notes;
        Plan = plan;

        int count = Sources.Count;
        var columns = new List<DesignColumn>(plan.Outputs.Length + 1)
        {
            new("(Intercept)", [new CoefficientPiece("(Intercept)")], SourceDegrees.None.Over(count)),
        };
        foreach (int[] factors in plan.Outputs)
        {
            CoefficientPiece[] pieces = Array.ConvertAll(factors, f => new CoefficientPiece(plan.VariableNames[f]));
            SourceDegrees degrees = factors.Select(f => plan.Variables[f].Degrees).Aggregate(SourceDegrees.Product);
            columns.Add(new DesignColumn(string.Join(':', pieces.Select(static p => p.Variable)), pieces, degrees.Over(count)));
        }
        Columns = columns;
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
    /// The columns of the design: the intercept first, also when the formula leaves it out
    /// (<see cref="HasIntercept"/> tells), then the predictors in R's order, then the response.
    /// </summary>
    public IReadOnlyList<DesignColumn> Columns { get; }

    /// <summary>What was measured, and how finely it is rounded: the columns, and values of functions.</summary>
    public IReadOnlyList<RoundingSource> Sources { get; }

    /// <summary>What the writer of the formula should know.</summary>
    public IReadOnlyList<Note> Notes { get; }

    internal DesignPlan Plan { get; }

    /// <summary>The inputs that predictors are made of: what prediction needs.</summary>
    internal IReadOnlySet<string> PredictorInputs { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Binds a formula to data.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="weights">The column of weights, or null.</param>
    /// <exception cref="PlumblineException">
    /// Code <c>unknown-column</c> (with the nearest name), <c>not-numeric</c>, or <c>formula</c> (no response).
    /// </exception>
    public static Design Create(Formula formula, Schema schema, string? weights = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(schema);
        if (formula.ResponseNode is null)
        {
            throw FormulaError.At(
                formula.Text, 0, "The formula has no response, and a model is fitted to one.", "Write the response before the `~`, as in `price ~ area`.");
        }
        var notes = new List<Note>();
        string[]? dotColumns = formula.HasDot ? DotColumns(formula.ResponseNode, schema, weights) : null;
        TermList terms = TermAlgebra.Expand(formula.Text, formula.ResponseNode, formula.PredictorsNode, dotColumns);
        notes.AddRange(terms.Notes);

        var binding = new SchemaBinding(formula.Text, schema);
        var builder = new ExpressionBuilder(formula.Text, binding);
        int[] used = [.. terms.Terms.SelectMany(static t => t.Variables).Append(0).Distinct()];
        NumericExpression[] variables = Array.ConvertAll(used, v => builder.Build(terms.Variables[v]));
        int? weightsInput = weights is null ? null : binding.Weights(weights);
        Dictionary<int, int> place = used.Index().ToDictionary(static u => u.Item, static u => u.Index);
        var plan = new DesignPlan(
            variables,
            Array.ConvertAll(used, v => terms.Variables[v].Text),
            [.. terms.Terms.Select(t => t.Variables.Select(v => place[v]).ToArray()), [place[0]]],
            weightsInput);
        if (formula.HasDot)
        {
            AddTextNote(notes, schema, binding.Inputs);
        }
        IEnumerable<string> predictors = terms.Terms.SelectMany(static t => t.Variables).Distinct().SelectMany(v => ColumnNames(terms.Variables[v].Node));
        return new Design(formula, binding, plan, terms, weights, notes)
        {
            PredictorInputs = predictors.Intersect(binding.Inputs, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>An encoder, for one thread.</summary>
    /// <param name="missing">What is done with rows that miss a value.</param>
    public DesignEncoder CreateEncoder(MissingValues missing) => new(this, missing);

    /// <summary>
    /// Notes on rows that were dropped because a value is not defined, such as the logarithm of a negative number,
    /// though nothing was missing in the data.
    /// </summary>
    /// <param name="droppedByColumn">What the encoders counted, added up.</param>
    public IReadOnlyList<Note> NotesOnDropped(IReadOnlyDictionary<string, long> droppedByColumn)
    {
        ArgumentNullException.ThrowIfNull(droppedByColumn);
        return
        [
            .. Plan.VariableNames
                .Where((name, v) => Plan.Variables[v] is not ColumnExpression && droppedByColumn.GetValueOrDefault(name) > 0)
                .Select(name => new Note(
                    "undefined-values",
                    $"{FormulaError.Code(name)} is not a number in {Rows(droppedByColumn[name])}, which were left out.")),
        ];
    }

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";

    private static string[] DotColumns(Node response, Schema schema, string? weights)
    {
        HashSet<string> taken = new(ColumnNames(response), StringComparer.Ordinal);
        return [.. schema.Columns.Where(c => c.IsNumeric && c.Name != weights && !taken.Contains(c.Name)).Select(static c => c.Name)];
    }

    private static void AddTextNote(List<Note> notes, Schema schema, IReadOnlyList<string> inputs)
    {
        string[] left = [.. schema.Columns.Where(static c => !c.IsNumeric).Select(static c => c.Name).Except(inputs, StringComparer.Ordinal)];
        if (left.Length == 0)
        {
            return;
        }
        string names = string.Join(", ", left.Take(ListedColumns).Select(Schema.Shown));
        string more = left.Length > ListedColumns ? $" and {left.Length - ListedColumns} more" : "";
        notes.Add(new Note("text-columns-left-out", $"`.` stands for the numeric columns; it leaves out {names}{more}."));
    }

    private static IEnumerable<string> ColumnNames(Node node) => node switch
    {
        NameNode name => [name.Name],
        ParenthesesNode parentheses => ColumnNames(parentheses.Inner),
        UnaryNode unary => ColumnNames(unary.Operand),
        BinaryNode binary => ColumnNames(binary.Left).Concat(ColumnNames(binary.Right)),
        SumNode sum => ColumnNames(sum.First).Concat(sum.Steps.SelectMany(static s => ColumnNames(s.Operand))),
        CallNode call => call.Arguments.SelectMany(static a => ColumnNames(a.Value)),
        _ => [],
    };
}
