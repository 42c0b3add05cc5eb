// The normal equation XᵀXw = Xᵀy (Dive into Deep Learning, 3.1.1.3), by hand, and what it costs as rows and columns grow.
// Run it: dotnet run examples/normal-equation.cs
//
// Two warnings come with it in every textbook. It has no solution when columns are collinear, since XᵀX has no inverse then; and
// it costs n·d² + d³/3. The first is a question of digits too: XᵀX squares the condition number, and rounding eats twice as many.
#:project ../src/Plumbline/Plumbline.csproj
using System.Diagnostics;
using Plumbline;

Console.WriteLine("rows      columns   by hand    exact");
foreach ((int n, int d) in new[] { (10_000, 5), (100_000, 5), (10_000, 50), (100_000, 50) })
{
    (double[] x, double[] y) = Data(n, d, seed: 1);
    long start = Stopwatch.GetTimestamp();
    double[] w = ByHand(x, y, d);
    double byHand = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    start = Stopwatch.GetTimestamp();
    LinearModel exact = LeastSquares.Solve(x, y, intercept: false);
    double plumbline = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    Console.WriteLine($"{n,-9} {d,-9} {byHand,5:F0} ms   {plumbline,5:F0} ms   w₁ differs by {Math.Abs(w[0] - exact.Coefficients[0].Estimate):E0}");
}

// Where rounding shows: two columns that differ in the ninth digit. The answer is w = [1, 1], but for what rounding the data took.
double[] near = new double[200], sum = new double[100];
for (int i = 0; i < 100; i++)
{
    near[2 * i] = 1 + (i % 7);
    near[(2 * i) + 1] = near[2 * i] + (1e-9 * (i % 5));
    sum[i] = near[2 * i] + near[(2 * i) + 1];
}
double[] rounded = ByHand(near, sum, 2);
LinearModel proven = LeastSquares.Solve(near, sum, intercept: false);
Console.WriteLine($"nearly collinear, by hand:  w = [{rounded[0]:R}, {rounded[1]:R}]");
Console.WriteLine($"nearly collinear, exact:    w = [{proven.Coefficients[0].Estimate:R}, {proven.Coefficients[1].Estimate:R}], {proven.Coefficients[0].Digits} digits proven");

// And where there is no inverse: one column twice. The exact fit says so instead of dividing by nothing.
double[] twice = [.. sum.SelectMany(v => new[] { v, v })];
LinearModel aliased = LeastSquares.Solve(twice, sum, intercept: false);
Console.WriteLine($"collinear, by hand:         w = [{string.Join(", ", ByHand(twice, sum, 2))}]");
Console.WriteLine($"collinear, exact:           {aliased.Aliased[0].Name} = {aliased.Aliased[0].Terms[0].Multiplier} {aliased.Aliased[0].Terms[0].Name}: it gets no coefficient");

// XᵀX and Xᵀy, then elimination.
static double[] ByHand(double[] x, double[] y, int d)
{
    double[,] a = new double[d, d + 1];
    for (int i = 0; i < y.Length; i++)
    {
        for (int j = 0; j < d; j++)
        {
            double v = x[(i * d) + j];
            for (int k = j; k < d; k++)
            {
                a[j, k] += v * x[(i * d) + k];
            }
            a[j, d] += v * y[i];
        }
    }
    for (int j = 0; j < d; j++)
    {
        for (int k = 0; k < j; k++)
        {
            a[j, k] = a[k, j];
        }
    }
    for (int j = 0; j < d; j++)
    {
        for (int r = j + 1; r < d; r++)
        {
            double factor = a[r, j] / a[j, j];
            for (int k = j; k <= d; k++)
            {
                a[r, k] -= factor * a[j, k];
            }
        }
    }
    double[] w = new double[d];
    for (int j = d - 1; j >= 0; j--)
    {
        w[j] = a[j, d];
        for (int k = j + 1; k < d; k++)
        {
            w[j] -= a[j, k] * w[k];
        }
        w[j] /= a[j, j];
    }
    return w;
}

static (double[] X, double[] Y) Data(int n, int d, int seed)
{
    var random = new Random(seed);
    double[] x = new double[n * d], y = new double[n];
    for (int i = 0; i < n; i++)
    {
        for (int j = 0; j < d; j++)
        {
            x[(i * d) + j] = random.NextDouble();
            y[i] += x[(i * d) + j] * (j + 1);
        }
        y[i] += random.NextDouble();
    }
    return (x, y);
}
