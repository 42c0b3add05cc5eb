using System.Diagnostics;
using Plumbline.Numerics;

namespace Plumbline.Bench;

/// <summary>Times of the Gram kernels on one thread and on all, in memory.</summary>
internal static unsafe class GramBench
{
    public static void Run(int rows, int columns, string kind, int repeats)
    {
        double[] data = Generate(rows, columns, kind);
        fixed (double* p = data)
        {
            nint address = (nint)p;
            double flops = (double)rows * columns * (columns + 1);
            foreach (int threads in (int[])[1, Environment.ProcessorCount])
            {
                double fast = Best(repeats, () => Parallel(threads, rows, (start, count) =>
                {
                    using var gram = FastGram.Create(new double[columns], weighted: false);
                    gram.Add(Pointers(address, start, columns), null, count);
                }));
                double exact = Best(repeats, () => Parallel(threads, rows, (start, count) =>
                {
                    using var gram = ExactGram.Create(columns, weighted: false);
                    gram.Add(Pointers(address, start, columns), null, count);
                    gram.Total();
                }));
                Console.WriteLine($"{rows} x {columns} {kind,-8} threads {threads}: fast {fast * 1e3,7:F1} ms ({flops / fast / 1e9,5:F1} GFLOP/s, {rows * (double)columns * 8 / fast / 1e9,5:F1} GB/s)  exact {exact * 1e3,7:F1} ms  ratio {exact / fast:F2}");
            }
        }
    }

    private static ColumnPointer[] Pointers(nint address, int start, int columns)
    {
        var pointers = new ColumnPointer[columns];
        for (int c = 0; c < columns; c++)
        {
            pointers[c] = new ColumnPointer((double*)address + ((nint)start * columns) + c, null, columns);
        }
        return pointers;
    }

    private static void Parallel(int threads, int rows, Action<int, int> work)
    {
        if (threads == 1)
        {
            work(0, rows);
            return;
        }
        System.Threading.Tasks.Parallel.For(0, threads, t =>
        {
            int start = (int)((long)rows * t / threads), end = (int)((long)rows * (t + 1) / threads);
            work(start, end - start);
        });
    }

    private static double Best(int repeats, Action action)
    {
        action();
        double best = double.MaxValue;
        for (int n = 0; n < repeats; n++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    private static double[] Generate(int rows, int columns, string kind)
    {
        var random = new Random(1);
        var data = new double[(long)rows * columns];
        for (long n = 0; n < data.LongLength; n++)
        {
            data[n] = kind switch
            {
                "normal" => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
                "prices" => Math.Round(random.NextDouble() * 1e8) / 100,
                _ => random.Next(-10000, 10000),
            };
        }
        return data;
    }
}
