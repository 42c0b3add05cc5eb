using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Descent;

public unsafe class MinibatchDescentTests
{
    private static readonly DescentRows _chapter = new(new SyntheticData([2, -3.4], 4.2, noise: 0.01, rows: 1000, seed: 1));
    private static readonly DescentRows _noisy = new(new SyntheticData([2, -3.4, 1, 0.5, -1, 3, 0, 7, 1], 4.2, noise: 1, rows: 700, seed: 2));

    [Fact]
    public void The_chapters_experiment_ends_where_the_chapter_says()
    {
        DescentResult result = _chapter.Train(new DescentOptions { Batch = 10, LearningRate = 0.03, Epochs = 3, Standardize = false, Seed = 1 });
        Assert.Equal(DescentStop.Epochs, result.Stopped);
        Assert.InRange(result.Trace[^1].Loss, 4e-5, 7e-5);
        foreach ((double truth, DescentCoefficient c) in new[] { 4.2, 2, -3.4 }.Zip(result.Coefficients))
        {
            Assert.InRange(Math.Abs(c.Estimate - truth), 0, 2e-3);
        }
    }

    [Fact]
    public void A_permutation_takes_every_row_once() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 70], Gen.Int[0, 3000]), Gen.ULong, Gen.Long[0, 100]).Sample((count, seed, epoch) =>
            Assert.Equal(Enumerable.Range(0, count), Order(count, seed, epoch).Order()), iter: 200);

    [Fact]
    public void A_permutation_is_the_same_from_wherever_it_is_read() =>
        Gen.Select(Gen.Int[1, 3000], Gen.ULong, Gen.Int[0, 2999]).Sample((count, seed, from) =>
        {
            from %= count;
            int[] part = new int[Math.Min(37, count - from)];
            new RowPermutation(count, seed, 3).Fill(from, part);
            Assert.Equal(Order(count, seed, 3).Skip(from).Take(37), part);
        }, iter: 200);

    [Fact]
    public void A_permutation_of_as_many_rows_as_there_can_be_stays_within_them()
    {
        int[] rows = new int[100_000];
        new RowPermutation(int.MaxValue, 5, 1).Fill(int.MaxValue - rows.Length, rows);
        Assert.Equal(rows.Length, rows.Distinct().Count());
        Assert.All(rows, row => Assert.InRange(row, 0, int.MaxValue - 1));
    }

    [Fact]
    public void A_permutation_leaves_no_row_where_it_was_more_often_than_chance()
    {
        // The number of fixed points of a random permutation has mean 1 and variance 1.
        double fixedPoints = Enumerable.Range(0, 400).Average(epoch => Order(1000, 5, epoch).Index().Count(n => n.Item == n.Index));
        Assert.InRange(fixedPoints, 0.75, 1.25);
    }

    [Fact]
    public void Neighbors_in_a_permutation_are_no_neighbors_more_often_than_chance()
    {
        // Of 1,000 rows in random order 2 on average stand before their successor or predecessor, with variance 2; and where row 0 goes, and which row
        // comes first, is spread evenly: χ² of 10 cells has mean 9 and standard deviation 4.2.
        int[][] orders = [.. Enumerable.Range(0, 400).Select(epoch => Order(1000, 7, epoch))];
        Assert.InRange(orders.Average(o => o.Zip(o.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) == 1)), 1.65, 2.35);
        Assert.InRange(ChiSquared(orders.Select(o => Array.IndexOf(o, 0))), 0.5, 28);
        Assert.InRange(ChiSquared(orders.Select(o => o[0])), 0.5, 28);
        double[] means = [.. orders.Select(o => o.Take(100).Average())];        // of a hundred of 0 … 999: 499.5 ± 27.4
        Assert.InRange(Math.Sqrt(means.Average(m => Math.Pow(m - 499.5, 2))), 23, 32);

        static double ChiSquared(IEnumerable<int> places) => places.CountBy(p => p / 100).Sum(cell => Math.Pow(cell.Value - 40, 2) / 40);
    }

    private static int[] Order(int count, ulong seed, long epoch)
    {
        int[] rows = new int[count];
        new RowPermutation(count, seed, epoch).Fill(0, rows);
        return rows;
    }

    [Theory]
    [InlineData(DescentLoss.Squared, 3)]
    [InlineData(DescentLoss.Squared, 12)]
    [InlineData(DescentLoss.Absolute, 12)]
    [InlineData(DescentLoss.Huber, 3)]
    [InlineData(DescentLoss.Huber, 21)]
    public void The_gradient_of_a_minibatch_is_the_difference_quotient_of_its_loss(DescentLoss loss, int columns)
    {
        using Examples examples = Normal(columns, 20);
        using var kernel = MinibatchKernel.Create(loss, 0.7, columns);
        using NativeBuffer theta = Parameters(columns, 5);
        fixed (int* rows = Rows(20))
        {
            double sum = kernel.Sum(examples, rows, 20, theta.Doubles);
            Assert.Equal(kernel.Loss(examples, theta.Doubles), sum, 1e-12 * sum);
        }
        double[] gradient = new Span<double>(kernel.Gradient, columns).ToArray();
        for (int j = 0; j < columns; j++)
        {
            double at = theta.Doubles[j];
            theta.Doubles[j] = at + 1e-6;
            double above = kernel.Loss(examples, theta.Doubles);
            theta.Doubles[j] = at - 1e-6;
            double below = kernel.Loss(examples, theta.Doubles);
            theta.Doubles[j] = at;
            Assert.Equal((above - below) / 2e-6, gradient[j], 1e-6 * (1 + Math.Abs(gradient[j])));
        }
    }

    [Fact]
    public void Steps_of_one_row_in_the_kernel_are_gradients_taken_one_at_a_time() =>
        Gen.Select(Gen.Int[1, 25], Gen.Enum<DescentLoss>(), Gen.ULong).Sample((columns, loss, seed) =>
        {
            using Examples examples = Normal(columns, 20);
            using var kernel = MinibatchKernel.Create(loss, 0.7, columns);
            using NativeBuffer together = Parameters(columns, seed), single = Parameters(columns, seed);
            double* rates = stackalloc double[20];
            fixed (int* rows = Rows(20))
            {
                double loss1 = 0;
                for (int n = 0; n < 20; n++)
                {
                    rates[n] = 0.01 / (1 + n);
                    loss1 += kernel.Sum(examples, rows + n, 1, single.Doubles);
                    for (int j = 0; j < columns; j++)
                    {
                        single.Doubles[j] -= rates[n] * kernel.Gradient[j];
                    }
                }
                double loss20 = kernel.Descend(examples, rows, 20, together.Doubles, rates);
                Assert.Equal(loss1, loss20, 1e-12 * loss1);
            }
            for (int j = 0; j < examples.Stride; j++)
            {
                Assert.Equal(single.Doubles[j], together.Doubles[j], 1e-12);        // −1 and zeros behind the parameters, too
            }
        }, iter: 200);

    private static Examples Normal(int columns, int count)
    {
        var random = new NormalGenerator(3);
        var examples = new Examples(columns, count);
        var block = new ModelBlock(columns, 0, count, false, false) { Rows = count };
        for (int row = 0; row < count; row++)
        {
            for (int j = 0; j < columns; j++)
            {
                block.ColumnBuffer(j)[row] = random.Next();
            }
            block.ResponseBuffer[row] = 3 * random.Next();
            examples.Add(block, row, [.. Enumerable.Range(0, columns)], new double[columns], [.. Enumerable.Repeat(1.0, columns)]);
        }
        return examples;
    }

    private static NativeBuffer Parameters(int columns, ulong seed)
    {
        var random = new NormalGenerator(seed);
        NativeBuffer theta = NativeBuffer.OfEights(Examples.StrideOf(columns));
        for (int j = 0; j < columns; j++)
        {
            theta.Doubles[j] = random.Next();
        }
        theta.Doubles[columns] = -1;
        return theta;
    }

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count), .. new int[MinibatchKernel.Ahead]];

    [Fact]
    public void A_batch_of_all_rows_is_a_step_of_batch_descent_and_its_gradient_that_of_the_moments()
    {
        var options = new DescentOptions { Batch = 700, LearningRate = 0.1, Epochs = 1, Seed = 4 };
        DescentResult result = _noisy.Train(options);
        using DescentData data = _noisy.Data(options);
        double[] start = [.. result.Trace[0].Parameters], end = [.. result.Trace[1].Parameters];
        // In standardized units: θ₁ = θ₀ − η H(θ₀ − θ*); the slopes' units are their scales.
        var random = new NormalGenerator(4);
        double[] error = [.. data.Loss.Minimizer.Select(m => (0.01 * random.Next()) - m)], gradient = new double[error.Length];
        data.Loss.Gradient(error, gradient);
        for (int j = 1; j < error.Length; j++)
        {
            Assert.Equal(start[j] - (0.1 * gradient[j] / data.Loss.Scale[j]), end[j], 1e-12);
        }
    }

    [Theory]
    [InlineData(DescentOptimizer.Sgd, 0.05)]
    [InlineData(DescentOptimizer.Momentum, 0.005)]
    [InlineData(DescentOptimizer.Nesterov, 0.005)]
    [InlineData(DescentOptimizer.Adam, 0.1)]
    [InlineData(DescentOptimizer.AveragedSgd, 0.05)]
    public void Every_optimizer_comes_near_the_exact_minimum_and_says_how_near(DescentOptimizer optimizer, double rate)
    {
        DescentResult result = _noisy.Train(new DescentOptions { Optimizer = optimizer, LearningRate = rate, Epochs = 60, Schedule = DescentSchedule.Exponential, Seed = 3 });
        Assert.InRange(result.Trace[^1].ExcessLoss!.Value, 0, 3e-3);
        Assert.All(result.Coefficients, c => Assert.Equal(c.Exact, c.Estimate, 0.05));
        Assert.Equal(61, result.Trace.Count);
        Assert.All(result.Trace, p => Assert.Equal(p.Loss - p.ExcessLoss!.Value, result.Trace[0].Loss - result.Trace[0].ExcessLoss!.Value, 1e-12));
    }

    [Theory]
    [InlineData(DescentSchedule.Constant)]
    [InlineData(DescentSchedule.Step)]
    [InlineData(DescentSchedule.Inverse)]
    [InlineData(DescentSchedule.Exponential)]
    [InlineData(DescentSchedule.Cosine)]
    public void Rates_fall_as_scheduled_after_the_warm_up(DescentSchedule schedule)
    {
        var rate = new LearningRate(new DescentOptions { Schedule = schedule, Epochs = 4, WarmUpSteps = 10 }, 0.8, 100);
        Assert.Equal(0.08, rate.At(0), 0.001);
        double[] rates = [.. Enumerable.Range(10, 390).Select(n => rate.At(n))];
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal(schedule switch { DescentSchedule.Constant => 0.8, DescentSchedule.Step => 0.1, DescentSchedule.Inverse => 0.16, DescentSchedule.Exponential => 0.008, _ => 0 }, rates[^1], 0.001);
    }

    [Theory]
    [InlineData(300_000_000, 16, DescentOptimizer.Adam)]
    [InlineData(1 << 16, 16, DescentOptimizer.Adam)]
    [InlineData(300_000_000, 1, DescentOptimizer.Sgd)]
    [InlineData(1 << 16, 1, DescentOptimizer.Sgd)]
    [InlineData(1 << 16, 7, DescentOptimizer.AveragedSgd)]
    public void The_same_seed_gives_the_same_bits_and_a_resumed_descent_those_of_an_unbroken_one(long memory, int batch, DescentOptimizer optimizer)
    {
        var options = new DescentOptions { Batch = batch, Epochs = 4, MemoryBytes = memory, ValidationShare = 0.2, Seed = 8, Optimizer = optimizer };
        DescentRows rows = new(new SyntheticData([1, 2], 3, 0.5, 5000, 4));
        DescentResult whole = rows.Train(options);
        Assert.Equal(memory > 1 << 20, whole.InMemory);
        Assert.Equal(5000, whole.TrainingRows + whole.ValidationRows);
        Assert.InRange(whole.ValidationRows, 880, 1120);
        Assert.Equal(Bits(whole), Bits(rows.Train(options)));
        Assert.NotEqual(Bits(whole), Bits(rows.Train(options with { Seed = 9 })));

        // Canceled in the middle of an epoch, by the trace's hand.
        using var source = new CancellationTokenSource();
        DescentCheckpoint? saved = null;
        Assert.ThrowsAny<OperationCanceledException>(() => rows.Train(options, null, checkpoint =>
        {
            saved = checkpoint;
            if (checkpoint.Epoch == 2)
            {
                source.Cancel();
            }
        }, source.Token));
        Assert.NotNull(saved);
        Assert.Equal(Bits(whole), Bits(rows.Train(options, saved)));
        Assert.Equal("checkpoint", Assert.Throws<PlumblineException>(() => rows.Train(options with { Batch = 17 }, saved)).Code);
    }

    [Fact]
    public void A_checkpoint_within_an_epoch_is_resumed_to_the_same_bits()
    {
        var options = new DescentOptions { Batch = 8, Epochs = 3, Seed = 8 };
        DescentResult whole = _chapter.Train(options);
        using DescentData data = _chapter.Data(options);
        using var source = new CancellationTokenSource();
        DescentCheckpoint? saved = null;
        // TraceSteps record through Progress; a token that is canceled from another thread ends it anywhere.
        using var descent = new MinibatchDescent(data, 0, options) { Save = c => saved = c };
        source.CancelAfter(0);
        try
        {
            descent.Run(null, source.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.NotNull(saved);
        }
        Assert.Equal(Bits(whole), Bits(_chapter.Train(options, saved)));
    }

    [Fact]
    public void Patience_ends_the_descent_and_restores_the_best_parameters()
    {
        DescentResult result = _noisy.Train(new DescentOptions { Batch = 1, LearningRate = 0.05, Epochs = 500, ValidationShare = 0.3, Patience = 4, Seed = 6 });
        Assert.Equal(DescentStop.Patience, result.Stopped);
        DescentPoint best = result.Trace.Where(p => p.Epoch > 0).MinBy(p => p.ValidationLoss)!;
        Assert.Equal(best.Epoch, result.BestEpoch);
        Assert.Equal(best.Parameters, result.Coefficients.Select(c => c.Estimate));
        Assert.Equal(result.BestEpoch + 4, result.Trace[^1].Epoch);
    }

    [Fact]
    public void The_excess_loss_the_gradient_and_the_time_end_the_descent()
    {
        var options = new DescentOptions { Batch = 700, LearningRate = 0.9, Epochs = 100_000 };
        Assert.Equal(DescentStop.Excess, _noisy.Train(options with { ExcessLoss = 1e-8 }).Stopped);
        Assert.Equal(DescentStop.Gradient, _noisy.Train(options with { GradientNorm = 1e-5 }).Stopped);
    }

    [Fact]
    public void Time_ends_the_descent_where_it_is_and_leaves_a_checkpoint()
    {
        // One row a step and a trace of every epoch: within the first 8,192 rows nobody looks at the clock.
        var options = new DescentOptions { Batch = 1, LearningRate = 1e-4, Epochs = 100_000_000, Time = TimeSpan.FromMilliseconds(20) };
        DescentCheckpoint? saved = null;
        DescentResult result = _noisy.Train(options, null, checkpoint => saved = checkpoint);
        Assert.Equal(DescentStop.Time, result.Stopped);
        Assert.Equal(result.Trace[^1].Parameters, result.Coefficients.Select(c => c.Estimate));
        Assert.NotNull(saved);
        Assert.Equal(result.Trace[^1].Step, saved.Trace[^1].Step);
    }

    [Fact]
    public void A_rate_too_large_diverges_at_once_and_is_explained()
    {
        DescentResult result = _noisy.Train(new DescentOptions { LearningRate = 10, Epochs = 1000 });
        Assert.Equal(DescentStop.Diverged, result.Stopped);
        Assert.Contains("above 2/λmax", result.Explanation, StringComparison.Ordinal);
        Assert.Single(result.Trace);
    }

    [Fact]
    public void A_rate_chosen_from_the_moments_converges_at_any_batch_size()
    {
        foreach (int batch in new[] { 1, 8, 100, 700 })
        {
            DescentResult result = _noisy.Train(new DescentOptions { LearningRate = null, Batch = batch, Epochs = 40, Schedule = DescentSchedule.Inverse });
            Assert.True(result.Trace[^1].ExcessLoss < 0.2, $"batch {batch}: {result.Trace[^1].ExcessLoss}");
        }
    }

    [Theory]
    [InlineData(DescentLoss.Absolute)]
    [InlineData(DescentLoss.Huber)]
    public void Robust_losses_are_not_drawn_away_by_wild_rows(DescentLoss loss)
    {
        DescentRows rows = new(new SyntheticData([2], 1, 0.1, 400, 7));
        for (int row = 0; row < 400; row += 20)
        {
            rows.Response[row] += 100;
        }
        DescentResult result = rows.Train(new DescentOptions { Loss = loss, LearningRate = 0.1, Epochs = 100, Schedule = DescentSchedule.Exponential });
        Assert.Equal(2, result.Coefficients[1].Estimate, 0.1);
        Assert.Equal(1, result.Coefficients[0].Estimate, 0.1);
        Assert.Null(result.Trace[^1].ExcessLoss);
        Assert.True(double.IsNaN(result.Coefficients[0].Exact));
    }

    [Fact]
    public void What_cannot_be_trained_is_refused()
    {
        Assert.Equal("option", Refused(new DescentOptions { LearningRate = 0 }));
        Assert.Equal("option", Refused(new DescentOptions { LearningRate = double.NaN }));
        Assert.Equal("option", Refused(new DescentOptions { Batch = 0 }));
        Assert.Equal("option", Refused(new DescentOptions { Batch = 701 }));
        Assert.Equal("option", Refused(new DescentOptions { Patience = 3 }));
        Assert.Equal("option", Refused(new DescentOptions { ExcessLoss = 1, Loss = DescentLoss.Huber }));
        Assert.Equal("no-rows", Refused(new DescentOptions { Batch = 1, ValidationShare = 0.99999999 }));
        Assert.Equal("no-rows", Refused(new DescentOptions { Batch = 1, ValidationShare = 1e-9 }));
    }

    private static string Refused(DescentOptions options) => Assert.Throws<PlumblineException>(() => _noisy.Train(options)).Code;

    private static double[] Bits(DescentResult result) => [.. result.Trace.SelectMany(p => p.Parameters), .. result.Coefficients.Select(c => c.Estimate)];
}
