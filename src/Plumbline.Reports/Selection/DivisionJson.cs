using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>How rows were divided, as members of an object.</summary>
internal static class DivisionJson
{
    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter json, FoldOptions division)
    {
        bool isHoldout = division.Holdout > 0;
        json.WriteString("kind", isHoldout ? "holdout" : division.Order is not null ? "windows" : "folds");
        json.Count("folds", isHoldout ? null : division.Folds);
        json.Number("holdout", isHoldout ? division.Holdout : double.NaN);
        json.Number("test", division.Test > 0 ? division.Test : double.NaN);
        json.WriteNumber("seed", division.Seed);
        json.WriteString("group", division.Group);
        json.WriteString("stratify", division.Stratify);
        json.WriteString("order", division.Order);
    }

    /// <summary>Writes for each fold its rows.</summary>
    public static void Rows(Utf8JsonWriter json, IReadOnlyList<long> training, IReadOnlyList<long> validation)
    {
        json.WritePropertyName("training_rows");
        json.Row([.. training.Select(static n => (double)n)]);
        json.WritePropertyName("validation_rows");
        json.Row([.. validation.Select(static n => (double)n)]);
    }
}
