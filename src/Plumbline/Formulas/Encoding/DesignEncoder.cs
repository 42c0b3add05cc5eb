namespace Plumbline;

/// <summary>
/// Turns rows of a source into rows of a design: leaves out rows that miss a value, computes functions, arithmetic
/// and products, finds the codes of categories, and passes on without copying what is just a column. For one thread; it owns its
/// buffers, and the block it returns is valid until the next.
/// </summary>
public sealed class DesignEncoder
{
    private readonly DesignPlan _plan;
    private readonly ValueEncoder _values;
    private readonly IReadOnlyList<string> _names;
    private readonly NumberColumn[] _outputs;
    private readonly ColumnBuffer[] _buffers;

    internal DesignEncoder(Design design, MissingValues missing, CategoryCodes codes)
    {
        _plan = design.Plan;
        _names = design.Inputs;
        _values = new ValueEncoder(design.Plan, design.Inputs, missing, codes);
        _buffers = [.. _plan.Parts.Select(static _ => new ColumnBuffer())];
        _outputs = new NumberColumn[_plan.Parts.Length + _plan.Categories.Length + (_plan.Weights is null ? 0 : 1)];
    }

    /// <summary>Whether weights are frequencies, and must be whole numbers.</summary>
    internal bool IsFrequency { get; init; }

    /// <summary>Rows seen so far.</summary>
    public long RowsRead => _values.RowsRead;

    /// <summary>Rows left out so far because a value was missing or not defined.</summary>
    public long RowsDropped => _values.RowsDropped;

    /// <summary>
    /// For each column, and each expression that was not a number though its columns were there, in how many rows;
    /// a row may count in several. Names that never missed are not listed.
    /// </summary>
    public IReadOnlyDictionary<string, long> DroppedByColumn => _values.DroppedByColumn();

    /// <summary>For each input, the smallest and largest value in the rows kept so far; meaningless for codes.</summary>
    internal IReadOnlyList<ValueRange> Ranges => _values.Ranges;

    /// <summary>The 1-based row of the source that a row of the block encoded last is.</summary>
    internal long Line(int row) => _values.Line(row);

    /// <summary>Computes the design columns of a block.</summary>
    /// <param name="source">The columns of <see cref="Design.Inputs"/>, in that order; further ones are not looked at. It is not disposed.</param>
    /// <returns>
    /// The predictors, the response, the codes of the categories, and the weights if there are any, for the rows that are left; the
    /// intercept has no column. It may view the memory of <paramref name="source"/> and of this encoder: both must live, and the
    /// encoder must not encode another, while it is used.
    /// </returns>
    /// <exception cref="PlumblineException">
    /// Code <c>infinite-value</c>, <c>negative-weight</c>, <c>not-a-frequency</c>, or with <see cref="MissingValues.Fail"/> <c>missing-value</c>;
    /// with the column and the 1-based row in <see cref="PlumblineException.Line"/>.
    /// </exception>
    public RowBlock Encode(RowBlock source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Count < _names.Count)
        {
            throw new ArgumentException($"The design reads {_names.Count} columns and the block has {source.Count}.", nameof(source));
        }
        _values.Encode(source);
        int at = 0;
        foreach (PartPlan part in _plan.Parts)
        {
            NumberColumn column = _values.Compute(part.Expression, _values.Numbers, _buffers[at]);
            if (part.Expression is not ColumnExpression && Scan.AnyNotFinite(column.High))
            {
                _values.CheckInfinite(column, part.Name, part.Name);
            }
            _outputs[at++] = column;
        }
        foreach (NumberColumn codes in _values.Codes)
        {
            _outputs[at++] = codes;
        }
        if (_plan.Weights is int weights)
        {
            _outputs[at] = _values.Input(weights);
            if (IsFrequency)
            {
                RequireWhole(_outputs[at].High, weights);
            }
        }
        return new RowBlock(source.FirstRow, _values.Rows, _outputs);
    }

    private void RequireWhole(ReadOnlySpan<double> weights, int input)
    {
        const double Most = 1L << 53;
        for (int r = 0; r < weights.Length; r++)
        {
            if (weights[r] != Math.Floor(weights[r]) || weights[r] > Most)
            {
                throw ValueErrors.NotAFrequency(_names[input], weights[r], _values.Line(r));
            }
        }
    }
}
