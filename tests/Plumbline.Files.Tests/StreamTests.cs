namespace Plumbline.Files.Tests;

/// <summary>Blocks: who owns them, how reading stops, and that memory does not grow.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private (string Path, FileSourceOptions Options)[] Sources(int rows)
    {
        string select = $"select i::double x, (i * 2)::double y from range({rows}) t(i)";
        string csv = _scratch.Copy(select, "a.csv", "format csv, header");
        return
        [
            (csv, new FileSourceOptions { Engine = CsvEngine.Managed }),
            (csv, new FileSourceOptions { Engine = CsvEngine.Duck }),
            (_scratch.Copy(select, "a.parquet", "format parquet"), new FileSourceOptions()),
            (_scratch.Copy(select, "a.jsonl", "format json"), new FileSourceOptions()),
        ];
    }

    [Fact]
    public void Blocks_are_valid_until_disposed_in_any_order_even_after_the_source()
    {
        foreach ((string path, FileSourceOptions options) in Sources(20_000))
        {
            FileSource source = FileSource.Open(path, options with { BlockRows = 2048 });
            List<RowBlock> blocks = [.. source.Read(["x", "y"], null, CancellationToken.None)];
            source.Dispose();
            Assert.Equal(10, blocks.Count);
            long sum = 0;
            foreach (RowBlock block in blocks.AsEnumerable().Reverse())
            {
                for (int i = 0; i < block.Rows; i++)
                {
                    Assert.Equal(block.FirstRow + i, block[0].High[i]);
                    sum += (long)block[1].High[i];
                }
                block.Dispose();
                block.Dispose();
            }
            Assert.Equal(20_000L * 19_999, sum);
        }
    }

    [Fact]
    public void The_next_blocks_are_read_while_the_caller_works()
    {
        var read = new SemaphoreSlim(0);
        IEnumerable<RowBlock> Blocks()
        {
            for (int i = 0; i < 5; i++)
            {
                read.Release();
                yield return new RowBlock(i, 1, []);
            }
        }
        int seen = 0;
        foreach (RowBlock block in Ahead.Of(Blocks(), TestContext.Current.CancellationToken))
        {
            Assert.Equal(seen++, block.FirstRow);
            if (seen == 2)
            {
                // Blocks 0 and 1 are here, and two more come without being asked for: else this waits in vain.
                for (int i = 0; i < 4; i++)
                {
                    Assert.True(read.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
                }
            }
        }
        Assert.Equal(5, seen);
    }

    [Fact]
    public void What_was_read_ahead_for_nobody_is_given_back_and_an_error_comes_after_the_rows_before_it()
    {
        int open = 0;
        IEnumerable<RowBlock> Blocks()
        {
            for (int i = 0; i < 5; i++)
            {
                Interlocked.Increment(ref open);
                yield return new RowBlock(i, 1, [], () => Interlocked.Decrement(ref open));
            }
            throw new InvalidDataException();
        }
        foreach (int left in new[] { 1, 2, 4 })
        {
            foreach (RowBlock block in Ahead.Of(Blocks(), TestContext.Current.CancellationToken))
            {
                block.Dispose();
                if (block.FirstRow + 1 == left)
                {
                    break;
                }
            }
            Assert.Equal(0, open);
        }
        int seen = 0;
        Assert.Throws<InvalidDataException>(() =>
        {
            foreach (RowBlock block in Ahead.Of(Blocks(), TestContext.Current.CancellationToken))
            {
                block.Dispose();
                seen++;
            }
        });
        Assert.Equal((5, 0), (seen, open));
    }

    [Fact]
    public void Memory_of_disposed_blocks_is_used_again()
    {
        foreach ((string path, FileSourceOptions options) in Sources(300_000))
        {
            using FileSource source = FileSource.Open(path, options with { BlockRows = 2048 });
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (RowBlock block in source.Read(["x", "y"], null, CancellationToken.None))
            {
                block.Dispose();
            }
            // 147 blocks of 32 KiB would be 4.7 MiB.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Fact]
    public void Reading_stops_when_told_to()
    {
        foreach ((string path, FileSourceOptions options) in Sources(300_000))
        {
            using FileSource source = FileSource.Open(path, options with { BlockRows = 2048 });
            using var stop = new CancellationTokenSource();
            int blocks = 0;
            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                foreach (RowBlock block in source.Read(["x"], null, stop.Token))
                {
                    block.Dispose();
                    if (++blocks == 3)
                    {
                        stop.Cancel();
                    }
                }
            });
            Assert.Equal(3, blocks);
            Assert.Equal(300_000, source.All("x")[0].Length);
        }
    }

    [Fact]
    public void A_query_that_yields_nothing_for_long_is_interrupted()
    {
        string path = _scratch.Copy("select i::double x from range(2000) t(i)", "a.parquet", "format parquet");
        // Without the interruption this would take hours.
        using FileSource source = FileSource.Open(path, new FileSourceOptions { Where = "x + (select count(*) from range(1000000) a, range(10000000) b where a.range + b.range = -1) < 0" });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(() => source.All(stop.Token, "x"));
    }

    [Fact]
    public void An_enumeration_can_be_left_and_several_can_run_at_once()
    {
        foreach ((string path, FileSourceOptions options) in Sources(50_000))
        {
            using FileSource source = FileSource.Open(path, options with { BlockRows = 2048 });
            foreach (RowBlock block in source.Read(["x"], null, CancellationToken.None))
            {
                block.Dispose();
                break;
            }
            foreach ((RowBlock first, RowBlock second) in source.Read(["x"], null, CancellationToken.None).Zip(source.Read(["y"], null, CancellationToken.None)))
            {
                Assert.Equal(2 * first[0].High[7], second[0].High[7]);
                first.Dispose();
                second.Dispose();
            }
        }
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        foreach ((string path, FileSourceOptions options) in Sources(300_000))
        {
            using FileSource source = FileSource.Open(path, options with { BlockRows = 2048 });
            var seen = new Seen();
            foreach (RowBlock block in source.Read(["x"], seen, CancellationToken.None))
            {
                block.Dispose();
            }
            Assert.Equal(seen.Values.Order(), seen.Values);
            Assert.Equal(1, seen.Values[^1]);
            Assert.True(seen.Values.Count(value => value is > 0 and < 1) > 0, path);
            Assert.All(seen.Values, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void No_columns_still_count_the_rows()
    {
        foreach ((string path, FileSourceOptions options) in Sources(5_000))
        {
            using FileSource source = FileSource.Open(path, options);
            Assert.Equal(5_000, source.Read([], null, CancellationToken.None).Sum(block => block.Rows));
        }
    }

    private sealed class Seen : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
