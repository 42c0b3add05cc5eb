namespace Plumbline;

/// <summary>Counts rows whose numbers are outside the ranges of the fit. For one thread.</summary>
internal sealed class RangeCheck
{
    private readonly (int Input, FittedInput Range)[] _watched;
    private readonly long[] _rows;
    private readonly long[] _first;

    public RangeCheck(FittedDesign design, IReadOnlyList<string> inputs)
    {
        HashSet<string> used = new(
            design.Variables.Where(static v => v.Kind != VariableKind.Category).SelectMany(static v => NodeNames.Of(Parser.ParseExpression(v.Expression))),
            StringComparer.Ordinal);
        _watched =
        [
            .. design.Inputs
                .Where(i => used.Contains(i.Column.Name) && !double.IsNaN(i.Least))
                .Select(i => (inputs.Index().First(n => n.Item == i.Column.Name).Index, i)),
        ];
        _rows = new long[_watched.Length];
        _first = new long[_watched.Length];
        Array.Fill(_first, long.MaxValue);
    }

    /// <summary>What was found so far.</summary>
    public IEnumerable<(string Name, long Rows, long First)> Found
    {
        get
        {
            for (int w = 0; w < _watched.Length; w++)
            {
                if (_rows[w] > 0)
                {
                    yield return (_watched[w].Range.Column.Name, _rows[w], _first[w]);
                }
            }
        }
    }

    /// <summary>Looks at the rows of a block.</summary>
    public void Check(ValueEncoder values)
    {
        for (int w = 0; w < _watched.Length; w++)
        {
            (int input, FittedInput range) = _watched[w];
            ReadOnlySpan<double> column = values.Input(input).High;
            for (int i = 0; i < column.Length; i++)
            {
                if (column[i] < range.Least || column[i] > range.Largest)
                {
                    _rows[w]++;
                    _first[w] = Math.Min(_first[w], values.Line(i));
                }
            }
        }
    }
}
