using System.Text.Json;

namespace Plumbline.Reports;

/// <summary>Nested models and linear hypotheses in the JSON of tests.</summary>
internal static class TestComparisonJson
{
    public static void Write(Utf8JsonWriter json, NestedComparison? nested)
    {
        if (nested is null)
        {
            json.WriteNull("against");
            return;
        }
        double added = nested.F.Df1;
        json.WriteStartObject("against");
        Model(json, "smaller", nested.Smaller, nested.SmallerRss, nested.SmallerDfResidual, nested.SmallerLogLikelihood);
        Model(json, "larger", nested.Larger, nested.LargerRss, nested.LargerDfResidual, nested.LargerLogLikelihood);
        json.Number("df", added);
        json.Number("sum_of_squares", nested.SumOfSquares);
        json.Count("digits", nested.Digits);
        json.F(nested.F);
        ChiSquared(json, "likelihood_ratio", nested.LikelihoodRatio, added, nested.LikelihoodRatioP);
        ChiSquared(json, "wald", nested.Wald, added, nested.WaldP);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, HypothesisTest test)
    {
        json.WriteStartObject();
        json.WriteString("hypothesis", test.Text);
        json.WriteStartArray("equations");
        foreach (HypothesisEquation equation in test.Equations)
        {
            json.WriteStartObject();
            json.WriteString("text", equation.Text);
            json.WriteString("combination", equation.Combination);
            json.Number("value", equation.Value);
            json.Number("estimate", equation.Estimate);
            json.Number("std_error", equation.StandardError);
            json.Number("t", equation.T);
            json.Number("p", equation.P);
            json.Number("lower", equation.Lower);
            json.Number("upper", equation.Upper);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.F(test.F);
        ChiSquared(json, "chi_squared", test.ChiSquared, test.F.Df1, test.ChiSquaredP);
        json.Notes(test.Notes);
        json.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter json, string name, string formula, double rss, long df, double logLikelihood)
    {
        json.WriteStartObject(name);
        json.WriteString("formula", formula);
        json.Number("rss", rss);
        json.WriteNumber("df_residual", df);
        json.Number("log_likelihood", logLikelihood);
        json.WriteEndObject();
    }

    private static void ChiSquared(Utf8JsonWriter json, string name, double value, double df, double p)
    {
        json.WriteStartObject(name);
        json.Number("value", value);
        json.Number("df", df);
        json.Number("p", p);
        json.WriteEndObject();
    }
}
