namespace Plumbline;

/// <summary>
/// The rows of a descent: which are trained on and which are held out, the exact loss of the former, and how they are standardized.
/// A column that the training rows leave aliased, though all rows do not, gets no parameter. Weights, which only squared loss can have, weigh the exact
/// loss and the standardization, and each row as it is trained on.
/// </summary>
internal sealed class DescentData : IDisposable
{
    private readonly Func<IEnumerable<ModelBlock>> _rows;
    private readonly DescentOptions _options;
    private readonly int[] _places;         // of the parameters among the columns of the blocks
    private readonly double _averageWeight;

    private DescentData(Func<IEnumerable<ModelBlock>> rows, DescentOptions options, Moments moments, QuadraticLoss loss, int[] places, long trainingRows, long validationRows)
    {
        _rows = rows;
        _options = options;
        _places = places;
        _averageWeight = moments[0, 0].ToDouble() / trainingRows;
        Moments = moments;
        Loss = loss;
        TrainingRows = trainingRows;
        ValidationRows = validationRows;
        long bytesOfRow = Examples.StrideOf(loss.Count) * 8L;
        InMemory = trainingRows * bytesOfRow <= options.MemoryBytes;
        BlockRows = (int)Math.Min(trainingRows, Math.Max(1, InMemory ? trainingRows : options.MemoryBytes / 3 / bytesOfRow));
        int batch = (int)Math.Min(options.Batch, trainingRows);
        BlockRows = InMemory ? BlockRows : Math.Max(1, BlockRows / batch) * batch;      // no short minibatch but the last
        HeldRows = (int)Math.Min(validationRows, Math.Max(1, options.MemoryBytes / 3 / bytesOfRow));
    }

    /// <summary>The exact moments of the training rows.</summary>
    public Moments Moments { get; }

    /// <summary>The squared loss of the training rows.</summary>
    public QuadraticLoss Loss { get; }

    /// <summary>Training rows.</summary>
    public long TrainingRows { get; }

    /// <summary>Validation rows.</summary>
    public long ValidationRows { get; }

    /// <summary>Whether the training rows fit the memory allowed.</summary>
    public bool InMemory { get; }

    /// <summary>The rows of a block.</summary>
    public int BlockRows { get; }

    /// <summary>The validation rows that are held: all, when they fit.</summary>
    public int HeldRows { get; }

    /// <summary>The validation rows; null without any. Set by <see cref="Hold"/>.</summary>
    public Examples? Held { get; private set; }

    /// <summary>The training rows, when they are in memory. Set by <see cref="Hold"/>.</summary>
    public Examples? All { get; private set; }

    /// <summary>The largest ‖x‖² among the training rows in memory; 0 while there are none.</summary>
    public double LargestSquare { get; private set; }

    /// <summary>Reads the rows once: their moments, and how many there are.</summary>
    /// <param name="rows">Reads the rows, every time in the same order.</param>
    /// <param name="names">The coefficients' names.</param>
    /// <param name="hasIntercept">Whether the first of them is the intercept.</param>
    /// <param name="options">How they are split and standardized.</param>
    /// <param name="weighted">Whether the blocks have weights.</param>
    /// <exception cref="PlumblineException">A part has no rows (<c>no-rows</c>), or a batch is larger than the rows (<c>option</c>).</exception>
    public static DescentData Read(Func<IEnumerable<ModelBlock>> rows, IReadOnlyList<string> names, bool hasIntercept, DescentOptions options, bool weighted = false)
    {
        int first = hasIntercept ? 1 : 0, predictors = names.Count - first;
        string[] columns = [.. names.Skip(first), "response"];
        using var builder = new MomentsBuilder(PlainColumns.Named(columns), PlainColumns.Sources(columns), weighted);
        long training = 0, validation = 0;
        double[][] kept = [];
        foreach (ModelBlock block in rows())
        {
            if (kept.Length == 0 || kept[0].Length < block.Rows)
            {
                kept = [.. Enumerable.Range(0, columns.Length + (weighted ? 1 : 0)).Select(_ => new double[block.Rows])];
            }
            int count = 0;
            for (int row = 0; row < block.Rows; row++)
            {
                if (IsHeldOut(block, row, options))
                {
                    validation++;
                    continue;
                }
                for (int j = 0; j < predictors; j++)
                {
                    kept[j][count] = block.ColumnBuffer(j + first)[row];
                }
                if (weighted)
                {
                    kept[^1][count] = block.WeightsBuffer[row];
                }
                kept[predictors][count++] = block.ResponseBuffer[row] - (block.OffsetBuffer.Length == 0 ? 0 : block.OffsetBuffer[row]);
            }
            training += count;
            builder.Add(new RowBlock(0, count, [.. kept.Select(column => new NumberColumn(column, null, 0, count))]));
        }
        if (training == 0)
        {
            throw new PlumblineException("no-rows", validation == 0 ? "There are no rows to train on." : $"The validation share {options.ValidationShare} leaves no rows to train on: all {validation} were held out. Hold out fewer.");
        }
        if (options.ValidationShare > 0 && validation == 0)
        {
            throw new PlumblineException("no-rows", $"The validation share {options.ValidationShare} of {training} rows holds out none. Hold out more, or none.");
        }
        if (options.Batch > training)
        {
            throw new PlumblineException("option", $"The batch is {options.Batch}, and there are {training} rows to train on. It must be from 1 to {training}.");
        }
        Moments moments = builder.Build();
        var loss = QuadraticLoss.Of(moments, hasIntercept, options.Standardize);
        int[] places = [.. loss.Names.Select(name => names.Index().First(n => n.Item == name).Index)];
        return new DescentData(rows, options, moments, loss, places, training, validation);
    }

