namespace Plumbline.Tests.Selection;

public class TuningTests
{
    private static readonly Table _data = new SyntheticData([2, -3.4, 0.5], 4.2, noise: 1, rows: 400, seed: 1).ToTable();
    private static readonly TuningSpace _space = new("y ~ x1 + x2 + x3");

    [Fact]
    public void The_grid_is_tried_in_order_and_the_loss_is_that_of_the_rows_held_out()
    {
        TuningSpace space = _space with { LearningRates = [0.0001, 0.05], Batches = [16, 64], Optimizers = [DescentOptimizer.Sgd, DescentOptimizer.Adam] };
        TuningResult result = HyperparameterSearch.Run(_data, space, new() { Epochs = 15, Seed = 3 });
        Assert.Equal(8, result.Trials.Count);
        Assert.Equal(Enumerable.Range(1, 8), result.Trials.Select(static t => t.Number));
        Assert.Equal(0.0001, result.Trials[0].Setting.LearningRate);
        Assert.Equal(DescentOptimizer.Adam, result.Trials[7].Setting.Optimizer);
        Assert.Equal(0.05, result.Best.Setting.LearningRate);
        Assert.Equal(result.Trials.Min(static t => t.Loss), result.Best.Loss);
        Assert.InRange(result.RowsJudged, 50, 110);
        // Near the minimum the loss is that of the exact fit, half the noise's variance but for the sampling.
        Assert.InRange(result.Best.Loss / result.ExactLoss.Value, 0.97, 1.05);
        Assert.InRange(result.ExactLoss.Value, 0.35, 0.65);
        Assert.False(result.Trials[0].IsNearBest);
        Assert.True(result.Trials[0].Excess.Value > 1);
    }

    [Fact]
    public void The_exact_loss_is_that_of_a_fit_to_the_same_rows()
    {
        // Each fold's rows are left out, the others fitted: the same as leaving them out by hand.
        var options = new TuningOptions { Folds = 3, Epochs = 1 };
        var rows = new TuningData(["y ~ x1"], _data, options, CancellationToken.None);
        double[] losses = rows.ExactLosses("y ~ x1", DescentOptions.Default);
        Assert.Equal(400, losses.Length);
        Assert.Equal(400, rows.Judged);
        double all = LinearRegression.Fit("y ~ x1", _data).Rss / 800;
        Assert.InRange(losses.Average(), all, 1.05 * all);
    }

    [Fact]
    public void Rows_in_another_order_are_split_alike()
    {
        double[][] columns = [.. new[] { "x1", "x2", "x3", "y" }.Select(name => _data.Read([name], null, default).SelectMany(static b => b[0].High.ToArray()).ToArray())];
        Table turned = columns.Index().Aggregate(new Table(), static (t, c) => t.With(c.Index == 3 ? "y" : $"x{c.Index + 1}", [.. c.Item.Reverse()]));
        double Exact(Table table) => HyperparameterSearch.Run(table, _space, new() { Epochs = 1 }).ExactLoss.Value;
        Assert.Equal(Exact(_data), Exact(turned), 1e-12);
    }

    [Fact]
    public void Threads_change_no_bit_and_the_seed_does()
    {
        TuningSpace space = _space with { LearningRates = [0.01, 0.1], L2 = [0, 0.01, 0.1], Batches = [8, 32] };
        double[] Losses(int threads, ulong seed) =>
            [.. HyperparameterSearch.Run(_data, space, new() { Trials = 9, Epochs = 3, Threads = threads, Seed = seed, Folds = 2 }).Trials.SelectMany(static t => new[] { t.Setting.LearningRate, t.Loss })];
        Assert.Equal(Losses(1, 5), Losses(3, 5));
        Assert.NotEqual(Losses(1, 5), Losses(1, 6));
    }

    [Fact]
    public void Random_draws_stay_inside_the_ranges()
    {
        TuningSpace space = _space with { LearningRates = [0.001, 0.5], L2 = [0, 0.01, 1], Batches = [8, 32], Optimizers = [DescentOptimizer.Adam, DescentOptimizer.Nesterov] };
        TuningSetting[] drawn = [.. space.Draw(500, 1)];
        Assert.All(drawn, static s => Assert.InRange(s.LearningRate, 0.001, 0.5));
        Assert.All(drawn, static s => Assert.True(s.L2 == 0 || s.L2 is >= 0.01 and <= 1));
        Assert.InRange(drawn.Count(static s => s.L2 == 0), 120, 215);
        Assert.InRange(drawn.Count(static s => s.LearningRate < Math.Sqrt(0.001 * 0.5)), 200, 300);
        Assert.InRange(drawn.Count(static s => s.Optimizer == DescentOptimizer.Adam), 200, 300);
    }

