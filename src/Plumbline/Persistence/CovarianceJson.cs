using System.Globalization;
using System.Text.Json;

namespace Plumbline;

/// <summary>The member <c>covariance</c> of a fit: the kind as given to <c>--cov</c>, what went into it, and the matrix.</summary>
internal static class CovarianceJson
{
    private static readonly (string Word, CovarianceConvention Convention)[] s_conventions =
    [
        ("stata", CovarianceConvention.Stata), ("sandwich", CovarianceConvention.Sandwich), ("statsmodels", CovarianceConvention.Statsmodels),
    ];

    public static void Write(Utf8JsonWriter json, LinearModel model)
    {
        CovarianceDetails details = model.CovarianceDetails;
        json.WriteStartObject("covariance");
        json.WriteString("kind", details.Kind);
        if (!details.IsClassical)
        {
            json.Number("factor", details.Factor);
            json.WriteString("factor_formula", details.FactorFormula);
            json.WriteString("df_formula", details.DfFormula);
            json.WriteString("convention", s_conventions.First(c => c.Convention == details.Convention).Word);
            Clusters(json, details.Clusters);
            json.WriteString("order", details.Order);
            json.WriteNumber("resamples", details.Replicates);
            json.WriteNumber("failed", details.Failed);
            // As text: a number of 64 bits is more than many readers of JSON keep.
            json.WriteString("seed", details.Seed?.ToString(CultureInfo.InvariantCulture));
        }
        json.Matrix(model);
        json.WriteEndObject();
    }

    /// <summary>What <see cref="Write"/> wrote, but for the matrix.</summary>
    public static CovarianceDetails Read(JsonField covariance)
    {
        string kind = covariance["kind"].Text();
        if (kind == CovarianceDetails.Classical.Kind)
        {
            return CovarianceDetails.Classical;
        }
        JsonField seed = covariance["seed"];
        return new CovarianceDetails
        {
            Kind = kind,
            Factor = covariance["factor"].Number(),
            FactorFormula = covariance["factor_formula"].TextOrNull(),
            DfFormula = covariance["df_formula"].Text(),
            Convention = covariance["convention"].OneOf(s_conventions),
            Clusters = [.. covariance["clusters"].Items().Select(static c => new ClusterCount(c["column"].Text(), c["count"].Whole()))],
            Order = covariance["order"].TextOrNull(),
            Replicates = covariance["resamples"].CountOrNull() ?? 0,
            Failed = covariance["failed"].CountOrNull() ?? 0,
            Seed = seed.TextOrNull() is not { } text ? null
                : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
                : throw seed.Expected("a whole number as text"),
        };
    }

    private static void Clusters(Utf8JsonWriter json, IReadOnlyList<ClusterCount> clusters)
    {
        json.WriteStartArray("clusters");
        foreach (ClusterCount cluster in clusters)
        {
            json.WriteStartObject();
            json.WriteString("column", cluster.Column);
            json.WriteNumber("count", cluster.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
