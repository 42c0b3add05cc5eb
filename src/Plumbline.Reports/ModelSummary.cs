using System.Globalization;

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
    public static IReadOnlyList<FitSummaryFact> Inputs(LinearModel model) => model.Design is not { } design ? [] :
    [
        .. design.Inputs.Select(input => new FitSummaryFact(input.Name, $"{Type(input)}, {Use(input, model)}{Range(input)}")),
    ];

    private static string Type(FittedInput input) => input.TimeUnit ?? input.Type switch
    {
        ColumnType.Integer => "whole number",
        ColumnType.Text => "text",
        ColumnType.Boolean => "true or false",
        _ when input.Unit == ColumnInfo.SingleUnit => "32-bit number",
        _ => "number",
    };

    private static string Use(FittedInput input, LinearModel model) =>
        input.IsPredictor ? "needed to predict" : input.Name == model.WeightsColumn ? "weights" : "of the response";

    private static string Range(FittedInput input) => double.IsNaN(input.Minimum)
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", from {NumberText.Shortest(input.Minimum)} to {NumberText.Shortest(input.Maximum)}");
}
