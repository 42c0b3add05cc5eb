using System.Text.Json.Nodes;

namespace Plumbline.Tests.Selection;

/// <summary>Precision weights in resampling and tuning, and the scores that tuning judges by.</summary>
public class WeightedSelectionTests
{
    private static readonly JsonNode _golden = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "tradeoff", "weighted.json")))!;

    private static readonly Table _rows = _golden["columns"]!.AsObject().Aggregate(
        new Table("rows"), static (table, column) => table.With(column.Key, Doubles(column.Value)));

    private static readonly FitOptions _weighted = new() { Weights = "w" };

    [Fact]
    public void A_weighted_decomposition_is_what_its_definition_gives_on_the_same_resamples()
    {
        var plan = ResamplingPlan.Given([.. _golden["draws"]!.AsArray().Select(Indices)], Indices(_golden["test"]));
        FormulaLearner[] learners = [.. _golden["results"]!.AsArray().Select(static r => new FormulaLearner((string)r!["formula"]!) { Lambda = (double)r["lambda"]! })];
        FormulaRows[] rows = DataResampling.Read(learners, _rows, _weighted, HeldRowsOptions.DefaultMemory, CancellationToken.None);
        ResampledResult result = BiasVariance.OfData(_rows, learners, rows, plan, ResamplingOptions.Default, null, CancellationToken.None);
        Assert.Equal(3, result.Parts.Count);
        for (int n = 0; n < result.Parts.Count; n++)
        {
            JsonNode expected = _golden["results"]![n]!;
            void Same(string key, double found) => Assert.Equal((double)expected[key]!, found, 1e-11 * (double)expected["loss"]!);
            Same("loss", result.Parts[n].ExpectedLoss.Value);
            Same("bias", result.Parts[n].BiasAndNoise.Value);
            Same("variance", result.Parts[n].Variance.Value);
        }
    }

    [Fact]
    public void In_splits_of_different_weight_the_parts_add_up_too()
    {
        ResampledResult result = BiasVariance.OfData(
            _rows, [new FormulaLearner("y ~ x + z")], new() { Resampling = Resampling.Splits, Rounds = 40, Fit = _weighted });
        ResampledPart part = result.Parts[0];
        double[] w = Doubles(_golden["columns"]!["w"]);
        Assert.InRange(part.IdentityGap, 0, 1e-13);
        double total = part.Rows.Sum(r => r.Predictions * w[r.Row - 1]);
        Assert.Equal(part.BiasAndNoise.Value, part.Rows.Sum(r => r.Predictions * w[r.Row - 1] * r.BiasAndNoise) / total, 1e-12 * part.BiasAndNoise.Value);
        Assert.Equal(part.Variance.Value, part.Rows.Sum(r => r.Predictions * w[r.Row - 1] * r.Variance) / total, 1e-12 * part.Variance.Value);
        Assert.NotEqual(part.ExpectedLoss.Value, BiasVariance.OfData(_rows, [new FormulaLearner("y ~ x + z")], new() { Resampling = Resampling.Splits, Rounds = 40 }).Parts[0].ExpectedLoss.Value);
    }

    [Fact]
    public void Rows_of_weight_0_count_in_nothing()
    {
        double[] w = [.. Enumerable.Range(0, 90).Select(static i => i % 9 == 0 ? 0.0 : 2)];
        ResampledResult some = BiasVariance.OfData(_rows.With("v", w), [new FormulaLearner("y ~ x")], new() { Rounds = 5, Fit = new() { Weights = "v" } });
        Assert.Equal(80, some.RowsUsed);
        TuningResult tuned = HyperparameterSearch.Run(_rows.With("v", w), new TuningSpace("y ~ x") { LearningRates = [0.05] }, new() { Epochs = 1, Fit = new() { Weights = "v" } });
        Assert.Equal(80, tuned.RowsUsed);
    }

    [Fact]
    public void A_weight_of_three_trains_and_judges_as_three_equal_rows()
    {
        // Batches of all training rows: both descend on the same mean gradient, so every step is the same but for rounding.
        int[] times = [.. Enumerable.Range(0, 90).Select(static i => 1 + (i % 3))];
        int[] copies = [.. Enumerable.Range(0, 90).SelectMany(i => Enumerable.Repeat(i, times[i]))];
        Table repeated = new Table("rows");
        foreach (string name in (string[])["x", "z", "y"])
        {
            double[] column = Doubles(_golden["columns"]![name]);
            repeated = repeated.With(name, Array.ConvertAll(copies, i => column[i]));
        }
        Table weighted = _rows.With("times", Array.ConvertAll(times, static t => (double)t));
        foreach (int folds in (int[])[0, 2])
        {
            TuningResult One(Table table, string? weights, int batch) => HyperparameterSearch.Run(
                table, new TuningSpace("y ~ x + z") { LearningRates = [0.1, 0.4], Batches = [batch] },
                new() { Epochs = 12, Folds = folds, Seed = 4, Fit = new() { Weights = weights }, Score = TuningScore.RSquared });
            if (folds == 0)
            {
                TuningResult few = One(weighted, "times", 1), many = One(repeated, null, 1);
                few = One(weighted, "times", few.RowsUsed - few.RowsJudged);
                many = One(repeated, null, many.RowsUsed - many.RowsJudged);
                Assert.All(few.Trials.Zip(many.Trials), static pair => Assert.Equal(pair.Second.Loss, pair.First.Loss, 1e-10 * pair.Second.Loss));
                Assert.All(few.Trials.Zip(many.Trials), static pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-10));
            }
            double few0 = One(weighted, "times", 1).ExactLoss.Value, many0 = One(repeated, null, 1).ExactLoss.Value;
            Assert.Equal(many0, few0, 1e-12 * many0);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("weighted")]
    public void Scores_and_their_errors_are_those_of_their_definitions(string which)
    {
        JsonNode expected = _golden[which]!;
        double[] losses = Doubles(_golden["losses"]);
        double[]? weights = which == "plain" ? null : Doubles(_golden["weights"]);
        foreach (TuningScore score in Enum.GetValues<TuningScore>())
        {
            var scorer = new TuningScorer(score, weights, (double)expected["squares"]!);
            MonteCarlo found = scorer.Score(losses);
            double[] pair = Doubles(expected[score.ToString()]);
            Assert.Equal(pair[0], found.Value, 1e-13 * Math.Abs(pair[0]));
            Assert.Equal(pair[1], found.StandardError, 1e-12 * pair[1]);
            Assert.Equal(score == TuningScore.RSquared ? -found.Value : found.Value, scorer.Cost(losses));
            Assert.True(scorer.Cost(null) > scorer.Cost(losses));
            Assert.True(scorer.Excess(Array.ConvertAll(losses, static l => 2 * l), losses).Value > 0);
        }
    }

    [Fact]
    public void A_tuning_is_ranked_by_its_score_and_trainings_are_taken_over_for_another()
    {
        TuningSpace space = new TuningSpace("y ~ x + z") { LearningRates = [0.001, 0.05, 0.2] };
        var kept = new List<TuningRecord>();
        var options = new TuningOptions { Epochs = 5, Folds = 3, Threads = 1, Fit = _weighted };
        TuningResult loss = HyperparameterSearch.Run(_rows, space, options, null, new() { Save = kept.Add });
        int again = 0;
        TuningResult absolute = HyperparameterSearch.Run(_rows, space, options with { Score = TuningScore.MeanAbsoluteError }, null, new() { Known = kept, Save = _ => again++ });
        Assert.Equal(0, again);
        Assert.Equal(loss.Trials.Select(static t => t.Loss), absolute.Trials.Select(static t => t.Loss));
        Assert.Equal(absolute.Trials.Min(static t => t.Score), absolute.Best.Score);
        TuningResult explained = HyperparameterSearch.Run(_rows, space, options with { Score = TuningScore.RSquared }, null, new() { Known = kept });
        Assert.Equal(explained.Trials.Max(static t => t.Score), explained.Best.Score);
        Assert.All(explained.Trials, static t => Assert.True(t.Excess.Value >= 0 && t.Score < 1));
        Assert.Equal("checkpoint", Assert.Throws<PlumblineException>(() => HyperparameterSearch.Run(_rows, space, options with { Fit = FitOptions.Default }, null, new() { Known = kept })).Code);
    }

    [Fact]
    public void More_rows_than_the_memory_allowed_and_other_weights_are_refused()
    {
        string Tune(TuningOptions options) => Assert.Throws<PlumblineException>(() => HyperparameterSearch.Run(_rows, new TuningSpace("y ~ x"), options)).Code;
        string Resample(ResamplingOptions options) => Assert.Throws<PlumblineException>(() => BiasVariance.OfData(_rows, [new("y ~ x"), new("y ~ x + z")], options)).Code;
        Assert.Equal("too-many-rows", Tune(new() { MemoryBytes = 1000 }));
        Assert.Equal("too-many-rows", Resample(new() { MemoryBytes = 90 * 4 * 8 }));       // enough for the first formula, not for both
        Assert.Equal("option", Tune(new() { Fit = _weighted with { WeightKind = WeightKind.Frequency } }));
        Assert.Equal("option", Resample(new() { Fit = _weighted with { WeightKind = WeightKind.Sampling } }));
        Assert.Equal("option", Tune(new() { MemoryBytes = 0 }));
        Assert.Equal("unknown-column", Resample(new() { Fit = new() { Weights = "weight" } }));
    }

    private static double[] Doubles(JsonNode? node) => [.. node!.AsArray().Select(static v => (double)v!)];

    private static int[] Indices(JsonNode? node) => [.. node!.AsArray().Select(static v => (int)v!)];
}
