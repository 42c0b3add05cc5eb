using System.Text.Json;

namespace Plumbline;

/// <summary>The part of the model file that says what was found: keys are stable, new ones may be added.</summary>
internal static class FitJson
{
    /// <summary>Writes its members into an object that was begun.</summary>
    public static void Write(Utf8JsonWriter json, LinearModel model)
    {
        json.WriteString("plumbline", model.Version);
        json.WriteString("formula", model.Formula);
        json.WriteString("source", model.Source);
        json.WriteString("arithmetic", model.Arithmetic == Arithmetic.Fast ? "fast" : "exact");
        if (model.Engine is { } engine)
        {
            Engine(json, engine);
        }
        json.WriteString("reading", model.Reading);
        json.Weights(model);
        json.Rows(model.Rows);
        json.WriteNumber("rank", model.Rank);
        json.WriteNumber("df_model", model.DfModel);
        json.WriteNumber("df_residual", model.DfResidual);
        json.Number("level", model.Level);
        Coefficients(json, model.Coefficients);
        Aliased(json, model.Aliased);
        CovarianceJson.Write(json, model);
        json.Number("rss", model.Rss);
        json.Number("tss", model.Tss);
        json.Number("sigma", model.Sigma);
        json.Number("r_squared", model.RSquared);
        json.Number("adj_r_squared", model.AdjustedRSquared);
        json.WriteString("r_squared_kind", model.HasIntercept ? "centered" : "uncentered");
        json.F(model.F);
        json.Number("log_likelihood", model.LogLikelihood);
        json.Number("aic", model.Aic);
        json.Number("bic", model.Bic);
        json.Number("condition", model.Condition);
        if (model.Training is { } training)
        {
            Training(json, training);
        }
        if (model.Penalty is { } penalty)
        {
            Penalty(json, penalty);
        }
        json.Notes(model.Notes);
    }

    private static void Penalty(Utf8JsonWriter json, PenaltyDetails penalty)
    {
        json.WriteStartObject("penalty");
        json.Number("lambda", penalty.Lambda);
        json.Number("alpha", penalty.Alpha);
        json.WriteBoolean("standardized", penalty.Standardized);
        json.Number("df", penalty.Df);
        json.Number("duality_gap", penalty.DualityGap);
        json.WriteString("choice", penalty.Choice);
        json.WriteEndObject();
    }

    private static void Engine(Utf8JsonWriter json, EngineDetails engine)
    {
        json.WriteStartObject("engine");
        json.WriteString("name", engine.Name);
        json.WriteNumber("shards", engine.Shards);
        json.WriteNumber("queries", engine.Queries);
        json.Count("bytes_received", engine.BytesReceived);
        json.WriteEndObject();
    }

    private static void Training(Utf8JsonWriter json, TrainingDetails training)
    {
        json.WriteStartObject("training");
        json.WriteString("optimizer", training.Optimizer);
        json.WriteString("loss", training.Loss);
        json.WriteNumber("batch", training.Batch);
        json.Number("learning_rate", training.LearningRate);
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("seed", training.Seed);
        json.WriteBoolean("standardized", training.Standardized);
        json.WriteNumber("training_rows", training.TrainingRows);
        json.WriteNumber("validation_rows", training.ValidationRows);
        json.WriteString("stopped", training.Stopped);
        json.Number("excess_loss", training.ExcessLoss);
        json.WriteEndObject();
    }

    private static void Coefficients(Utf8JsonWriter json, IReadOnlyList<Coefficient> coefficients)
    {
        json.WriteStartArray("coefficients");
        foreach (Coefficient c in coefficients)
        {
            json.WriteStartObject();
            json.WriteString("name", c.Name);
            Pieces(json, c.Pieces);
            json.Estimate(c);
            json.Count("digits", c.Digits);
            json.Count("std_error_digits", c.StandardErrorDigits);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Aliased(Utf8JsonWriter json, IReadOnlyList<AliasedColumn> aliased)
    {
        json.WriteStartArray("aliased");
        foreach (AliasedColumn column in aliased)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            Pieces(json, column.Pieces);
            json.WriteStartObject("equals");
            foreach (AliasTerm term in column.Terms)
            {
                json.Number(term.Name, term.Multiplier);
            }
            json.WriteEndObject();
            json.WriteBoolean("exact", column.IsExact);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>pieces</c>.</summary>
    public static void Pieces(Utf8JsonWriter json, IReadOnlyList<CoefficientPiece> pieces)
    {
        json.WriteStartArray("pieces");
        foreach (CoefficientPiece piece in pieces)
        {
            json.WriteStartObject();
            json.WriteString("variable", piece.Variable);
            if (piece.Level is { } level)
            {
                json.WriteString("level", level);
            }
            if (piece.Contrast is { } contrast)
            {
                json.WriteString("contrast", contrast);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
