using System.Collections.Concurrent;

namespace Plumbline;

/// <summary>
/// A second look at rows, as a fitted model sees them: for residuals, robust covariances, prediction. One pass, in constant
/// memory, in order (<see cref="Read"/>) or on all cores in no order (<see cref="ForEachBlock"/>).
/// </summary>
internal sealed class ModelRows
{
    private readonly FittedDesign _fitted;
    private readonly Design _design;
    private readonly IRowSource _source;
    private readonly ModelRowsOptions _options;
    private readonly int[] _places;             // of each input among the columns read; −1 when it is not needed and not there
    private readonly string[] _columns;
    private readonly ConcurrentBag<ModelRowsWorker> _idle = [];
    private readonly ConcurrentBag<ModelRowsWorker> _all = [];

    /// <summary>Finds the columns.</summary>
    /// <exception cref="PlumblineException"><c>unknown-column</c>, <c>not-numeric</c>: the data do not have what the model needs.</exception>
    public ModelRows(FittedDesign fitted, IRowSource source, ModelRowsOptions options)
    {
        _fitted = fitted;
        _design = fitted.Bind();
        _source = source;
        _options = options;
        var schema = new Schema(source.Columns);
        var columns = new List<string>();
        _places = new int[_design.Inputs.Count];
        for (int i = 0; i < _places.Length; i++)
        {
            string name = _design.Inputs[i];
            bool isNeeded = !options.KeepsMissing || _design.PredictorInputs.Contains(name);
            bool isRead = isNeeded || name != _design.Weights;
            ColumnInfo? column = isRead ? schema.Find(name) : null;
            if (column is { IsNumeric: false } && !isNeeded)
            {
                column = null;
            }
            if (isNeeded)
            {
                Require(column, name, schema);
            }
            _places[i] = column is null ? -1 : columns.Count;
            if (column is not null)
            {
                columns.Add(name);
            }
        }
        HasResponse = _design.Inputs.Index().All(i => _places[i.Index] >= 0 || i.Item == _design.Weights);
        foreach (string extra in options.Extras)
        {
            Require(schema.Find(extra), extra, schema);
        }
        _columns = [.. columns, .. options.Extras];
    }

    /// <summary>Whether the data have the response.</summary>
    public bool HasResponse { get; }

    /// <summary>What became of the rows so far; those that entered a block count as used.</summary>
    public RowCounts Counts
    {
        get
        {
            var byColumn = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach ((string name, long count) in _all.SelectMany(static w => w.MissingByColumn))
            {
                byColumn[name] = byColumn.GetValueOrDefault(name) + count;
            }
            long read = _all.Sum(static w => w.RowsRead), missing = _all.Sum(static w => w.RowsMissing);
            return new RowCounts(read, read - missing, missing, byColumn);
        }
    }

    /// <summary>For each numeric predictor column how many rows so far lay outside its range in the fit, and the first of them.</summary>
    public IReadOnlyList<OutsideRange> Outside =>
    [
        .. _all.SelectMany(static w => w.Outside).GroupBy(static o => o.Column).Select(static g =>
            g.Aggregate(static (a, b) => (a.FirstRow <= b.FirstRow ? a : b) with { Rows = a.Rows + b.Rows })),
    ];

    /// <summary>All rows in blocks, in order. A block is valid until the next.</summary>
    public IEnumerable<ModelBlock> Read(IProgress<double>? progress, CancellationToken cancellation)
    {
        ModelRowsWorker worker = Rent();
        foreach (RowBlock block in _source.Read(_columns, progress, cancellation))
        {
            ModelBlock rows;
            using (block)
            {
                cancellation.ThrowIfCancellationRequested();
                rows = worker.Encode(block);
            }
            if (rows.Rows > 0)
            {
                yield return rows;
            }
        }
        _idle.Add(worker);
    }

    /// <summary>All rows in blocks, on several threads, in no order. A block is valid during the call that brings it.</summary>
    public void ForEachBlock(int threads, Action<ModelBlock> consume, IProgress<double>? progress, CancellationToken cancellation) =>
        RowPump.Run(_source, _columns, threads, block => Take(block, consume), progress, cancellation);

    private void Take(RowBlock block, Action<ModelBlock> consume)
    {
        using (block)
        {
            ModelRowsWorker worker = Rent();
            ModelBlock rows = worker.Encode(block);
            if (rows.Rows > 0)
            {
                consume(rows);
            }
            _idle.Add(worker);
        }
    }

    private ModelRowsWorker Rent()
    {
        if (!_idle.TryTake(out ModelRowsWorker? worker))
        {
            worker = new ModelRowsWorker(_fitted, _design, _places, _options);
            _all.Add(worker);
        }
        return worker;
    }

    private void Require(ColumnInfo? column, string name, Schema schema)
    {
        if (column is null)
        {
            throw new PlumblineException(
                "unknown-column", $"The model needs the column {Schema.Shown(name)}, and {FormulaError.Clean(_source.Name)} does not have it.\n{schema.Suggest(name)}")
            {
                Column = name,
            };
        }
        if (!column.IsNumeric)
        {
            throw new PlumblineException(
                "not-numeric", $"The model needs numbers in the column {Schema.Shown(name)}, and in {FormulaError.Clean(_source.Name)} it holds something else. Correct its values.")
            {
                Column = name,
            };
        }
    }
}

/// <summary>Rows outside the range that a column had in the fit.</summary>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many.</param>
/// <param name="FirstRow">The first, 1-based.</param>
/// <param name="FirstValue">Its value.</param>
internal sealed record OutsideRange(FittedInput Column, long Rows, long FirstRow, double FirstValue);
