using CsCheck;

namespace Plumbline.Tests.Solvers;

/// <summary>A random regression: how large, how ill-conditioned, how badly scaled.</summary>
internal sealed record RandomProblem(int Rows, int Predictors, double Near, int Seed, int Spread)
{
    /// <summary>Small problems of any condition up to about 1e16, columns scaled by up to 2^±spread.</summary>
    public static Gen<RandomProblem> Gen(int largestSpread = 0) => CsCheck.Gen.Select(
        CsCheck.Gen.Int[2, 14], CsCheck.Gen.Int[1, 5], CsCheck.Gen.Int[0, 15], CsCheck.Gen.Int[0, 1_000_000], CsCheck.Gen.Int[0, largestSpread],
        (rows, predictors, power, seed, spread) => new RandomProblem(rows + predictors + 1, predictors, Math.Pow(10, -power), seed, spread));

    /// <summary>Rows of predictors and response. The last predictor is nearly a combination of the others and the constant.</summary>
    public double[][] Data()
    {
        var random = new Random(Seed);
        double[] scale = [.. Enumerable.Range(0, Predictors + 1).Select(_ => Math.ScaleB(1, random.Next(-Spread, Spread + 1)))];
        double[] shift = [.. Enumerable.Range(0, Predictors + 1).Select(_ => random.Next(3) == 0 ? 1000 * random.NextDouble() : 0)];
        var rows = new double[Rows][];
        for (int r = 0; r < Rows; r++)
        {
            var row = new double[Predictors + 1];
            double sum = 1;
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = random.NextDouble() - 0.5 + shift[j];
                sum += j < Predictors - 1 ? row[j] : 0;
            }
            row[Predictors - 1] = Near == 1 ? row[Predictors - 1] : sum + (Near * row[Predictors - 1]);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] *= scale[j];
            }
            rows[r] = row;
        }
        return rows;
    }
}
