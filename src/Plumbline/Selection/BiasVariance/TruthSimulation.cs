using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>
/// Training sets of one size, drawn from a known truth, and the points that predictions are judged at. Each set has a stream of random numbers
/// of its own, so sets do not depend on threads, and a smaller set is the beginning of a larger one.
/// Cost        one training a set; sets · points predictions in memory.
/// </summary>
internal sealed class TruthSimulation
{
    // Streams of the seed: sets have 0, 1, 2 …
    private const long DesignStream = -2;
    private const long PointStream = -3;
    private const long FreshStreams = 1L << 40;

    private readonly KnownTruth _truth;
    private readonly BiasVarianceOptions _options;
    private readonly int _rows;
    private readonly double[][]? _design;
    private readonly double[][] _points;
    private readonly double[] _means;
    private readonly double[] _noise;

    public TruthSimulation(KnownTruth truth, BiasVarianceOptions options, int rows)
    {
        _truth = truth;
        _options = options;
        _rows = rows;
        if (options.FixedDesign)
        {
            var random = new RandomNumbers(options.Seed, DesignStream);
            _design = options.Design is null ? [.. Enumerable.Range(0, rows).Select(_ => truth.Draw(random))] : [.. options.Design];
        }
        _points = options.Points is not null ? [.. options.Points]
            : _design ?? truth.PointsToJudge(options.PointCount, new RandomNumbers(options.Seed, PointStream));
        _means = Array.ConvertAll(_points, truth.Mean);
        _noise = Array.ConvertAll(_points, truth.Noise);
    }

    /// <summary>Takes a learner's error apart. The second result is the mean squared error of each training set, the noise not in it.</summary>
    public (BiasVariancePart Part, double[] Errors) Judge(Learner learner, SteppedProgress progress, CancellationToken cancellation)
    {
        var table = new PredictionTable(_options.Sets, _points.Length);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads == 0 ? -1 : _options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, _options.Sets, parallel, r =>
            {
                learner.Predict(DrawSet(r), _points, table.Of(r), cancellation);
                RequireFinite(learner, table.Of(r));
                progress.Step();
            });
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.InnerExceptions[0]);
        }
        return Decompose(learner, table);
    }

    private TrainingSet DrawSet(int set)
    {
        var random = new RandomNumbers(_options.Seed, set);
        var points = new double[_rows][];
        double[] responses = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            points[i] = _design?[i] ?? _truth.Draw(random);
            responses[i] = _truth.Mean(points[i]) + (_truth.Noise(points[i]) * random.Normal());
        }
        return new TrainingSet(points, responses, _options.Seed + (ulong)set);
    }

    private (BiasVariancePart, double[]) Decompose(Learner learner, PredictionTable table)
    {
        double[] means = table.Means();
        double[] variances = table.MeanSquares(means), errors = table.MeanSquares(_means);
        double[] ofSets = table.SquaresOfSets(_means);
        double noise = _noise.Average(static s => s * s);
        double bias = means.Zip(_means, static (m, f) => (m - f) * (m - f)).Average();
        double variance = variances.Average();
        double mse = ofSets.Average() + noise;
        FreshResponses fresh = Fresh(table);
        ClosedForm?[] closed = Closed(learner);
        double gap = Math.Max(Gap(mse, bias + variance + noise), Gap(fresh.Error.Value, bias + variance + fresh.Noise + fresh.Cross));
        var part = new BiasVariancePart
        {
            Learner = learner.Name,
            Rows = _rows,
            BiasSquared = new MonteCarlo(bias, table.ErrorOfBiasSquared(means, _means)),
            Variance = new MonteCarlo(variance, PredictionTable.ErrorOfMean(table.SquaresOfSets(means))),
            Noise = noise,
            MeanSquaredError = new MonteCarlo(mse, PredictionTable.ErrorOfMean(ofSets)),
            BiasSquaredCorrected = bias - (variance / (_options.Sets - 1)),
            ObservedError = fresh.Error,
            ObservedNoise = fresh.Noise,
            ObservedCross = fresh.Cross,
            IdentityGap = gap,
            ClosedForm = closed[0] is null ? null : new ClosedForm(
                closed.Average(static c => c!.BiasSquared), closed.Average(static c => c!.Variance), closed.Average(static c => c!.MeanSquaredError)),
            Excess = default,
            Verdict = FitVerdict.NearBest,
            Points = [.. _points.Select((x, j) => new BiasVariancePoint
            {
                X = x,
                Truth = _means[j],
                MeanPrediction = means[j],
                BiasSquared = (means[j] - _means[j]) * (means[j] - _means[j]),
                Variance = variances[j],
                Noise = _noise[j] * _noise[j],
                MeanSquaredError = errors[j] + (_noise[j] * _noise[j]),
                ClosedForm = closed[j],
            })],
        };
        return (part, ofSets);
    }

    /// <summary>New responses at the points, one for each training set, and how far predictions are from them.</summary>
    private FreshResponses Fresh(PredictionTable table)
    {
        double[] squares = new double[_options.Sets];
        double noise = 0, cross = 0;
        for (int r = 0; r < _options.Sets; r++)
        {
            var random = new RandomNumbers(_options.Seed, FreshStreams + r);
            ReadOnlySpan<double> predicted = table.Of(r);
            double square = 0, ownNoise = 0, ownCross = 0;
            for (int j = 0; j < _points.Length; j++)
            {
                double e = _noise[j] * random.Normal(), off = _means[j] - predicted[j];
                square += (e + off) * (e + off);
                ownNoise += e * e;
                ownCross += 2 * e * off;
            }
            squares[r] = square / _points.Length;
            noise += ownNoise / _points.Length;
            cross += ownCross / _points.Length;
        }
        return new FreshResponses(new MonteCarlo(squares.Average(), PredictionTable.ErrorOfMean(squares)), noise / _options.Sets, cross / _options.Sets);
    }

    private ClosedForm?[] Closed(Learner learner)
    {
        if (_design is null || learner.Smoother(_design, _points) is not { } smoother)
        {
            return new ClosedForm?[_points.Length];
        }
        double[] f = Array.ConvertAll(_design, _truth.Mean), s = Array.ConvertAll(_design, _truth.Noise);
        return [.. smoother.Select((weights, j) =>
        {
            double mean = 0, variance = 0;
            for (int i = 0; i < f.Length; i++)
            {
                mean += weights[i] * f[i];
                variance += weights[i] * weights[i] * s[i] * s[i];
            }
            double bias = (mean - _means[j]) * (mean - _means[j]);
            return new ClosedForm(bias, variance, bias + variance + (_noise[j] * _noise[j]));
        })];
    }

    private void RequireFinite(Learner learner, ReadOnlySpan<double> predictions)
    {
        for (int j = 0; j < predictions.Length; j++)
        {
            if (!double.IsFinite(predictions[j]))
            {
                throw new PlumblineException("infinite-value", $"{learner.Name} predicts {predictions[j]} at x = {KnownTruth.Shown(_points[j])}; a prediction must be finite.");
            }
        }
    }

    private static double Gap(double whole, double parts) => whole == 0 ? Math.Abs(parts) : Math.Abs(whole - parts) / whole;

    private readonly record struct FreshResponses(MonteCarlo Error, double Noise, double Cross);
}
