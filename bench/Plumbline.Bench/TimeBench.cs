using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace Plumbline.Bench;

/// <summary>Times least squares in memory on a file of bench/peers/data.py; JSON lines as bench/peers/time.py writes them.</summary>
/// <remarks>From X (row by row in memory) and y to coefficients; Plumbline's time includes inference and the proof of digits.</remarks>
internal static class TimeBench
{
    private const double BudgetSeconds = 15;
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Run(string path, int n, int p, int repeats)
    {
        double[] x = new double[(long)n * p], y = new double[n];
        Read(path, x, y);
        string plumbline = typeof(LinearModel).Assembly.GetName().Version!.ToString(3);
        Measure("Plumbline exact", plumbline, n, p, repeats, () => LeastSquares.Solve(x, y, intercept: false).Coefficients[0].Estimate);
        Measure("Plumbline fast", plumbline, n, p, repeats, () => LeastSquares.Solve(x, y, intercept: false, options: new FitOptions { Arithmetic = Arithmetic.Fast }).Coefficients[0].Estimate);

        // Math.NET holds its matrices column by column; the copy is not timed.
        Matrix<double> matrix = Matrix<double>.Build.Dense(n, p, (i, j) => x[((long)i * p) + j]);
        Vector<double> response = Vector<double>.Build.Dense(y);
        string mathNet = typeof(Matrix<double>).Assembly.GetName().Version!.ToString(3);
        Measure("Math.NET normal equations", mathNet, n, p, repeats, () => MathNet.Numerics.LinearRegression.MultipleRegression.NormalEquations(matrix, response)[0]);
        if ((double)n * p * p <= 1e9)
        {
            Measure("Math.NET QR", mathNet, n, p, 2, () => MathNet.Numerics.LinearRegression.MultipleRegression.QR(matrix, response)[0]);
        }
    }

    private static void Measure(string peer, string version, int n, int p, int repeats, Func<double> solve)
    {
        double first = solve();
        var seconds = new List<double>();
        while (seconds.Count < repeats && (seconds.Count < 2 || seconds.Sum() < BudgetSeconds))
        {
            GC.Collect();
            long start = Stopwatch.GetTimestamp();
            first = solve();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        seconds.Sort();
        Console.WriteLine(JsonSerializer.Serialize(
            new { Peer = peer, N = n, P = p, Seconds = seconds.Select(static s => Math.Round(s, 6)), Min = Math.Round(seconds[0], 6), Median = Math.Round(seconds[seconds.Count / 2], 6), First = first, Version = version, Runtime = RuntimeInformation.FrameworkDescription },
            _json));
    }

    /// <summary>Reads a file of bench/peers/data.py.</summary>
    public static void Read(string path, double[] x, double[] y)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length != 8L * (x.Length + y.Length))
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes, not those of {x.Length} + {y.Length} doubles.");
        }
        ReadAll(file, x);
        ReadAll(file, y);
    }

    private static void ReadAll(FileStream file, double[] target)
    {
        Span<double> rest = target;
        while (rest.Length > 0)
        {
            int count = Math.Min(rest.Length, 1 << 24);
            file.ReadExactly(MemoryMarshal.AsBytes(rest[..count]));
            rest = rest[count..];
        }
    }
}
