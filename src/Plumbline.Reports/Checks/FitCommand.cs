namespace Plumbline.Reports;

/// <summary>
/// The command line that fits a model: what a report changes to say what to do next. Immutable: change with <c>with</c>, or with a
/// <see cref="CheckRemedy"/>.
/// </summary>
public sealed record FitCommand
{
    /// <summary>The names of the data.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>The SQL condition of <c>--where</c>, or null.</summary>
    public string? Where { get; init; }

    /// <summary>The columns of <c>--text</c>, as one list with commas; null for none.</summary>
    public string? TextColumns { get; init; }

    /// <summary>The column of <c>--weights</c>, or null.</summary>
    public string? Weights { get; init; }

    /// <summary>What the weights mean, as <c>--weight-kind</c> takes it; null for precision.</summary>
    public string? WeightKind { get; init; }

    /// <summary>The contrasts, as <c>--contrasts</c> takes them; null for those of the formula.</summary>
    public string? Contrasts { get; init; }

    /// <summary>The covariance, as <c>--cov</c> takes it; null for the classical one.</summary>
    public string? Covariance { get; init; }

    /// <summary>The column that orders the rows, or null: of use to Newey and West's covariance, and to checks.</summary>
    public string? Order { get; init; }

    /// <summary>Whether the rows stand in order, though no column tells it.</summary>
    public bool InOrder { get; init; }

    /// <summary>The column whose levels the checks compare, or null.</summary>
    public string? Split { get; init; }

    /// <summary>The command that fitted a model, as far as the model knows it.</summary>
    /// <param name="model">The model.</param>
    public static FitCommand Of(LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new FitCommand
        {
            Data = [model.Source],
            Formula = model.Formula,
            Where = model.Where,
            Weights = model.WeightsColumn,
            WeightKind = model.WeightKind switch { Plumbline.WeightKind.Frequency => "frequency", Plumbline.WeightKind.Sampling => "sampling", _ => null },
            Covariance = model.CovarianceDetails.IsClassical ? null : model.CovarianceKind,
        };
    }

    /// <summary>The command with a remedy in it.</summary>
    /// <param name="remedy">What is changed.</param>
    public FitCommand With(CheckRemedy remedy)
    {
        ArgumentNullException.ThrowIfNull(remedy);
        return remedy.Kind switch
        {
            RemedyKind.Formula => this with { Formula = remedy.Value },
            RemedyKind.Rows => this with { Where = Where is null ? remedy.Value : $"({Where}) AND ({remedy.Value})" },
            RemedyKind.Weights => this with { Weights = remedy.Value, WeightKind = null },
            _ => this with { Covariance = remedy.Value },
        };
    }

    /// <summary>
    /// The line that follows a remedy: of a fit with other errors of the same model; of the checks of another model, which wants them anew.
    /// </summary>
    /// <param name="remedy">What is changed.</param>
    public string Trying(CheckRemedy remedy)
    {
        FitCommand command = With(remedy);
        return remedy.Kind is RemedyKind.Covariance or RemedyKind.Bootstrap ? command.Fit() : command.Check();
    }

    /// <summary>The line, quoted for a shell: <c>plumb fit data/houses.csv "price ~ age" --cov HC3</c>.</summary>
    public string Fit() => Line("fit", isCheck: false);

    /// <summary>The same for <c>plumb check</c>.</summary>
    public string Check() => Line("check", isCheck: true);

    private string Line(string verb, bool isCheck)
    {
        List<string> words = ["plumb", verb, .. Data.Select(static d => ShellText.Quote(d.StartsWith('-') && d != "-" ? "./" + d : d)), ShellText.Quote(Formula)];
        void Add(string option, string? value)
        {
            if (value is not null)
            {
                words.Add(option);
                words.Add(ShellText.Quote(value));
            }
        }
        Add("--where", Where);
        Add("--text", TextColumns);
        Add("--weights", Weights);
        Add("--weight-kind", WeightKind);
        Add("--contrasts", Contrasts);
        Add("--cov", Covariance);
        Add("--order", isCheck || Covariance?.StartsWith("newey-west", StringComparison.OrdinalIgnoreCase) == true ? Order : null);
        if (isCheck)
        {
            if (InOrder)
            {
                words.Add("--in-order");
            }
            Add("--split", Split);
        }
        return string.Join(' ', words);
    }
}
