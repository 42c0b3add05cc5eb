namespace Plumbline;

/// <summary>A column that a fitted model reads.</summary>
/// <param name="Name">Its name in the data.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Unit">How finely they are rounded (<see cref="ColumnInfo.Unit"/>).</param>
public sealed record FittedInput(string Name, ColumnType Type, double Unit)
{
    /// <summary>Whether predictors are made of it, so that prediction needs it; otherwise only the response or the weights are.</summary>
    public bool IsPredictor { get; init; }

    /// <summary>What a date or time counts (<see cref="ColumnInfo.TimeUnit"/>); null for others.</summary>
    public string? TimeUnit { get; init; }

    /// <summary>The smallest value among the rows of the fit; NaN when not known.</summary>
    public double Minimum { get; init; } = double.NaN;

    /// <summary>The largest; NaN when not known.</summary>
    public double Maximum { get; init; } = double.NaN;
}

/// <summary>
/// How a row becomes numbers in a fitted model: all that prediction needs of the data that it was fitted to. Plain values,
/// which the model file holds; no rows. Immutable.
/// </summary>
public sealed record FittedDesign
{
    /// <summary>The formula as given.</summary>
    public required string Formula { get; init; }

    /// <summary>The column of weights, or null.</summary>
    public string? Weights { get; init; }

    /// <summary>The columns read (predictors, response, weights), in the order of the source that was fitted.</summary>
    public required IReadOnlyList<FittedInput> Inputs { get; init; }

    /// <summary>The columns of the design that have a coefficient, ascending, as indices into <see cref="Design.Columns"/>.</summary>
    public required IReadOnlyList<int> Kept { get; init; }

    /// <summary>The design again, bound to the columns as they were when the model was fitted.</summary>
    /// <exception cref="PlumblineException">The formula does not fit the columns: the record was not made by a fit.</exception>
    public Design Bind() => Design.Create(
        Plumbline.Formula.Parse(Formula),
        new Schema([.. Inputs.Select(static i => new ColumnInfo(i.Name, i.Type, i.Unit) { TimeUnit = i.TimeUnit })]),
        Weights);

    /// <summary>What a model keeps of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="columns">The columns of the source.</param>
    /// <param name="ranges">For each of <see cref="Design.Inputs"/>, its smallest and largest value.</param>
    /// <param name="kept">The columns with a coefficient.</param>
    internal static FittedDesign Of(Design design, IReadOnlyList<ColumnInfo> columns, IReadOnlyList<(double Minimum, double Maximum)> ranges, IReadOnlyList<int> kept)
    {
        Dictionary<string, int> places = design.Inputs.Index().ToDictionary(static i => i.Item, static i => i.Index, StringComparer.Ordinal);
        return new FittedDesign
        {
            Formula = design.Formula.Text,
            Weights = design.Weights,
            Inputs =
            [
                .. columns.Where(c => places.ContainsKey(c.Name)).Select(c => new FittedInput(c.Name, c.Type, c.Unit)
                {
                    IsPredictor = design.PredictorInputs.Contains(c.Name),
                    TimeUnit = c.TimeUnit,
                    Minimum = ranges[places[c.Name]].Minimum,
                    Maximum = ranges[places[c.Name]].Maximum,
                }),
            ],
            Kept = kept,
        };
    }
}
