using System.Runtime.ExceptionServices;

namespace Plumbline;

/// <summary>
/// Carries blocks to several threads, and what they make of them back into the order of the blocks.
/// </summary>
/// <remarks>
/// Method      the thread that is free takes the next block, works on it, and waits until those before it are finished. A block that was taken is
///             always being worked on, so the first one waits for nobody. What fails first in the order of the blocks is thrown, and all
///             before it are finished.
/// Cost        memory for a block and its result a thread.
/// </remarks>
internal static class OrderedPump
{
    /// <summary>Does <paramref name="work"/> on several threads at a time, and what it returns one at a time and in order.</summary>
    /// <param name="blocks">The blocks; they are asked for by one thread at a time.</param>
    /// <param name="threads">How many threads may work; 0 for as many as there are cores.</param>
    /// <param name="work">Takes a block, which it disposes, and returns what is to be done in its turn.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Run(IEnumerable<RowBlock> blocks, int threads, Func<RowBlock, Action> work, CancellationToken cancellation)
    {
        threads = threads > 0 ? threads : Environment.ProcessorCount;
        using IEnumerator<RowBlock> all = blocks.GetEnumerator();
        var turns = new Turns(all, work, cancellation);
        var others = new Thread[threads - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(turns.Work) { IsBackground = true, Name = "rows" };
            others[i].Start();
        }
        turns.Work();
        foreach (Thread other in others)
        {
            other.Join();
        }
        if (turns.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private sealed class Turns(IEnumerator<RowBlock> blocks, Func<RowBlock, Action> work, CancellationToken cancellation)
    {
        private readonly Lock _source = new();
        private readonly object _turn = new();
        private long _taken;
        private long _next;                         // the block whose turn it is
        private long _failed = long.MaxValue;       // the first that failed

        public Exception? Failure { get; private set; }

        public void Work()
        {
            while (Take() is (RowBlock block, long place))
            {
                try
                {
                    Action inTurn = work(block);
                    if (!Wait(place))
                    {
                        return;
                    }
                    inTurn();
                    lock (_turn)
                    {
                        _next = place + 1;
                        Monitor.PulseAll(_turn);
                    }
                }
                catch (Exception failure)
                {
                    Fail(place, failure);
                    return;
                }
            }
        }

        private (RowBlock Block, long Place)? Take()
        {
            lock (_source)
            {
                if (Interlocked.Read(ref _failed) <= _taken)
                {
                    return null;
                }
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    return blocks.MoveNext() ? (blocks.Current, _taken++) : null;
                }
                catch (Exception failure)
                {
                    Fail(_taken, failure);
                    return null;
                }
            }
        }

        private bool Wait(long place)
        {
            lock (_turn)
            {
                while (_next != place && _failed > place)
                {
                    Monitor.Wait(_turn);
                }
                return _failed > place;
            }
        }

        private void Fail(long place, Exception failure)
        {
            lock (_turn)
            {
                if (place < _failed)
                {
                    Interlocked.Exchange(ref _failed, place);
                    Failure = failure;
                }
                Monitor.PulseAll(_turn);
            }
        }
    }
}
