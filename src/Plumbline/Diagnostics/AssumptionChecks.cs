namespace Plumbline;

/// <summary>
/// Checks what least squares takes for granted about rows and model: independence, one law for all rows, linearity, constant variance, normal
/// errors, no collinearity, no row that decides alone. What is found is ranked by how much it changes the answer.
/// </summary>
public static class AssumptionChecks
{
    /// <summary>Fits a formula to rows and checks it, in two passes after the fit and in constant memory.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>.</param>
    /// <param name="source">The rows, which are read three times.</param>
    /// <param name="fit">How the model is fitted; null for <see cref="FitOptions.Default"/>. Sums are exact whatever its arithmetic.</param>
    /// <param name="options">How it is checked; null for <see cref="CheckOptions.Default"/>.</param>
    /// <param name="eachRow">Gets the model and the influence measures of every row, some rows at a time and in order; they are valid during the call. Rows without weight are left out. Null when they are not wanted.</param>
    /// <param name="eachPiece">
    /// As <paramref name="eachRow"/>, but called on several threads at a time and in no order; what it returns is done one piece at a time, in the order of the
    /// rows. So rows are turned into text on all cores, and written in order. Null when that is not wanted.
    /// </param>
    /// <param name="progress">Told the fraction done, where the source can tell.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The checks; those that the fit leaves nothing for (an exact fit, as many coefficients as rows) are left out, with a note.</returns>
    /// <exception cref="PlumblineException">
    /// As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>; <c>unknown-column</c>,
    /// <c>not-numeric</c>: a column of the options is not there, or the order does not hold numbers; <c>not-sorted</c>, <c>missing-order</c>: the
    /// order does not grow from row to row; <c>read-once</c>: the source cannot be read again; <c>file-changed</c>: it was written to meanwhile.
    /// </exception>
    public static ModelCheck Run(
        string formula,
        IRowSource source,
        FitOptions? fit = null,
        CheckOptions? options = null,
        Action<LinearModel, ReadOnlySpan<InfluenceRow>>? eachRow = null,
        Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? eachPiece = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        fit ??= FitOptions.Default;
        fit.Validate();
        options ??= CheckOptions.Default;
        options.Validate();
        RequireColumns(source, options);
        var design = Design.Create(Formula.Parse(formula), new Schema(source.Columns), fit.Weights, fit.Contrasts);
        SecondLook.Prepare(source, fit.Covariance);
        try
        {
            FitOptions exact = fit with { Arithmetic = Arithmetic.Exact };
            DesignMoments moments = DesignMoments.Read(design, source, exact, PartProgress.Of(progress, 0, 3), cancellation);
            FittedParts parts = moments.FitParts(exact);
            parts = parts with { Model = SecondLook.Covariance(parts, exact, source, null, cancellation) };
            return new CheckRun(parts, moments, source, exact, options).Check(Pieces(eachRow, eachPiece), progress, cancellation);
        }
        catch (PlumblineException refused) when (refused.Code == "read-once")
        {
            throw new PlumblineException("read-once", $"The checks read the rows three times. {refused.Message}", refused) { File = refused.File };
        }
    }

    /// <summary>
    /// Checks a model on rows: its formula, weights and contrasts are fitted to them anew, which says whether they are the rows that the model comes
    /// from.
    /// </summary>
    /// <param name="model">A model that was fitted to named columns.</param>
    /// <param name="rows">The rows, with the response.</param>
    /// <param name="options">How it is checked; null for <see cref="CheckOptions.Default"/>.</param>
    /// <param name="eachRow">As in <see cref="Run"/>.</param>
    /// <param name="eachPiece">As in <see cref="Run"/>.</param>
    /// <param name="progress">Told the fraction done, where the source can tell.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PlumblineException"><c>no-design</c>: the model was fitted to a matrix or to moments; and as <see cref="Run"/>.</exception>
    public static ModelCheck Check(
        this LinearModel model,
        IRowSource rows,
        CheckOptions? options = null,
        Action<LinearModel, ReadOnlySpan<InfluenceRow>>? eachRow = null,
        Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? eachPiece = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        if (model.Design is null)
        {
            throw new PlumblineException("no-design", "The model was fitted to a matrix or to moments: it does not know which columns to read. Fit a formula to named columns to check it.");
        }
        FitOptions fit = FitOptions.Of(model) with { Threads = options?.Threads ?? 0 };
        ModelCheck check = Run(model.Formula, rows, fit, options, eachRow, eachPiece, progress, cancellation);
        return check with { Notes = [Comparison(model, check.Model), .. check.Notes] };
    }

    private static Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? Pieces(
        Action<LinearModel, ReadOnlySpan<InfluenceRow>>? eachRow, Func<LinearModel, ReadOnlySpan<InfluenceRow>, Action>? eachPiece) => eachRow is null ? eachPiece : (model, rows) =>
        {
            InfluenceRow[] kept = rows.ToArray();
            Action? inTurn = eachPiece?.Invoke(model, rows);
            return () =>
            {
                inTurn?.Invoke();
                eachRow(model, kept);
            };
        };

    private static void RequireColumns(IRowSource source, CheckOptions options)
    {
        var schema = new Schema(source.Columns);
        foreach ((string? name, string role) in ((string?, string)[])[(options.Order, "order"), (options.Split, "split")])
        {
            if (name is not null && schema.Find(name) is null)
            {
                throw new PlumblineException("unknown-column", $"The {role} {Schema.Shown(name)} is no column of {FormulaError.Clean(source.Name)}.\n{schema.Suggest(name)}") { Column = name };
            }
        }
        if (options.Order is { } order && schema.Find(order) is { IsNumeric: false })
        {
            throw new PlumblineException("not-numeric", $"The order {Schema.Shown(order)} does not hold numbers or times. Name a column that grows from row to row.") { Column = order };
        }
    }

    /// <summary>Says whether the model's coefficients are those of the rows, and else by how much they are not.</summary>
    private static Note Comparison(LinearModel model, LinearModel here)
    {
        string rows = $"{Words.Count(here.Observations)} rows of {FormulaError.Clean(here.Source)}";
        string[] names = [.. model.Coefficients.Select(static c => c.Name)];
        if (!names.SequenceEqual(here.Coefficients.Select(static c => c.Name), StringComparer.Ordinal))
        {
            return new Note("model-differs", $"What is checked is the formula fitted to the {rows}, which has other coefficients than the model: its rows were others.");
        }
        double largest = 0;
        int most = -1;
        for (int j = 0; j < names.Length; j++)
        {
            double a = model.Coefficients[j].Estimate, b = here.Coefficients[j].Estimate, error = here.Coefficients[j].StandardError;
            double differs = a == b ? 0 : Math.Abs(a - b) / (error > 0 ? error : Math.Abs(b));
            if (differs > 1e-9 && !(differs <= largest))
            {
                (most, largest) = (j, differs);
            }
        }
        return most < 0 ? new Note("model-agrees", $"The {rows} give the coefficients that the model has.") : new Note(
            "model-differs",
            $"What is checked is the formula fitted to the {rows}; it differs from the model most in {FormulaError.Clean(names[most])}, {Words.Number(here.Coefficients[most].Estimate)} here and {Words.Number(model.Coefficients[most].Estimate)} in the model.");
    }
}
