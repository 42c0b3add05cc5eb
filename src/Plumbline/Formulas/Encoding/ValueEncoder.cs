namespace Plumbline;

/// <summary>
/// Rows of a source → the numbers and category codes that a formula names, for the rows that miss none of them.
/// Passes on without copying what is just a column. For one thread; it owns its buffers, and its columns are valid until
/// the next block.
/// Method: scan the inputs → drop rows → compute numbers, find codes → drop rows where one is missing.
/// Cost: one vectorized look at each input value, and the arithmetic that the formula asks for.
/// Fails when: a value is infinite, a weight is negative, or a value is missing and that is not allowed.
/// </summary>
internal sealed class ValueEncoder
{
    private readonly DesignPlan _plan;
    private readonly IReadOnlyList<string> _inputs;
    private readonly MissingValues _missing;
    private readonly bool _keepAll;
    private readonly Strip _strip = new();
    private readonly RowSelection _selection = new();
    private readonly long[] _droppedByInput;
    private readonly long[] _droppedByNumber;
    private readonly long[] _droppedByCategory;
    private readonly string[] _inputNames;      // as a formula writes them
    private readonly NumberColumn[] _columns;
    private readonly NumberColumn[] _numbers;
    private readonly NumberColumn[] _codes;
    private readonly NumberColumn[] _values;    // of categories, before they are codes
    private readonly ColumnBuffer[] _columnBuffers;
    private readonly ColumnBuffer[] _numberBuffers;
    private readonly ColumnBuffer[] _valueBuffers;
    private readonly CategoryEncoder[] _categories;

    /// <summary>An encoder.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">The names of the columns of a block.</param>
    /// <param name="missing">What is done with rows that miss a value.</param>
    /// <param name="codes">The levels of the categories.</param>
    /// <param name="keepAll">Whether rows that miss a value stay, with NaN (and what is infinite stays so): for prediction.</param>
    public ValueEncoder(DesignPlan plan, IReadOnlyList<string> inputs, MissingValues missing, CategoryCodes codes, bool keepAll = false)
    {
        _keepAll = keepAll;
        _plan = plan;
        _inputs = inputs;
        _missing = missing;
        _droppedByInput = new long[inputs.Count];
        _droppedByNumber = new long[plan.Numbers.Length];
        _droppedByCategory = new long[plan.Categories.Length];
        _inputNames = [.. inputs.Select(Names.Quote)];
        _columns = new NumberColumn[inputs.Count];
        _numbers = new NumberColumn[plan.Numbers.Length];
        _codes = new NumberColumn[plan.Categories.Length];
        _values = new NumberColumn[plan.Categories.Length];
        _columnBuffers = [.. _columns.Select(static _ => new ColumnBuffer())];
        _numberBuffers = [.. _numbers.Select(static _ => new ColumnBuffer())];
        _valueBuffers = [.. _values.Select(static _ => new ColumnBuffer())];
        _categories = [.. plan.Categories.Select((c, i) => new CategoryEncoder(c, codes.Sets[i]))];
        Ranges = new ValueRange[inputs.Count];
        Array.Fill(Ranges, ValueRange.Empty);
    }

    /// <summary>Rows seen so far.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows left out so far because a value was missing or not defined.</summary>
    public long RowsDropped { get; private set; }

    /// <summary>The rows of the block that are left.</summary>
    public int Rows => _selection.Count;

    /// <summary>The numbers of the block.</summary>
    public NumberColumn[] Numbers => _numbers;

    /// <summary>The codes of the block.</summary>
    public NumberColumn[] Codes => _codes;

    /// <summary>For each input, the smallest and largest value in the rows kept so far; meaningless for codes.</summary>
    public ValueRange[] Ranges { get; }

    /// <summary>An input of the block, for the rows that are left.</summary>
    public NumberColumn Input(int input) => _columns[input];

    /// <summary>The 1-based row of the source that a row of the block is.</summary>
    public long Line(int row) => _selection.Line(row);

