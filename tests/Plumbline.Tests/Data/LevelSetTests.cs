namespace Plumbline.Tests.Data;

public class LevelSetTests
{
    [Fact]
    public void Threads_that_add_the_same_texts_get_the_same_codes()
    {
        var levels = new LevelSet("t");
        string[] texts = [.. Enumerable.Range(0, 3000).Select(static i => $"level {i % 1000}")];
        int[][] codes = [.. Enumerable.Range(0, 4).AsParallel().AsOrdered().WithDegreeOfParallelism(4)
            .Select(thread => texts.Select((_, i) => levels.CodeOf(texts[(i + (700 * thread)) % texts.Length])).ToArray())];
        Assert.Equal(1000, levels.Count);
        Assert.Equal([.. Enumerable.Range(0, 1000)], Array.ConvertAll(levels.ToArray(), levels.Find));
        for (int thread = 0; thread < codes.Length; thread++)
        {
            for (int i = 0; i < texts.Length; i++)
            {
                Assert.Equal(texts[(i + (700 * thread)) % texts.Length], levels[codes[thread][i]]);
            }
        }
    }

    [Fact]
    public void There_is_a_bound()
    {
        var levels = new LevelSet("id", "a\u001b.csv");
        for (int i = 0; i < LevelSet.Most; i++)
        {
            levels.CodeOf(i.ToString("x"));
        }
        Assert.Equal(LevelSet.Most - 1, levels.CodeOf((LevelSet.Most - 1).ToString("x")));
        var error = Assert.Throws<PlumblineException>(() => levels.CodeOf("one more"));
        Assert.Equal(("too-many-levels", "id"), (error.Code, error.Column));
        Assert.StartsWith("a .csv: the column `id` has more than 1,000,000 different texts", error.Message, StringComparison.Ordinal);
        Assert.Equal(LevelSet.Most, levels.Count);
    }

    [Fact]
    public void Codes_outside_are_refused()
    {
        LevelSet booleans = LevelSet.OfBooleans();
        Assert.Equal((0, 1, -1), (booleans.Find("FALSE"), booleans.Find("TRUE"), booleans.Find("true")));
        Assert.Throws<ArgumentOutOfRangeException>(() => booleans[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => booleans[-1]);
    }
}
