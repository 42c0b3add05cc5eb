namespace Plumbline;

/// <summary>Names → columns of the data: gives each column that is used its place among the inputs, and keeps the sources of rounding.</summary>
internal sealed class SchemaBinding(string text, Schema schema) : ColumnBinding
{
    private readonly Dictionary<string, ColumnExpression> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnExpression> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _computed = new(StringComparer.Ordinal);
    private readonly List<string> _inputs = [];
    private readonly List<RoundingSource> _sources = [];

    /// <summary>The formula, for errors.</summary>
    public string Text { get; set; } = text;

    /// <summary>The columns used, in the order of their places.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>What the data say of the columns used.</summary>
    public ColumnInfo[] InputColumns() => [.. _inputs.Select(name => schema.Find(name)!)];

    /// <summary>The same, in the order of the data.</summary>
    public ColumnInfo[] SourceColumns()
    {
        var used = new HashSet<string>(_inputs, StringComparer.Ordinal);
        return [.. schema.Columns.Where(c => used.Contains(c.Name))];
    }

    /// <summary>The sources of rounding, in the order of their numbers.</summary>
    public IReadOnlyList<RoundingSource> Sources => _sources;

    /// <inheritdoc/>
    public override ColumnExpression? Column(NameNode name)
    {
        if (_columns.TryGetValue(name.Name, out ColumnExpression? known))
        {
            return known;
        }
        ColumnInfo? column = schema.Find(name.Name);
        if (column is null)
        {
            return name.Name == "pi" ? null : throw NoColumn(name);
        }
        if (!column.IsNumeric)
        {
            throw FormulaError.At(
                Text,
                name.Position,
                $"The column {Schema.Shown(name.Name)} holds {Kind(column.Type)}{Because(column)}, and a number was expected.",
                column.IsCategory
                    ? "As a category it stands on its own, as in `y ~ a + b`, and can be crossed with others; arithmetic needs a column of numbers."
                    : "Leave the column out, or make a number of it in the data.",
                "not-numeric",
                name.Name);
        }
        _sources.Add(new RoundingSource(column.Name, column.Unit));
        return Place(column.Name, SourceDegrees.Of(_sources.Count - 1));
    }

    /// <summary>The column of that name when it holds text or booleans, as codes; null when it holds numbers.</summary>
    /// <exception cref="PlumblineException">Code <c>unknown-column</c>.</exception>
    public ColumnExpression? CategoryColumn(NameNode name)
    {
        if (schema.Find(name.Name) is not ColumnInfo column)
        {
            return name.Name == "pi" ? null : throw NoColumn(name);
        }
        if (!column.IsCategory)
        {
            return null;
        }
        if (!_codes.TryGetValue(name.Name, out ColumnExpression? codes))
        {
            codes = new ColumnExpression(_inputs.Count, SourceDegrees.None);
            _inputs.Add(name.Name);
            _codes.Add(name.Name, codes);
        }
        return codes;
    }

    /// <summary>What a column of dates or times counts; null for others, and when there is no name.</summary>
    public string? TimeUnit(NameNode? name) => name is null ? null : schema.Find(name.Name)?.TimeUnit;

    /// <summary>The place of the column of weights: the last, unless it is a predictor too.</summary>
    /// <exception cref="PlumblineException">Code <c>unknown-column</c> or <c>not-numeric</c>.</exception>
    public int Weights(string name)
    {
        if (schema.Find(name) is not ColumnInfo column)
        {
            throw new PlumblineException(
                "unknown-column", $"There is no column {Schema.Shown(name)} in the data to take the weights from.\n{schema.Suggest(name)}")
            {
                Column = name,
            };
        }
        if (!column.IsNumeric)
        {
            throw new PlumblineException(
                "not-numeric", $"The column of weights {Schema.Shown(name)} holds {Kind(column.Type)}, and weights are numbers, 0 or more.")
            {
                Column = name,
            };
        }
        return (_columns.GetValueOrDefault(name) ?? Place(name, SourceDegrees.None)).Input;
    }

    /// <inheritdoc/>
    public override SourceDegrees Computed(string name, SourceDegrees of)
    {
        // A value computed from coarse numbers is no finer than they are.
        double unit = of.Sources.Select(s => _sources[s].Unit).Append(ColumnInfo.DoubleUnit).Max();
        if (!_computed.TryGetValue(name, out int source))
        {
            source = _sources.Count;
            _sources.Add(new RoundingSource(name, unit));
            _computed.Add(name, source);
        }
        return SourceDegrees.Of(source);
    }

    private PlumblineException NoColumn(NameNode name) => FormulaError.At(
        Text, name.Position, $"There is no column {Schema.Shown(name.Name)} in the data.", schema.Suggest(name.Name), "unknown-column", name.Name);

    private ColumnExpression Place(string name, SourceDegrees degrees)
    {
        var column = new ColumnExpression(_inputs.Count, degrees);
        _inputs.Add(name);
        _columns.Add(name, column);
        return column;
    }

    private static string Because(ColumnInfo column) => column.Evidence is null ? "" : $" ({FormulaError.Clean(column.Evidence)})";

    private static string Kind(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Boolean => "true and false",
        ColumnType.DateTime => "dates or times",
        _ => "numbers",
    };
}
