using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// The rows of a source as a fitted model sees them: for every coefficient the value that it multiplies. What a fit drops is dropped
/// here, too, so a second pass sees the rows of the first.
/// </summary>
internal sealed class ModelRows
{
    private readonly IRowSource _source;
    private readonly FittedDesign _design;
    private readonly ModelRowsOptions _options;
    private readonly FittedPlan _plan;
    private readonly CategoryCodes _codes;
    private readonly string[] _columns;     // what is read: the inputs, then extras that are none of them
    private readonly int[] _extras;         // places among the columns
    private readonly ConcurrentBag<ModelRowEncoder> _idle = [];
    private readonly ConcurrentBag<ModelRowEncoder> _all = [];

    /// <summary>Binds a fitted design to a source.</summary>
    /// <exception cref="PlumblineException">
    /// The source does not have a column (<c>unknown-column</c>), or it holds something else (<c>not-numeric</c>, <c>time-unit</c>).
    /// </exception>
    public ModelRows(FittedDesign design, IRowSource source, ModelRowsOptions? options = null)
    {
        _design = design;
        _source = source;
        _options = options ?? ModelRowsOptions.OfFit;
        var schema = new Schema(source.Columns);
        _plan = FittedPlan.Bind(design, schema, _options.Response, _options.Weights);
        _codes = CategoryCodes.Of(_plan.Plan.Categories, source);
        foreach (string extra in _options.Extras)
        {
            if (schema.Find(extra) is null)
            {
                throw new PlumblineException("unknown-column", $"There is no column {Schema.Shown(extra)} in the data.\n{schema.Suggest(extra)}") { Column = extra };
            }
        }
        _columns = [.. _plan.Inputs, .. _options.Extras.Except(_plan.Inputs, StringComparer.Ordinal)];
        _extras = [.. _options.Extras.Select(e => Array.IndexOf(_columns, e))];
    }

    /// <summary>Whether the source has the response.</summary>
    public bool HasResponse => _plan.Response is not null;

    /// <summary>The columns of the response that the source does not have.</summary>
    public IReadOnlyList<string> AbsentResponse => _plan.Absent;

    /// <summary>Reads every row once, on several threads at a time and in no order; a block is valid during the call that brings it.</summary>
    /// <param name="threads">How many threads; 0 for as many as there are cores.</param>
    /// <param name="consume">Takes a block that has at least one row.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">A value is wrong (<c>infinite-value</c>, <c>unseen-level</c> …); the message names the row.</exception>
    public void ForEachBlock(int threads, Action<ModelBlock> consume, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        BlockPump.Run(
            _source,
            _columns,
            threads,
            block =>
            {
                using (block)
                {
                    if (!_idle.TryTake(out ModelRowEncoder? encoder))
                    {
                        encoder = CreateEncoder();
                    }
                    foreach (ModelBlock rows in encoder.Encode(block))
                    {
                        consume(rows);
                    }
                    _idle.Add(encoder);
                }
            },
            progress,
            cancellation);

    /// <summary>Reads every row once: some blocks at a time on several threads, and what is made of them is finished in the order of the rows.</summary>
    /// <param name="threads">How many threads; 0 for as many as there are cores.</param>
    /// <param name="work">Takes blocks that follow each other, each valid until the next, and returns what is to be done in their turn.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">As <see cref="ForEachBlock"/>.</exception>
    public void ForEachInOrder(int threads, Func<IEnumerable<ModelBlock>, Action> work, IProgress<double>? progress, CancellationToken cancellation) =>
        OrderedPump.Run(
            _source.Read(_columns, progress, cancellation),
            threads,
            block =>
            {
                using (block)
                {
                    if (!_idle.TryTake(out ModelRowEncoder? encoder))
                    {
                        encoder = CreateEncoder();
                    }
                    Action inTurn = work(encoder.Encode(block));
                    _idle.Add(encoder);
                    return inTurn;
                }
            },
            cancellation);

    /// <summary>Reads every row once, in order; a block is valid until the next.</summary>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">As <see cref="ForEachBlock"/>.</exception>
    public IEnumerable<ModelBlock> Read(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ModelRowEncoder encoder = CreateEncoder();
        foreach (RowBlock block in _source.Read(_columns, progress, cancellation))
        {
            using (block)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (ModelBlock rows in encoder.Encode(block))
                {
                    yield return rows;
                }
            }
        }
    }

    /// <summary>What became of the rows so far.</summary>
    public ModelRowCounts Counts()
    {
        var dropped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var missing = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var unseen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var outside = new SortedDictionary<string, (long Rows, long First)>(StringComparer.Ordinal);
        foreach (ModelRowEncoder encoder in _all)
        {
            Add(dropped, encoder.Values.DroppedByColumn());
            Add(missing, _options.KeepMissing ? encoder.MissingByVariable() : []);
            Add(unseen, encoder.Unseen());
            foreach ((string name, long rows, long first) in encoder.Outside)
            {
                (long before, long earliest) = outside.GetValueOrDefault(name, (0, long.MaxValue));
                outside[name] = (before + rows, Math.Min(earliest, first));
            }
        }
        return new ModelRowCounts(
            _all.Sum(static e => e.Values.RowsRead), _all.Sum(static e => e.Values.RowsDropped), dropped, _all.Sum(static e => e.Missing), missing, unseen, outside);
    }

    private static void Add(SortedDictionary<string, long> sums, IEnumerable<KeyValuePair<string, long>> counts)
    {
        foreach ((string name, long count) in counts)
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }
    }

    private ModelRowEncoder CreateEncoder()
    {
        var encoder = new ModelRowEncoder(_design, _plan, _codes, _extras, _options);
        _all.Add(encoder);
        return encoder;
    }
}
