using System.Text.Json;

namespace Plumbline.Tests.Goldens;

/// <summary>Predictions at new rows against rational arithmetic, R's predict.lm and statsmodels' get_prediction (Golden/lm).</summary>
public class GoldenPredictionTests
{
    /// <summary>The models that have residuals.</summary>
    public static TheoryData<string> Models() => [.. GoldenModel.All.Where(static m => m.Judge.TryGetProperty("fit_se", out _)).Select(static m => m.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_are_what_the_judge_R_and_statsmodels_say(string id)
    {
        GoldenModel golden = GoldenModel.Of(id);
        // The model keeps coefficients and the root of their covariance as doubles: what cancels between them is lost.
        double lost = GoldenFitTests.Fit(golden).Condition * Math.ScaleB(1, -53);
        Compare(golden, golden.Judge, null, (10 * Agreement.Exact) + lost);
        if (!Disputes.OfR.Contains((id, "rank")))
        {
            Compare(golden, golden.R, Disputes.OfR, Agreement.Programs);
        }
        if (golden.Statsmodels is { } statsmodels && statsmodels.TryGetProperty("fit", out _))
        {
            Compare(golden, statsmodels, Disputes.OfStatsmodels, Agreement.Programs);
        }
    }

    private static void Compare(GoldenModel golden, JsonElement program, HashSet<(string, string)>? disputes, double tolerance)
    {
        LinearModel model = GoldenFitTests.Fit(golden);
        foreach ((PredictionInterval kind, string name) in new[] { (PredictionInterval.Confidence, "confidence"), (PredictionInterval.Prediction, "prediction") })
        {
            IReadOnlyList<Prediction> rows = model.Predict(GoldenData.New(golden), new PredictionOptions { Interval = kind }).Rows;
            double[] errors = GoldenModel.Values(program.GetProperty("fit_se"));
            Check("fit", GoldenModel.Values(program.GetProperty("fit")), [.. rows.Select(static p => p.Estimate)], errors);
            Check("fit_se", errors, [.. rows.Select(static p => p.StandardError)], null);
            Check(
                name,
                [.. program.GetProperty(name).EnumerateArray().SelectMany(GoldenModel.Values)],
                [.. rows.SelectMany(static p => new[] { p.Lower, p.Upper })],
                [.. errors.SelectMany(static s => new[] { s, s })]);
        }

        void Check(string what, double[] expected, double[] actual, double[]? scale)
        {
            if (disputes?.Contains((golden.Id, what)) != true)
            {
                Agreement.Check(what, expected, actual, tolerance, scale);
            }
        }
    }
}
