namespace Plumbline.Tests;

/// <summary>Made data: the same bits everywhere, and what they claim to be.</summary>
public class SyntheticDataTests
{
    private static double[] Column(Table table, string name) =>
        [.. table.Read([name], null, CancellationToken.None).SelectMany(static b => b[0].High.ToArray())];

    [Fact]
    public void The_response_is_the_model_when_there_is_no_noise()
    {
        Table table = new SyntheticData([2, -3.4], 4.2, noise: 0, rows: 100, seed: 7).ToTable();
        double[] x1 = Column(table, "x1"), x2 = Column(table, "x2"), y = Column(table, "y");
        Assert.Equal(100, table.Rows);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(4.2 + (x1[i] * 2) + (x2[i] * -3.4), y[i]);
        }
    }

    [Fact]
    public void A_seed_gives_the_same_rows_and_more_rows_start_with_fewer()
    {
        double[] few = Column(new SyntheticData([1, 2], 0, rows: 10, seed: 5).ToTable(), "y");
        Assert.Equal(few, Column(new SyntheticData([1, 2], 0, rows: 10, seed: 5).ToTable(), "y"));
        Assert.Equal(few, Column(new SyntheticData([1, 2], 0, rows: 1000, seed: 5).ToTable(), "y")[..10]);
        Assert.NotEqual(few, Column(new SyntheticData([1, 2], 0, rows: 10, seed: 6).ToTable(), "y"));
    }

    [Fact]
    public void Normals_are_those_of_the_published_algorithms()
    {
        // Golden/normals.py printed these.
        double[] expected =
        [
            -0.7262191382447856, -0.21119691823195982, 0.2216227015035934, 0.5227716877560147,
            0.4641773101624736, 0.7409788916865562, 1.476249461018415, 0.47075911993601033,
        ];
        var random = new NormalGenerator(42);
        Assert.All(expected, z => Assert.Equal(z, random.Next(), 4e-15 * Math.Abs(z)));
    }

    [Fact]
    public void Normals_have_the_moments_and_tails_of_the_normal_distribution()
    {
        const int n = 400_000;
        var random = new NormalGenerator(11);
        double sum = 0, squares = 0, fourths = 0;
        int beyondTwo = 0;
        for (int i = 0; i < n; i++)
        {
            double z = random.Next();
            sum += z;
            squares += z * z;
            fourths += z * z * z * z;
            beyondTwo += Math.Abs(z) > 2 ? 1 : 0;
        }
        // Five standard errors of each.
        Assert.InRange(sum / n, -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
        Assert.InRange(squares / n, 1 - (5 * Math.Sqrt(2.0 / n)), 1 + (5 * Math.Sqrt(2.0 / n)));
        Assert.InRange(fourths / n, 3 - (5 * Math.Sqrt(96.0 / n)), 3 + (5 * Math.Sqrt(96.0 / n)));
        Assert.InRange(beyondTwo / (double)n, 0.0455 - 0.0017, 0.0455 + 0.0017);
    }

    [Fact]
    public void The_logarithm_is_right_to_a_few_units()
    {
        foreach (double s in new[] { 0.999999, 0.9, 0.70710678, 0.71, 0.5, 0.3, 0.1, 1e-5, 1e-20, 1e-32 })
        {
            double expected = Math.Log(s);
            Assert.InRange(NormalGenerator.Log(s), expected - (1e-15 * Math.Abs(expected)) - 1e-17, expected + (1e-15 * Math.Abs(expected)) + 1e-17);
        }
    }
}
