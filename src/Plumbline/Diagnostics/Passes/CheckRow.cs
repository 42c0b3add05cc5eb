namespace Plumbline;

/// <summary>A row that was kept because it stands out.</summary>
/// <param name="Row">Its 1-based number in the source.</param>
/// <param name="Columns">The auxiliary columns (<see cref="CheckLayout"/>).</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Leverage">h.</param>
/// <param name="Response">The response.</param>
/// <param name="Residual">e.</param>
/// <param name="Inputs">The values of the columns that the model reads, in the order of the numeric inputs.</param>
internal sealed record CheckRow(long Row, double[] Columns, double Weight, double Leverage, double Response, double Residual, double[] Inputs);

/// <summary>The rows with the largest scores so far; of equal ones the earlier. For one thread.</summary>
internal sealed class TopRows(int most)
{
    private readonly PriorityQueue<CheckRow, (double Score, long Row)> _queue = new();     // the least on top
    private (double Score, long Row) _least = (double.NegativeInfinity, 0);

    /// <summary>Whether a row with this score would be kept.</summary>
    public bool Takes(double score, long row) => _queue.Count < most || Order(score, row).CompareTo(_least) > 0;

    /// <summary>Keeps a row.</summary>
    public void Add(CheckRow row, double score)
    {
        _queue.Enqueue(row, Order(score, row.Row));
        if (_queue.Count > most)
        {
            _queue.Dequeue();
        }
        if (_queue.Count == most && _queue.TryPeek(out _, out (double, long) least))
        {
            _least = least;
        }
    }

    /// <summary>The rows of several threads, the largest score first.</summary>
    public static CheckRow[] Merge(IEnumerable<TopRows> all, int most) =>
        [.. all.SelectMany(static t => t._queue.UnorderedItems).OrderByDescending(static i => i.Priority).Take(most).Select(static i => i.Element)];

    private static (double, long) Order(double score, long row) => (double.IsNaN(score) ? double.PositiveInfinity : score, -row);
}

/// <summary>
/// A sample without replacement, the same for any threads and blocks: the rows whose hash of seed and number is least. For one thread.
/// </summary>
/// <typeparam name="T">What is kept of a row.</typeparam>
internal sealed class RowSample<T>(int most, ulong seed)
{
    private readonly PriorityQueue<T, double> _queue = new();        // the largest hash on top
    private double _largest = double.PositiveInfinity;

    /// <summary>Whether a row is taken, and its order.</summary>
    public bool Takes(long row, out double order)
    {
        var hash = new RowHash(seed);
        hash.Add(row);
        order = hash.Fraction;
        return _queue.Count < most || order < _largest;
    }

    /// <summary>Takes a row's value, or not.</summary>
    public void Add(long row, T value)
    {
        if (Takes(row, out double order))
        {
            Keep(order, value);
        }
    }

    /// <summary>Takes a value that <see cref="Takes"/> gave an order.</summary>
    public void Keep(double order, T value)
    {
        _queue.Enqueue(value, -order);
        if (_queue.Count > most)
        {
            _queue.Dequeue();
        }
        _queue.TryPeek(out _, out double least);
        _largest = -least;
    }

    /// <summary>The sample of several threads.</summary>
    public static IEnumerable<T> Merge(IEnumerable<RowSample<T>> all, int most) =>
        all.SelectMany(static s => s._queue.UnorderedItems).OrderByDescending(static i => i.Priority).Take(most).Select(static i => i.Element);
}