    [Fact]
    public void Halving_gives_most_settings_up_early_and_finds_the_same_best()
    {
        TuningSpace space = _space with { LearningRates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.15] };
        TuningResult halved = HyperparameterSearch.Run(_data, space, new() { Epochs = 9, Halving = true });
        Assert.Equal([1, 3, 9], halved.Trials.Select(static t => t.Epochs).Distinct().Order());
        Assert.Equal(6, halved.Trials.Count(static t => t.Epochs == 1));
        Assert.Equal(2, halved.Trials.Count(static t => t.Epochs == 3));
        Assert.Equal(9, halved.Best.Epochs);
        TuningResult whole = HyperparameterSearch.Run(_data, space, new() { Epochs = 9 });
        Assert.True(whole.Trials[halved.Best.Number - 1].IsNearBest);
        Assert.Equal(whole.Trials[halved.Best.Number - 1].Loss, halved.Best.Loss);
    }

    [Fact]
    public void The_edge_chance_and_divergence_are_told()
    {
        string[] Notes(TuningSpace space) => [.. HyperparameterSearch.Run(_data, space, new() { Epochs = 10 }).Notes.Select(static n => n.Code)];
        Assert.Contains("best-on-edge", Notes(_space with { LearningRates = [0.00001, 0.0001, 0.001] }), StringComparer.Ordinal);
        string[] wide = Notes(_space with { LearningRates = [0.0001, 0.02, 0.03, 50] });
        Assert.DoesNotContain("best-on-edge", wide, StringComparer.Ordinal);
        TuningResult twins = HyperparameterSearch.Run(
            _data, new TuningSpace(["y ~ x1 + x2 + x3", "y ~ x2 + x1 + x3"]) { LearningRates = [0.03] }, new() { Epochs = 30, Folds = 2 });
        Assert.True(twins.Trials[0].IsNearBest && twins.Trials[1].IsNearBest);
        Assert.Contains("within-noise", twins.Notes.Select(static n => n.Code), StringComparer.Ordinal);
        Assert.Contains("settings-diverged", wide, StringComparer.Ordinal);
        Assert.Contains("selected", wide, StringComparer.Ordinal);
    }

    [Fact]
    public void Degrees_are_judged_on_the_same_rows()
    {
        KnownTruth truth = KnownTruth.Of(static x => (3 * x * x) - x, 0.1, -1, 1);
        var random = new RandomNumbers(1);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => (2 * random.Uniform()) - 1)];
        Table table = new Table().With("x", x).With("y", [.. x.Select(v => truth.Mean([v]) + (0.1 * random.Normal()))]);
        string[] formulas = [.. FormulaLearner.OverDegree("y ~ x", "x", [1, 2, 3]).Select(static f => f.Formula)];
        TuningResult result = HyperparameterSearch.Run(table, new TuningSpace(formulas) { LearningRates = [0.05] }, new() { Epochs = 40, Folds = 5 });
        Assert.True(result.Best.Setting.Formula != formulas[0]);
        Assert.True(result.Trials[0].Excess.Value > 5 * result.Trials[0].Excess.StandardError);
        Assert.True(result.Trials[1].IsNearBest);
        Assert.Equal(300, result.RowsJudged);
    }

    [Fact]
    public void What_is_known_is_not_trained_again_and_gives_the_same_bits()
    {
        string path = Path.GetTempFileName();
        try
        {
            TuningSpace space = _space with { LearningRates = [0.003, 0.01, 0.05, 5000] };
            var options = new TuningOptions { Epochs = 4, Folds = 2, Threads = 1 };
            TuningResult whole = HyperparameterSearch.Run(_data, space, options);
            using var stop = new CancellationTokenSource();
            int saved = 0;
            var first = new TuningHooks
            {
                Save = record =>
            {
                TuningFile.Append(path, record);
                if (++saved == 2)
                {
                    stop.Cancel();
                }
            }
            };
            Assert.ThrowsAny<OperationCanceledException>(() => HyperparameterSearch.Run(_data, space, options, null, first, stop.Token));
            File.AppendAllText(path, "{\"broken");         // the machine went off in the middle of a line
            int trained = 0;
            var second = new TuningHooks { Known = TuningFile.Read(path), Save = _ => trained++ };
            TuningResult resumed = HyperparameterSearch.Run(_data, space, options, null, second);
            Assert.Equal(2, trained);
            Assert.Equal(whole.Trials, resumed.Trials);
            Assert.Equal("checkpoint", Assert.Throws<PlumblineException>(() => HyperparameterSearch.Run(_data, space, options with { Seed = 9 }, null, second)).Code);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_cannot_be_tuned_is_refused()
    {
        string Code(TuningSpace space, TuningOptions? options = null) => Assert.Throws<PlumblineException>(() => HyperparameterSearch.Run(_data, space, options)).Code;
        Assert.Equal("option", Code(_space with { LearningRates = [] }));
        Assert.Equal("option", Code(_space with { LearningRates = [-1] }));
        Assert.Equal("option", Code(_space with { Batches = [1000] }));
        Assert.Equal("option", Code(_space, new() { Folds = 1 }));
        Assert.Equal("option", Code(_space, new() { ValidationShare = 1 }));
        Assert.Equal("option", Code(_space, new() { Trials = 0 }));
        Assert.Equal("option", Code(_space, new() { Descent = new() { ValidationShare = 0.1 } }));
        Assert.Equal("too-few-rows", Code(_space, new() { Folds = 5000 }));
        Assert.Equal("diverged", Code(_space with { LearningRates = [1e6] }));
        Assert.Equal("different-response", Code(new TuningSpace(["y ~ x1", "x3 ~ x1"])));
    }
}