    /// <summary>Reads into memory what fits: the validation rows, and the training rows when all of them do.</summary>
    public void Hold()
    {
        Held = HeldRows > 0 ? new Examples(Loss.Count, HeldRows) : null;
        All = InMemory ? new Examples(Loss.Count, BlockRows) : null;
        if (Held is null && All is null)
        {
            return;
        }
        foreach (ModelBlock block in _rows())
        {
            for (int row = 0; row < block.Rows; row++)
            {
                Examples? to = IsHeldOut(block, row, _options) ? Held : All;
                if (to is not null && to.Count < to.Capacity)
                {
                    to.Add(block, row, _places, Loss.Mean, Loss.Scale, _averageWeight);
                }
            }
        }
        LargestSquare = All?.LargestSquare ?? 0;
    }

    /// <summary>The blocks of an epoch, one after the other, each valid until the next; the next one is filled meanwhile.</summary>
    public IEnumerable<Examples> Blocks(CancellationToken cancellation)
    {
        if (All is not null)
        {
            yield return All;
            yield break;
        }
        using var one = new Examples(Loss.Count, BlockRows);
        using var other = new Examples(Loss.Count, BlockRows);
        using IEnumerator<Examples> filled = Fill([one, other], cancellation).GetEnumerator();
        Task<bool> next = Task.Run(filled.MoveNext, CancellationToken.None);
        try
        {
            while (next.GetAwaiter().GetResult())
            {
                Examples block = filled.Current;
                LargestSquare = Math.Max(LargestSquare, block.LargestSquare);
                next = Task.Run(filled.MoveNext, CancellationToken.None);
                yield return block;
            }
        }
        finally
        {
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();     // the memory is freed below
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Held?.Dispose();
        All?.Dispose();
    }

    private IEnumerable<Examples> Fill(Examples[] buffers, CancellationToken cancellation)
    {
        int turn = 0;
        buffers[0].Clear();
        foreach (ModelBlock block in _rows())
        {
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < block.Rows; row++)
            {
                if (IsHeldOut(block, row, _options))
                {
                    continue;
                }
                buffers[turn].Add(block, row, _places, Loss.Mean, Loss.Scale, _averageWeight);
                if (buffers[turn].Count == BlockRows)
                {
                    yield return buffers[turn];
                    turn ^= 1;
                    buffers[turn].Clear();
                }
            }
        }
        if (buffers[turn].Count > 0)
        {
            yield return buffers[turn];
        }
    }

    private static bool IsHeldOut(ModelBlock block, int row, DescentOptions options)
    {
        if (options.ValidationShare == 0)
        {
            return false;
        }
        var hash = new RowHash(options.Seed);
        for (int j = 0; j < block.Count; j++)
        {
            hash.Add(block.ColumnBuffer(j)[row]);
        }
        hash.Add(block.ResponseBuffer[row]);
        return hash.Fraction < options.ValidationShare;
    }
}
