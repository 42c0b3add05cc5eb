using System.Collections.Immutable;

namespace Plumbline;

/// <summary>A model from the members that <see cref="FitJson"/> and <see cref="ModelFile"/> write.</summary>
internal static class FitReading
{
    // The code was given where the note was made; here it is only told again.
    private static readonly Func<string, string, Note> s_stored = static (code, text) => new Note(code, text);

    /// <summary>Reads the whole model.</summary>
    /// <exception cref="PlumblineException"><c>damaged-model</c>: a member is missing, of the wrong kind, or contradicts another.</exception>
    public static LinearModel Read(JsonField file)
    {
        JsonField state = file["model"];
        string formula = file["formula"].Text();
        bool isWeighted = !file["weights"].IsNull;
        string? weights = isWeighted ? file["weights"]["column"].Text() : null;
        WeightKind? kind = isWeighted ? Kind(file["weights"]["kind"]) : null;
        RowCounts rows = Rows(file["rows"]);
        Coefficient[] coefficients = [.. file["coefficients"].Items().Select(Coefficient)];
        ImmutableArray<ImmutableArray<double>> covariance = Square(file["covariance"]["matrix"], coefficients.Length);
        bool hasIntercept = file["r_squared_kind"].OneOf(("centered", true), ("uncentered", false));
        FittedDesign? design = DesignReading.Read(state, formula, hasIntercept, weights);
        if (design is not null && design.Columns.Count != coefficients.Length)
        {
            throw state["design"]["columns"].Expected($"{coefficients.Length} columns, one a coefficient");
        }
        return new LinearModel
        {
            Formula = formula,
            Response = state["response"].Text(),
            Source = file["source"].Text(),
            Where = state["where"].TextOrNull(),
            Version = file["plumbline"].Text(),
            Arithmetic = file["arithmetic"].OneOf(("exact", Arithmetic.Exact), ("fast", Arithmetic.Fast)),
            Reading = file["reading"].Text(),
            WeightsColumn = weights,
            WeightKind = kind,
            Observations = kind == WeightKind.Frequency ? file["weights"]["observations"].Whole() : rows.Used,
            Rows = rows,
            HasIntercept = hasIntercept,
            Rank = file["rank"].CountOrNull() is { } rank && rank == coefficients.Length ? rank : throw file["rank"].Expected($"{coefficients.Length}, the number of coefficients"),
            DfModel = file["df_model"].Whole(),
            DfResidual = file["df_residual"].Whole(),
            Level = file["level"].Number() is > 0 and < 1 and double level ? level : throw file["level"].Expected("a number between 0 and 1"),
            Coefficients = coefficients,
            Aliased = [.. file["aliased"].Items().Select(Aliased)],
            Covariance = covariance,
            CovarianceDetails = CovarianceJson.Read(file["covariance"]),
            InverseRoot = Triangle(state["inverse_root"], coefficients.Length),
            MomentsChecksum = state["moments"].TextOrNull(),
            Design = design,
            Engine = file["engine"] is { IsThere: true } engine ? Engine(engine) : null,
            Training = file["training"] is { IsThere: true } training ? Training(training) : null,
            Penalty = file["penalty"] is { IsThere: true } penalty ? Penalty(penalty) : null,
            Rss = file["rss"].Number(),
            Tss = file["tss"].Number(),
            Sigma = file["sigma"].Number(),
            RSquared = file["r_squared"].Number(),
            AdjustedRSquared = file["adj_r_squared"].Number(),
            F = new FTest(file["f"]["value"].Number(), file["f"]["df1"].Number(), file["f"]["df2"].Number(), file["f"]["p"].Number()),
            LogLikelihood = file["log_likelihood"].Number(),
            Aic = file["aic"].Number(),
            Bic = file["bic"].Number(),
            Condition = file["condition"].Number(),
            Notes = [.. file["notes"].Items().Select(static n => s_stored(n["code"].Text(), n["text"].Text()))],
        };
    }

    private static WeightKind Kind(JsonField kind) =>
        kind.OneOf([.. Enum.GetValues<WeightKind>().Select(static k => (WeightKinds.Name(k), k))]);

    private static EngineDetails Engine(JsonField e) => new(
        e["name"].Text(), (int)e["shards"].Whole(), (int)e["queries"].Whole(), e["bytes_received"].IsNull ? null : e["bytes_received"].Whole());

    private static TrainingDetails Training(JsonField t) => new(
        t["optimizer"].Text(), t["loss"].Text(), t["batch"].Whole(), t["learning_rate"].Number(), (int)Math.Min(int.MaxValue, t["epochs"].Whole()), t["seed"].Bits(), t["standardized"].Flag(),
        t["training_rows"].Whole(), t["validation_rows"].Whole(), t["stopped"].Text(), t["excess_loss"].Number());

    private static PenaltyDetails Penalty(JsonField p) => new(
        p["lambda"].Number(), p["alpha"].Number(), p["standardized"].Flag(), p["df"].Number(), p["duality_gap"].Number(), p["choice"].Text());

    /// <summary>What became of the rows.</summary>
    public static RowCounts Rows(JsonField rows)
    {
        JsonField dropped = rows["dropped"];
        var byColumn = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string column, JsonField count) in dropped["by_column"].Members())
        {
            byColumn[column] = count.Whole();
        }
        return new RowCounts(rows["read"].Whole(), rows["used"].Whole(), dropped["total"].Whole(), byColumn);
    }

    private static Coefficient Coefficient(JsonField c) => new(
        c["name"].Text(), Pieces(c["pieces"]), c["estimate"].Number(), c["std_error"].Number(), c["t"].Number(), c["df"].Number(), c["p"].Number(),
        c["lower"].Number(), c["upper"].Number(), c["digits"].CountOrNull(), c["std_error_digits"].CountOrNull());

    private static AliasedColumn Aliased(JsonField a) => new(
        a["name"].Text(), Pieces(a["pieces"]), [.. a["equals"].Members().Select(static t => new AliasTerm(t.Name, t.Value.Number()))], a["exact"].Flag());

    /// <summary>The factors of a name.</summary>
    public static CoefficientPiece[] Pieces(JsonField pieces) =>
        [.. pieces.Items().Select(static p => new CoefficientPiece(p["variable"].Text(), p["level"].TextIfThere(), p["contrast"].TextIfThere()))];

    private static ImmutableArray<ImmutableArray<double>> Square(JsonField matrix, int size)
    {
        ImmutableArray<ImmutableArray<double>> rows = [.. matrix.Items().Select(static row => row.Numbers())];
        return rows.Length == size && rows.All(row => row.Length == size) ? rows : throw matrix.Expected($"{size} rows of {size} numbers");
    }

    private static ImmutableArray<ImmutableArray<double>> Triangle(JsonField triangle, int size)
    {
        if (triangle.IsNull)
        {
            return [];
        }
        ImmutableArray<ImmutableArray<double>> columns = [.. triangle.Items().Select(static column => column.Numbers())];
        bool fits = columns.Length == size && columns.Index().All(static c => c.Item.Length == c.Index + 1);
        return fits ? columns : throw triangle.Expected($"{size} columns of 1 to {size} numbers");
    }
}
