using CsCheck;

namespace Plumbline.Tests.Descent;

public class BatchDescentTests
{
    private static Moments MomentsOf(Table table, params string[] names)
    {
        using var builder = new MomentsBuilder(names);
        foreach (RowBlock block in table.Read(names, null, CancellationToken.None))
        {
            using (block)
            {
                builder.Add(block);
            }
        }
        return builder.Build();
    }

    private static Moments Random(ulong seed, int rows = 60, int columns = 4)
    {
        var random = new NormalGenerator(seed);
        double[][] x = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double common = random.Next();
            for (int j = 0; j < columns; j++)
            {
                x[j][row] = (10 * j) + (j + 1) * (random.Next() + common);
                y[row] += x[j][row] / (j + 1);
            }
            y[row] += random.Next();
        }
        Table table = Table.FromColumns([.. x.Select((c, j) => ($"x{j}", c)), ("y", y)]);
        return MomentsOf(table, [.. Enumerable.Range(0, columns).Select(j => $"x{j}"), "y"]);
    }

    [Theory]
    [InlineData(BatchMethod.Gradient)]
    [InlineData(BatchMethod.Momentum)]
    [InlineData(BatchMethod.Nesterov)]
    [InlineData(BatchMethod.ConjugateGradient)]
    public void Every_method_ends_at_the_exact_minimizer(BatchMethod method) =>
        Gen.ULong.Sample(seed =>
        {
            BatchDescentResult result = BatchDescent.Run(Random(seed), new BatchDescentOptions { Method = method, Steps = 3000, Seed = seed });
            Assert.All(result.Coefficients, c => Assert.Equal(c.Exact, c.Estimate, 1e-9 * (1 + Math.Abs(c.Exact))));
            Assert.True(result.Trace[^1].ExcessLoss <= 1e-20 * result.Trace[0].ExcessLoss);
        }, iter: 20);

    [Fact]
    public void The_observed_rate_of_plain_descent_at_its_best_rate_is_that_of_theory() =>
        Gen.ULong.Sample(seed =>
        {
            // Of two predictors and an intercept the curvatures are 1 + r, 1 and 1 − r: nothing in between is slow to die out.
            BatchDescentResult result = BatchDescent.Run(Random(seed, columns: 2), new BatchDescentOptions { Steps = 2000, Seed = seed });
            double condition = result.LargestCurvature / result.SmallestCurvature;
            Assert.Equal((condition - 1) / (condition + 1), result.PredictedRate, 1e-12);
            Assert.Equal(result.BestRate, result.LearningRate);
            Assert.Equal(result.PredictedRate, result.ObservedRate, 1e-6);

            // Of more, curvatures next to the extremes may shrink almost as slowly, never more slowly.
            BatchDescentResult more = BatchDescent.Run(Random(seed), new BatchDescentOptions { Steps = 2000, Seed = seed });
            Assert.InRange(more.ObservedRate, more.PredictedRate - 1e-3, more.PredictedRate + 1e-9);
        }, iter: 20);

    [Fact]
    public void Conjugate_gradient_needs_as_many_steps_as_there_are_parameters()
    {
        BatchDescentResult result = BatchDescent.Run(Random(3), new BatchDescentOptions { Method = BatchMethod.ConjugateGradient, Steps = 5 });
        Assert.True(result.Trace[^1].ExcessLoss <= 1e-20 * result.Trace[0].ExcessLoss);
    }

    [Fact]
    public void A_step_is_the_step_of_the_rows()
    {
        Table table = new SyntheticData([2, -3.4], 4.2, noise: 1, rows: 50, seed: 9).ToTable();
        double[][] columns = [.. new[] { "x1", "x2", "y" }.Select(name => table.Read([name], null, CancellationToken.None).Single()[0].High.ToArray())];
        BatchDescentResult result = BatchDescent.Run(
            MomentsOf(table, "x1", "x2", "y"), new BatchDescentOptions { Standardize = false, LearningRate = 0.3, Steps = 1, Seed = 4 });
        double[] start = [.. result.Trace[0].Parameters], gradient = new double[3];
        double loss = 0;
        for (int row = 0; row < 50; row++)
        {
            double error = start[0] + (start[1] * columns[0][row]) + (start[2] * columns[1][row]) - columns[2][row];
            loss += 0.5 * error * error / 50;
            gradient[0] += error / 50;
            gradient[1] += error * columns[0][row] / 50;
            gradient[2] += error * columns[1][row] / 50;
        }
        Assert.Equal(loss, result.Trace[0].Loss, 1e-12 * loss);
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(start[j] - (0.3 * gradient[j]), result.Coefficients[j].Estimate, 1e-12);
        }
    }

    [Fact]
    public void A_rate_just_below_the_stable_one_converges_and_just_above_it_diverges()
    {
        Moments moments = Random(5);
        double stable = BatchDescent.Run(moments).StableRate;
        Assert.Equal(DescentStop.Excess, BatchDescent.Run(moments, new BatchDescentOptions { LearningRate = 0.98 * stable, Steps = 100_000, ExcessLoss = 1e-10 }).Stopped);
        Assert.Equal(DescentStop.Diverged, BatchDescent.Run(moments, new BatchDescentOptions { LearningRate = 1.02 * stable, Steps = 100_000, ExcessLoss = 1e-10 }).Stopped);
    }

    [Fact]
    public void Divergence_is_explained_with_the_column_at_fault_and_the_rate_that_would_do()
    {
        Table table = Table.FromColumns(
            ("sqft_living", [1500.0, 2100, 900, 3000, 1800]), ("age", [3.0, 1, 2, 2, 5]), ("price", [300.0, 420, 200, 610, 360]));
        BatchDescentResult result = BatchDescent.Run(
            MomentsOf(table, "sqft_living", "age", "price"), new BatchDescentOptions { Standardize = false, LearningRate = 0.5, Steps = 1000 });
        Assert.Equal(DescentStop.Diverged, result.Stopped);
        Assert.Contains("the learning rate 0.5 is above 2/λmax =", result.Explanation, StringComparison.Ordinal);
        Assert.Matches("`sqft_living` has [0-9,]+ times the scale of the others", result.Explanation);
        Assert.EndsWith(", or standardize.", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Moments moments = Random(1);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => BatchDescent.Run(moments, new BatchDescentOptions { LearningRate = 0 })).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => BatchDescent.Run(moments, new BatchDescentOptions { Momentum = 1 })).Code);
        Assert.Equal("option", Assert.Throws<PlumblineException>(() => BatchDescent.Run(moments, new BatchDescentOptions { Steps = 0 })).Code);
    }
}
