namespace Plumbline;

/// <summary>Which rows each round trains on (repeated as often as drawn) and which it is judged on.</summary>
internal sealed class ResamplingPlan
{
    private readonly Func<int, int, int[]> _training;
    private readonly Func<int, int[]> _test;

    private ResamplingPlan(int rounds, int trainingRows, Func<int, int, int[]> training, Func<int, int[]> test)
    {
        Rounds = rounds;
        TrainingRows = trainingRows;
        _training = training;
        _test = test;
    }

    /// <summary>How many rounds.</summary>
    public int Rounds { get; }

    /// <summary>Rows that a round may train on.</summary>
    public int TrainingRows { get; }

    /// <summary>The rows that a round trains on.</summary>
    /// <param name="round">Which.</param>
    /// <param name="rows">How many, at most <see cref="TrainingRows"/>.</param>
    public int[] Training(int round, int rows) => _training(round, rows);

    /// <summary>The rows that a round is judged on, in ascending order.</summary>
    public int[] Test(int round) => _test(round);

    /// <summary>The plan of some options; each round has a stream of random numbers of its own.</summary>
    /// <exception cref="PlumblineException">Code <c>too-few-rows</c>: a part would be empty.</exception>
    public static ResamplingPlan Of(ResamplingOptions options, int rows)
    {
        int test = (int)Math.Round(rows * options.TestShare), training = rows - test;
        if (test < 1 || training < 2)
        {
            throw new PlumblineException("too-few-rows", $"Of {rows} rows a share of {options.TestShare} held out is {test}, which leaves {training} to train on. There must be at least 1 and 2: take more rows or another share.");
        }
        int[] Shuffled(long stream)
        {
            int[] order = [.. Enumerable.Range(0, rows)];
            var random = new RandomNumbers(options.Seed, stream);
            for (int n = rows - 1; n > 0; n--)
            {
                int other = random.Below(n + 1);
                (order[n], order[other]) = (order[other], order[n]);
            }
            return order;
        }
        if (options.Resampling == Resampling.Splits)
        {
            return new ResamplingPlan(
                options.Rounds, training, (round, count) => [.. Shuffled(round).Skip(test).Take(count)], round => [.. Shuffled(round).Take(test).Order()]);
        }
        int[] split = Shuffled(-2);
        int[] held = [.. split.Take(test).Order()], others = [.. split.Skip(test).Order()];
        return new ResamplingPlan(options.Rounds, training, (round, count) =>
        {
            var random = new RandomNumbers(options.Seed, round);
            int[] drawn = new int[count];
            for (int i = 0; i < count; i++)
            {
                drawn[i] = others[random.Below(others.Length)];
            }
            return drawn;
        }, _ => held);
    }

    /// <summary>A plan given row by row.</summary>
    public static ResamplingPlan Given(int[][] training, int[] test) => new(training.Length, training[0].Length, (round, count) => training[round][..count], _ => test);
}
