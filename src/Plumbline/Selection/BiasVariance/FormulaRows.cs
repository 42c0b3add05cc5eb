namespace Plumbline;

/// <summary>
/// The rows of a source as the columns of a formula's model, in memory. Contrasts and the constants of <c>poly</c> and <c>scale</c> are those
/// of all rows: they change the coordinates of least squares, and no prediction. (Under a penalty they are the coordinates that are penalized; their
/// standardization is that of each training set.)
/// </summary>
internal sealed class FormulaRows
{
    private FormulaRows(LinearModel model, double[][] columns, double[] response, long[] numbers)
    {
        Model = model;
        Columns = columns;
        Response = response;
        Numbers = numbers;
    }

    /// <summary>The fit of all rows.</summary>
    public LinearModel Model { get; }

    /// <summary>Columns of the model, without the intercept's.</summary>
    public double[][] Columns { get; }

    /// <summary>The response less the offset.</summary>
    public double[] Response { get; }

    /// <summary>The rows' 1-based numbers in the source.</summary>
    public long[] Numbers { get; }

    /// <summary>Reads the source twice: for the levels, then for the rows.</summary>
    public static FormulaRows Read(string formula, IRowSource source, CancellationToken cancellation)
    {
        LinearModel model = LinearRegression.Fit(formula, source, null, null, cancellation);
        FittedDesign design = model.Design ?? throw new InvalidOperationException("A fit of a formula has a design.");
        int first = model.HasIntercept ? 1 : 0;
        List<double>[] columns = [.. Enumerable.Range(first, model.Coefficients.Count - first).Select(static _ => new List<double>())];
        var response = new List<double>();
        var numbers = new List<long>();
        foreach (ModelBlock block in new ModelRows(design, source).Read(null, cancellation))
        {
            for (int j = 0; j < columns.Length; j++)
            {
                columns[j].AddRange(block.Column(j + first));
            }
            for (int row = 0; row < block.Rows; row++)
            {
                response.Add(block.Response[row] - (block.Offset.IsEmpty ? 0 : block.Offset[row]));
                numbers.Add(block.RowNumbers[row]);
            }
        }
        return new FormulaRows(model, [.. columns.Select(static c => c.ToArray())], [.. response], [.. numbers]);
    }

    /// <summary>The same with some of its rows.</summary>
    /// <param name="kept">Numbers of rows.</param>
    public FormulaRows Keep(HashSet<long> kept)
    {
        int[] places = [.. Enumerable.Range(0, Numbers.Length).Where(i => kept.Contains(Numbers[i]))];
        return places.Length == Numbers.Length ? this : new FormulaRows(
            Model, Array.ConvertAll(Columns, column => Array.ConvertAll(places, i => column[i])), Array.ConvertAll(places, i => Response[i]), Array.ConvertAll(places, i => Numbers[i]));
    }
}
