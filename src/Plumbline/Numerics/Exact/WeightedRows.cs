namespace Plumbline.Numerics;

/// <summary>The products of weights and values, exactly: each as the double nearest and what it leaves.</summary>
internal static unsafe class WeightedRows
{
    // Between these the error term of a product of two doubles is a normal double: the pair is exact.
    private const double Smallest = 1e-280;
    private const double Largest = 1e300;

    /// <summary>high + low = w·value for a panel; rows in which that could not be exact are marked.</summary>
    public static void Multiply(double* values, double* weights, int rows, int width, double* high, double* low, bool[] wild)
    {
        for (int r = 0; r < rows; r++)
        {
            double w = weights[r];
            for (int c = 0; c < width; c++)
            {
                int n = (r * width) + c;
                double x = values[n];
                double product = w * x;
                double magnitude = Math.Abs(product);
                bool safe = magnitude < Largest && (magnitude > Smallest || w == 0 || x == 0);
                if (!safe && double.IsFinite(x) && double.IsFinite(w))
                {
                    wild[r] = true;
                    high[n] = 0;
                    low[n] = 0;
                    continue;
                }
                high[n] = product;
                low[n] = Math.FusedMultiplyAdd(w, x, -product);
            }
        }
    }
}
