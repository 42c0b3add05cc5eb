namespace Plumbline;

/// <summary>
/// A world whose truth is known: y = f(x) + ε, with x drawn by a sampler and ε normal with the standard deviation σ(x).
/// <code>
/// var truth = KnownTruth.Of(x => Math.Sin(2 * x), noise: 0.3, low: 0, high: 3);
/// </code>
/// Its functions are called from several threads at once.
/// </summary>
public sealed class KnownTruth
{
    private readonly Func<double[], double> _function;
    private readonly Func<double[], double> _noise;
    private readonly Func<RandomNumbers, double[]> _sampler;
    private readonly double[] _low = [];
    private readonly double[] _high = [];

    /// <summary>Any function, any noise, any sampler.</summary>
    /// <param name="function">f: the mean response at a point.</param>
    /// <param name="noise">σ: the standard deviation of the noise there, 0 or more.</param>
    /// <param name="sampler">Draws a point; every point has as many coordinates as the first.</param>
    public KnownTruth(Func<double[], double> function, Func<double[], double> noise, Func<RandomNumbers, double[]> sampler)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(sampler);
        _function = function;
        _noise = noise;
        _sampler = sampler;
        Dimensions = sampler(new RandomNumbers(0)).Length;
        if (Dimensions == 0)
        {
            throw new PlumblineException("shape", "The sampler drew a point without coordinates; give it at least one.");
        }
    }

    private KnownTruth(Func<double[], double> function, Func<double[], double> noise, double[] low, double[] high)
        : this(function, noise, random => Box(random, low, high))
    {
        for (int k = 0; k < low.Length; k++)
        {
            if (!(low[k] < high[k]) || !double.IsFinite(high[k] - low[k]))
            {
                throw new PlumblineException("option", $"x would be drawn between {low[k]} and {high[k]}; the first must be below the second, both finite.");
            }
        }
        _low = low;
        _high = high;
    }

    /// <summary>The coordinates of a point.</summary>
    public int Dimensions { get; }

    /// <summary>A function of one number, which is uniform between two, with the same noise everywhere.</summary>
    /// <param name="function">f.</param>
    /// <param name="noise">The standard deviation of the noise, 0 or more.</param>
    /// <param name="low">The least x.</param>
    /// <param name="high">The largest x.</param>
    /// <exception cref="PlumblineException">Code <c>option</c>: the noise is negative or not finite, or the range is empty.</exception>
    public static KnownTruth Of(Func<double, double> function, double noise, double low = 0, double high = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireNoise(noise, []);
        return new KnownTruth(x => function(x[0]), _ => noise, [low], [high]);
    }

    /// <summary>The same from text, in the language of formulas: <c>sin(2*x)</c>, or <c>x1*x2</c> of several coordinates, each uniform.</summary>
    /// <param name="function">f, of <c>x</c>, or of <c>x1</c>, <c>x2</c> …</param>
    /// <param name="noise">The standard deviation of the noise: a number, or an expression of the same.</param>
    /// <param name="low">The least value of every coordinate.</param>
    /// <param name="high">The largest.</param>
    /// <exception cref="PlumblineException">Code <c>formula</c>, with the position; <c>option</c>: the range is empty.</exception>
    public static KnownTruth Parse(string function, string noise, double low = 0, double high = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(noise);
        var mean = new TruthExpression(function);
        var deviation = new TruthExpression(noise);
        int dimensions = Math.Max(1, Math.Max(mean.Dimensions, deviation.Dimensions));
        double[] lows = new double[dimensions], highs = new double[dimensions];
        Array.Fill(lows, low);
        Array.Fill(highs, high);
        return new KnownTruth(mean.At, deviation.At, lows, highs);
    }

    /// <summary>f at a point.</summary>
    /// <exception cref="PlumblineException">Code <c>infinite-value</c>: it is not finite there.</exception>
    internal double Mean(double[] x)
    {
        double value = _function(x);
        return double.IsFinite(value) ? value : throw new PlumblineException(
            "infinite-value", $"The true function is {value} at x = {Shown(x)}; it must be finite wherever x can be. Narrow the range of x.");
    }

    /// <summary>σ at a point.</summary>
    /// <exception cref="PlumblineException">Code <c>option</c>: it is negative or not finite there.</exception>
    internal double Noise(double[] x) => RequireNoise(_noise(x), x);

    /// <summary>Draws a point.</summary>
    internal double[] Draw(RandomNumbers random)
    {
        double[] x = _sampler(random);
        return x.Length == Dimensions ? x : throw new PlumblineException(
            "shape", $"The sampler drew a point of {x.Length} coordinates, and its first had {Dimensions}.");
    }

    /// <summary>
    /// Points to judge predictions at: for one uniform coordinate the middles of equal parts of its range, so that the choice of
    /// points adds no noise; else drawn.
    /// </summary>
    internal double[][] PointsToJudge(int count, RandomNumbers random)
    {
        var points = new double[count][];
        for (int j = 0; j < count; j++)
        {
            points[j] = _low.Length == 1 ? [_low[0] + ((_high[0] - _low[0]) * ((j + 0.5) / count))] : Draw(random);
        }
        return points;
    }

    internal static string Shown(double[] x) => x.Length == 1 ? $"{x[0]}" : $"({string.Join(", ", x)})";

    private static double RequireNoise(double noise, double[] x) => noise >= 0 && double.IsFinite(noise) ? noise : throw new PlumblineException(
        "option", $"The standard deviation of the noise is {noise}{(x.Length > 0 ? $" at x = {Shown(x)}" : "")}; it must be 0 or more, and finite.");

    private static double[] Box(RandomNumbers random, double[] low, double[] high)
    {
        double[] x = new double[low.Length];
        for (int k = 0; k < x.Length; k++)
        {
            x[k] = low[k] + ((high[k] - low[k]) * random.Uniform());
        }
        return x;
    }
}
