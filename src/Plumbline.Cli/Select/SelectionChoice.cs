using System.CommandLine;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Select;

/// <summary>The options of a selection of terms.</summary>
internal sealed class SelectionChoice
{
    private readonly Option<string?> _method = Values.Text("--method", "penalized|stepwise|subset", "A penalized path; or terms added and dropped one by one, or the best of all subsets. [penalized]");
    private readonly Option<string?> _direction = Values.Text("--direction", "both|backward|forward", "Of --method stepwise. [both]");
    private readonly Option<string[]> _keep = Values.Texts("--keep", "TERM", "A term that every model has, with --method stepwise or subset. May be given several times.");

    /// <summary>Makes them options of a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_method);
        verb.Options.Add(_direction);
        verb.Options.Add(_keep);
    }

    /// <summary>Whether terms are to be selected.</summary>
    public bool IsThere(ParseResult line, Command verb)
    {
        bool isThere = verb.OneOf(line.GetValue(_method), "--method", ("penalized", false), ("stepwise", true), ("subset", true));
        return isThere || (line.GetValue(_direction) is null && line.GetValue(_keep) is not { Length: > 0 })
            ? isThere
            : throw Mistakes.Usage("--direction and --keep are for --method stepwise or subset.", verb);
    }

    /// <summary>Whether all subsets are looked at.</summary>
    public bool IsSubset(ParseResult line) => line.GetValue(_method) == "subset";

    /// <summary>How terms are selected.</summary>
    /// <param name="line">The line.</param>
    /// <param name="verb">Whose line it is.</param>
    /// <param name="criterion">What the line chooses by.</param>
    /// <param name="folds">How rows are divided; null for not at all.</param>
    /// <param name="fit">How the model is fitted.</param>
    public SelectionOptions Read(ParseResult line, Command verb, string? criterion, FoldOptions? folds, FitOptions fit)
    {
        if (IsSubset(line) && line.GetValue(_direction) is not null)
        {
            throw Mistakes.Usage("--direction is for --method stepwise: best subsets look at all.", verb);
        }
        return new SelectionOptions
        {
            Criterion = Criterion(verb, criterion, folds),
            Folds = folds,
            Direction = verb.OneOf(line.GetValue(_direction), "--direction", ("both", StepDirection.Both), ("backward", StepDirection.Backward), ("forward", StepDirection.Forward)),
            Keep = line.GetValue(_keep) ?? [],
            Fit = fit,
        };
    }

    private static SelectionCriterion Criterion(Command verb, string? word, FoldOptions? folds)
    {
        SelectionCriterion criterion = verb.OneOf(
            word ?? (folds is null ? "aic" : "min"), "--choose",
            ("aic", SelectionCriterion.Aic), ("bic", SelectionCriterion.Bic), ("min", SelectionCriterion.ValidationError), ("1se", SelectionCriterion.OneStandardError));
        bool validates = criterion is SelectionCriterion.ValidationError or SelectionCriterion.OneStandardError;
        return validates == folds is not null ? criterion : throw Mistakes.Usage(
            validates
                ? "--choose min and 1se go by the validation error: divide the rows with --folds 10 or --holdout 0.2."
                : $"--choose {word} goes by all rows: leave out the folds, or choose min or 1se, which go by the validation error.",
            verb);
    }
}
