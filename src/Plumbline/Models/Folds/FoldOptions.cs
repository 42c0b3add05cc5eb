namespace Plumbline;

/// <summary>How rows are divided for validation. Immutable: change with <c>with</c>.</summary>
/// <remarks>
/// Which part a row belongs to depends on the seed and the values of the columns that the formula reads, not on where the row stands: folds survive
/// reordering, and identical rows share one.
/// </remarks>
public sealed record FoldOptions
{
    /// <summary>Ten folds, seed 0.</summary>
    public static FoldOptions Default { get; } = new();

    /// <summary>The number of folds, 2 to 1000. Default: 10. With <see cref="Order"/> the number of validation windows.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>
    /// Instead of folds one validation part with this share of the rows, strictly between 0 and 1; with <see cref="Order"/> the latest rows. Default: 0,
    /// folds.
    /// </summary>
    public double Holdout { get; init; }

    /// <summary>Beside <see cref="Holdout"/> a test part with this share of the rows; it is left alone until the end. Default: 0, none.</summary>
    public double Test { get; init; }

    /// <summary>The seed. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>A column whose rows of one value stay together: patients, shops. Default: none.</summary>
    public string? Group { get; init; }

    /// <summary>A column, the response's for example, whose values every part has in like proportion: levels of text, the ranks of numbers. Default: none.</summary>
    public string? Stratify { get; init; }

    /// <summary>A column of numbers or times: training rows are always earlier than validation rows. Default: none.</summary>
    public string? Order { get; init; }

    /// <summary>The shares of the parts. A part of training rows comes first unless there are folds.</summary>
    internal double[] Shares => Holdout > 0
        ? Test > 0 ? [1 - Holdout - Test, Holdout, Test] : [1 - Holdout, Holdout]
        : [.. Enumerable.Repeat(1.0 / Parts, Parts)];

    private int Parts => Order is null ? Folds : Folds + 1;

    /// <summary>In words: <c>10 folds, seed 0</c>.</summary>
    public override string ToString()
    {
        string what = Holdout > 0 ? Test > 0 ? $"holdout {Holdout}, test {Test}" : $"holdout {Holdout}" : Order is null ? $"{Folds} folds" : $"{Folds} windows";
        string how = Group is not null ? $", grouped by {Group}" : Stratify is not null ? $", stratified by {Stratify}" : Order is not null ? $", in the order of {Order}" : "";
        return what + how + (Order is null ? $", seed {Seed}" : "");
    }

    internal void Validate()
    {
        Require(Folds is >= 2 and <= 1000, $"The number of folds is {Folds}; it must be from 2 to 1000.");
        Require(Holdout is >= 0 and < 1, $"The share held out is {Holdout}; it must lie strictly between 0 and 1.");
        Require(Test is >= 0 and < 1, $"The test share is {Test}; it must lie strictly between 0 and 1.");
        Require(Test == 0 || Holdout > 0, "A test part stands beside a validation part: give a holdout share, too.");
        Require(Holdout + Test < 1, $"Validation and test rows are {Holdout} and {Test} of all: nothing is left to train on.");
        string[] columns = [.. new[] { Group, Stratify, Order }.OfType<string>()];
        Require(columns.Length <= 1, "Groups, strata and an order exclude one another: give one of them.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PlumblineException("option", message);
        }
    }
}
