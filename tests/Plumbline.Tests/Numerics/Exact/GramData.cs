using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Exact;

/// <summary>Data that is hard to sum, and its sums by big integers.</summary>
internal static class GramData
{
    public static readonly string[] Kinds =
    [
        "normal", "uniform", "integers", "prices", "lognormal", "wide", "huge-and-tiny", "subnormal", "zeros", "growing", "mixed-columns", "rare-wide",
    ];

    /// <summary>Row-major values, <paramref name="rows"/> × <paramref name="columns"/>.</summary>
    public static double[] Make(string kind, int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var data = new double[rows * columns];
        for (int n = 0; n < data.Length; n++)
        {
            int r = n / columns, c = n % columns;
            data[n] = kind == "mixed-columns" ? Value(Kinds[c % 10], random, r, rows) : Value(kind, random, r, rows);
        }
        return data;
    }

    private static double Value(string kind, Random random, int row, int rows) => kind switch
    {
        "normal" => Normal(random),
        "uniform" => random.NextDouble(),
        "integers" => random.Next(-5000, 5000),
        "prices" => Math.Round(random.NextDouble() * 100000) / 100,
        "lognormal" => Math.Exp(5 * Normal(random)),
        "wide" => Normal(random) * Math.ScaleB(1, random.Next(-60, 60)),
        "huge-and-tiny" => Normal(random) * (random.Next(2) == 0 ? 1e150 : 1e-150),
        "subnormal" => random.Next(-1000, 1000) * double.Epsilon,
        "zeros" => random.Next(10) == 0 ? -0.0 : 0,
        "growing" => Normal(random) * Math.ScaleB(1, 200 * row / rows),
        "rare-wide" => random.Next(100) == 0 ? Normal(random) * 1e-30 : Normal(random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Σ w (hᵢ + lᵢ)(hⱼ + lⱼ) by big integers, upper triangle.</summary>
    public static ExactValue[,] TrueSums(double[] high, double[]? low, double[]? weights, int rows, int columns)
    {
        var sums = new ExactValue[columns, columns];
        var row = new ExactValue[columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                row[c] = ExactValue.From(high[(r * columns) + c]) + (low is null ? ExactValue.Zero : ExactValue.From(low[(r * columns) + c]));
            }
            ExactValue w = weights is null ? ExactValue.From(1) : ExactValue.From(weights[r]);
            for (int i = 0; i < columns; i++)
            {
                ExactValue wi = w * row[i];
                for (int j = i; j < columns; j++)
                {
                    sums[i, j] += wi * row[j];
                }
            }
        }
        return sums;
    }

    /// <summary>The same by the kernel under test.</summary>
    public static unsafe ExactValue[,] KernelSums(int lanes, double[] high, double[]? low, double[]? weights, int rows, int columns, int chunk = int.MaxValue)
    {
        using var gram = ExactGram.Create(columns, weights is not null, lanes);
        fixed (double* h = high)
        fixed (double* l = low)
        fixed (double* w = weights)
        {
            for (int start = 0; start < rows; start += Math.Min(chunk, rows - start))
            {
                int count = Math.Min(chunk, rows - start);
                var pointers = new ColumnPointer[columns];
                for (int c = 0; c < columns; c++)
                {
                    pointers[c] = new ColumnPointer(h + (start * columns) + c, l is null ? null : l + (start * columns) + c, columns);
                }
                Assert.Equal(-1, gram.Add(pointers, w is null ? null : w + start, count));
            }
        }
        FixedPointMatrix total = gram.Total();
        var sums = new ExactValue[columns, columns];
        for (int i = 0; i < columns; i++)
        {
            for (int j = i; j < columns; j++)
            {
                sums[i, j] = total[i, j];
            }
        }
        return sums;
    }
}
