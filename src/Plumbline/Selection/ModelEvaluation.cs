namespace Plumbline;

/// <summary>Judges a formula by rows that its fit had not seen: the front door.</summary>
/// <remarks>
/// Squared errors only: moments of the validation rows know Σ w(y − xβ)², not absolute errors nor those of single rows. <see cref="LeaveOneOut"/> looks at rows.
/// </remarks>
public static class ModelEvaluation
{
    /// <summary>Fits the training rows of every fold by least squares, exactly, and sums the squared errors of its validation rows.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + age</c>. Transforms learnt from data (<c>poly</c>, <c>scale</c>) are learnt anew in every fold.</param>
    /// <param name="source">The rows.</param>
    /// <param name="division">How they are divided; null for <see cref="FoldOptions.Default"/>.</param>
    /// <param name="options">Weights, missing values, threads; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="curve">Whether a learning curve is made, too: with folds, from training on 1, 2, … of them.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PlumblineException">As <see cref="DesignMoments.ReadFolds"/> and <see cref="DesignMoments.Fit"/>.</exception>
    public static Evaluation Evaluate(
        string formula,
        IRowSource source,
        FoldOptions? division = null,
        FitOptions? options = null,
        bool curve = false,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= FitOptions.Default;
        FoldMoments folds = DesignMoments.ReadFolds(formula, source, division, options, progress, cancellation);
        return Evaluate(folds, curve, options.Threads, cancellation);
    }

    /// <summary>The same for rows that were read.</summary>
    /// <param name="folds">The moments of the parts.</param>
    /// <param name="curve">Whether a learning curve is made, too.</param>
    /// <param name="threads">How many folds at a time; 0 for as many as there are cores.</param>
    /// <param name="cancellation">Stops it between two folds.</param>
    /// <exception cref="PlumblineException">As <see cref="DesignMoments.Fit"/>.</exception>
    public static Evaluation Evaluate(FoldMoments folds, bool curve = false, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        DesignMoments[] training = [.. Enumerable.Range(0, folds.Rounds).Select(folds.Training)];
        var rounds = new Judged[folds.Rounds];
        FoldWork.ForEach(rounds.Length, threads, cancellation, round => rounds[round] = Judge(training[round], folds.Validation(round), folds.Whole.Levels));
        Judged? test = folds.Test is { } rows ? Judge(folds.Development, rows, folds.Whole.Levels) : null;
        LearningPoint[] points = curve ? LearningCurve.Of(folds, threads, cancellation) : [];
        ValidationScore trained = FoldMeans.Of([.. rounds.Select(static r => (r.Training.Sum, r.Training.Weight))]);
        ValidationScore validated = FoldMeans.Of([.. rounds.Select(static r => (r.Validation.Sum, r.Validation.Weight))]);
        double tss = rounds.Sum(static r => r.Tss), rSquared = tss > 0 ? 1 - (rounds.Sum(static r => r.Validation.Sum) / tss) : double.NaN;
        string[] whole = [.. Aliased(folds.Development.CodeWith(folds.Whole.Levels))];
        DesignMoments all = folds.Whole;
        return new Evaluation
        {
            Formula = all.Design.Formula.Text,
            Source = all.Source,
            Rows = all.Rows,
            Division = folds.Options,
            Folds = [.. rounds.Select(static r => r.Fold)],
            Training = trained,
            Validation = validated,
            RSquared = rSquared,
            Test = test?.Fold,
            Curve = points,
            Verdict = EvaluationVerdict.Of(trained, validated, rSquared, points),
            Notes =
            [
                .. all.Design.Notes, .. all.Design.NotesOnDropped(all.Rows.DroppedByColumn), .. all.Design.NotesOnLevels(all.Levels, all.Rows.Read - all.Rows.Dropped),
                .. whole.Select(ModelNotes.Aliased),
                .. rounds.SelectMany(static r => r.Aliased).Except(whole, StringComparer.Ordinal)
                    .Select(name => FoldNotes.Constant(name, rounds.Count(r => r.Aliased.Contains(name, StringComparer.Ordinal)), rounds.Length)),
            ],
        };
    }

    /// <summary>The exact fit of some rows, and its errors on them and on others.</summary>
    internal static Judged Judge(DesignMoments training, DesignMoments validation, DesignLevels levels)
    {
        CodedMoments coded = training.CodeWith(levels);
        LeastSquaresSolution solution = coded.Solve(Arithmetic.Exact);
        double[] coefficients = new double[coded.Design.Columns.Count];
        for (int k = 0; k < solution.Rank; k++)
        {
            coefficients[solution.Kept[k] - coded.Place(0)] = solution.Estimates[k];
        }
        double weight = coded.Model.Moments[0, 0].ToDouble(), rss = solution.Statistics.Rss;
        var loss = new ValidationLoss(validation.CodeAs(coded.Design));
        double sum = loss.SumOfSquares(coefficients);
        var fold = new FoldEvaluation(training.Rows.Used, validation.Rows.Used, rss / weight, sum / loss.Weight, loss.Tss > 0 ? 1 - (sum / loss.Tss) : double.NaN);
        return new Judged(fold, (rss, weight), (sum, loss.Weight), loss.Tss, [.. solution.Aliased.Select(a => coded.Model.Moments.Columns[a.Column].Name)]);
    }

    private static IEnumerable<string> Aliased(CodedMoments coded) => coded.Solve(Arithmetic.Exact).Aliased.Select(a => coded.Model.Moments.Columns[a.Column].Name);

    /// <summary>What a fold gives: its line, and the sums that means are of.</summary>
    internal sealed record Judged(FoldEvaluation Fold, (double Sum, double Weight) Training, (double Sum, double Weight) Validation, double Tss, IReadOnlyList<string> Aliased);
}
