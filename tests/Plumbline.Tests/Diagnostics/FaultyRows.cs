using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>Rows y = 20 + 0.8a + 0.5b + e, e standard normal, with one assumption broken or none.</summary>
internal static class FaultyRows
{
    public const string Formula = "y ~ a + b";

    /// <summary>The options that go with them.</summary>
    public static CheckOptions Options { get; } = new() { Order = "t" };

    public static Table Of(string fault, int rows, ulong seed)
    {
        var normal = new NormalGenerator(seed);
        var t = new double[rows];
        var a = new double[rows];
        var b = new double[rows];
        var y = new double[rows];
        double last = 0;
        for (int i = 0; i < rows; i++)
        {
            t[i] = i + 1;
            a[i] = 10 * Normal.LowerTail(normal.Next());
            b[i] = normal.Next();
            double e = normal.Next(), mean = 20;
            switch (fault)
            {
                case "autocorrelation":
                    e = last = i == 0 ? e : (0.6 * last) + (0.8 * e);
                    break;
                case "curvature":
                    mean += 0.15 * (a[i] - 5) * (a[i] - 5);
                    break;
                case "variance":
                    e *= (a[i] + 0.2) / 5;
                    break;
                case "tails":
                    e /= Math.Sqrt((Square(normal.Next()) + Square(normal.Next())) / 2);
                    break;
                case "wild" when i == rows / 3:
                    a[i] = 12;
                    e = 15;
                    break;
                case "regime" when i >= rows * 5 / 8:
                    mean += 0.4 * a[i];
                    break;
                case "collinearity":
                    b[i] = (a[i] / 3) + (0.02 * b[i]);
                    break;
                default:
                    break;
            }
            y[i] = mean + (0.8 * a[i]) + (0.5 * b[i]) + e;
        }
        return new Table("made").With("t", t).With("a", a).With("b", b).With("y", y);
    }

    private static double Square(double x) => x * x;
}
