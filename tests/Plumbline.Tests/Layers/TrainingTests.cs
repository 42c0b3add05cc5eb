using Plumbline.Layers;

namespace Plumbline.Tests.Layers;

public class TrainingTests
{
    private static readonly Table _chapter = new SyntheticData([2, -3.4], 4.2, noise: 0.01, rows: 1000, seed: 1).ToTable();

    [Fact]
    public void The_chapters_experiment_ends_where_the_chapter_says()
    {
        var data = new DataLoader(_chapter, ["x1", "x2"], "y", batch: 10, seed: 1);
        var layer = new Dense(2, 1);
        TrainingResult result = new Trainer(layer, new SquaredLoss(), new Sgd(0.03)).Fit(data, epochs: 3);
        Assert.Equal(StopReason.Epochs, result.Stopped);
        Assert.InRange(result.Epochs[^1].Loss, 3e-5, 8e-5);     // the noise alone is 5e-5
        Assert.InRange(Math.Abs(layer.Weights[0] - 2), 0, 2e-3);
        Assert.InRange(Math.Abs(layer.Weights[1] + 3.4), 0, 2e-3);
        Assert.InRange(Math.Abs(layer.Bias[0] - 4.2), 0, 2e-3);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void A_dense_layer_with_one_output_trained_in_full_batches_is_the_exact_fit(string name)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => new Sgd(0.5),
            "momentum" => new Sgd(0.2, momentum: 0.5),
            "nesterov" => new Sgd(0.2, momentum: 0.5, nesterov: true),
            _ => new Adam(0.05),
        };
        var data = new DataLoader(_chapter, ["x1", "x2"], "y", batch: 1000);
        var layer = new Dense(2, 1);
        new Trainer(layer, new SquaredLoss(), optimizer).Fit(data, epochs: name == "adam" ? 3000 : 200);
        LinearModel exact = LinearRegression.Fit("y ~ x1 + x2", _chapter);
        double[] trained = [layer.Bias[0], .. layer.Weights];
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(exact.Coefficients[j].Estimate, trained[j], name == "adam" ? 1e-6 : 1e-12);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        double[] Train(ulong seed)
        {
            var data = new DataLoader(_chapter, ["x1", "x2"], "y", batch: 7, seed: seed);
            var network = new Sequential(new Dense(2, 4, 0.5), new Tanh(), new Dense(4, 1, 0.5));
            network.Initialize(seed);
            new Trainer(network, new MeanSquaredError(), new Adam()).Fit(data, epochs: 2);
            return [.. network.Parameters.SelectMany(p => p.Values)];
        }

        Assert.Equal(Train(3), Train(3));
        Assert.NotEqual(Train(3), Train(4));
    }

    [Fact]
    public void An_epoch_deals_every_example_once_in_an_order_of_its_own()
    {
        double[] numbers = [.. Enumerable.Range(0, 23).Select(n => (double)n)];
        var data = new DataLoader(numbers, numbers, 1, batch: 5, seed: 2);
        double[] Dealt(int epoch) => [.. data.Batches(epoch).SelectMany(b => b.Targets.Values.ToArray())];

        Assert.Equal(numbers, Dealt(0).Order());
        Assert.Equal(numbers, Dealt(1).Order());
        Assert.NotEqual(Dealt(0), Dealt(1));
        Assert.Equal(Dealt(1), Dealt(1));
        Assert.Equal([5, 5, 5, 5, 3], data.Batches(0).Select(b => b.Targets.Rows));
        Assert.All(data.Batches(3), b => Assert.Equal(b.Features.Values.ToArray(), b.Targets.Values.ToArray()));
        Assert.Equal(numbers, new DataLoader(numbers, numbers, 1, 5, shuffle: false).Batches(0).SelectMany(b => b.Targets.Values.ToArray()));
    }

    [Fact]
    public void A_rate_that_is_too_large_ends_the_training_and_says_so()
    {
        var data = new DataLoader(_chapter, ["x1", "x2"], "y", batch: 1000);
        TrainingResult result = new Trainer(new Dense(2, 1), new SquaredLoss(), new Sgd(50)).Fit(data, epochs: 1000);
        Assert.Equal(StopReason.Diverged, result.Stopped);
        Assert.True(result.Epochs.Count < 1000);
    }

    [Fact]
    public void Callbacks_see_every_step_and_may_end_the_training()
    {
        var data = new DataLoader(_chapter, ["x1", "x2"], "y", batch: 100);
        var steps = new List<long>();
        var trainer = new Trainer(new Dense(2, 1), new SquaredLoss(), new Sgd(0.1))
        {
            AfterStep = (step, loss) => steps.Add(double.IsFinite(loss) ? step : -1),
            AfterEpoch = epoch => epoch.Epoch < 2,
        };
        TrainingResult result = trainer.Fit(data, epochs: 9, validation: data);
        Assert.Equal(StopReason.Callback, result.Stopped);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), steps);
        Assert.All(result.Epochs, e => Assert.Equal(e.Loss, e.ValidationLoss));
    }

    [Fact]
    public void What_cannot_be_trained_is_refused()
    {
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => new DataLoader(_chapter, ["x1"], "y", batch: 0)).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => new DataLoader(_chapter, ["x1"], "y", batch: 1001)).Code);
        Assert.Equal("shape", Assert.Throws<PlumblineException>(() => new DataLoader([1.0, 2, 3], [1.0, 2], 1, 1)).Code);
        PlumblineException error = Assert.Throws<PlumblineException>(() => new DataLoader([1.0, double.NaN], [1.0, 2], 1, 1));
        Assert.Equal(("infinite-value", 2L), (error.Code, error.Line));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(double.NaN));
        Assert.Throws<ArgumentException>(() => new Sequential(new Dense(2, 3), new Tanh(), new Dense(2, 1)));
    }
}