    /// <summary>For each column or expression that was missing, in how many rows; names that never were are not listed.</summary>
    public Dictionary<string, long> DroppedByColumn()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        IEnumerable<(string Name, long Count)> all = _inputs.Zip(_droppedByInput)
            .Concat(_plan.Numbers.Select(static n => n.Name).Zip(_droppedByNumber))
            .Concat(_plan.Categories.Select(static c => c.Name).Zip(_droppedByCategory));
        foreach ((string name, long count) in all.Where(static c => c.Count > 0))
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
        return counts;
    }

    /// <summary>Computes the values of a block.</summary>
    /// <param name="source">The inputs, in order; further columns are not looked at. It must live while the values are used.</param>
    /// <exception cref="PlumblineException">As <see cref="DesignEncoder.Encode"/>.</exception>
    public void Encode(RowBlock source)
    {
        if (source.Count < _columns.Length)
        {
            throw new ArgumentException($"The design reads {_columns.Length} columns and the block has {source.Count}.", nameof(source));
        }
        _selection.Reset(source.FirstRow, source.Rows);
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = source[i];
        }
        if (_keepAll)
        {
            ComputeValues();
            RowsRead += source.Rows;
            return;
        }
        DropMissing();
        CheckWeights();
        ComputeValues();
        DropUndefined();
        for (int i = 0; i < _columns.Length; i++)
        {
            Scan.Widen(_columns[i].High, ref Ranges[i]);
        }
        RowsRead += source.Rows;
        RowsDropped += source.Rows - _selection.Count;
    }

    /// <summary>Computes an expression over columns, strip by strip.</summary>
    public NumberColumn Compute(NumericExpression expression, NumberColumn[] inputs, ColumnBuffer buffer)
    {
        if (expression is ColumnExpression column)
        {
            return inputs[column.Input];
        }
        int rows = _selection.Count;
        buffer.Prepare(rows, low: true);
        _strip.Inputs = inputs;
        bool wide = false;
        for (int start = 0; start < rows; start += Strip.Rows)
        {
            _strip.Start = start;
            _strip.Count = Math.Min(Strip.Rows, rows - start);
            int length = Strip.Padded(_strip.Count);
            wide = expression.Evaluate(_strip, buffer.High.AsSpan(start, length), buffer.Low.AsSpan(start, length), 0);
        }
        buffer.Written(rows, wide);
        return buffer.Column;
    }

    /// <summary>Throws when a value of the block is infinite.</summary>
    public void CheckInfinite(NumberColumn column, string name, string text)
    {
        int row = column.High.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (row >= 0)
        {
            throw ValueErrors.Infinite(name, text, _selection.Line(row));
        }
    }

    private void DropMissing()
    {
        bool clean = true;
        foreach (NumberColumn input in _columns)
        {
            clean &= !Scan.AnyNotFinite(input.High);
        }
        if (clean)
        {
            return;
        }
        bool dropped = false;
        for (int i = 0; i < _columns.Length; i++)
        {
            dropped |= _selection.MarkNaN(_columns[i].High, ref _droppedByInput[i]);
        }
        if (dropped)
        {
            if (_missing == MissingValues.Fail)
            {
                throw ValueErrors.Missing(_selection, _columns, _inputs, _inputNames, "is missing");
            }
            CompactInputs(_selection.Compact());
        }
        for (int i = 0; i < _columns.Length; i++)
        {
            CheckInfinite(_columns[i], _inputs[i], _inputNames[i]);
        }
    }

    private void CompactInputs(ReadOnlySpan<int> kept)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _columnBuffers[i].Compact(_columns[i], kept);
            _columns[i] = _columnBuffers[i].Column;
        }
    }

    private void CheckWeights()
    {
        if (_plan.Weights is int input && Scan.AnyNegative(_columns[input].High))
        {
            int row = _columns[input].High.IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon);
            throw ValueErrors.NegativeWeight(_inputs[input], _columns[input].High[row], _selection.Line(row));
        }
    }

    private void ComputeValues()
    {
        for (int n = 0; n < _numbers.Length; n++)
        {
            _numbers[n] = Compute(_plan.Numbers[n].Expression, _columns, _numberBuffers[n]);
        }
        for (int c = 0; c < _codes.Length; c++)
        {
            _values[c] = Compute(_plan.Categories[c].Expression, _columns, _valueBuffers[c]);
            if (!_keepAll && _plan.Categories[c].Column is null && Scan.AnyNotFinite(_values[c].High))
            {
                CheckInfinite(_values[c], _plan.Categories[c].Name, _plan.Categories[c].Name);
            }
            _codes[c] = _categories[c].Encode(_values[c]);
        }
    }

    private void DropUndefined()
    {
        bool clean = true;
        for (int n = 0; n < _numbers.Length; n++)
        {
            clean &= _plan.Numbers[n].Expression is ColumnExpression || !Scan.AnyNotFinite(_numbers[n].High);
        }
        foreach (NumberColumn codes in _codes)
        {
            clean &= !Scan.AnyNotFinite(codes.High);
        }
        if (clean)
        {
            return;
        }
        bool dropped = false;
        for (int n = 0; n < _numbers.Length; n++)
        {
            dropped |= _plan.Numbers[n].Expression is not ColumnExpression && _selection.MarkNaN(_numbers[n].High, ref _droppedByNumber[n]);
        }
        for (int c = 0; c < _codes.Length; c++)
        {
            dropped |= _selection.MarkNaN(_codes[c].High, ref _droppedByCategory[c]);
        }
        if (dropped)
        {
            if (_missing == MissingValues.Fail)
            {
                string[] names = [.. _plan.Numbers.Select(static n => n.Name), .. _plan.Categories.Select(static c => c.Name)];
                throw ValueErrors.Missing(_selection, [.. _numbers, .. _codes], names, names, "is not a number, or a level that is not listed,");
            }
            ReadOnlySpan<int> kept = _selection.Compact();
            CompactInputs(kept);
            CompactValues(kept);
        }
        for (int n = 0; n < _numbers.Length; n++)
        {
            CheckInfinite(_numbers[n], _plan.Numbers[n].Name, _plan.Numbers[n].Name);
        }
    }

    private void CompactValues(ReadOnlySpan<int> kept)
    {
        for (int n = 0; n < _numbers.Length; n++)
        {
            if (_plan.Numbers[n].Expression is ColumnExpression column)
            {
                _numbers[n] = _columns[column.Input];
            }
            else
            {
                _numberBuffers[n].Compact(_numbers[n], kept);
                _numbers[n] = _numberBuffers[n].Column;
            }
        }
        for (int c = 0; c < _codes.Length; c++)
        {
            _codes[c] = _plan.Categories[c].Input is int input ? _columns[input] : _categories[c].Compact(_codes[c], kept);
        }
    }
}
