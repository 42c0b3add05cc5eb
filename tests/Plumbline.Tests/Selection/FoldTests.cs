using Xunit;

namespace Plumbline.Tests.Selection;

public class FoldTests
{
    private static readonly string[] s_levels = ["a", "b", "c", "d"];

    [Theory]
    [InlineData("y ~ x + z")]
    [InlineData("y ~ poly(x, 3) + scale(z) + f")]
    [InlineData("log(y) ~ x * f + offset(z)")]
    [InlineData("y ~ 0 + f + z:x")]
    public void Subtracting_a_fold_equals_refitting_without_it_to_the_bit(string formula)
    {
        Row[] rows = Rows(400, 3);
        var options = new FitOptions { Weights = "w" };
        FoldMoments folds = DesignMoments.ReadFolds(formula, TableOf(rows), new FoldOptions { Folds = 5, Group = "g" }, options);
        var groups = new List<int>();
        for (int round = 0; round < folds.Rounds; round++)
        {
            string checksum = Checksum(folds.Validation(round));
            int group = Enumerable.Range(0, 5).Single(g => Checksum(DesignMoments.Read(formula, TableOf([.. rows.Where(r => r.Group == g)]), options)) == checksum);
            groups.Add(group);
            LinearModel left = folds.Training(round).Fit(), again = LinearRegression.Fit(formula, TableOf([.. rows.Where(r => r.Group != group)]), options);
            Assert.Equal(again.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError, c.P)), left.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError, c.P)));
            Assert.Equal((again.Rss, again.RSquared, again.LogLikelihood, again.MomentsChecksum), (left.Rss, left.RSquared, left.LogLikelihood, left.MomentsChecksum));
        }
        Assert.Equal([0, 1, 2, 3, 4], groups.Order());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(6000)]
    public void Folds_do_not_depend_on_the_order_of_rows_or_threads(int count)
    {
        Row[] rows = Rows(count, 1), shuffled = [.. rows];
        new Random(2).Shuffle(shuffled);
        var folds = new FoldOptions { Folds = 5, Seed = 9 };
        FoldMoments one = DesignMoments.ReadFolds("y ~ x + f", TableOf(rows), folds, new FitOptions { Threads = 1 });
        FoldMoments other = DesignMoments.ReadFolds("y ~ f + x", TableOf(shuffled), folds, null);
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(one.Validation(round).Rows.Used, other.Validation(round).Rows.Used);
            Assert.Equal(one.Validation(round).Fit().Rss, other.Validation(round).Fit().Rss);
        }
        Assert.False(Checksum(one.Validation(0)) == Checksum(DesignMoments.ReadFolds("y ~ x + f", TableOf(rows), folds with { Seed = 10 }).Validation(0)), "Another seed gives the same folds.");
    }

    [Fact]
    public void Few_rows_are_dealt_to_folds_of_equal_size_and_many_nearly()
    {
        FoldMoments few = DesignMoments.ReadFolds("y ~ x", TableOf(Rows(47, 4)), new FoldOptions { Folds = 10 });
        Assert.All(Sizes(few), static n => Assert.InRange(n, 4, 5));
        FoldMoments many = DesignMoments.ReadFolds("y ~ x", TableOf(Rows(20_000, 4)), new FoldOptions { Folds = 10 });
        Assert.All(Sizes(many), static n => Assert.InRange(n, 1800, 2200));
        Assert.Equal(20_000, Sizes(many).Sum());
    }

    [Fact]
    public void Identical_rows_share_a_fold()
    {
        // 30 different rows, each three times: no fit of training rows has seen a validation row.
        Row[] rows = Rows(30, 5);
        FoldMoments folds = DesignMoments.ReadFolds("y ~ x", TableOf([.. rows, .. rows, .. rows]), new FoldOptions { Folds = 5 });
        Assert.All(Sizes(folds), static n => Assert.Equal(0, n % 3));
        Assert.Equal(90, Sizes(folds).Sum());
    }

    [Fact]
    public void Strata_are_in_every_fold_in_like_proportion()
    {
        Row[] rows = Rows(203, 6);
        FoldMoments folds = DesignMoments.ReadFolds("y ~ 0 + f", TableOf(rows), new FoldOptions { Folds = 4, Stratify = "f" });
        foreach (int level in Enumerable.Range(0, 4))
        {
            int all = rows.Count(r => r.Level == level);
            for (int round = 0; round < 4; round++)
            {
                DesignMoments part = folds.Validation(round);
                Moments moments = part.ToMoments();
                int column = moments.Columns.Index().First(c => c.Item.Name == $"f[{s_levels[level]}]").Index;
                Assert.InRange(moments[column, column].ToDouble(), Math.Floor(all / 4.0) - 1, Math.Ceiling(all / 4.0) + 1);
            }
        }
        FoldMoments byResponse = DesignMoments.ReadFolds("y ~ x", TableOf(rows), new FoldOptions { Folds = 4, Stratify = "y" });
        double Mean(int round) => byResponse.Validation(round).ToMoments() is var m ? m[0, m.Columns.Count - 1].ToDouble() / m.Rows : 0;
        double[] means = [.. Enumerable.Range(0, 4).Select(Mean)];
        Assert.True(means.Max() - means.Min() < 0.2, string.Join(", ", means));        // the response's deviation is about 3
    }

    [Fact]
    public void In_an_order_training_rows_are_earlier_than_validation_rows()
    {
        Row[] rows = Rows(120, 7);
        FoldMoments folds = DesignMoments.ReadFolds("y ~ t", TableOf(rows), new FoldOptions { Folds = 5, Order = "t" });
        Assert.Equal([20, 20, 20, 20, 20], Sizes(folds));
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(20 * (round + 1), folds.Training(round).Rows.Used);
            DesignMoments earlier = DesignMoments.Read("y ~ t", TableOf([.. rows.OrderBy(static r => r.Time).Take(20 * (round + 1))]));
            Assert.Equal(Checksum(earlier), Checksum(folds.Training(round)));
        }
    }

    [Fact]
    public void A_holdout_leaves_its_shares_and_the_test_rows_out_of_development()
    {
        FoldMoments folds = DesignMoments.ReadFolds("y ~ x", TableOf(Rows(100, 8)), new FoldOptions { Holdout = 0.2, Test = 0.1 });
        Assert.Equal((70L, 20L, 10L, 90L, 1), (folds.Training(0).Rows.Used, folds.Validation(0).Rows.Used, folds.Test!.Rows.Used, folds.Development.Rows.Used, folds.Rounds));
    }

    [Theory]
    [InlineData("too-many-folds", 8, null, null)]
    [InlineData("empty-fold", 40, "one", null)]
    [InlineData("empty-fold", 40, null, "one")]
    [InlineData("unknown-column", 40, "gg", null)]
    [InlineData("not-numeric", 40, null, "f")]
    [InlineData("missing-key", 40, "gaps", null)]
    public void What_cannot_be_divided_is_told(string code, int count, string? group, string? order) =>
        Assert.Equal(code, Assert.Throws<PlumblineException>(() => DesignMoments.ReadFolds("y ~ x", TableOf(Rows(count, 9)), new FoldOptions { Group = group, Order = order })).Code);

    [Fact]
    public void Options_that_do_not_go_together_are_told()
    {
        foreach (FoldOptions options in (FoldOptions[])[new() { Folds = 1 }, new() { Holdout = 1 }, new() { Test = 0.1 }, new() { Holdout = 0.6, Test = 0.4 }, new() { Group = "g", Order = "t" }])
        {
            Assert.Equal("option", Assert.Throws<PlumblineException>(() => DesignMoments.ReadFolds("y ~ x", TableOf(Rows(40, 9)), options)).Code);
        }
    }

    internal sealed record Row(double X, double Z, double Y, double W, int Level, int Group, double Time);

    internal static Row[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Row(random.NextDouble() * 10, random.NextDouble(), 20 + (random.NextDouble() * 10), 1 + random.Next(3), random.Next(4), i % 5, (i * 7919L) % 10_007))];
    }

    internal static Table TableOf(Row[] rows) => new Table("rows")
        .With("x", [.. rows.Select(static r => r.X)]).With("z", [.. rows.Select(static r => r.Z)]).With("y", [.. rows.Select(static r => r.Y)])
        .With("w", [.. rows.Select(static r => r.W)]).With("f", (string?[])[.. rows.Select(static r => s_levels[r.Level])])
        .With("g", [.. rows.Select(static r => (double)r.Group)]).With("t", [.. rows.Select(static r => r.Time)])
        .With("one", [.. rows.Select(static _ => 1.0)]).With("gaps", [.. rows.Select(static r => r.Group == 2 ? double.NaN : 1)]);

    private static string Checksum(DesignMoments moments) => MomentsChecksum.Of(moments.ToMoments());

    private static long[] Sizes(FoldMoments folds) => [.. Enumerable.Range(0, folds.Rounds).Select(r => folds.Validation(r).Rows.Used)];
}
