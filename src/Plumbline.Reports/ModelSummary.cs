namespace Plumbline.Reports;

/// <summary>What a model keeps besides its coefficients, before it is laid out: every value in it that came from the data.</summary>
internal static class ModelSummary
{
    private const int ShownCharacters = 16;

    /// <summary>Where the model came from and what proves it.</summary>
    public static IReadOnlyList<FitSummaryFact> Facts(LinearModel model, Verification? verification)
    {
        List<FitSummaryFact> facts =
        [
            new("Fitted by", $"Plumbline {model.Version}"),
            new("Condition on rows", model.Where ?? "none"),
            new("Moments", model.MomentsChecksum is { } sum ? $"SHA-256 {sum[..Math.Min(ShownCharacters, sum.Length)]}… (in full with --json)" : "not known"),
        ];
        if (verification is not null)
        {
            string moments = verification.MomentsCompared ? ", the moments" : "";
            facts.Add(new("Verified", $"the same bits from {verification.Data}: estimates, standard errors, covariance{moments}, {NumberText.Count(verification.Rows.Used)} rows"));
        }
        return facts;
    }

    /// <summary>What the model reads, a line a column: name, type, use, range.</summary>
    public static IReadOnlyList<FitSummaryFact> Inputs(LinearModel model)
    {
        if (model.Design is not { } design)
        {
            return [];
        }
        HashSet<string> needed = new(design.PredictorColumns(), StringComparer.Ordinal);
        return [.. design.Inputs.Select(i => new FitSummaryFact(i.Column.Name, $"{Type(i.Column)}, {Use(i.Column, needed, model)}{Range(i)}"))];
    }

    /// <summary>What the model knows of its variables, a line each: levels, contrasts, constants.</summary>
    public static IReadOnlyList<FitSummaryFact> Variables(LinearModel model) => model.Design is not { } design ? [] :
        [.. design.Variables.Where(static v => v.Kind != VariableKind.Number).Select(static v => new FitSummaryFact(v.Name, Text(v)))];

    public static string Type(ColumnInfo column) => column.TimeUnit ?? column.Type switch
    {
        ColumnType.Integer => "whole number",
        ColumnType.Text => "text",
        ColumnType.Boolean => "true or false",
        _ when column.Unit == ColumnInfo.SingleUnit => "32-bit number",
        _ => "number",
    };

    private static string Use(ColumnInfo column, HashSet<string> needed, LinearModel model) =>
        needed.Contains(column.Name) ? "needed to predict" : column.Name == model.WeightsColumn ? "weights" : "of the response";

    public static string Range(FittedInput input) =>
        double.IsNaN(input.Least) ? "" : $", from {NumberText.Shortest(input.Least)} to {NumberText.Shortest(input.Largest)}";

    private static string Text(FittedVariable variable) => variable.Kind switch
    {
        VariableKind.Category => Category(variable),
        VariableKind.Powers => $"powers of {variable.Expression} up to {variable.Degree}",
        VariableKind.Polynomial =>
            $"orthogonal polynomials of {variable.Expression} up to degree {variable.Degree}: centers {Constants(variable.Centers)}; sums of squares {Constants(variable.Norms)}",
        _ => $"{variable.Expression} less {Constants(variable.Centers)}, over the root of {Constants(variable.Norms)}",
    };

    private static string Category(FittedVariable variable)
    {
        string contrasts = variable.Base is { } left ? $"treatment contrasts, base {left}" : $"{variable.Contrast.ToString().ToLowerInvariant()} contrasts";
        string levels = string.Join(", ", variable.Levels.Zip(variable.LevelRows, static (level, rows) => $"{level} ({NumberText.Count(rows)})"));
        string listed = variable.Listed is { } all ? $"; listed in the formula: {string.Join(", ", all)}" : "";
        return $"{contrasts}; levels (rows): {levels}{listed}";
    }

    private static string Constants(IReadOnlyList<Numerics.DoubleDouble> values) =>
        string.Join(", ", values.Select(static v => NumberText.Shortest(v.High)));
}
