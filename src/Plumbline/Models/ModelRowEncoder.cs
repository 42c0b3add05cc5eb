using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Rows of a source → blocks of a model. For one thread; it owns its buffers, and a block is valid until the next.
/// Method: the elements of every variable are computed once for the rows of a block, in double-double; a column is their product, as a double and what that leaves.
/// Cost: a few operations a row and column, and the polynomials.
/// </summary>
internal sealed class ModelRowEncoder
{
    private const int BlockValues = 1 << 18;    // 2 MiB of columns at a time
    private const int LargestBlock = 4096;
    private const int SmallestBlock = 64;

    private readonly FittedDesign _design;
    private readonly FittedPlan _plan;
    private readonly int[] _extras;
    private readonly ElementValues?[] _elements;                    // of numbers
    private readonly LevelPlaces?[] _levels;                        // of categories
    private readonly ContrastValues[]?[] _contrasts;
    private readonly ContrastValues[]?[] _indicators;
    private readonly RangeCheck? _ranges;
    private readonly bool _keepMissing;
    private readonly ModelBlock _block;
    private readonly int _capacity;
    private readonly long[] _missingByVariable;
    private bool[] _missing = [];
    private DoubleDouble[] _product = [];
    private double[] _low = [];

    public ModelRowEncoder(FittedDesign design, FittedPlan plan, CategoryCodes codes, int[] extras, ModelRowsOptions options)
    {
        _design = design;
        _plan = plan;
        _extras = extras;
        _keepMissing = options.KeepMissing;
        Values = new ValueEncoder(plan.Plan, plan.Inputs, options.Missing, codes, options.KeepMissing);
        int count = design.Variables.Count;
        _elements = new ElementValues?[count];
        _levels = new LevelPlaces?[count];
        _contrasts = new ContrastValues[]?[count];
        _indicators = new ContrastValues[]?[count];
        _missingByVariable = new long[count];
        for (int v = 0; v < count; v++)
        {
            FittedVariable variable = design.Variables[v];
            if (variable.Kind != VariableKind.Category)
            {
                _elements[v] = new ElementValues(variable, design.Columns.Any(c => c.Factors.Count > 1 && c.Factors.Any(f => f.Variable == v)));
                continue;
            }
            _levels[v] = new LevelPlaces(variable, codes.Sets[plan.Places[v]], options.Unseen);
            _contrasts[v] = IsUsed(v, indicator: false) ? ContrastValues.Of(variable, indicators: false) : null;
            _indicators[v] = IsUsed(v, indicator: true) ? ContrastValues.Of(variable, indicators: true) : null;
        }
        _ranges = options.CheckRanges ? new RangeCheck(design, plan.Inputs) : null;
        _capacity = Math.Clamp(BlockValues / Math.Max(1, design.Columns.Count), SmallestBlock, LargestBlock);
        _block = new ModelBlock(design.Columns.Count, extras.Length, _capacity, plan.Plan.Weights is not null, design.Offsets.Count > 0);
    }

    /// <summary>The encoder of the values, with its counts.</summary>
    public ValueEncoder Values { get; }

    /// <summary>Rows so far with a missing predictor that were kept.</summary>
    public long Missing { get; private set; }

    /// <summary>For each column with values outside the range of the fit: how many rows, and the first.</summary>
    public IEnumerable<(string Name, long Rows, long First)> Outside => _ranges?.Found ?? [];

    /// <summary>For each category in how many rows so far its level was none of the fit's.</summary>
    public IEnumerable<KeyValuePair<string, long>> Unseen() => _design.Variables.Zip(_levels)
        .Where(static v => v.Second is { UnseenRows: > 0 })
        .Select(static v => KeyValuePair.Create(v.First.Name, v.Second!.UnseenRows));

    /// <summary>For each variable of the model that was missing, as a formula over the columns, in how many rows so far that were kept.</summary>
    public IEnumerable<KeyValuePair<string, long>> MissingByVariable() => _design.Variables.Zip(_missingByVariable)
        .Where(static v => v.Second > 0)
        .Select(static v => KeyValuePair.Create(v.First.Expression, v.Second));

    /// <summary>The rows of a block that are left, in pieces.</summary>
    public IEnumerable<ModelBlock> Encode(RowBlock source)
    {
        Values.Encode(source);
        ComputeElements();
        _ranges?.Check(Values);
        for (int start = 0; start < Values.Rows; start += _capacity)
        {
            Fill(source, start, Math.Min(_capacity, Values.Rows - start));
            yield return _block;
        }
    }

    private bool IsUsed(int variable, bool indicator) =>
        _design.Columns.Any(c => c.Factors.Any(f => f.Variable == variable && f.IsIndicator == indicator));

