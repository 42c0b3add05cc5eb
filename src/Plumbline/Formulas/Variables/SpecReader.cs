namespace Plumbline;

/// <summary>
/// A variable's text → what it asks for. Calls that make a variable of their own kind (<c>C</c>, <c>factor</c>, <c>poly</c> …) are
/// taken apart here; everything else is a number, or a column whose type the data will tell.
/// </summary>
internal static class SpecReader
{
    /// <summary>The highest degree of <c>poly</c>.</summary>
    public const int MaxDegree = 50;

    /// <summary>Functions that make a category.</summary>
    public static readonly string[] CategoryFunctions = ["C", "factor", "as.factor", "ordered", "as.ordered", "relevel"];

    /// <summary>All functions that are variables of their own kind: they cannot stand in arithmetic.</summary>
    public static readonly string[] Functions = [.. CategoryFunctions, "poly", "scale", Offsets.Function];

    /// <summary>Reads a variable.</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>: an argument is wrong.</exception>
    public static VariableSpec Read(string text, Variable variable)
    {
        if (variable.Node is not CallNode call || !Functions.Contains(call.Function, StringComparer.Ordinal))
        {
            return new NumberSpec(variable.Text, variable.Node);
        }
        return call.Function switch
        {
            "poly" => Polynomial(text, variable.Text, call),
            "scale" => Scale(text, variable.Text, call),
            Offsets.Function => Offset(text, variable.Text, call),
            _ => Category(text, variable.Text, call),
        };
    }

    private static OffsetSpec Offset(string text, string name, CallNode call) =>
        new(name, Arguments.Match(text, call, "x")["x"]!);

    private static PolynomialSpec Polynomial(string text, string name, CallNode call)
    {
        var arguments = Arguments.Match(text, call, "x", "degree", "<raw>");
        int degree = 1;
        if (arguments["degree"] is Node node)
        {
            degree = Arguments.Number(node) is double d and >= 1 and <= MaxDegree && d == Math.Truncate(d)
                ? (int)d
                : throw arguments.Bad(node, "degree", $"a whole number from 1 to {MaxDegree}", "One variable is taken at a time: products of two are `poly(a, 2):poly(b, 2)`.");
        }
        return new PolynomialSpec(name, arguments["x"]!, degree, arguments.Logical("raw") ?? false);
    }

    private static ScaleSpec Scale(string text, string name, CallNode call)
    {
        var arguments = Arguments.Match(text, call, "x", "center", "scale");
        return new ScaleSpec(name, arguments["x"]!, Constant(arguments, "center", 0), Constant(arguments, "scale", 1));
    }

    // TRUE asks the data, FALSE is the number that does nothing.
    private static double? Constant(Arguments arguments, string parameter, double nothing)
    {
        if (arguments[parameter] is not Node node)
        {
            return null;
        }
        if (Arguments.Logical(node) is bool logical)
        {
            return logical ? null : nothing;
        }
        return Arguments.Number(node) is double number && (number > 0 || parameter != "scale")
            ? number
            : throw arguments.Bad(node, parameter, parameter == "scale" ? "TRUE, FALSE or a number above 0" : "TRUE, FALSE or a number");
    }

    private static CategorySpec Category(string text, string name, CallNode call)
    {
        Arguments arguments = call.Function switch
        {
            "C" => Arguments.Match(text, call, "x", "contr", "<base>", "<levels>"),
            "factor" => Arguments.Match(text, call, "x", "levels", "<ordered>"),
            "ordered" => Arguments.Match(text, call, "x", "levels"),
            "relevel" => Arguments.Match(text, call, "x", "ref"),
            _ => Arguments.Match(text, call, "x"),
        };
        Node inner = arguments["x"]!;
        CategorySpec spec = inner is CallNode nested && CategoryFunctions.Contains(nested.Function, StringComparer.Ordinal)
            ? Category(text, name, nested)
            : new CategorySpec(name, inner);
        if (arguments.Levels("levels") is IReadOnlyList<LevelName> levels)
        {
            if (spec.Levels is not null || spec.First is not null)
            {
                throw FormulaError.At(text, call.Position, "The levels are listed twice.", "List them in one place.");
            }
            spec = spec with { Levels = levels };
        }
        return call.Function switch
        {
            "C" => Contrast(text, spec, arguments),
            "factor" => spec with { IsOrdered = arguments.Logical("ordered") ?? spec.IsOrdered },
            "ordered" or "as.ordered" => spec with { IsOrdered = true },
            "relevel" => spec with
            {
                First = arguments.Level("ref") ?? throw FormulaError.At(
                    text, call.Position, "`relevel()` needs the level that goes first.", "Write it as in `relevel(size, ref = \"low\")`."),
            },
            _ => spec,
        };
    }

    private static CategorySpec Contrast(string text, CategorySpec spec, Arguments arguments)
    {
        if (arguments["contr"] is Node node)
        {
            string? name = node switch { NameNode bare => bare.Name, StringNode quoted => quoted.Value, _ => null };
            ContrastKind kind = (name is null ? null : Contrasts.Find(name)) ?? throw arguments.Bad(
                node,
                "contr",
                $"contrasts ({string.Join(", ", Contrasts.Names)})",
                "A base is given as `base = \"level\"`, the order of the levels as `levels = c(…)`.");
            spec = spec with { Contrast = kind };
        }
        if (arguments.Level("base") is LevelName level)
        {
            if (spec.Contrast is not (null or ContrastKind.Treatment))
            {
                throw FormulaError.At(
                    text, level.Position, "Only treatment contrasts have a base.", "Leave out `base`, or the name of the contrasts.");
            }
            spec = spec with { Base = level, Contrast = ContrastKind.Treatment };
        }
        return spec;
    }
}
