namespace Plumbline;

/// <summary>Fits linear models: the front door.</summary>
public static class LinearRegression
{
    /// <summary>Fits a formula to rows by least squares, in one pass.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows: a <see cref="Table"/>, a file, anything that reads in blocks.</param>
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="PlumblineException">
    /// The formula, a column or a value is wrong (<c>formula</c>, <c>unknown-column</c>, <c>not-numeric</c>,
    /// <c>infinite-value</c>, <c>missing-value</c>, <c>negative-weight</c>), no row is left (<c>no-rows</c>), or an option
    /// is out of range (<c>option</c>).
    /// </exception>
    public static LinearModel Fit(
        string formula,
        IRowSource source,
        FitOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        options.Validate();
        var design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights);
        var pump = new RowPump(design, source, options);
        LeastSquaresSolution solution = options.Arithmetic == Arithmetic.Exact
            ? Exact(design, pump, progress, cancellation)
            : Fast(design, pump, progress, cancellation);
        RowCounts rows = pump.Count(solution.Statistics.Rows);
        var origin = new ModelOrigin(
            formula, design.Response, source.Name, design.HasIntercept, design.Columns, rows,
            [.. design.Notes, .. design.NotesOnDropped(rows.DroppedByColumn)]);
        return ModelAssembly.Assemble(origin, solution, options);
    }

    private static LeastSquaresSolution Exact(Design design, RowPump pump, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var builder = new MomentsBuilder(design.Columns, design.Sources, design.Weights is not null);
        pump.Run(builder.Add, progress, cancellation);
        Moments moments = builder.Build();
        RequireRows(moments.Rows, pump);
        return NormalEquations.Solve(moments, design.HasIntercept);
    }

    private static LeastSquaresSolution Fast(Design design, RowPump pump, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var builder = new FastMomentsBuilder(design.Columns, design.Sources, design.Weights is not null);
        pump.Run(builder.Add, progress, cancellation);
        FastMoments moments = builder.Build();
        RequireRows(moments.Rows, pump);
        return FastNormalEquations.Solve(moments, design.HasIntercept);
    }

    private static void RequireRows(long rows, RowPump pump)
    {
        if (rows > 0)
        {
            return;
        }
        RowCounts counts = pump.Count(0);
        string why = counts.Read == 0 ? "The source has no rows."
            : counts.Dropped == counts.Read
                ? $"All {counts.Read} rows miss a value ({string.Join(", ", counts.DroppedByColumn.Select(static c => $"{c.Key}: {c.Value}"))})."
                : $"Of {counts.Read} rows, {counts.Dropped} miss a value and the others have weight 0.";
        throw new PlumblineException("no-rows", $"{why} A fit needs at least one row with all its values and a weight.");
    }
}
