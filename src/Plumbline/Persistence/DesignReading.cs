using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The design state of a model from JSON, checked: what refers to a list refers to a place in it, and formulas can be read.</summary>
internal static class DesignReading
{
    private static readonly (string Word, ContrastKind Value)[] s_contrasts =
        [.. Enum.GetValues<ContrastKind>().Select(static k => (Contrasts.Name(k), k))];

    /// <summary>Reads the member <c>design</c>; null when it is null.</summary>
    /// <exception cref="PlumblineException"><c>damaged-model</c>.</exception>
    public static FittedDesign? Read(JsonField model, string formula, bool hasIntercept, string? weights)
    {
        JsonField design = model["design"];
        if (design.IsNull)
        {
            return null;
        }
        FittedVariable[] variables = [.. design["variables"].Items().Select(Variable)];
        string[] terms = design["terms"].Texts();
        return new FittedDesign
        {
            Formula = formula,
            HasIntercept = hasIntercept,
            Response = Expression(design["response"]),
            Offsets = [.. design["offsets"].Items().Select(Expression)],
            Weights = weights,
            Contrasts = design["contrasts"].IsNull ? null : design["contrasts"].OneOf(s_contrasts),
            Inputs = [.. design["inputs"].Items().Select(Input)],
            Variables = variables,
            Columns = [.. design["columns"].Items().Select(c => Column(c, variables, terms.Length))],
            Terms = terms,
        };
    }

    private static FittedInput Input(JsonField input) => new(
        new ColumnInfo(input["name"].Text(), input["type"].OneOf(DesignJson.Types), input["unit"].Number()) { TimeUnit = input["time_unit"].TextOrNull() },
        input["least"].Number(),
        input["largest"].Number());

    private static FittedVariable Variable(JsonField v)
    {
        var variable = new FittedVariable
        {
            Name = v["name"].Text(),
            Expression = Expression(v["expression"]),
            Kind = v["kind"].OneOf(DesignJson.Kinds),
        };
        return variable.Kind switch
        {
            VariableKind.Category => Category(variable, v),
            VariableKind.Powers => variable with { Degree = Degree(v) },
            VariableKind.Polynomial => variable with { Degree = Degree(v), Centers = Constants(v["centers"], Degree(v)), Norms = Constants(v["norms"], Degree(v) + 1) },
            VariableKind.Scale => variable with { Centers = Constants(v["centers"], 1), Norms = Constants(v["norms"], 1) },
            _ => variable,
        };
    }

    private static FittedVariable Category(FittedVariable variable, JsonField v)
    {
        IReadOnlyList<JsonField> levels = v["levels"].Items();
        string[] texts = [.. levels.Select(static l => l["level"].Text())];
        if (texts.Distinct(StringComparer.Ordinal).Count() != texts.Length || texts.Length == 0)
        {
            throw v["levels"].Expected("levels, each once");
        }
        ContrastKind contrast = v["contrast"].OneOf(s_contrasts);
        string? left = v["base"].TextOrNull();
        if (left is null ? contrast == ContrastKind.Treatment : !texts.Contains(left, StringComparer.Ordinal))
        {
            throw v["base"].Expected("one of the levels");
        }
        return variable with
        {
            Levels = texts,
            LevelRows = [.. levels.Select(static l => l["rows"].Whole())],
            Listed = v["listed"].IsNull ? null : v["listed"].Texts(),
            Contrast = contrast,
            Base = left,
        };
    }

    private static FittedColumn Column(JsonField column, FittedVariable[] variables, int terms) => new(
        column["name"].Text(),
        FitReading.Pieces(column["pieces"]),
        column["term"].Place(terms + 1),
        [.. column["factors"].Items().Select(f => Factor(f, variables))]);

    private static FittedFactor Factor(JsonField factor, FittedVariable[] variables)
    {
        int place = factor["variable"].Place(variables.Length);
        FittedVariable variable = variables[place];
        bool isIndicator = factor["indicator"].Flag();
        int elements = variable.Kind switch
        {
            VariableKind.Category => isIndicator ? variable.Levels.Count : variable.Levels.Count - 1,
            VariableKind.Polynomial or VariableKind.Powers => variable.Degree,
            _ => 1,
        };
        return new FittedFactor(place, factor["element"].Place(elements), isIndicator);
    }

    private static int Degree(JsonField variable) =>
        variable["degree"].Whole() is >= 1 and <= 1000 and long degree ? (int)degree : throw variable["degree"].Expected("a degree of 1 or more");

    private static DoubleDouble[] Constants(JsonField constants, int count)
    {
        DoubleDouble[] values = [.. constants.Items().Select(static c => c.Numbers() is [double high, double low] ? new DoubleDouble(high, low) : throw c.Expected("two numbers"))];
        return values.Length == count ? values : throw constants.Expected($"{count} pairs of numbers");
    }

    private static string Expression(JsonField expression)
    {
        string text = expression.Text();
        try
        {
            Parser.ParseExpression(text);
            return text;
        }
        catch (PlumblineException)
        {
            throw expression.Expected("an expression of a formula");
        }
    }
}
