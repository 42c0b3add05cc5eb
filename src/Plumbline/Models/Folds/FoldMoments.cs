namespace Plumbline;

/// <summary>
/// The exact moments of the parts that rows were divided into, and with them of every training set: all rows less a fold. What is fitted to these
/// has the same bits as a fit of those rows alone.
/// </summary>
public sealed class FoldMoments
{
    private readonly DesignMoments[] _parts;
    private readonly DesignMoments?[] _training;

    internal FoldMoments(FoldOptions options, DesignMoments whole, DesignMoments[] parts)
    {
        Options = options;
        Whole = whole;
        _parts = parts;
        _training = new DesignMoments?[Rounds];
    }

    /// <summary>How rows were divided.</summary>
    public FoldOptions Options { get; }

    /// <summary>All rows, those of a test part too.</summary>
    public DesignMoments Whole { get; }

    /// <summary>How many pairs of training and validation rows there are: one a fold, or a single one with a holdout.</summary>
    public int Rounds => Options.Holdout > 0 ? 1 : Options.Folds;

    /// <summary>The rows that are left alone until the end; null without any.</summary>
    public DesignMoments? Test => Options.Test > 0 ? _parts[2] : null;

    /// <summary>The rows that a round's fit is judged by.</summary>
    /// <param name="round">0 to <see cref="Rounds"/> − 1.</param>
    public DesignMoments Validation(int round) => _parts[IsForward ? round + 1 : round];

    /// <summary>The rows that a round fits.</summary>
    /// <param name="round">0 to <see cref="Rounds"/> − 1.</param>
    public DesignMoments Training(int round)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(round, Rounds);
        return _training[round] ??= !IsForward ? Whole.Less(_parts[round])
            : round == 0 ? _parts[0]
            : Training(round - 1).Plus(_parts[round]);
    }

    /// <summary>The rows that a model for use is fitted to: all but those of a test part.</summary>
    public DesignMoments Development => Test is { } test ? Whole.Less(test) : Whole;

    // The first part is for training only.
    private bool IsForward => Options.Holdout > 0 || Options.Order is not null;
}
