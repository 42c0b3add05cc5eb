namespace Plumbline.House.Tests;

/// <summary>Assertions that show all they found.</summary>
internal static class Expect
{
    /// <summary>Nothing was found; else everything that was, one a line.</summary>
    public static void None<T>(IEnumerable<T> found)
    {
        string shown = string.Join('\n', found);
        Assert.True(shown.Length == 0, shown);
    }
}
