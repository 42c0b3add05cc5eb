using System.Text.Json.Nodes;

namespace Plumbline.Tests.Selection;

public class ResampledBiasVarianceTests
{
    private static readonly JsonNode _golden = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "tradeoff", "resampling.json")))!;

    private static readonly Table _diabetes = _golden["columns"]!.AsObject().Aggregate(
        new Table("diabetes"), static (table, column) => table.With(column.Key, column.Value!.AsArray().Select(static v => (double)v!).ToArray()));

    [Fact]
    public void It_is_what_mlxtends_definition_gives_on_the_same_resamples()
    {
        int[] Indices(JsonNode? node) => [.. node!.AsArray().Select(static v => (int)v!)];
        var plan = ResamplingPlan.Given([.. _golden["draws"]!.AsArray().Select(Indices)], Indices(_golden["test"]));
        FormulaLearner[] learners = [.. _golden["results"]!.AsArray().Select(static r => new FormulaLearner((string)r!["formula"]!) { Lambda = (double)r["lambda"]! })];
        FormulaRows[] rows = DataResampling.Read(learners, _diabetes, FitOptions.Default, HeldRowsOptions.DefaultMemory, CancellationToken.None);
        ResampledResult result = BiasVariance.OfData(_diabetes, learners, rows, plan, ResamplingOptions.Default, null, CancellationToken.None);
        Assert.Equal(6, result.Parts.Count);
        for (int n = 0; n < result.Parts.Count; n++)
        {
            JsonNode expected = _golden["results"]![n]!;
            void Same(string key, double found) => Assert.Equal((double)expected[key]!, found, 1e-10 * (double)expected["loss"]!);
            Same("loss", result.Parts[n].ExpectedLoss.Value);
            Same("bias", result.Parts[n].BiasAndNoise.Value);
            Same("variance", result.Parts[n].Variance.Value);
            Assert.InRange(result.Parts[n].IdentityGap, 0, 1e-12);
            Assert.Equal(0, result.Parts[n].Deficient);
        }
    }

    [Theory]
    [InlineData(Resampling.Bootstrap)]
    [InlineData(Resampling.Splits)]
    public void Parts_add_up_on_average_and_for_every_row(Resampling resampling)
    {
        ResampledResult result = BiasVariance.OfData(
            _diabetes, FormulaLearner.OverDegree("target ~ bmi + bp", "bmi", [1, 2, 5]), new() { Resampling = resampling, Rounds = 60 });
        Assert.Equal("degree 1, degree 2, degree 5", string.Join(", ", result.Parts.Select(static p => p.Learner)));
        Assert.Equal("target ~ poly(bmi, 5) + bp", result.Parts[2].Formula);
        foreach (ResampledPart part in result.Parts)
        {
            Assert.InRange(part.IdentityGap, 0, 1e-12);
            long predictions = part.Rows.Sum(static r => (long)r.Predictions);
            Assert.Equal(60 * 40, predictions);
            Assert.Equal(part.BiasAndNoise.Value, part.Rows.Sum(static r => r.Predictions * r.BiasAndNoise) / predictions, 1e-9 * part.BiasAndNoise.Value);
            Assert.Equal(part.Variance.Value, part.Rows.Sum(static r => r.Predictions * r.Variance) / predictions, 1e-9 * part.Variance.Value);
            Assert.All(part.Rows, r => Assert.Equal(r.BiasAndNoise, Math.Pow(r.MeanPrediction - r.Observed, 2), 1e-9 * (1 + r.BiasAndNoise)));
        }
        Assert.Equal(resampling == Resampling.Bootstrap ? 40 : 160, result.Parts[0].Rows.Count);
        Assert.True(result.Parts[2].Variance.Value > 2 * result.Parts[0].Variance.Value);
    }

    [Fact]
    public void Variance_grows_with_the_degree_and_shrinks_with_penalty_and_rows()
    {
        ResampledPart[] Of(IReadOnlyList<FormulaLearner> learners) => [.. BiasVariance.OfData(_diabetes, learners, new() { Rounds = 100, Seed = 3 }).Parts];
        double[] penalized = [.. Of(FormulaLearner.OverLambda("target ~ poly(bmi, 8)", [0, 0.01, 0.1, 1])).Select(static p => p.Variance.Value)];
        Assert.Equal(penalized.OrderDescending(), penalized);
        double[] sized = [.. Of(FormulaLearner.OverRows("target ~ bmi + bp + s5 + age", [15, 30, 60, 120])).Select(static p => p.Variance.Value)];
        Assert.Equal(sized.OrderDescending(), sized);
        ResampledPart[] degrees = Of(FormulaLearner.OverDegree("target ~ bmi", "bmi", [1, 3, 9]));
        Assert.True(degrees[2].Variance.Value > degrees[1].Variance.Value && degrees[1].Variance.Value > degrees[0].Variance.Value);
        Assert.Equal(FitVerdict.Overfits, degrees[2].Verdict);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads()
    {
        double[] Numbers(int threads, ulong seed, Resampling resampling) => [.. BiasVariance.OfData(
            _diabetes, [new FormulaLearner("target ~ bmi * bp")], new() { Rounds = 30, Threads = threads, Seed = seed, Resampling = resampling })
            .Parts.SelectMany(static p => new[] { p.ExpectedLoss.Value, p.BiasAndNoise.StandardError, p.Variance.Value, p.Rows[3].MeanPrediction })];
        foreach (Resampling resampling in Enum.GetValues<Resampling>())
        {
            Assert.Equal(Numbers(1, 1, resampling), Numbers(3, 1, resampling));
            Assert.NotEqual(Numbers(1, 1, resampling), Numbers(1, 2, resampling));
        }
    }

    [Fact]
    public void Standard_errors_are_those_seen_when_rounds_are_drawn_again()
    {
        // The same rows are held out each time; only the draws differ.
        FormulaLearner[] learner = [new("target ~ bmi + bp")];
        FormulaRows[] rows = DataResampling.Read(learner, _diabetes, FitOptions.Default, HeldRowsOptions.DefaultMemory, CancellationToken.None);
        int[] test = [.. Enumerable.Range(0, 40)];
        var again = new List<ResampledPart>();
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomNumbers((ulong)seed);
            int[][] draws = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 120).Select(_ => 40 + random.Below(120)).ToArray())];
            again.Add(BiasVariance.OfData(_diabetes, learner, rows, ResamplingPlan.Given(draws, test), ResamplingOptions.Default, null, CancellationToken.None).Parts[0]);
        }
        void Check(Func<ResampledPart, MonteCarlo> part)
        {
            double[] values = [.. again.Select(a => part(a).Value)];
            double seen = Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / 59);
            Assert.InRange(again.Average(a => part(a).StandardError) / seen, 0.7, 1.4);
        }
        Check(static p => p.ExpectedLoss);
        Check(static p => p.BiasAndNoise);
        Check(static p => p.Variance);
    }

    [Fact]
    public void Rows_that_one_formula_cannot_use_are_left_out_of_all_and_told()
    {
        double[] holes = [.. Enumerable.Range(0, 160).Select(static i => i % 40 == 0 ? double.NaN : i)];
        ResampledResult result = BiasVariance.OfData(_diabetes.With("z", holes), [new("target ~ bmi"), new("target ~ bmi + z")], new() { Rounds = 5 });
        Assert.Equal(156, result.RowsUsed);
        Assert.Equal("noise-in-bias, rows-dropped", string.Join(", ", result.Notes.Select(static n => n.Code)));
        Assert.Equal(result.Parts[0].Rows.Select(static r => r.Row), result.Parts[1].Rows.Select(static r => r.Row));
        Assert.DoesNotContain(1, result.Parts[0].Rows.Select(static r => r.Row));
    }

    [Fact]
    public void A_level_that_is_not_drawn_is_told()
    {
        string[] group = [.. Enumerable.Range(0, 160).Select(static i => i == 3 ? "rare" : i % 2 == 0 ? "a" : "b")];
        ResampledResult result = BiasVariance.OfData(_diabetes.With("group", group), [new("target ~ bmi + group")], new() { Rounds = 50 });
        Assert.InRange(result.Parts[0].Deficient, 1, 50);
        Assert.Equal("noise-in-bias, deficient-resamples", string.Join(", ", result.Notes.Select(static n => n.Code)));
    }

    [Fact]
    public void What_cannot_be_compared_or_drawn_is_refused()
    {
        string Code(IReadOnlyList<FormulaLearner> learners, ResamplingOptions? options = null) =>
            Assert.Throws<PlumblineException>(() => BiasVariance.OfData(_diabetes, learners, options)).Code;
        Assert.Equal("different-response", Code([new("target ~ bmi"), new("log(target) ~ bmi")]));
        Assert.Equal("unknown-column", Code([new("target ~ bmo")]));
        Assert.Equal("too-few-rows", Code(FormulaLearner.OverRows("target ~ bmi", [121])));
        Assert.Equal("too-few-rows", Code([new("target ~ bmi")], new() { TestShare = 0.001 }));
        Assert.Equal("option", Code([new("target ~ bmi")], new() { TestShare = 1 }));
        Assert.Equal("option", Code([new("target ~ bmi")], new() { Rounds = 1 }));
        Assert.Equal("option", Code([new FormulaLearner("target ~ bmi") { Lambda = -1 }]));
        Assert.Equal("option", Code([new FormulaLearner("target ~ 0 + bmi") { Lambda = 1 }]));
        Assert.Equal("option", Code([]));
        Assert.Equal("formula", Assert.Throws<PlumblineException>(() => FormulaLearner.OverDegree("target ~ log(bmi)", "bmi", [2])).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => FormulaLearner.OverDegree("target ~ bmi", "bmi", [0])).Code);
        Assert.Equal("y ~ poly(`a b`, 2) * z", FormulaLearner.OverDegree("y ~ `a b` * z", "a b", [2])[0].Formula);
    }
}
