namespace Plumbline;

/// <summary>A fitted design, bound to the columns of a source again: what is computed for a row of it.</summary>
internal sealed class FittedPlan
{
    private FittedPlan(DesignPlan plan, IReadOnlyList<string> inputs, int[] places, int? response, int[] offsets, IReadOnlyList<string> absent)
    {
        Plan = plan;
        Inputs = inputs;
        Places = places;
        Response = response;
        Offsets = offsets;
        Absent = absent;
    }

    /// <summary>The numbers and categories to compute; it has no terms and parts.</summary>
    public DesignPlan Plan { get; }

    /// <summary>The columns to read.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>For each variable of the fitted design its number or its category.</summary>
    public int[] Places { get; }

    /// <summary>The number that is the response; null when the source does not have it.</summary>
    public int? Response { get; }

    /// <summary>The numbers that are offsets.</summary>
    public int[] Offsets { get; }

    /// <summary>Columns of the response that the source does not have, or not as numbers.</summary>
    public IReadOnlyList<string> Absent { get; }

    /// <summary>Binds.</summary>
    /// <param name="design">The fitted design.</param>
    /// <param name="schema">The columns of the source.</param>
    /// <param name="response">Whether the response must be there; otherwise it is computed where it can be.</param>
    /// <param name="weights">Whether the weights are read.</param>
    /// <exception cref="PlumblineException">
    /// <c>unknown-column</c>; <c>not-numeric</c>; <c>time-unit</c>: a column counts another unit of time than it did in the fit.
    /// </exception>
    public static FittedPlan Bind(FittedDesign design, Schema schema, bool response, bool weights)
    {
        CheckUnits(design, schema);
        // One text for all expressions, so that each is bound once; errors show the expression that is at fault.
        var shared = new SharedBinding(schema);
        int[] places = [.. design.Variables.Select(v => v.Kind == VariableKind.Category ? shared.Category(v) : shared.Number(v.Expression))];
        int[] offsets = [.. design.Offsets.Select(shared.Number)];
        string[] absent = [.. NodeNames.Of(Parser.ParseExpression(design.Response)).Where(c => c != "pi" && schema.Find(c) is not { IsNumeric: true }).Distinct(StringComparer.Ordinal)];
        int? place = response || absent.Length == 0 ? shared.Number(design.Response) : null;
        int? weightsInput = weights && design.Weights is string w ? shared.Binding.Weights(w) : null;
        var plan = new DesignPlan([.. shared.Numbers], [.. shared.Categories], [], [], [], null, weightsInput)
        {
            Powers = new Dictionary<(int, int), int>(),
        };
        return new FittedPlan(plan, [.. shared.Binding.Inputs], places, place, offsets, absent);
    }

    private static void CheckUnits(FittedDesign design, Schema schema)
    {
        foreach (FittedInput input in design.Inputs)
        {
            if (schema.Find(input.Column.Name) is ColumnInfo column && column.TimeUnit != input.Column.TimeUnit)
            {
                throw new PlumblineException(
                    "time-unit",
                    $"The column {Schema.Shown(column.Name)} counts {column.TimeUnit ?? "a plain number"}, and in the rows of the fit it counted {input.Column.TimeUnit ?? "a plain number"}. "
                    + "Give the data dates or times of the same kind.")
                {
                    Column = column.Name,
                };
            }
        }
    }

    private sealed class SharedBinding(Schema schema)
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public SchemaBinding Binding { get; } = new("", schema);

        public List<NumberPlan> Numbers { get; } = [];

        public List<CategoryPlan> Categories { get; } = [];

        public int Number(string expression)
        {
            if (!_numbers.TryGetValue(expression, out int place))
            {
                Node node = Parser.ParseExpression(expression);
                place = Numbers.Count;
                Numbers.Add(new NumberPlan(Deparser.Text(node), expression, Build(expression, node)));
                _numbers.Add(expression, place);
            }
            return place;
        }

        // Levels are told apart by text, so a column of numbers serves where the fit had text, and the other way round.
        public int Category(FittedVariable variable)
        {
            Node node = Parser.ParseExpression(variable.Expression);
            Binding.Text = variable.Expression;
            var name = node as NameNode;
            ColumnExpression? codes = name is null ? null : Binding.CategoryColumn(name);
            Categories.Add(new CategoryPlan(
                variable.Name,
                $"{Categories.Count}",
                codes ?? Build(variable.Expression, node),
                codes is null ? null : name!.Name,
                variable.Listed,
                Binding.TimeUnit(name)));
            return Categories.Count - 1;
        }

        private NumericExpression Build(string text, Node node)
        {
            Binding.Text = text;
            return new ExpressionBuilder(text, Binding).Build(node);
        }
    }
}
