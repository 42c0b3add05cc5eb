namespace Plumbline.Reports;

/// <summary>One line of the table of coefficients, numbers as text. Names are as in the data: a renderer escapes them.</summary>
/// <param name="Name">The coefficient's name.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="T">The t value.</param>
/// <param name="P">The p-value.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="Digits">How many digits of the estimate and of its standard error are right, the lesser of the two.</param>
public sealed record FitSummaryRow(
    string Name, string Estimate, string StandardError, string T, string P, string Lower, string Upper, string Digits);

/// <summary>A labelled line under the table.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Text">What there is to say; may hold names from the data.</param>
public sealed record FitSummaryFact(string Label, string Text);

/// <summary>What a report of a fit says, before it is laid out: the renderers share it, so they cannot differ.</summary>
public sealed record FitSummary
{
    private const int RobustDigits = 12;        // what is shown of a standard error whose digits are right but not proven

    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>What the digits are worth.</summary>
    public required string Guarantee { get; init; }

    /// <summary>The heading of the digits: proven, or estimated.</summary>
    public required string DigitsHeading { get; init; }

    /// <summary>The level of the intervals, as a percentage.</summary>
    public required string Level { get; init; }

    /// <summary>The table.</summary>
    public required IReadOnlyList<FitSummaryRow> Rows { get; init; }

    /// <summary>The lines under the table.</summary>
    public required IReadOnlyList<FitSummaryFact> Facts { get; init; }

    /// <summary>Aliased columns, each with its equation.</summary>
    public required IReadOnlyList<string> Aliased { get; init; }

    /// <summary>What else the reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Summarizes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="digits">Significant digits, 1 to 17.</param>
    public static FitSummary Of(LinearModel model, int digits)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 17);
        return new FitSummary
        {
            Formula = model.Formula,
            Source = model.Source,
            Guarantee = GuaranteeOf(model),
            DigitsHeading = model.Arithmetic == Arithmetic.Fast ? "Digits est." : "Digits proven",
            Level = NumberText.Percent(model.Level),
            Rows = [.. model.Coefficients.Select(c => RowOf(c, digits, model))],
            Facts = FitFacts.Of(model, digits),
            Aliased = [.. model.Aliased.Select(AliasText.Equation)],
            Notes = [.. model.Notes.Where(n => !IsShownElsewhere(n, model)).Select(n => n.Text)],
        };
    }

    // Both stand in full under the table already.
    private static bool IsShownElsewhere(Note note, LinearModel model) => note.Code switch
    {
        "rows-dropped" => model.Rows.Dropped > 0,
        "aliased" => model.Aliased.Count > 0,
        _ => false,
    };

    private static string GuaranteeOf(LinearModel model)
    {
        if (model.Training is { } training)
        {
            return $"trained by gradient descent ({training.Optimizer}): not the least-squares fit, and no digit is proven";
        }
        if (model.Penalty is { } penalty)
        {
            return $"fitted with a penalty ({penalty}): not the least-squares fit, and no standard errors";
        }
        if (model.Engine is { } engine)
        {
            string parts = engine.Shards == 1 ? "" : $", on {engine.Shards} shards";
            string errors = model.CovarianceDetails.IsClassical ? "" : $"; standard errors are {model.CovarianceKind}";
            return $"computed in the engine ({engine.Name}{parts}): digits are an estimate for its arithmetic, not a proof{errors}";
        }
        if (model.Arithmetic == Arithmetic.Fast)
        {
            return model.CovarianceDetails.IsClassical
                ? "fast: digits are an estimate"
                : $"fast: digits of estimates are an estimate; standard errors are {model.CovarianceKind}";
        }
        int unproven = model.Coefficients.Count(c => c.Digits == 0 || c.StandardErrorDigits == 0);
        if (!model.CovarianceDetails.IsClassical)
        {
            return unproven == 0
                ? $"exact: every digit shown of estimates is proven; standard errors are {model.CovarianceKind}"
                : $"exact, but {unproven} of {model.Coefficients.Count} estimates have no proven digit; standard errors are {model.CovarianceKind}";
        }
        return unproven == 0
            ? "exact: every digit shown of estimates and standard errors is proven"
            : $"exact, but {unproven} of {model.Coefficients.Count} coefficients have an estimate or a standard error without a proven digit";
    }

    // Of an estimate or a standard error no digit is shown that is not known to be right; what is
    // computed from both has no more digits than they have, nor than its own formula keeps (about 14).
    private static FitSummaryRow RowOf(Coefficient c, int digits, LinearModel model)
    {
        int estimate = Math.Max(1, c.Digits ?? 17);
        int error = Math.Max(1, c.StandardErrorDigits ?? (model.CovarianceDetails.IsClassical ? 17 : RobustDigits));
        int both = Math.Min(14, Math.Min(estimate, error));
        return new FitSummaryRow(
            c.Name,
            NumberText.Significant(c.Estimate, Math.Min(digits, estimate), estimate),
            NumberText.Significant(c.StandardError, Math.Min(digits, error), error),
            NumberText.Significant(c.T, Math.Min(Math.Max(digits - 2, 3), both), both),
            NumberText.Probability(c.P, Math.Min(Math.Max(digits - 3, 2), 12)),
            NumberText.Significant(c.Lower, Math.Min(digits, both), both),
            NumberText.Significant(c.Upper, Math.Min(digits, both), both),
            DigitsOf(c, model.Arithmetic));
    }

    // An exact 0 has all digits and counts none.
    private static string DigitsOf(Coefficient c, Arithmetic arithmetic) =>
        Math.Min(c.Digits ?? int.MaxValue, c.StandardErrorDigits ?? int.MaxValue) switch
        {
            < int.MaxValue and int least => least.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => c.Estimate == 0 && arithmetic == Arithmetic.Exact ? "all" : NumberText.Undefined,
        };
}
