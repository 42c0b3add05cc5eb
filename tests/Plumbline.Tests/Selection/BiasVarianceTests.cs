using Plumbline.Layers;

namespace Plumbline.Tests.Selection;

public class BiasVarianceTests
{
    private static readonly KnownTruth _sine = KnownTruth.Of(static x => Math.Sin(2 * x), noise: 0.3, low: 0, high: 3);

    private static Learner[] Degrees(int most) => [.. Enumerable.Range(0, most + 1).Select(static d => Learner.Polynomial(d))];

    [Fact]
    public void Bias_variance_and_noise_add_up_to_the_error_to_rounding()
    {
        BiasVarianceResult result = BiasVariance.OfTruth(_sine, [.. Degrees(12), Learner.Polynomial(8, 0.01)], new() { Sets = 200, Rows = [20, 30] });
        Assert.Equal(28, result.Parts.Count);
        foreach (BiasVariancePart part in result.Parts)
        {
            Assert.InRange(part.IdentityGap, 0, 1e-12);
            double sum = part.BiasSquared.Value + part.Variance.Value + part.Noise;
            Assert.Equal(part.MeanSquaredError.Value, sum, 1e-12 * part.MeanSquaredError.Value);
            foreach (BiasVariancePoint point in part.Points)
            {
                Assert.Equal(point.MeanSquaredError, point.BiasSquared + point.Variance + point.Noise, 1e-12 * point.MeanSquaredError);
            }
        }
    }

    [Fact]
    public void The_error_of_a_polynomial_family_is_a_U()
    {
        BiasVarianceResult result = BiasVariance.OfTruth(_sine, Degrees(12), new() { Sets = 400, Rows = [30], Seed = 1 });
        BiasVariancePart[] parts = [.. result.Parts];
        int best = Array.IndexOf(parts, result.Best);
        Assert.InRange(best, 3, 7);
        Assert.Equal(FitVerdict.Underfits, parts[1].Verdict);
        Assert.Equal(FitVerdict.NearBest, parts[best].Verdict);
        Assert.Equal(FitVerdict.Overfits, parts[12].Verdict);
        Assert.True(parts[1].BiasSquared.Value > 10 * parts[best].BiasSquared.Value);
        Assert.True(parts[1].MeanSquaredError.Value > 2 * result.Best.MeanSquaredError.Value);
        Assert.True(parts[12].MeanSquaredError.Value > 2 * result.Best.MeanSquaredError.Value);
    }

    [Fact]
    public void On_a_fixed_design_bias_falls_variance_rises_and_the_closed_form_is_a_U()
    {
        BiasVariancePart[] parts = [.. BiasVariance.OfTruth(_sine, Degrees(12), new() { Sets = 2, Rows = [40], FixedDesign = true }).Parts];
        double[] errors = [.. parts.Select(static p => p.ClosedForm!.MeanSquaredError)];
        int best = Array.IndexOf(errors, errors.Min());
        Assert.InRange(best, 3, 7);
        for (int d = 1; d <= 12; d++)
        {
            Assert.True(parts[d].ClosedForm!.Variance > parts[d - 1].ClosedForm!.Variance);
            Assert.True(parts[d].ClosedForm!.BiasSquared <= parts[d - 1].ClosedForm!.BiasSquared);
            Assert.True(d <= 8 || errors[d] > errors[d - 1]);
        }
        Assert.True(errors[0] > 2 * errors[best] && errors[12] > 1.1 * errors[best]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(9, 0)]
    [InlineData(6, 0.001)]
    [InlineData(6, 0.1)]
    public void On_a_fixed_design_the_simulation_agrees_with_the_closed_form(int degree, double lambda)
    {
        var truth = new KnownTruth(static x => Math.Exp(-x[0]), static x => 0.1 + (0.1 * x[0]), static random => [2 * random.Uniform()]);
        var options = new BiasVarianceOptions { Sets = 4000, Rows = [25], FixedDesign = true, Seed = 5, Points = [[0.1], [0.7], [1.5], [1.9]] };
        BiasVariancePart part = BiasVariance.OfTruth(truth, [Learner.Polynomial(degree, lambda)], options).Parts[0];
        ClosedForm closed = Assert.IsType<ClosedForm>(part.ClosedForm);
        Assert.InRange(Math.Abs(part.Variance.Value - closed.Variance), 0, 4 * part.Variance.StandardError);
        Assert.InRange(Math.Abs(part.MeanSquaredError.Value - closed.MeanSquaredError), 0, 4 * part.MeanSquaredError.StandardError);
        Assert.InRange(Math.Abs(part.BiasSquaredCorrected - closed.BiasSquared), 0, (4 * part.BiasSquared.StandardError) + (4 * part.Variance.Value / 4000));
        Assert.InRange(part.Variance.StandardError, 0, 0.1 * closed.Variance);
        Assert.All(part.Points, static p => Assert.InRange(p.Variance / p.ClosedForm!.Variance, 0.88, 1.12));
    }

    [Fact]
    public void At_the_points_of_the_design_the_closed_variance_is_noise_times_coefficients_over_rows()
    {
        // tr(SSᵀ) of least squares is the number of coefficients; the bias of a polynomial of the true degree is 0.
        KnownTruth cubic = KnownTruth.Of(static x => 1 + (x * x * x), noise: 0.5, low: -1, high: 1);
        foreach (int degree in new[] { 3, 5, 8 })
        {
            BiasVariancePart part = BiasVariance.OfTruth(cubic, [Learner.Polynomial(degree)], new() { Sets = 2, Rows = [40], FixedDesign = true }).Parts[0];
            Assert.Equal(40, part.Points.Count);
            Assert.Equal(0.25 * (degree + 1) / 40, part.ClosedForm!.Variance, 1e-14);
            Assert.InRange(part.ClosedForm.BiasSquared, 0, 1e-26);
        }
    }

    [Fact]
    public void Standard_errors_are_those_seen_when_everything_is_done_again()
    {
        BiasVariancePart[] again = [.. Enumerable.Range(0, 60).Select(seed =>
            BiasVariance.OfTruth(_sine, [Learner.Polynomial(3)], new() { Sets = 60, Rows = [20], PointCount = 20, Seed = (ulong)seed }).Parts[0])];
        void Check(Func<BiasVariancePart, MonteCarlo> part)
        {
            double[] values = [.. again.Select(a => part(a).Value)];
            double seen = Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / 59);
            Assert.InRange(again.Average(a => part(a).StandardError) / seen, 0.7, 1.4);
        }
        Check(static p => p.Variance);
        Check(static p => p.MeanSquaredError);
        Check(static p => p.ObservedError);
        Check(static p => p.BiasSquared);
    }

