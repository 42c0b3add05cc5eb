namespace Plumbline.Layers;

/// <summary>Some examples: features and targets.</summary>
/// <param name="Features">One row an example.</param>
/// <param name="Targets">As many rows.</param>
public sealed record Minibatch(Batch Features, Batch Targets);

/// <summary>
/// Deals examples out in minibatches: every example once an epoch, each epoch in an order of its own, the last batch as short as
/// it must be. The same seed deals the same batches.
/// </summary>
public sealed class DataLoader
{
    private readonly double[] _features;
    private readonly double[] _targets;
    private readonly int _columns;

    /// <summary>Examples from arrays, which are copied.</summary>
    /// <param name="features">Features, row after row, <paramref name="columns"/> an example.</param>
    /// <param name="targets">One target an example.</param>
    /// <param name="columns">Features of an example, at least 1.</param>
    /// <param name="batch">Examples in a batch, from 1 to the number of examples.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <exception cref="PlumblineException">Code <c>shape</c>: lengths do not fit. <c>option</c>: the batch is out of its range. <c>infinite-value</c>: a value is not finite.</exception>
    public DataLoader(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, int columns, int batch, bool shuffle = true, ulong seed = 0)
    {
        if (columns < 1 || targets.Length == 0 || features.Length != (long)targets.Length * columns)
        {
            throw new PlumblineException("shape", $"{features.Length} features and {targets.Length} targets are no examples of {columns} features each. Give at least one example.");
        }
        if (batch < 1 || batch > targets.Length)
        {
            throw new PlumblineException("option", $"The batch is {batch}; it must be from 1 to {targets.Length}, the number of examples.");
        }
        Check(features, columns, "feature");
        Check(targets, 1, "target");
        _features = features.ToArray();
        _targets = targets.ToArray();
        _columns = columns;
        BatchSize = batch;
        Shuffle = shuffle;
        Seed = seed;
    }

    /// <summary>Examples from columns of rows that can be read: a <see cref="Table"/>, a file. All are held in memory.</summary>
    /// <param name="source">The rows, without missing values in these columns.</param>
    /// <param name="features">The names of the features.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="batch">Examples in a batch, from 1 to the number of examples.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <exception cref="PlumblineException">As above; <c>unknown-column</c>.</exception>
    public DataLoader(IRowSource source, IReadOnlyList<string> features, string target, int batch, bool shuffle = true, ulong seed = 0)
        : this(Read(source, features, target), features.Count, batch, shuffle, seed)
    {
    }

    private DataLoader((double[] Features, double[] Targets) rows, int columns, int batch, bool shuffle, ulong seed)
        : this(rows.Features, rows.Targets, columns, batch, shuffle, seed)
    {
    }

    /// <summary>The number of examples.</summary>
    public int Count => _targets.Length;

    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool Shuffle { get; }

    /// <summary>The seed of the orders.</summary>
    public ulong Seed { get; }

    /// <summary>The batches of an epoch. A batch is valid until the next one.</summary>
    /// <param name="epoch">The number of the epoch, from 0: it decides the order.</param>
    public IEnumerable<Minibatch> Batches(int epoch)
    {
        int[] order = Order(epoch);
        var features = new Batch(0, _columns);
        var targets = new Batch(0, 1);
        var minibatch = new Minibatch(features, targets);
        for (int start = 0; start < order.Length; start += BatchSize)
        {
            int rows = Math.Min(BatchSize, order.Length - start);
            features.Reshape(rows, _columns);
            targets.Reshape(rows, 1);
            for (int i = 0; i < rows; i++)
            {
                int example = order[start + i];
                _features.AsSpan(example * _columns, _columns).CopyTo(features.Row(i));
                targets.Values[i] = _targets[example];
            }
            yield return minibatch;
        }
    }

    /// <summary>All examples in one batch, in their own order.</summary>
    public Minibatch All() => new(new Batch(_features, _columns), new Batch(_targets, 1));

    // Fisher and Yates, with a generator of its own for each epoch.
    private int[] Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        if (Shuffle)
        {
            var random = new NormalGenerator(Seed ^ ((ulong)epoch * 0xD1342543DE82EF95));
            for (int n = order.Length - 1; n > 0; n--)
            {
                int other = (int)Math.BigMul(random.Bits(), (ulong)n + 1, out _);
                (order[n], order[other]) = (order[other], order[n]);
            }
        }
        return order;
    }

    private static void Check(ReadOnlySpan<double> values, int columns, string what)
    {
        for (int n = 0; n < values.Length; n++)
        {
            if (!double.IsFinite(values[n]))
            {
                throw new PlumblineException("infinite-value", $"A {what} of row {(n / columns) + 1} is {values[n]}; training needs finite numbers. Leave such rows out first.")
                {
                    Line = (n / columns) + 1,
                };
            }
        }
    }

    private static (double[] Features, double[] Targets) Read(IRowSource source, IReadOnlyList<string> features, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        var x = new List<double>();
        var y = new List<double>();
        foreach (RowBlock block in source.Read([.. features, target], null, CancellationToken.None))
        {
            using (block)
            {
                for (int row = 0; row < block.Rows; row++)
                {
                    for (int c = 0; c < features.Count; c++)
                    {
                        x.Add(block[c].High[row]);
                    }
                }
                y.AddRange(block[features.Count].High);
            }
        }
        return ([.. x], [.. y]);
    }
}
