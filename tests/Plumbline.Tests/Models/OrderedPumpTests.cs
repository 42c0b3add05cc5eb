namespace Plumbline.Tests;

/// <summary>Blocks worked on by several threads, and put back in order.</summary>
public sealed class OrderedPumpTests
{
    private const int Blocks = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Turns_come_in_the_order_of_the_blocks_and_every_block_is_disposed(int threads)
    {
        var order = new List<long>();
        int released = 0, inTurn = 0;
        OrderedPump.Run(
            Source(() => Interlocked.Increment(ref released)),
            threads,
            block =>
            {
                using RowBlock taken = block;
                Thread.SpinWait((int)(taken.FirstRow * 7919 % 20_000));      // later blocks are often done first
                long row = taken.FirstRow;
                return () =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inTurn));
                    order.Add(row);
                    Interlocked.Decrement(ref inTurn);
                };
            },
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, Blocks).Select(static i => (long)i), order);
        Assert.Equal(Blocks, released);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Of_several_failures_the_first_in_order_is_thrown_and_all_before_it_are_finished(int threads)
    {
        var order = new List<long>();
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => OrderedPump.Run(
            Source(static () => { }),
            threads,
            block =>
            {
                using RowBlock taken = block;
                long row = taken.FirstRow;
                if (row == 20)
                {
                    Thread.Sleep(20);       // so that the failures after it come before it
                }
                return row >= 20 ? throw new InvalidOperationException($"block {row}") : () => order.Add(row);
            },
            CancellationToken.None));
        Assert.Equal("block 20", failure.Message);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => (long)i), order);
    }

    [Fact]
    public void A_failure_in_its_turn_ends_the_work()
    {
        int turns = 0;
        Assert.Throws<InvalidDataException>(() => OrderedPump.Run(
            Source(static () => { }),
            3,
            block =>
            {
                block.Dispose();
                return () =>
                {
                    if (++turns == 5)
                    {
                        throw new InvalidDataException();
                    }
                };
            },
            CancellationToken.None));
        Assert.Equal(5, turns);
    }

    [Fact]
    public void A_source_that_fails_has_its_earlier_blocks_finished()
    {
        int turns = 0;
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => OrderedPump.Run(
            Source(static () => { }, failAt: 9),
            3,
            block =>
            {
                block.Dispose();
                return () => turns++;
            },
            CancellationToken.None));
        Assert.Equal("row 9", failure.Message);
        Assert.Equal(9, turns);
    }

    [Fact]
    public void Cancelling_stops_between_blocks()
    {
        using var cancellation = new CancellationTokenSource();
        int turns = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => OrderedPump.Run(
            Source(static () => { }),
            2,
            block =>
            {
                block.Dispose();
                return () =>
                {
                    if (++turns == 3)
                    {
                        cancellation.Cancel();
                    }
                };
            },
            cancellation.Token));
        Assert.InRange(turns, 3, 5);
    }

    private static IEnumerable<RowBlock> Source(Action release, int failAt = -1)
    {
        for (int i = 0; i < Blocks; i++)
        {
            if (i == failAt)
            {
                throw new InvalidDataException($"row {i}");
            }
            yield return new RowBlock(i, 1, [], release);
        }
    }
}
