using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plumbline.Numerics;

namespace Plumbline.Bench;

/// <summary>The Gram kernels beside what the machine can do at all: multiply in registers, and read memory.</summary>
internal static unsafe class KernelBench
{
    public static void Run()
    {
        int threads = Environment.ProcessorCount;
        double peak = Peak(threads), bandwidth = Bandwidth(threads);
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {LaneWidth.Best} lanes, {threads} threads");
        Console.WriteLine($"multiply-add in registers  {peak,7:F1} GFLOP/s");
        Console.WriteLine($"reading memory             {bandwidth,7:F1} GB/s");
        foreach ((int rows, int columns) in new[] { (2_000_000, 12), (1_000_000, 52), (200_000, 202) })
        {
            foreach (string kind in new[] { "normal", "prices", "integers" })
            {
                Report(rows, columns, kind, threads, peak, bandwidth);
            }
        }
    }

    /// <summary>The exact kernel, and then the fast one, on one thread, each for some seconds.</summary>
    public static void Repeat(int rows, int columns, string kind)
    {
        double peak = Peak(1);
        double[] data = Generate((long)rows * columns, kind);
        fixed (double* p = data)
        {
            nint address = (nint)p;
            double exact = double.MaxValue, fast = double.MaxValue;
            for (long end = Stopwatch.GetTimestamp() + ((kind.EndsWith("fast", StringComparison.Ordinal) ? 0 : 5) * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end;)
            {
                using var gram = ExactGram.Create(columns, weighted: false);
                gram.Add(Pointers(address, 0, columns), null, rows / 2);
                long start = Stopwatch.GetTimestamp();
                gram.Add(Pointers(address, rows / 2, columns), null, rows - (rows / 2));
                exact = Math.Min(exact, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            for (long end = Stopwatch.GetTimestamp() + ((kind.EndsWith("exact", StringComparison.Ordinal) ? 0 : 2) * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end;)
            {
                using var gram = FastGram.Create(new double[columns], weighted: false);
                gram.Add(Pointers(address, 0, columns), null, rows / 2);
                long start = Stopwatch.GetTimestamp();
                gram.Add(Pointers(address, rows / 2, columns), null, rows - (rows / 2));
                fast = Math.Min(fast, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            double half = rows - (rows / 2);
            Console.WriteLine($"{rows} x {columns} {kind}, one thread: exact {exact / half * 1e9:F1} ns a row, fast {fast / half * 1e9:F1} ns, ratio {exact / fast:F2}; at {peak:F1} GFLOP/s fast would take {columns * (columns + 1) / peak:F1} ns");
        }
    }

    private static void Report(int rows, int columns, string kind, int threads, double peak, double bandwidth)
    {
        double[] data = Generate((long)rows * columns, kind);
        fixed (double* p = data)
        {
            nint address = (nint)p;
            double fast = Best(5, () => Split(threads, rows, (start, count) =>
            {
                using var gram = FastGram.Create(new double[columns], weighted: false);
                gram.Add(Pointers(address, start, columns), null, count);
            }));
            double exact = Best(5, () => Split(threads, rows, (start, count) =>
            {
                using var gram = ExactGram.Create(columns, weighted: false);
                gram.Add(Pointers(address, start, columns), null, count);
                gram.Total();
            }));
            double flops = (double)rows * columns * (columns + 1) / 1e9, bytes = rows * (double)columns * 8 / 1e9;
            Console.WriteLine(
                $"{rows,9} x {columns,3} {kind,-8}  fast {fast * 1e3,6:F1} ms = {flops / fast,6:F1} GFLOP/s ({flops / fast / peak,4:P0}), {bytes / fast,5:F1} GB/s ({bytes / fast / bandwidth,4:P0})   exact {exact * 1e3,7:F1} ms = {exact / fast,4:F1} x fast");
        }
    }

    /// <summary>What the largest tile reaches on rows that stay in the first-level cache: the rate of a perfect matrix product.</summary>
    private static double Peak(int threads)
    {
        const int steps = 2_000_000;
        double seconds = Best(7, () => Split(threads, threads, (_, _) =>
        {
            double* sums = stackalloc double[TileKernel<Lanes8, Vector512<double>>.MaxSums];
            RegisterBound(steps, sums);
        }));
        return 2.0 * 3 * (LaneWidth.Best == 8 ? 8 : 4) * LaneWidth.Best * steps * threads / seconds / 1e9;
    }

    private static void RegisterBound(int steps, double* sums)
    {
        if (LaneWidth.Best == 8)
        {
            Repeat<Lanes8, Vector512<double>>(steps, sums);
        }
        else if (LaneWidth.Best == 4)
        {
            Repeat<Lanes4, Vector256<double>>(steps, sums);
        }
        else
        {
            Repeat<Lanes2, Vector128<double>>(steps, sums);
        }
    }

    private static void Repeat<TLanes, TVector>(int steps, double* sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Rows of the largest tile, cycling within 64 of them (12 KB): what a perfect matrix product would do.
        var panel = (double*)NativeMemory.AlignedAlloc(128 * 3 * 8 * sizeof(double), 64);
        new Span<double>(panel, 128 * 3 * 8).Fill(1e-3);
        for (int done = 0; done < steps; done += 64)
        {
            TileKernel<TLanes, TVector>.Run<TileWidth3, StoreSums<TLanes, TVector>>(panel, 3 * TLanes.Count, panel, 3 * TLanes.Count, 64, 0, sums, (byte*)panel, 0);
        }
        NativeMemory.AlignedFree(panel);
    }

    private static double Bandwidth(int threads)
    {
        var data = new double[1 << 26];
        Array.Fill(data, 1.0);
        fixed (double* p = data)
        {
            nint address = (nint)p;
            double seconds = Best(7, () => Split(threads, data.Length, (start, count) =>
            {
                Vector256<double> a = default, b = default, c = default, d = default;
                double* q = (double*)address + start;
                for (int n = 0; n + 16 <= count; n += 16)
                {
                    a += Vector256.Load(q + n);
                    b += Vector256.Load(q + n + 4);
                    c += Vector256.Load(q + n + 8);
                    d += Vector256.Load(q + n + 12);
                }
                GC.KeepAlive(Vector256.Sum(a + b + c + d));
            }));
            return data.Length * 8.0 / seconds / 1e9;
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

    private static void Split(int threads, int rows, Action<int, int> work) =>
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            int start = (int)((long)rows * t / threads), end = (int)((long)rows * (t + 1) / threads);
            work(start, end - start);
        });

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

    private static double[] Generate(long count, string kind)
    {
        var random = new Random(1);
        var data = new double[count];
        for (long n = 0; n < count; n++)
        {
            data[n] = kind.Split('-')[0] switch
            {
                "normal" => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
                "prices" => random.Next(1_000, 10_000_000) / 100.0,
                _ => random.Next(1000),
            };
        }
        return data;
    }
}