    [Fact]
    public void The_error_against_fresh_responses_is_the_same_error()
    {
        BiasVariancePart part = BiasVariance.OfTruth(_sine, [Learner.Polynomial(4)], new() { Sets = 3000, Rows = [25], Seed = 2 }).Parts[0];
        Assert.InRange(Math.Abs(part.ObservedError.Value - part.MeanSquaredError.Value), 0, 4 * part.ObservedError.StandardError);
        Assert.Equal(part.Noise, part.ObservedNoise, 0.01 * part.Noise);
        Assert.Equal(0.09, part.Noise, 1e-15);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads()
    {
        Learner[] learners = [Learner.Polynomial(5), Learner.Network("tanh 3", static () => new Sequential(new Dense(1, 3, 1), new Tanh(), new Dense(3, 1, 0.5)), new() { Epochs = 3 })];
        double[] Numbers(int threads, ulong seed) =>
            [.. BiasVariance.OfTruth(_sine, learners, new() { Sets = 40, Rows = [15], Threads = threads, Seed = seed }).Parts.SelectMany(static p => new[]
            {
                p.BiasSquared.Value, p.BiasSquared.StandardError, p.Variance.Value, p.MeanSquaredError.Value, p.ObservedError.Value, p.Points[7].MeanPrediction,
            })];
        Assert.Equal(Numbers(1, 3), Numbers(2, 3));
        Assert.Equal(Numbers(1, 3), Numbers(5, 3));
        Assert.NotEqual(Numbers(1, 3), Numbers(1, 4));
    }

    [Fact]
    public void More_rows_bring_variance_down_and_leave_bias()
    {
        BiasVarianceResult result = BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Sets = 300, Rows = [20, 80, 320] });
        BiasVariancePart[] parts = [.. result.Parts];
        Assert.Equal([20, 80, 320], parts.Select(static p => p.Rows));
        Assert.InRange(parts[0].Variance.Value / parts[1].Variance.Value, 3, 6);
        Assert.InRange(parts[1].Variance.Value / parts[2].Variance.Value, 3, 5);
        Assert.InRange(parts[2].BiasSquared.Value / parts[0].BiasSquared.Value, 0.9, 1.1);
        Assert.Same(parts[2], result.Best);
    }

    [Fact]
    public void A_penalty_trades_variance_for_bias()
    {
        Learner[] family = [.. new[] { 0, 1e-4, 1e-2, 1.0 }.Select(static l => Learner.Polynomial(9, l))];
        BiasVariancePart[] parts = [.. BiasVariance.OfTruth(_sine, family, new() { Sets = 200, Rows = [20] }).Parts];
        for (int n = 1; n < parts.Length; n++)
        {
            Assert.True(parts[n].Variance.Value < parts[n - 1].Variance.Value);
        }
        Assert.True(parts[3].BiasSquaredCorrected > parts[1].BiasSquaredCorrected);
        Assert.Equal("degree 9; degree 9, lambda 0.0001; degree 9, lambda 0.01; degree 9, lambda 1", string.Join("; ", parts.Select(static p => p.Learner)));
    }

    [Fact]
    public void A_line_has_the_bias_and_a_small_network_the_variance()
    {
        Learner network = Learner.Network(
            "tanh 16", static () => new Sequential(new Dense(1, 16, 2), new Tanh(), new Dense(16, 1, 0.25)), new() { Epochs = 300, LearningRate = 0.02 });
        BiasVarianceResult result = BiasVariance.OfTruth(_sine, [Learner.Polynomial(1), network], new() { Sets = 30, Rows = [30], FixedDesign = true });
        BiasVariancePart line = result.Parts[0], net = result.Parts[1];
        Assert.True(line.BiasSquared.Value > 5 * net.BiasSquared.Value);
        Assert.True(net.Variance.Value > 2 * line.Variance.Value);
        Assert.InRange(net.IdentityGap, 0, 1e-12);
        Assert.Null(net.ClosedForm);
        Assert.Equal(FitVerdict.Underfits, line.Verdict);
    }

    [Fact]
    public void Any_function_may_be_a_learner_and_any_sampler_draws_points()
    {
        // The mean of the responses: its variance is that of a mean, its bias the distance of f from its own mean.
        var truth = new KnownTruth(static x => x[0] - x[1], static _ => 0.5, static random => [random.Normal(), random.Uniform()]);
        Learner mean = Learner.Of("mean", static set =>
        {
            double average = set.Responses.Average();
            return _ => average;
        });
        var options = new BiasVarianceOptions { Sets = 2000, Rows = [10], Points = [[0, 0.5], [1, 0]] };
        BiasVarianceResult result = BiasVariance.OfTruth(truth, [mean, Learner.Polynomial(0), Learner.Polynomial(1)], options);
        BiasVariancePart part = result.Parts[0];
        double spread = 1 + (1 / 12.0) + 0.25;
        Assert.InRange(part.Variance.Value, 0.93 * spread / 10, 1.07 * spread / 10);
        Assert.InRange(part.Points[0].BiasSquared, 0, 0.002);
        Assert.InRange(part.Points[1].BiasSquared, 2.0, 2.5);
        Assert.Equal(part.Variance.Value, result.Parts[1].Variance.Value, 1e-12);
        Assert.InRange(result.Parts[2].BiasSquared.Value, 0, 0.002);
    }

    [Fact]
    public void Text_says_the_same_truth_as_code()
    {
        BiasVariancePart Of(KnownTruth truth) => BiasVariance.OfTruth(truth, [Learner.Polynomial(2)], new() { Sets = 20, Rows = [15] }).Parts[0];
        Assert.Equal(
            Of(KnownTruth.Of(static x => Math.Sin(2 * x) + Math.Pow(x, 3), 0.3, -1, 2)).MeanSquaredError.Value,
            Of(KnownTruth.Parse("sin(2*x) + x^3", "0.3", -1, 2)).MeanSquaredError.Value,
            1e-13);
        Assert.Equal(2, KnownTruth.Parse("x1 * pi", "0.1 + 0.1 * abs(x2)").Dimensions);
    }

    [Theory]
    [InlineData("z", "0.1", "formula", "one of `x`")]
    [InlineData("x + x2", "0.1", "formula", "x1")]
    [InlineData("sin(x", "0.1", "formula", ")")]
    [InlineData("log(x - 1)", "0.1", "infinite-value", "Narrow the range")]
    [InlineData("x", "x - 2", "option", "0 or more")]
    public void A_truth_that_cannot_be_says_what_is_wrong(string function, string noise, string code, string says)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() =>
            BiasVariance.OfTruth(KnownTruth.Parse(function, noise), [Learner.Polynomial(1)]));
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        string Code(Func<object> act) => Assert.Throws<PlumblineException>(act).Code;
        Assert.Equal("too-few-rows", Code(() => BiasVariance.OfTruth(_sine, [Learner.Polynomial(12)], new() { Rows = [12] })));
        Assert.Equal("option", Code(() => BiasVariance.OfTruth(_sine, [])));
        Assert.Equal("option", Code(() => BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Sets = 1 })));
        Assert.Equal("option", Code(() => BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Rows = [1] })));
        Assert.Equal("shape", Code(() => BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Points = [[1, 2]] })));
        Assert.Equal("option", Code(() => BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Design = [[1], [2]] })));
        Assert.Equal("option", Code(() => Learner.Polynomial(-1)));
        Assert.Equal("option", Code(() => Learner.Polynomial(1, -0.1)));
        Assert.Equal("option", Code(() => KnownTruth.Of(static x => x, -1)));
        Assert.Equal("option", Code(() => KnownTruth.Of(static x => x, 1, low: 1, high: 1)));
        Assert.Equal("infinite-value", Code(() => BiasVariance.OfTruth(_sine, [Learner.Of("nothing", static _ => static _ => double.NaN)])));
        var two = new KnownTruth(static x => x[0], static _ => 0.1, static random => [random.Uniform() < 0.5 ? 0 : 1]);
        Assert.Equal("too-few-rows", Code(() => BiasVariance.OfTruth(two, [Learner.Polynomial(2)])));
    }

    [Fact]
    public void It_can_be_stopped_and_tells_how_far_it_is()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<double>();
        var progress = new Told(fraction =>
        {
            told.Add(fraction);
            if (fraction >= 0.5)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            BiasVariance.OfTruth(_sine, [Learner.Polynomial(1)], new() { Sets = 100, Threads = 1 }, progress, stop.Token));
        Assert.Equal(0.01, told[0], 1e-12);
        Assert.Equal(0.5, told[^1], 1e-12);
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
