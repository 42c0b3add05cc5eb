namespace Plumbline;

/// <summary>Predictions of a fitted model.</summary>
public static class LinearPrediction
{
    /// <summary>A prediction for every row of a source, kept in memory.</summary>
    /// <param name="model">A model that was fitted to named columns.</param>
    /// <param name="rows">The rows, with the columns that the predictors are made of; with the response there are scores.</param>
    /// <param name="options">How; null for <see cref="PredictionOptions.Default"/>.</param>
    /// <exception cref="PlumblineException">As below.</exception>
    public static Predictions Predict(this LinearModel model, IRowSource rows, PredictionOptions? options = null)
    {
        var all = new List<Prediction>();
        PredictionSummary summary = model.Predict(rows, predictions => all.AddRange(predictions), options);
        return new Predictions(all, summary);
    }

    /// <summary>Predicts row after row, in order, in constant memory.</summary>
    /// <param name="model">A model that was fitted to named columns.</param>
    /// <param name="rows">The rows, with the columns that the predictors are made of; with the response there are scores.</param>
    /// <param name="take">Gets the predictions, some rows at a time; they are valid during the call.</param>
    /// <param name="options">How; null for <see cref="PredictionOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What there is to say of the predictions as a whole.</returns>
    /// <exception cref="PlumblineException">
    /// <c>no-design</c>: the model was fitted to a matrix or to moments; <c>unknown-column</c>, <c>not-numeric</c>: the rows do not have
    /// what the model needs; <c>unseen-level</c>: a level that no row of the fit had; <c>infinite-value</c>: a value is infinite; <c>option</c>: an option is out of its range.
    /// </exception>
    public static PredictionSummary Predict(
        this LinearModel model,
        IRowSource rows,
        Action<ReadOnlySpan<Prediction>> take,
        PredictionOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(take);
        options ??= PredictionOptions.Default;
        options.Validate();
        if (model.Design is not { } design)
        {
            throw new PlumblineException("no-design", "The model was fitted to a matrix or to moments: it does not know which columns to read. Fit a formula to named columns to predict.");
        }
        if (model.Training is not null && options.Interval != PredictionInterval.None)
        {
            throw new PlumblineException("option", "The model was trained by gradient descent and has no standard errors, so there are no intervals. Predict without them, or fit the model.");
        }
        if (model.Penalty is not null && options.Interval != PredictionInterval.None)
        {
            throw new PlumblineException("option", "The model was fitted with a penalty and has no standard errors, so there are no intervals. Predict without them, or fit the model without a penalty.");
        }
        RequireColumns(design, rows);
        var modelRows = new ModelRows(design, rows, ModelRowsOptions.OfPrediction with { Unseen = options.Unseen });
        var kernel = new PredictionKernel(model, options);
        var scores = new ScoreSums();
        var leverage = new LeverageWatch(model);
        Prediction[] predictions = [];
        foreach (ModelBlock block in modelRows.Read(progress, cancellation))
        {
            if (predictions.Length < block.Rows)
            {
                predictions = new Prediction[block.Rows];
            }
            Span<Prediction> some = predictions.AsSpan(0, block.Rows);
            kernel.Predict(block, some);
            leverage.Add(kernel.Leverage, block);
            for (int row = 0; row < some.Length; row++)
            {
                scores.Add(block.Response[row], some[row].Estimate);
            }
            take(some);
        }
        ModelRowCounts counts = modelRows.Counts();
        return new PredictionSummary
        {
            Response = model.Response,
            Interval = options.Interval,
            Level = options.Level,
            Rows = new RowCounts(counts.Read, counts.Read - counts.Missing, counts.Missing, counts.MissingByColumn),
            Scores = modelRows.HasResponse ? scores.Scores() : null,
            Notes = [.. PredictionNotes.Of(model, design, counts, options.Unseen, leverage)],
        };
    }

    private static void RequireColumns(FittedDesign design, IRowSource rows)
    {
        var schema = new Schema(rows.Columns);
        foreach (string name in design.PredictorColumns().Where(name => schema.Find(name) is null))
        {
            throw new PlumblineException(
                "unknown-column", $"The model needs the column {Schema.Shown(name)}, and {FormulaError.Clean(rows.Name)} does not have it.\n{schema.Suggest(name)}")
            {
                Column = name,
            };
        }
    }
}
