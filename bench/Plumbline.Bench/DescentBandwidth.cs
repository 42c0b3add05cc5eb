using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Plumbline.Bench;

/// <summary>An epoch over a matrix much larger than any cache, beside the rate at which this machine reads that same memory.</summary>
internal static unsafe class DescentBandwidth
{
    private const int Columns = 62;             // with the intercept and the response 64: a row is 512 bytes
    private const int Repeats = 3;

    public static void Run(double gigabytes)
    {
        int rows = (int)(gigabytes * 1e9 / 512), threads = Environment.ProcessorCount;
        string[] names = ["(Intercept)", .. Enumerable.Range(1, Columns).Select(static j => $"x{j}")];
        var usual = new DescentOptions { LearningRate = 0.01, Standardize = false, Seed = 1, MemoryBytes = long.MaxValue, Epochs = 1 };
        using DescentData data = DescentData.Read(() => Rows(rows), names, hasIntercept: true, usual);
        data.Hold();
        double bytes = rows * 512.0 / 1e9, one = bytes / Best(() => Read(data.All!, 1)), all = bytes / Best(() => Read(data.All!, threads));
        Console.WriteLine($"{rows:N0} rows of {Columns + 1} parameters, {bytes:F2} GB; reading it: {one:F1} GB/s by one thread, {all:F1} GB/s by {threads}");
        foreach ((int batch, DescentOrder order) in new[] { (32, DescentOrder.Shuffled), (256, DescentOrder.Shuffled), (256, DescentOrder.Sequential) })
        {
            DescentOptions options = usual with { Batch = batch, Order = order };
            double loss = 0, rate = bytes / Best(() =>
            {
                using var descent = new MinibatchDescent(data, 0, options);
                loss = descent.Run().Trace[^1].ExcessLoss!.Value;
            });
            Console.WriteLine($"an epoch, batch {batch,3}, {DescentOrderWord(order),-10} {rate,5:F1} GB/s, {rate / one,4:P0} of one thread's, {rate / all,4:P0} of the machine's (excess loss {loss:E1})");
        }
    }

    private static string DescentOrderWord(DescentOrder order) => order == DescentOrder.Shuffled ? "shuffled" : "sequential";

    /// <summary>Uniform numbers, from a hash of their place, and a linear response.</summary>
    private static IEnumerable<ModelBlock> Rows(int rows)
    {
        const int most = 4096;
        var block = new ModelBlock(Columns + 1, 0, most, weighted: false, offset: false);
        for (int start = 0; start < rows; start += most)
        {
            block.Rows = Math.Min(most, rows - start);
            Array.Fill(block.ColumnBuffer(0), 1);
            Array.Clear(block.ResponseBuffer);
            for (int j = 1; j <= Columns; j++)
            {
                double[] column = block.ColumnBuffer(j);
                for (int row = 0; row < block.Rows; row++)
                {
                    ulong z = ((ulong)(start + row) * Columns) + (ulong)j;
                    z = (z ^ (z >> 32)) * 0x9E3779B97F4A7C15;
                    z = (z ^ (z >> 29)) * 0xBF58476D1CE4E5B9;
                    column[row] = ((z >> 44) - 524288.0) / 262144;
                    block.ResponseBuffer[row] += column[row];
                }
            }
            yield return block;
        }
    }

    private static void Read(Examples examples, int threads) =>
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            double* p = examples.Row((long)examples.Count * t / threads), end = examples.Row((long)examples.Count * (t + 1) / threads);
            Vector512<double> a = default, b = default, c = default, d = default;
            for (; p + 32 <= end; p += 32)
            {
                a += Vector512.Load(p);
                b += Vector512.Load(p + 8);
                c += Vector512.Load(p + 16);
                d += Vector512.Load(p + 24);
            }
            GC.KeepAlive(Vector512.Sum(a + b + c + d));
        });

    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
