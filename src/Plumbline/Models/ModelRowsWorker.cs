namespace Plumbline;

/// <summary>Turns blocks of a source into blocks as a model sees them; for one thread, with memory of its own.</summary>
internal sealed class ModelRowsWorker
{
    private readonly FittedDesign _fitted;
    private readonly Design _design;
    private readonly int[] _places;
    private readonly ModelRowsOptions _options;
    private readonly DesignEncoder _encoder;
    private readonly NumberColumn[] _inputs;
    private readonly int[] _predictors;             // inputs that predictors are made of
    private readonly FittedInput[] _ranges;         // of those, in the same order
    private readonly long[] _missing;               // by predictor, when rows that miss a value stay
    private readonly OutsideRange?[] _outside;
    private double[] _absent = [];
    private double[] _one = [];
    private bool[] _misses = [];
    private long _read;
    private long _incomplete;
    private ModelBlock? _block;

    public ModelRowsWorker(FittedDesign fitted, Design design, int[] places, ModelRowsOptions options)
    {
        _fitted = fitted;
        _design = design;
        _places = places;
        _options = options;
        _encoder = new DesignEncoder(design, options.Missing, options.KeepsMissing);
        _inputs = new NumberColumn[design.Inputs.Count];
        _predictors = [.. design.Inputs.Index().Where(i => design.PredictorInputs.Contains(i.Item)).Select(static i => i.Index)];
        _ranges = [.. _predictors.Select(i => fitted.Inputs.First(f => f.Name == design.Inputs[i]))];
        _missing = new long[_predictors.Length];
        _outside = new OutsideRange?[_predictors.Length];
    }

    public long RowsRead => _options.KeepsMissing ? _read : _encoder.RowsRead;

    public long RowsMissing => _options.KeepsMissing ? _incomplete : _encoder.RowsDropped;

    public IEnumerable<(string Name, long Count)> MissingByColumn => _options.KeepsMissing
        ? _predictors.Select((input, p) => (_design.Inputs[input], _missing[p])).Where(static m => m.Item2 > 0)
        : _encoder.DroppedByColumn.Select(static d => (d.Key, d.Value));

    public IEnumerable<OutsideRange> Outside => _outside.OfType<OutsideRange>();

    /// <summary>The rows of a block that are in, valid until the next.</summary>
    public ModelBlock Encode(RowBlock source)
    {
        FillInputs(source);
        RowBlock encoded = _encoder.Encode(new RowBlock(source.FirstRow, source.Rows, _inputs));
        ModelBlock block = Prepare(encoded.Rows);
        for (int k = 0; k < _fitted.Kept.Count; k++)
        {
            Span<double> column = block.ColumnBuffer(k).AsSpan(0, encoded.Rows);
            int from = _fitted.Kept[k] - 1;
            if (from < 0)
            {
                column.Fill(1);
            }
            else
            {
                encoded[from].High.CopyTo(column);
            }
        }
        int response = _design.Columns.Count - 2;
        encoded[response].High.CopyTo(block.ResponseBuffer);
        if (_design.Weights is not null)
        {
            encoded[response + 1].High.CopyTo(block.WeightsBuffer);
        }
        for (int row = 0; row < encoded.Rows; row++)
        {
            block.RowNumbers[row] = _encoder.Line(row);
        }
        CopyExtras(source, block);
        if (_options.KeepsMissing)
        {
            _read += source.Rows;
            Watch(block);
        }
        return block;
    }

    private void FillInputs(RowBlock source)
    {
        if (_absent.Length < source.Rows)
        {
            _absent = new double[source.Rows];
            _one = new double[source.Rows];
            Array.Fill(_absent, double.NaN);
            Array.Fill(_one, 1);
        }
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = _places[i] >= 0 ? source[_places[i]]
                : new NumberColumn(_design.Inputs[i] == _design.Weights ? _one : _absent, null, 0, source.Rows);
        }
    }

    private ModelBlock Prepare(int rows)
    {
        if (_block is null || _block.RowNumbers.Length < rows)
        {
            _block = new ModelBlock(_fitted.Kept.Count, _options.Extras.Count, rows, _design.Weights is not null, offset: false);
        }
        _block.Rows = rows;
        return _block;
    }

    private void CopyExtras(RowBlock source, ModelBlock block)
    {
        for (int e = 0; e < _options.Extras.Count; e++)
        {
            ReadOnlySpan<double> values = source[source.Count - _options.Extras.Count + e].High;
            double[] extra = block.ExtraBuffer(e);
            for (int row = 0; row < block.Rows; row++)
            {
                extra[row] = values[(int)(block.RowNumbers[row] - source.FirstRow - 1)];
            }
        }
    }

    /// <summary>Marks rows that miss a predictor, and counts them and those outside the ranges of the fit.</summary>
    private void Watch(ModelBlock block)
    {
        int rows = block.Rows;
        if (_misses.Length < rows)
        {
            _misses = new bool[rows];
        }
        Array.Clear(_misses, 0, rows);
        for (int p = 0; p < _predictors.Length; p++)
        {
            ReadOnlySpan<double> values = _inputs[_predictors[p]].High;
            (double least, double most) = (_ranges[p].Minimum, _ranges[p].Maximum);
            for (int row = 0; row < rows; row++)
            {
                double value = values[row];
                if (value >= least && value <= most)
                {
                    continue;
                }
                if (double.IsNaN(value))
                {
                    _misses[row] = true;
                    _missing[p]++;
                }
                else if (!double.IsNaN(least))
                {
                    OutsideRange known = _outside[p] ?? new OutsideRange(_ranges[p], 0, block.RowNumbers[row], value);
                    _outside[p] = known with { Rows = known.Rows + 1 };
                }
            }
        }
        for (int k = 0; k < block.Count; k++)
        {
            ReadOnlySpan<double> column = block.Column(k);
            for (int row = 0; row < rows; row++)
            {
                _misses[row] |= double.IsNaN(column[row]);
            }
        }
        for (int row = 0; row < rows; row++)
        {
            if (_misses[row])
            {
                _incomplete++;
                for (int k = 0; k < block.Count; k++)
                {
                    block.ColumnBuffer(k)[row] = double.NaN;
                }
            }
        }
    }
}
