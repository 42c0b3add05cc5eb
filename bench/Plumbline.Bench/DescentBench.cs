using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Plumbline.Bench;

/// <summary>Times an epoch of minibatch descent on a file of bench/peers/descent.py; JSON lines as bench/peers/descent.py writes them.</summary>
/// <remarks>
/// The epochs are timed, from rows in memory to parameters, with the trace of every epoch; and, in another line, everything that
/// <c>GradientDescent.Train</c> does: the exact fit, the rows read anew and laid out, and the same epochs.
/// </remarks>
internal static class DescentBench
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Run(string path, int n, int p, int batch, double rate, int epochs, int repeats)
    {
        double[] x = new double[(long)n * p], y = new double[n];
        TimeBench.Read(path, x, y);
        string[] names = [.. Enumerable.Range(1, p).Select(static j => $"x{j}")];
        Table table = Table.FromColumns([.. names.Select((name, j) => (name, Column(x, p, j))), ("y", y)]);
        string formula = "y ~ " + string.Join(" + ", names);
        var options = new DescentOptions { Batch = batch, LearningRate = rate, Epochs = epochs, Standardize = false, Seed = 1, MemoryBytes = long.MaxValue };

        LinearModel exact = LinearRegression.Fit(formula, table);
        using DescentData data = DescentData.Read(
            () => new ModelRows(exact.Design!, table).Read(null, CancellationToken.None), [.. exact.Coefficients.Select(static c => c.Name)], exact.HasIntercept, options);
        data.Hold();
        Measure("Plumbline", n, p, batch, epochs, repeats, () =>
        {
            using var descent = new MinibatchDescent(data, 0, options);
            return descent.Run();
        });
        Measure("Plumbline, all of Train", n, p, batch, epochs, repeats, () => GradientDescent.Train(formula, table, options).Descent);
    }

    private static double[] Column(double[] x, int p, int j)
    {
        double[] column = new double[x.Length / p];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = x[((long)row * p) + j];
        }
        return column;
    }

    private static void Measure(string peer, int n, int p, int batch, int epochs, int repeats, Func<DescentResult> train)
    {
        // The code is compiled anew, with what was learned, after some tens of calls: none of that is an epoch's time.
        long warm = Stopwatch.GetTimestamp();
        DescentResult result;
        do
        {
            result = train();
        }
        while (Stopwatch.GetElapsedTime(warm).TotalSeconds < 0.5);
        double best = double.PositiveInfinity, cpu = double.PositiveInfinity;
        for (int i = 0; i < repeats; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            result = train();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                Peer = peer,
                Version = typeof(LinearModel).Assembly.GetName().Version!.ToString(3),
                N = n,
                P = p,
                Batch = batch,
                Epochs = epochs,
                Seconds = best / epochs,
                Cpu = cpu / epochs,
                Loss = result.Trace[^1].Loss,
                Minimum = result.Trace[^1].Loss - result.Trace[^1].ExcessLoss,
                Runtime = RuntimeInformation.FrameworkDescription,
            },
            _json));
    }
}
