namespace Plumbline;

/// <summary>What the weights of rows are, as far as sums go.</summary>
internal enum RowWeights
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Any numbers, 0 or more.</summary>
    Weights,

    /// <summary>Whole numbers: how many equal rows a row stands for. All counts are of those.</summary>
    Frequencies,
}
