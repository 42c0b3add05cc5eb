using System.Collections.Immutable;

namespace Plumbline;

/// <summary>The validation of a path.</summary>
/// <param name="Folds">How rows were divided.</param>
/// <param name="Scores">For each step of the path its mean squared error on rows that the fit had not seen.</param>
/// <param name="TrainingRows">For each fold its training rows.</param>
/// <param name="ValidationRows">For each fold its validation rows.</param>
public sealed record PathValidation(FoldOptions Folds, IReadOnlyList<ValidationScore> Scores, IReadOnlyList<long> TrainingRows, IReadOnlyList<long> ValidationRows);

/// <summary>A path fitted to a formula, its validation if there was one, and the models of its steps.</summary>
public sealed class PenalizedFit
{
    private const double CertifiedGap = 1e-12;

    private readonly DesignMoments _moments;
    private readonly CodedMoments _coded;

    internal PenalizedFit(DesignMoments moments, CodedMoments coded, RegularizationPath path, PathValidation? validation, IReadOnlyList<Note> notes)
    {
        _moments = moments;
        _coded = coded;
        Path = path;
        Validation = validation;
        double gap = path.Steps.Max(static s => s.DualityGap);
        Notes =
        [
            .. moments.Design.Notes, .. moments.Design.NotesOnDropped(moments.Rows.DroppedByColumn), .. moments.Design.NotesOnLevels(moments.Levels, moments.Rows.Read - moments.Rows.Dropped),
            .. path.Constant.Select(static name => new Note("constant-column", $"{FormulaError.Code(name)} is the same in every row: its coefficient is 0.")),
            .. gap < CertifiedGap ? Array.Empty<Note>() :
            [
                new Note("duality-gap", FormattableString.Invariant($"The duality gap reaches {gap:G2} of the null deviance: columns depend on one another more closely than double-double can tell, and not all digits are certain.")),
            ],
            .. notes,
        ];
    }

    /// <summary>The formula as given.</summary>
    public string Formula => _moments.Design.Formula.Text;

    /// <summary>Where the rows came from.</summary>
    public string Source => _moments.Source;

    /// <summary>What became of the rows that the path is fitted to.</summary>
    public RowCounts Rows => _moments.Rows;

    /// <summary>The fits.</summary>
    public RegularizationPath Path { get; }

    /// <summary>Their errors on rows that they had not seen; null when rows were not divided.</summary>
    public PathValidation? Validation { get; }

    /// <summary>What the reader should know.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>The place of the step that a rule chooses; of equal ones that of the largest λ.</summary>
    /// <exception cref="PlumblineException">Code <c>option</c>: the rule needs a validation, and there was none; or folds, and there was one part.</exception>
    public int StepOf(LambdaChoice choice)
    {
        if (choice is LambdaChoice.Aic or LambdaChoice.Bic)
        {
            return Least([.. Path.Steps.Select(s => choice == LambdaChoice.Aic ? s.Aic : s.Bic)]);
        }
        IReadOnlyList<ValidationScore> scores = Validation?.Scores
            ?? throw new PlumblineException("option", "Rows were not divided, so there is no validation error to choose λ by. Give folds or a holdout, or choose by AIC or BIC.");
        int least = Least([.. scores.Select(static s => s.Mean)]);
        if (choice == LambdaChoice.Minimum)
        {
            return least;
        }
        double bound = scores[least].Mean + scores[least].StandardError;
        return double.IsNaN(bound)
            ? throw new PlumblineException("option", "With one validation part there is no standard error to choose λ by. Give folds, or choose the minimum.")
            : scores.Index().First(s => s.Item.Mean <= bound).Index;
    }

    /// <summary>The model of a step: it predicts, and is saved, as any other. It has no standard errors.</summary>
    /// <param name="step">Its place in <see cref="RegularizationPath.Steps"/>.</param>
    /// <param name="choice">How λ was chosen; null when it was given.</param>
    public LinearModel ToModel(int step, LambdaChoice? choice = null)
    {
        const double none = double.NaN;
        PathStep fit = Path.Steps[step];
        Design design = _moments.Design;
        IReadOnlyList<CodedColumn> columns = _coded.Design.Columns;
        int parameters = fit.NonZero + (Path.HasIntercept ? 1 : 0);
        ImmutableArray<double> unknown = [.. columns.Select(static _ => none)];
        string word = choice switch { null => "given", LambdaChoice.Minimum => "min", LambdaChoice.OneStandardError => "1se", LambdaChoice.Aic => "aic", _ => "bic" };
        var details = new PenaltyDetails(fit.Lambda, Path.Options.Alpha, Path.Options.Standardize, fit.Df, fit.DualityGap, word);
        return new LinearModel
        {
            Formula = design.Formula.Text,
            Response = design.Response,
            Source = _moments.Source,
            Where = _moments.Where,
            Arithmetic = Arithmetic.Exact,
            WeightsColumn = design.Weights,
            WeightKind = design.Weights is null ? null : _moments.WeightKind,
            Observations = Path.Observations,
            Rows = _moments.Rows,
            HasIntercept = Path.HasIntercept,
            Rank = columns.Count,
            DfModel = fit.NonZero,
            DfResidual = Math.Max(0, Path.Observations - parameters),
            Level = FitOptions.Default.Level,
            Coefficients = [.. columns.Select((c, j) => new Coefficient(c.Name, c.Pieces, fit.Coefficients[j], none, none, none, none, none, none, null, null))],
            Aliased = [],
            Covariance = [.. columns.Select(_ => unknown)],
            MomentsChecksum = Plumbline.MomentsChecksum.Of(_moments.ToMoments()),
            Design = _moments.FittedDesign(_coded.Design, [.. Enumerable.Range(0, columns.Count)]),
            Penalty = details,
            Rss = fit.Rss,
            Tss = Path.Tss,
            Sigma = none,
            RSquared = fit.RSquared,
            AdjustedRSquared = none,
            F = new FTest(none, fit.NonZero, none, none),
            LogLikelihood = none,
            Aic = fit.Aic,
            Bic = fit.Bic,
            Condition = none,
            Notes = [.. Notes, new Note("penalized", $"The coefficients were fitted with a penalty ({details}): they are pulled towards 0 on purpose, and have no standard errors.")],
        };
    }

    /// <summary>What is known of the errors of a ridge fit (α = 0, no bounds) for its λ.</summary>
    /// <param name="step">Its place in <see cref="RegularizationPath.Steps"/>.</param>
    /// <exception cref="PlumblineException">Code <c>option</c>: α is not 0, there are bounds, or λ is 0 and columns are aliased.</exception>
    public RidgeErrors RidgeErrors(int step)
    {
        PathOptions options = Path.Options;
        if (options.Alpha != 0)
        {
            throw new PlumblineException("option", $"α is {options.Alpha}: only ridge estimates (α = 0) have errors. What can be said of lasso's is in the documentation.");
        }
        var problem = PenalizedProblem.Of(_coded.Model, _coded.HasIntercept, options.Standardize);
        return Plumbline.RidgeErrors.Of(problem, PenalizedRegression.Limits(_coded, options), Path.Steps[step].Lambda, Path.Steps[step].Rss);
    }

    private static int Least(double[] values)
    {
        int least = 0;
        for (int k = 1; k < values.Length; k++)
        {
            least = values[k] < values[least] || double.IsNaN(values[least]) ? k : least;
        }
        return least;
    }
}
