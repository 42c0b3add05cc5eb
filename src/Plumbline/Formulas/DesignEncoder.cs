using System.Globalization;

namespace Plumbline;

/// <summary>
/// Turns rows of a source into rows of a design: leaves out rows that miss a value, computes functions, arithmetic
/// and products, and passes on without copying what is just a column. For one thread; it owns its buffers, and the
/// block it returns is valid until the next.
/// Method: scan the inputs → drop rows → compute variables → drop rows where one is NaN → multiply.
/// Cost: one vectorized look at each input value, and the arithmetic that the formula asks for.
/// Fails when: a value is infinite, a weight is negative, or a value is missing and that is not allowed.
/// </summary>
public sealed class DesignEncoder
{
    private readonly Design _design;
    private readonly DesignPlan _plan;
    private readonly MissingValues _missing;
    private readonly Strip _strip = new();
    private readonly RowSelection _selection = new();
    private readonly long[] _droppedByInput;
    private readonly long[] _droppedByVariable;
    private readonly string[] _inputNames;      // as a formula writes them
    private readonly NumberColumn[] _inputs;
    private readonly NumberColumn[] _variables;
    private readonly NumberColumn[] _outputs;
    private readonly ColumnBuffer[] _inputBuffers;
    private readonly ColumnBuffer[] _variableBuffers;
    private readonly ColumnBuffer?[] _outputBuffers;
    private readonly NumericExpression?[] _products;

    private readonly bool _keepsMissing;

    /// <param name="design">The design.</param>
    /// <param name="missing">What is done with rows that miss a value.</param>
    /// <param name="keepsMissing">Whether such rows stay instead, with NaN where a value is not known: for prediction.</param>
    internal DesignEncoder(Design design, MissingValues missing, bool keepsMissing = false)
    {
        _design = design;
        _keepsMissing = keepsMissing;
        Ranges = new InputRanges(design.Inputs.Count);
        _plan = design.Plan;
        _missing = missing;
        _droppedByInput = new long[design.Inputs.Count];
        _droppedByVariable = new long[_plan.Variables.Length];
        _inputNames = [.. design.Inputs.Select(Names.Quote)];
        _inputs = new NumberColumn[design.Inputs.Count];
        _variables = new NumberColumn[_plan.Variables.Length];
        _outputs = new NumberColumn[_plan.Outputs.Length + (_plan.WeightsInput is null ? 0 : 1)];
        _inputBuffers = [.. _inputs.Select(static _ => new ColumnBuffer())];
        _variableBuffers = [.. _variables.Select(static _ => new ColumnBuffer())];
        // A product of variables is an expression whose inputs are the variables.
        _products = Array.ConvertAll(_plan.Outputs, static factors => factors.Length == 1
            ? null
            : factors.Select(static f => (NumericExpression)new ColumnExpression(f, SourceDegrees.None))
                .Aggregate(static (a, b) => new ProductExpression(a, b)));
        _outputBuffers = Array.ConvertAll(_products, static p => p is null ? null : new ColumnBuffer());
    }

    /// <summary>The range of each input among the rows that counted so far.</summary>
    internal InputRanges Ranges { get; }

    /// <summary>Rows seen so far.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows left out so far because a value was missing or not defined.</summary>
    public long RowsDropped { get; private set; }

