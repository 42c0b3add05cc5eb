namespace Plumbline;

/// <summary>
/// Data that a linear model made: y = Xw + b + ε, with standard normal predictors and Gaussian noise. The same seed
/// gives the same bits on every platform (see NormalGenerator).
/// </summary>
public sealed record SyntheticData
{
    private readonly double[] _weights;

    /// <summary>Says what the data are made of.</summary>
    /// <param name="weights">The true coefficients w, one a predictor.</param>
    /// <param name="bias">The true intercept b.</param>
    /// <param name="noise">The standard deviation of ε; 0 for none.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="seed">The seed.</param>
    public SyntheticData(ReadOnlySpan<double> weights, double bias, double noise = 0.01, int rows = 1000, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _weights = weights.ToArray();
        Bias = bias;
        Noise = noise;
        Rows = rows;
        Seed = seed;
    }

    /// <summary>The true coefficients.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>The true intercept.</summary>
    public double Bias { get; }

    /// <summary>The standard deviation of the noise.</summary>
    public double Noise { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Makes the rows: columns <c>x1</c>, <c>x2</c> … and <c>y</c>. The first rows of a larger set are a smaller set.</summary>
    public Table ToTable()
    {
        var random = new NormalGenerator(Seed);
        double[][] x = Array.ConvertAll(_weights, _ => new double[Rows]);
        double[] y = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double sum = Bias;
            for (int j = 0; j < x.Length; j++)
            {
                x[j][row] = random.Next();
                sum += x[j][row] * _weights[j];
            }
            y[row] = sum + (Noise * random.Next());
        }
        Table table = new("synthetic");
        for (int j = 0; j < x.Length; j++)
        {
            table = table.With($"x{j + 1}", x[j]);
        }
        return table.With("y", y);
    }
}
