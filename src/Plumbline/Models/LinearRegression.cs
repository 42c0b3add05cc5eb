namespace Plumbline;

/// <summary>Fits linear models: the front door.</summary>
public static class LinearRegression
{
    /// <summary>Fits a formula to rows by least squares, in one pass; in two when a robust covariance is asked for.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows: a <see cref="Table"/>, a file, anything that reads in blocks.</param>
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="PlumblineException">
    /// The formula, a column or a value is wrong (<c>formula</c>, <c>unknown-column</c>, <c>not-numeric</c>,
    /// <c>infinite-value</c>, <c>missing-value</c>, <c>negative-weight</c>), no row is left (<c>no-rows</c>), or an option
    /// is out of range (<c>option</c>). With a robust covariance also <c>missing-cluster</c>, <c>one-cluster</c>, <c>missing-order</c>,
    /// <c>not-sorted</c>, <c>file-changed</c> and <c>read-once</c>.
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
        var design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts);
        SecondLook.Prepare(source, options.Covariance);
        IProgress<double>? first = SecondLook.ProgressOfFirst(progress, options);
        FittedParts parts = options.Arithmetic == Arithmetic.Fast && design.IsPlain
            ? Fast(design, source, options, first, cancellation)
            : DesignMoments.Read(design, source, options, first, cancellation).FitParts(options);
        return SecondLook.Covariance(parts, options, source, progress, cancellation);
    }

    /// <summary>Fits the last column of moments to the others, without a look at the rows.</summary>
    /// <param name="moments">From a <see cref="MomentsBuilder"/>, or merged from parts.</param>
    /// <param name="options">The level of the intervals; null for <see cref="FitOptions.Default"/>. Its arithmetic must be exact, its weights null: they are in the moments.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <exception cref="PlumblineException">The moments have no rows (<c>no-rows</c>), or an option does not fit (<c>option</c>).</exception>
    public static LinearModel Fit(Moments moments, FitOptions? options = null, bool intercept = true)
    {
        ArgumentNullException.ThrowIfNull(moments);
        options ??= FitOptions.Default;
        options.Validate();
        options.RequireClassical();
        if (options.Arithmetic != Arithmetic.Exact || options.Weights is not null)
        {
            throw new PlumblineException("option", "Moments are exact, and weights are in them already: leave Arithmetic and Weights at their defaults.");
        }
        if (moments.Columns.Count < 2)
        {
            throw new PlumblineException("shape", "The moments have no response: they need at least one column besides the intercept.");
        }
        IEnumerable<string> terms = moments.Columns.Skip(1).SkipLast(1).Select(static c => c.Name).Prepend(intercept ? "1" : "0");
        string response = moments.Columns[^1].Name;
        var rows = new RowCounts(moments.Rows, moments.Rows, 0, new Dictionary<string, long>(StringComparer.Ordinal));
        var origin = new ModelOrigin($"{response} ~ {string.Join(" + ", terms)}", response, "moments", intercept, moments.Columns, rows, [])
        {
            MomentsChecksum = MomentsChecksum.Of(moments),
        };
        return ModelAssembly.Assemble(origin, NormalEquations.Solve(moments, intercept), options);
    }

    private static FittedParts Fast(Design design, IRowSource source, FitOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var pump = new RowPump(design, source, options);
        using var builder = new FastMomentsBuilder(design.Columns, design.Sources, options.RowWeights(design.Weights is not null));
        pump.Run(builder.Add, progress, cancellation);
        FastMoments moments = builder.Build();
        RowCounts rows = pump.Count(builder.RowsUsed);
        rows.RequireUsed();
        LeastSquaresSolution solution = FastNormalEquations.Solve(moments, design.HasIntercept);
        var origin = new ModelOrigin(
            design.Formula.Text, design.Response, source.Name, design.HasIntercept, design.Columns, rows,
            [.. design.Notes, .. design.NotesOnDropped(rows.DroppedByColumn)])
        {
            WeightsColumn = design.Weights,
            WeightKind = design.Weights is null ? null : options.WeightKind,
            MeanWeight = moments[0, 0] / moments.Rows,
            Where = source.Where,
            Design = Fitted(design, pump, solution, rows),
        };
        return new FittedParts(ModelAssembly.Assemble(origin, solution, options), solution, origin);
    }

    // The columns of a plain design are those of its moments, which have the intercept always.
    private static FittedDesign Fitted(Design design, RowPump pump, LeastSquaresSolution solution, RowCounts rows)
    {
        DesignLevels levels = DesignLevels.Of([], []);
        CodedDesign coded = design.Code(levels, static (_, _) => throw new InvalidOperationException("A plain design asks for no sums."));
        int shift = design.HasIntercept ? 0 : 1;
        return design.Fitted(levels, coded, [.. solution.Kept.Select(k => k - shift)], rows.Read - rows.Dropped, pump.Ranges());
    }
}
