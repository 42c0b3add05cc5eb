namespace Plumbline;

/// <summary>What is done with a row that misses a value the model needs.</summary>
public enum MissingValues
{
    /// <summary>The row is left out, and counted by column.</summary>
    Drop,

    /// <summary>The fit fails and names the first such row.</summary>
    Fail,
}
