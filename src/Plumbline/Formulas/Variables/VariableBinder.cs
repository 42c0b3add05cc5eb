namespace Plumbline;

/// <summary>What variables ask for → what is computed: numbers and categories, each distinct one once.</summary>
internal sealed class VariableBinder(string text, SchemaBinding binding)
{
    private readonly ExpressionBuilder _builder = new(text, binding);
    private readonly List<NumberPlan> _numbers = [];
    private readonly List<CategoryPlan> _categories = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The distinct numbers so far.</summary>
    public IReadOnlyList<NumberPlan> Numbers => _numbers;

    /// <summary>The distinct categories so far.</summary>
    public IReadOnlyList<CategoryPlan> Categories => _categories;

    /// <summary>Binds a predictor or an offset.</summary>
    /// <exception cref="PlumblineException">An unknown column, a category where a number is needed, or a wrong argument.</exception>
    public VariablePlan Bind(Variable variable)
    {
        VariableSpec spec = SpecReader.Read(text, variable);
        if (spec is NumberSpec { Expression: NameNode name } && binding.CategoryColumn(name) is not null)
        {
            spec = new CategorySpec(spec.Name, name);
        }
        return new VariablePlan(spec, spec is CategorySpec category ? Category(category) : Number(spec));
    }

    /// <summary>Binds the response, which is a number.</summary>
    /// <exception cref="PlumblineException">As <see cref="Bind"/>; <c>not-numeric</c> when it is a category.</exception>
    public VariablePlan BindResponse(Variable variable)
    {
        VariableSpec spec = SpecReader.Read(text, variable);
        if (spec is CategorySpec || (spec.Expression is NameNode name && spec is NumberSpec && binding.CategoryColumn(name) is not null))
        {
            throw FormulaError.At(
                text,
                variable.Node.Position,
                $"The response {FormulaError.Code(variable.Text)} is a category, and least squares needs a number.",
                "For an outcome of two kinds, make a column of 0 and 1; the fitted values are then shares.",
                "not-numeric",
                (spec.Expression as NameNode)?.Name);
        }
        if (spec is not NumberSpec)
        {
            throw FormulaError.At(
                text,
                variable.Node.Position,
                $"`{((CallNode)variable.Node).Function}()` stands right of the `~`; the response is one number a row.",
                "Functions such as `log` can be taken of the response.");
        }
        return new VariablePlan(spec, Number(spec));
    }

    private int Number(VariableSpec spec)
    {
        string key = Deparser.Key(Bare(spec.Expression));
        if (!_places.TryGetValue(key, out int place))
        {
            NumericExpression expression = _builder.Build(spec);
            place = _numbers.Count;
            _places.Add(key, place);
            _numbers.Add(new NumberPlan(spec is NumberSpec ? spec.Name : Deparser.Text(Bare(spec.Expression)), key, expression));
        }
        return place;
    }

    private int Category(CategorySpec spec)
    {
        var name = Bare(spec.Expression) as NameNode;
        ColumnExpression? codes = name is null ? null : binding.CategoryColumn(name);
        string[]? listed = spec.Levels is null ? null : [.. spec.Levels.Select(static l => l.Text)];
        // Which levels count, not in which order they stand, makes the codes.
        string levels = listed is null ? "" : string.Join('\u0001', listed.Order(StringComparer.Ordinal));
        string key = $"{Deparser.Key(Bare(spec.Expression))}\u0002{levels}";
        int place = _categories.FindIndex(c => c.Key == key);
        if (place < 0)
        {
            place = _categories.Count;
            _categories.Add(new CategoryPlan(
                spec.Name, key, codes ?? _builder.Build(spec), codes is null ? null : name!.Name, listed, binding.TimeUnit(name)));
        }
        return place;
    }

    private static Node Bare(Node node) => node is ParenthesesNode parentheses ? Bare(parentheses.Inner) : node;
}
