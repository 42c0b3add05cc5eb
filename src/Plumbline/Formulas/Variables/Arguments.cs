namespace Plumbline;

/// <summary>The arguments of a call, matched with the names of its parameters as R does: named ones first, then the others in order.</summary>
internal sealed class Arguments
{
    private readonly string _text;
    private readonly CallNode _call;
    private readonly Dictionary<string, Node> _values = new(StringComparer.Ordinal);

    private Arguments(string text, CallNode call)
    {
        _text = text;
        _call = call;
    }

    /// <summary>Where the call stands.</summary>
    public int Position => _call.Position;

    /// <summary>Matches.</summary>
    /// <param name="text">The formula, for errors.</param>
    /// <param name="call">The call.</param>
    /// <param name="parameters">The names, the first of them required; a name in angle brackets (<c>&lt;base&gt;</c>) must be written.</param>
    /// <exception cref="PlumblineException">Code <c>formula</c>: an argument too many, unknown, twice, or the first is missing.</exception>
    public static Arguments Match(string text, CallNode call, params string[] parameters)
    {
        var found = new Arguments(text, call);
        string[] names = Array.ConvertAll(parameters, static p => p.Trim('<', '>'));
        foreach (Argument argument in call.Arguments)
        {
            if (argument.Name is string name)
            {
                string? near = names.Contains(name, StringComparer.Ordinal) ? name : null;
                if (near is null)
                {
                    throw FormulaError.At(
                        text,
                        argument.Value.Position,
                        $"`{call.Function}()` has no argument `{FormulaError.Clean(name)}` here.",
                        $"Its arguments are {string.Join(", ", names.Select(static n => $"`{n}`"))}.");
                }
                if (!found._values.TryAdd(name, argument.Value))
                {
                    throw FormulaError.At(text, argument.Value.Position, $"The argument `{name}` is given twice.");
                }
            }
        }
        string[] open = [.. parameters.Where(p => p[0] != '<' && !found._values.ContainsKey(p))];
        int at = 0;
        foreach (Argument argument in call.Arguments.Where(static a => a.Name is null))
        {
            if (at == open.Length)
            {
                throw FormulaError.At(
                    text,
                    argument.Value.Position,
                    $"`{call.Function}()` takes no further argument here.",
                    names.Length > 1 ? $"Its arguments are {string.Join(", ", names.Select(static n => $"`{n}`"))}; write the name before the value, as in `{names[^1]} = …`." : null);
            }
            found._values.Add(open[at++], argument.Value);
        }
        return found._values.ContainsKey(names[0])
            ? found
            : throw FormulaError.At(text, call.Position, $"`{call.Function}()` takes at least one argument, not {call.Arguments.Count}.");
    }

    /// <summary>The value of a parameter, or null.</summary>
    public Node? this[string parameter] => _values.GetValueOrDefault(parameter);

    /// <summary>A truth value: TRUE, FALSE, T, F, true, false; null when it is not given.</summary>
    public bool? Logical(string parameter) => this[parameter] is not Node node ? null : Logical(node) ?? throw Bad(node, parameter, "TRUE or FALSE");

    /// <summary>A truth value, or null when the node is none.</summary>
    public static bool? Logical(Node node) => node switch
    {
        LogicalNode logical => logical.Value,
        NameNode { Name: "T" or "true" } => true,
        NameNode { Name: "F" or "false" } => false,
        _ => null,
    };

    /// <summary>A number, or null when the node is none.</summary>
    public static double? Number(Node node) => node switch
    {
        NumberNode number => number.Value,
        UnaryNode { Operator: "-" } minus when Number(minus.Operand) is double value => -value,
        UnaryNode { Operator: "+" } plus => Number(plus.Operand),
        ParenthesesNode parentheses => Number(parentheses.Inner),
        _ => null,
    };

    /// <summary>A level: a text in quotes, a number, TRUE or FALSE; null when it is not given.</summary>
    public LevelName? Level(string parameter) => this[parameter] is Node node ? Level(node, parameter) : null;

    /// <summary>Levels in <c>c(…)</c>, or one; null when they are not given.</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>: something else, a level twice, or none.</exception>
    public IReadOnlyList<LevelName>? Levels(string parameter)
    {
        if (this[parameter] is not Node node)
        {
            return null;
        }
        if (node is not CallNode { Function: "c" } list)
        {
            return [Level(node, parameter)];
        }
        var levels = new List<LevelName>(list.Arguments.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Argument argument in list.Arguments)
        {
            LevelName level = argument.Name is null ? Level(argument.Value, parameter) : throw Bad(argument.Value, parameter, "levels without names");
            levels.Add(seen.Add(level.Text)
                ? level
                : throw FormulaError.At(_text, level.Position, $"The level {LevelShown.Of(level.Text)} is listed twice.", "List each level once."));
        }
        return levels.Count > 0 ? levels : throw Bad(node, parameter, "at least one level");
    }

    /// <summary>The error for a value that is not what the parameter takes.</summary>
    public PlumblineException Bad(Node node, string parameter, string expected, string? next = null) => FormulaError.At(
        _text, node.Position, $"The argument `{parameter}` of `{_call.Function}()` takes {expected}, not `{FormulaError.Clean(Deparser.Text(node))}`.", next);

    private LevelName Level(Node node, string parameter)
    {
        string? level = node switch
        {
            StringNode text => text.Value,
            LogicalNode logical => logical.Value ? "TRUE" : "FALSE",
            _ when Number(node) is double number => LevelText.Of(number),
            _ => null,
        };
        return level is not null
            ? new LevelName(level, node.Position)
            : throw Bad(node, parameter, "a level", "Write a level in quotes, several in `c(…)`, as in `C(size, levels = c(\"low\", \"high\"))`.");
    }
}