    private void ComputeElements()
    {
        int rows = Values.Rows;
        if (_missing.Length < rows)
        {
            _missing = new bool[rows];
        }
        Array.Clear(_missing, 0, rows);
        for (int v = 0; v < _elements.Length; v++)
        {
            if (_elements[v] is ElementValues elements)
            {
                NumberColumn x = Values.Numbers[_plan.Places[v]];
                _missingByVariable[v] += MarkMissing(x);
                elements.Compute(x);
            }
            else
            {
                ReadOnlySpan<int> places = _levels[v]!.Places(Values.Codes[_plan.Places[v]], Values.Line);
                for (int i = 0; i < places.Length; i++)
                {
                    _missing[i] |= places[i] < 0;
                    _missingByVariable[v] += places[i] < 0 ? 1 : 0;
                }
            }
        }
        foreach (int offset in _plan.Offsets)
        {
            MarkMissing(Values.Numbers[offset]);
        }
    }

    private long MarkMissing(NumberColumn column)
    {
        if (!_keepMissing)
        {
            return 0;   // none is left
        }
        ReadOnlySpan<double> values = column.High;
        long count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                _missing[i] = true;
                count++;
            }
        }
        return count;
    }

    private void Fill(RowBlock source, int start, int rows)
    {
        _block.Rows = rows;
        for (int j = 0; j < _block.Count; j++)
        {
            ReadOnlySpan<double> low = FillColumn(_design.Columns[j].Factors, start, _block.ColumnBuffer(j).AsSpan(0, rows));
            _block.SetLow(j, low.ContainsAnyExcept(0.0) ? low : default);
        }
        FillResponse(start, rows);
        for (int i = 0; i < rows; i++)
        {
            long line = Values.Line(start + i);
            _block.RowNumbers[i] = line;
            int position = (int)(line - 1 - source.FirstRow);
            for (int e = 0; e < _extras.Length; e++)
            {
                _block.ExtraBuffer(e)[i] = source[_extras[e]].High[position];
            }
            if (_missing[start + i])
            {
                Missing++;
                for (int j = 0; j < _block.Count; j++)
                {
                    _block.ColumnBuffer(j)[i] = double.NaN;
                }
            }
        }
    }

    /// <summary>Computes a column, and returns what its doubles leave; empty when nothing.</summary>
    private ReadOnlySpan<double> FillColumn(IReadOnlyList<FittedFactor> factors, int start, Span<double> target)
    {
        if (factors is [FittedFactor only] && _elements[only.Variable] is { IsColumn: true })
        {
            NumberColumn column = Values.Numbers[_plan.Places[only.Variable]];
            column.High.Slice(start, target.Length).CopyTo(target);
            return column.HasLow ? column.Low.Slice(start, target.Length) : default;
        }
        target.Fill(1);
        bool isFirst = true;
        Span<DoubleDouble> product = [];
        foreach (FittedFactor factor in factors)
        {
            if (_elements[factor.Variable] is not ElementValues elements)
            {
                ContrastValues values = (factor.IsIndicator ? _indicators : _contrasts)[factor.Variable]![factor.Element];
                ReadOnlySpan<int> places = _levels[factor.Variable]!.Current.Slice(start, target.Length);
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] *= places[i] < 0 ? double.NaN : values[places[i]];
                }
                continue;
            }
            ReadOnlySpan<DoubleDouble> x = elements[factor.Element].Slice(start, target.Length);
            if (isFirst)
            {
                product = Product(target.Length);
                x.CopyTo(product);
                isFirst = false;
                continue;
            }
            for (int i = 0; i < product.Length; i++)
            {
                product[i] *= x[i];
            }
        }
        Span<double> low = _low.AsSpan(0, product.Length);
        for (int i = 0; i < product.Length; i++)
        {
            DoubleDouble value = target[i] == 1 ? product[i] : product[i] * DoubleDouble.From(target[i]);
            target[i] = value.High;
            low[i] = value.Low;
        }
        return low;
    }

    private Span<DoubleDouble> Product(int rows)
    {
        if (_product.Length < rows)
        {
            _product = new DoubleDouble[rows];
            _low = new double[rows];
        }
        return _product.AsSpan(0, rows);
    }

    private void FillResponse(int start, int rows)
    {
        if (_plan.Response is int response)
        {
            NumberColumn y = Values.Numbers[response];
            y.High.Slice(start, rows).CopyTo(_block.ResponseBuffer);
            _block.SetLow(_block.Count, y.HasLow ? y.Low.Slice(start, rows) : default);
        }
        else
        {
            _block.ResponseBuffer.AsSpan(0, rows).Fill(double.NaN);
        }
        if (_plan.Plan.Weights is int weights)
        {
            Values.Input(weights).High.Slice(start, rows).CopyTo(_block.WeightsBuffer);
        }
        if (_plan.Offsets.Length > 0)
        {
            for (int i = 0; i < rows; i++)
            {
                DoubleDouble sum = default;
                foreach (int offset in _plan.Offsets)
                {
                    NumberColumn column = Values.Numbers[offset];
                    sum += new DoubleDouble(column.High[start + i], column.HasLow ? column.Low[start + i] : 0);
                }
                _block.OffsetBuffer[i] = sum.High;
            }
        }
    }
}