    /// <summary>
    /// For each column, and each expression that was not a number though its columns were there, in how many rows;
    /// a row may count in several. Names that never missed are not listed.
    /// </summary>
    public IReadOnlyDictionary<string, long> DroppedByColumn
    {
        get
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach ((string name, long count) in _design.Inputs.Zip(_droppedByInput).Concat(_plan.VariableNames.Zip(_droppedByVariable)))
            {
                if (count > 0)
                {
                    counts[name] = counts.GetValueOrDefault(name) + count;
                }
            }
            return counts;
        }
    }

    /// <summary>Computes the design columns of a block.</summary>
    /// <param name="source">The columns of <see cref="Design.Inputs"/>, in that order. It is not disposed.</param>
    /// <returns>
    /// The predictors, the response, and the weights if there are any, for the rows that are left; the intercept has no
    /// column. It may view the memory of <paramref name="source"/> and of this encoder: both must live, and the
    /// encoder must not encode another, while it is used.
    /// </returns>
    /// <exception cref="PlumblineException">
    /// Code <c>infinite-value</c>, <c>negative-weight</c>, or with <see cref="MissingValues.Fail"/> <c>missing-value</c>;
    /// with the column and the 1-based row in <see cref="PlumblineException.Line"/>.
    /// </exception>
    public RowBlock Encode(RowBlock source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Count != _inputs.Length)
        {
            throw new ArgumentException($"The design reads {_inputs.Length} columns and the block has {source.Count}.", nameof(source));
        }
        _selection.Reset(source.FirstRow, source.Rows);
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = source[i];
        }
        DropMissing();
        CheckWeights();
        ComputeVariables();
        DropUndefined();
        for (int i = 0; i < _plan.Outputs.Length; i++)
        {
            _outputs[i] = _products[i] is NumericExpression product
                ? Product(i, product)
                : _variables[_plan.Outputs[i][0]];
        }
        if (_plan.WeightsInput is int weights)
        {
            _outputs[^1] = _inputs[weights];
        }
        if (!_keepsMissing)
        {
            Ranges.Add(_inputs, _plan.WeightsInput is int w ? _inputs[w].High : default);
        }
        RowsRead += source.Rows;
        RowsDropped += source.Rows - _selection.Count;
        return new RowBlock(source.FirstRow, _selection.Count, _outputs);
    }

    /// <summary>The 1-based row of the source that a row of the last encoded block was.</summary>
    internal long Line(int row) => _selection.Line(row);

    private void DropMissing()
    {
        bool clean = true;
        foreach (NumberColumn input in _inputs)
        {
            clean &= !Scan.AnyNotFinite(input.High);
        }
        if (clean)
        {
            return;
        }
        bool dropped = false;
        for (int i = 0; i < _inputs.Length && !_keepsMissing; i++)
        {
            dropped |= _selection.MarkNaN(_inputs[i].High, ref _droppedByInput[i]);
        }
        if (dropped)
        {
            if (_missing == MissingValues.Fail)
            {
                throw Missing(_inputs, _design.Inputs, _inputNames, "is missing");
            }
            CompactInputs(_selection.Compact());
        }
        for (int i = 0; i < _inputs.Length; i++)
        {
            CheckInfinite(_inputs[i], _design.Inputs[i], _inputNames[i]);
        }
    }

    private void CompactInputs(ReadOnlySpan<int> kept)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputBuffers[i].Compact(_inputs[i], kept);
            _inputs[i] = _inputBuffers[i].Column;
        }
    }

    private void CompactVariables(ReadOnlySpan<int> kept)
    {
        for (int v = 0; v < _variables.Length; v++)
        {
            if (_plan.Variables[v] is ColumnExpression column)
            {
                _variables[v] = _inputs[column.Input];
            }
            else
            {
                _variableBuffers[v].Compact(_variables[v], kept);
                _variables[v] = _variableBuffers[v].Column;
            }
        }
    }

    private void CheckWeights()
    {
        if (!_keepsMissing && _plan.WeightsInput is int input && Scan.AnyNegative(_inputs[input].High))
        {
            int row = _inputs[input].High.IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon);
            throw At(
                "negative-weight",
                $"The weight {FormulaError.Code(_inputNames[input])} is {Number(_inputs[input].High[row])} in row {_selection.Line(row)}; weights are 0 or more.",
                _design.Inputs[input],
                row);
        }
    }

    private void ComputeVariables()
    {
        for (int v = 0; v < _variables.Length; v++)
        {
            NumericExpression expression = _plan.Variables[v];
            _variables[v] = expression is ColumnExpression column
                ? _inputs[column.Input]
                : Compute(expression, _inputs, _variableBuffers[v]);
        }
    }

    private void DropUndefined()
    {
        bool clean = true;
        for (int v = 0; v < _variables.Length; v++)
        {
            clean &= _plan.Variables[v] is ColumnExpression || !Scan.AnyNotFinite(_variables[v].High);
        }
        if (clean)
        {
            return;
        }
        bool dropped = false;
        for (int v = 0; v < _variables.Length && !_keepsMissing; v++)
        {
            dropped |= _plan.Variables[v] is not ColumnExpression && _selection.MarkNaN(_variables[v].High, ref _droppedByVariable[v]);
        }
        if (dropped)
        {
            if (_missing == MissingValues.Fail)
            {
                throw Missing(_variables, _plan.VariableNames, _plan.VariableNames, "is not a number");
            }
            ReadOnlySpan<int> kept = _selection.Compact();
            CompactInputs(kept);
            CompactVariables(kept);
        }
        for (int v = 0; v < _variables.Length; v++)
        {
            CheckInfinite(_variables[v], _plan.VariableNames[v], _plan.VariableNames[v]);
        }
    }

    private NumberColumn Product(int output, NumericExpression product)
    {
        NumberColumn column = Compute(product, _variables, _outputBuffers[output]!);
        if (Scan.AnyNotFinite(column.High))
        {
            CheckInfinite(column, _design.Columns[output + 1].Name, _design.Columns[output + 1].Name);
        }
        return column;
    }

    private NumberColumn Compute(NumericExpression expression, NumberColumn[] inputs, ColumnBuffer buffer)
    {
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

    private void CheckInfinite(NumberColumn column, string name, string text)
    {
        int row = column.High.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (row >= 0)
        {
            throw At(
                "infinite-value",
                $"{FormulaError.Code(text)} is infinite in row {_selection.Line(row)}; least squares needs finite numbers. Correct the value, or leave the row out.",
                name,
                row);
        }
    }

    private PlumblineException Missing(NumberColumn[] columns, IReadOnlyList<string> names, IReadOnlyList<string> texts, string what)
    {
        int row = _selection.FirstMarked;
        int column = Array.FindIndex(columns, c => double.IsNaN(c.High[row]));
        return At(
            "missing-value",
            $"{FormulaError.Code(texts[column])} {what} in row {_selection.Line(row)}. Correct it, or let rows with missing values be dropped.",
            names[column],
            row);
    }

    private PlumblineException At(string code, string message, string column, int row) =>
        new(code, message) { Column = column, Line = _selection.Line(row) };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
