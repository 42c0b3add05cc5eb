namespace Plumbline;

/// <summary>
/// The rows of a source as the columns of a formula's model, in memory. Contrasts and the constants of <c>poly</c> and <c>scale</c> are those
/// of all rows: they change the coordinates of least squares, and no prediction. (Under a penalty they are the coordinates that are penalized; their
/// standardization is that of each training set.)
/// </summary>
internal sealed class FormulaRows
{
    private FormulaRows(LinearModel model, double[][] columns, double[] response, double[]? weights, long[] numbers)
    {
        Weights = weights;
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

    /// <summary>The rows' weights, all above 0; null when there are none.</summary>
    public double[]? Weights { get; }

    /// <summary>The rows' 1-based numbers in the source.</summary>
    public long[] Numbers { get; }

    /// <summary>Reads the source twice: for the levels, then for the rows. Rows of weight 0 count in nothing.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="source">The rows.</param>
    /// <param name="fit">Weights, missing values, contrasts.</param>
    /// <param name="held">Numbers a row that other formulas hold already.</param>
    /// <param name="memory">Bytes that all may take.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">As the fit; <c>too-many-rows</c>: they do not fit the memory allowed.</exception>
    public static FormulaRows Read(string formula, IRowSource source, FitOptions fit, int held, long memory, CancellationToken cancellation)
    {
        LinearModel model = LinearRegression.Fit(formula, source, fit with { Covariance = CovarianceOptions.Classical }, null, cancellation);
        HeldRowsOptions.RequireMemory(model.Rows.Used, held + NumbersOf(model), memory);
        FittedDesign design = model.Design ?? throw new InvalidOperationException("A fit of a formula has a design.");
        int first = model.HasIntercept ? 1 : 0;
        List<double>[] columns = [.. Enumerable.Range(first, model.Coefficients.Count - first).Select(static _ => new List<double>())];
        var response = new List<double>();
        var weights = new List<double>();
        var numbers = new List<long>();
        foreach (ModelBlock block in new ModelRows(design, source, new ModelRowsOptions { Missing = fit.Missing }).Read(null, cancellation))
        {
            for (int row = 0; row < block.Rows; row++)
            {
                if (!block.Weights.IsEmpty)
                {
                    if (block.Weights[row] == 0)
                    {
                        continue;
                    }
                    weights.Add(block.Weights[row]);
                }
                for (int j = 0; j < columns.Length; j++)
                {
                    columns[j].Add(block.Column(j + first)[row]);
                }
                response.Add(block.Response[row] - (block.Offset.IsEmpty ? 0 : block.Offset[row]));
                numbers.Add(block.RowNumbers[row]);
            }
        }
        return new FormulaRows(model, [.. columns.Select(static c => c.ToArray())], [.. response], weights.Count > 0 ? [.. weights] : null, [.. numbers]);
    }

    /// <summary>Numbers that a row takes.</summary>
    public int NumbersHeld => NumbersOf(Model);

    /// <summary>The same with some of its rows.</summary>
    /// <param name="kept">Numbers of rows.</param>
    public FormulaRows Keep(HashSet<long> kept)
    {
        int[] places = [.. Enumerable.Range(0, Numbers.Length).Where(i => kept.Contains(Numbers[i]))];
        return places.Length == Numbers.Length ? this : new FormulaRows(
            Model, Array.ConvertAll(Columns, column => Array.ConvertAll(places, i => column[i])), Array.ConvertAll(places, i => Response[i]), Weights is { } weights ? Array.ConvertAll(places, i => weights[i]) : null,
            Array.ConvertAll(places, i => Numbers[i]));
    }

    private static int NumbersOf(LinearModel model) => model.Coefficients.Count + 2;
}
