using System.Text;
using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>Another formula from the same moments, moments of formulas that are spelled differently, and groups of rows.</summary>
public sealed class MomentsSelectionTests
{
    private static readonly Table s_data = MomentsRows.Table(11, 0, 400);

    [Theory]
    [InlineData("y ~ x + z + f", "y ~ z")]
    [InlineData("y ~ x + z + f", "y ~ f + x")]
    [InlineData("y ~ x + z + f", "z ~ 0 + f")]
    [InlineData("y ~ x * f + g", "y ~ f + x")]
    [InlineData("y ~ x * f + g", "x ~ g")]
    [InlineData("y ~ x * f + g", "y ~ C(f, sum) * x")]
    [InlineData("y ~ x * f + g", "y ~ x + C(f, base = \"level 2\") + C(g, helmert)")]
    [InlineData("y ~ x:f", "y ~ x")]                                    // a sum over the cells
    [InlineData("y ~ f:g:C(n)", "y ~ g + C(n)")]
    [InlineData("y ~ f * g * x", "y ~ g:f")]
    [InlineData("y ~ poly(x, 3) + f:g", "y ~ scale(x) + f")]
    [InlineData("y ~ poly(x, 3) + f:g", "y ~ x + poly(x, 2, raw = TRUE)")]
    [InlineData("y ~ x + offset(z) + f", "y ~ f + offset(z)")]
    [InlineData("log(y) ~ log(z) + f + I(x^2)", "log(z) ~ log(y)")]
    [InlineData("y ~ f", "y ~ factor(f, levels = c(\"level 4\", \"level 3\", \"level 2\", \"level 1\", \"level 0\", \"none\"))")]
    public void A_formula_of_the_same_terms_fits_as_from_the_rows(string built, string asked)
    {
        // No value is missing in what either formula reads: then both are of the same rows.
        for (int kind = 0; kind < 3; kind++)
        {
            FitOptions options = MomentsRows.Options(kind);
            Table data = Complete();
            DesignMoments moments = DesignMoments.Read(built, data, options);
            Assert.Equal(Bytes(LinearRegression.Fit(asked, data, options)), Bytes(moments.Select(asked).Fit()));
            Assert.Equal(
                MomentsFile.ChecksumOf(DesignMoments.Read(asked, data, options)), MomentsFile.ChecksumOf(MomentsFile.Read(MomentsFile.Write(moments), "m").Select(asked)));
        }
    }

    [Theory]
    [InlineData("y ~ x + w", "There is no column `w`")]
    [InlineData("y ~ f", "`f` is not in the moments")]
    [InlineData("y ~ log(z)", "`log(z)` is not in the moments")]
    [InlineData("y ~ x:z", "`x:z` is not in the moments")]
    [InlineData("y ~ x:g", "`x:g` is not in the moments")]
    [InlineData("y ~ poly(x, 2)", "`x^2` is not in the moments")]
    [InlineData("y ~ x + offset(z)", "`offset(z)` is not in the moments")]
    [InlineData("y ~ factor(g, levels = c(\"yes\", \"no\"))", "does not list the level")]
    public void What_moments_do_not_hold_is_named(string formula, string says)
    {
        DesignMoments moments = DesignMoments.Read("y ~ x + z + g", s_data);
        if (formula == "y ~ f")
        {
            moments = DesignMoments.Read("y ~ x:f", s_data).Select("y ~ x");
            formula = "y ~ x";
            Assert.Equal(MomentsFile.ChecksumOf(moments), MomentsFile.ChecksumOf(moments.Select(formula)));
            moments = DesignMoments.Read("y ~ C(n)", s_data);
            Assert.Contains("`n` is not in the moments", Assert.Throws<PlumblineException>(() => moments.Select("y ~ n")).Message, StringComparison.Ordinal);
            return;
        }
        PlumblineException error = Assert.Throws<PlumblineException>(() => moments.Select(formula));
        Assert.Equal("not-in-moments", error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(says.StartsWith("does", StringComparison.Ordinal) ? "nö" : "`y ~ x + z + g`", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ x + z", "y~z+x")]
    [InlineData("y ~ f * x", "y ~ x + f + x:f")]
    [InlineData("y ~ f + g + f:g", "(y) ~ (g * f)")]
    [InlineData("y ~ C(f) + poly(z, 2)", "y ~ poly(z, degree = 2) + f")]
    [InlineData("y ~ x + offset(z) + offset(w)", "y ~ offset(w) + x + offset(z)")]
    public void Formulas_that_say_the_same_add_up(string first, string second)
    {
        for (int kind = 0; kind < 3; kind++)
        {
            FitOptions options = MomentsRows.Options(kind);
            Table a = MomentsRows.Table(12, 0, 150, "a"), b = MomentsRows.Table(12, 150, 90, "b");
            DesignMoments merged = DesignMoments.Merge(DesignMoments.Read(first, a, options), DesignMoments.Read(second, b, options));
            DesignMoments turned = DesignMoments.Merge(DesignMoments.Read(second, b, options), DesignMoments.Read(first, a, options));
            Assert.Equal(MomentsFile.Write(merged), MomentsFile.Write(turned));
            Assert.Equal(MomentsFile.ChecksumOf(DesignMoments.Read(first, MomentsRows.Table(12, 0, 240), options)), MomentsFile.ChecksumOf(merged));
            DesignMoments rest = DesignMoments.Subtract(merged, DesignMoments.Read(second, b, options));
            Assert.Equal(MomentsFile.ChecksumOf(DesignMoments.Read(first, a, options)), MomentsFile.ChecksumOf(rest));
            Assert.Equal("a + b, less b", rest.Source);
        }
    }

    [Theory]
    [InlineData("y ~ x", "log(y) ~ x", "the response is `y` in one and `log(y)` in the other")]
    [InlineData("y ~ x", "y ~ x + z", "`y ~ x + z` has the term `z`, and `y ~ x` has not")]
    [InlineData("y ~ x + f", "y ~ 0 + f + x", "`y ~ x + f` has an intercept and `y ~ 0 + f + x` has none")]
    [InlineData("y ~ f", "y ~ C(f, sum)", "has the term `f`")]
    [InlineData("y ~ f", "y ~ factor(f, levels = c(\"level 1\", \"level 0\"))", "has the term `f`")]
    [InlineData("y ~ x + offset(z)", "y ~ x + offset(w)", "their offsets are not the same")]
    public void Formulas_that_differ_do_not_add_up_and_the_difference_is_named(string first, string second, string says)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => DesignMoments.Merge(DesignMoments.Read(first, s_data), DesignMoments.Read(second, s_data)));
        Assert.Equal("different-design", error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_were_read_differently_do_not_add_up()
    {
        DesignMoments text = Read(new Table("a").With("y", [1.0, 2, 4]).With("k", (string?[])["1", "2", "1"]));
        DesignMoments number = Read(new Table("b").With("y", [1.0, 2, 4]).With("k", [1.0, 2, 1]));
        PlumblineException error = Assert.Throws<PlumblineException>(() => DesignMoments.Merge(text, number));
        Assert.Contains("`k` holds text in one and numbers in the other", error.Message, StringComparison.Ordinal);
        Assert.Contains("weights are `w (precision)` in one and `none`", Assert.Throws<PlumblineException>(() =>
            DesignMoments.Merge(DesignMoments.Read("y ~ x", s_data, MomentsRows.Options(1)), DesignMoments.Read("y ~ x", s_data))).Message, StringComparison.Ordinal);
        Assert.Contains("coded by sum contrasts in one", Assert.Throws<PlumblineException>(() =>
            DesignMoments.Merge(DesignMoments.Read("y ~ f", s_data, new FitOptions { Contrasts = ContrastKind.Sum }), DesignMoments.Read("y ~ f", s_data))).Message, StringComparison.Ordinal);
        DesignMoments days = Time(TimeNumbers.Days), seconds = Time(TimeNumbers.Seconds);
        Assert.Contains("`t` counts days", Assert.Throws<PlumblineException>(() => DesignMoments.Merge(days, seconds)).Message, StringComparison.Ordinal);

        static DesignMoments Read(Table table) => DesignMoments.Read("y ~ C(k)", table);

        static DesignMoments Time(string unit) => Retyped("t", new ColumnInfo("t", ColumnType.DateTime) { TimeUnit = unit });
    }

    [Fact]
    public void Whole_numbers_and_doubles_add_up_and_of_two_precisions_the_coarser_counts()
    {
        DesignMoments whole = Retyped("t", new ColumnInfo("t", ColumnType.Integer)), doubles = Retyped("t", new ColumnInfo("t", ColumnType.Number)),
            singles = Retyped("t", new ColumnInfo("t", ColumnType.Number, ColumnInfo.SingleUnit));
        DesignMoments merged = DesignMoments.Merge(whole, doubles);
        Assert.Empty(merged.Design.Notes);
        Assert.Equal((ColumnType.Number, ColumnInfo.DoubleUnit), (merged.Inputs[1].Column.Type, merged.Inputs[1].Column.Unit));
        DesignMoments mixed = MomentsFile.Read(MomentsFile.Write(DesignMoments.Merge(singles, merged)), "m");
        Assert.Equal(ColumnInfo.SingleUnit, mixed.Inputs[1].Column.Unit);
        Assert.Equal("mixed-precision", Assert.Single(mixed.Design.Notes).Code);
        Assert.Contains(mixed.Fit().Notes, static n => n.Code == "mixed-precision");
        Assert.Equal(MomentsFile.ChecksumOf(DesignMoments.Merge(merged, singles)), MomentsFile.ChecksumOf(mixed));
    }

    [Fact]
    public void The_smallest_group_is_found_where_it_is()
    {
        Table data = new Table("t")
            .With("y", [1.0, 2, 3, 5, 8, 13, 21, 34])
            .With("d", [0.0, 0, 1, 1, 1, 0, 1, 0])
            .With("e", [0.0, 1, 1, 1, 1, 1, 1, 0])
            .With("f", (string?[])["a", "a", "a", "a", "b", "b", "b", "b"])
            .With("g", (string?[])["u", "u", "v", "v", "v", "u", "v", "u"])
            .With("w", [1.0, 0, 2, 1, 1, 3, 1, 1]);
        Assert.Equal(new MomentsGroup("all rows", 8), Of("y ~ 1"));
        Assert.Equal(new MomentsGroup("d = 0", 4), Of("y ~ d"));
        Assert.Equal(new MomentsGroup("e = 0", 2), Of("y ~ d + e"));
        Assert.Equal(new MomentsGroup("f[a]", 4), Of("y ~ f"));
        Assert.Equal(new MomentsGroup("f[a] with e = 0", 1), Of("y ~ f + e"));
        Assert.Equal(new MomentsGroup("f[a]:g[u]", 2), Of("y ~ y:f:g + f:g"));
        Assert.Equal(new MomentsGroup("f[a]", 3), Of("y ~ f", 1));            // one of the four may be the row of weight 0
        Assert.Equal(new MomentsGroup("f:g", null), Of("y ~ f:g", 1));
        Assert.Equal(new MomentsGroup("f[a]:g[u]", 1), Of("y ~ f:g", 2));       // frequencies: 1 and 0

        DesignMoments moments = DesignMoments.Read("y ~ d + e", data);
        Assert.Equal(2, moments.ForSharing(2).SmallestGroup().Rows);
        PlumblineException error = Assert.Throws<PlumblineException>(() => moments.ForSharing(3));
        Assert.Equal("too-few-rows", error.Code);
        Assert.Contains("`e = 0`, has 2 rows, and at least 3", error.Message, StringComparison.Ordinal);
        Assert.Equal("too-few-rows", Assert.Throws<PlumblineException>(() => DesignMoments.Read("y ~ f:g", data, new FitOptions { Weights = "w" }).ForSharing(1)).Code);

        MomentsGroup Of(string formula, int kind = 0) => DesignMoments.Read(formula, data, MomentsRows.Options(kind)).SmallestGroup();
    }

    [Fact]
    public void What_is_given_away_has_no_ranges_and_predicts_all_the_same()
    {
        DesignMoments shared = MomentsFile.Read(MomentsFile.Write(DesignMoments.Read("y ~ x + f", s_data).ForSharing(2)), "m");
        Assert.All(shared.Inputs, static i => Assert.True(double.IsNaN(i.Least) && double.IsNaN(i.Largest)));
        LinearModel model = ModelFile.Read(ModelFile.Write(shared.Fit()), "model");
        LinearModel own = LinearRegression.Fit("y ~ x + f", s_data);
        Assert.Equal(own.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError)), model.Coefficients.Select(static c => (c.Name, c.Estimate, c.StandardError)));
        Assert.DoesNotContain(model.Predict(s_data).Summary.Notes, static n => n.Code == "outside-range");
        Assert.All(DesignMoments.Merge(shared, DesignMoments.Read("y ~ x + f", s_data)).Inputs, static i => Assert.True(double.IsNaN(i.Least)));
    }

    private static Table Complete()
    {
        var random = new Random(13);
        const int n = 200;
        double[] Numbers(Func<double> next) => [.. Enumerable.Range(0, n).Select(_ => next())];
        string?[] Texts(Func<string> next) => [.. Enumerable.Range(0, n).Select(_ => next())];
        return new Table("complete")
            .With("y", Numbers(() => Math.Round(1 + (random.NextDouble() * 100), 1)))
            .With("x", Numbers(random.NextDouble))
            .With("z", Numbers(() => 1 + random.NextDouble()))
            .With("f", Texts(() => $"level {random.Next(5)}"))
            .With("g", Texts(() => random.Next(2) == 0 ? "yes" : "no"))
            .With("n", Numbers(() => random.Next(3)))
            .With("w", Numbers(() => 1 + random.Next(3)));
    }

    private static DesignMoments Retyped(string name, ColumnInfo column)
    {
        DesignMoments moments = DesignMoments.Read("y ~ t", new Table("t").With("y", [1.0, 2, 4]).With(name, [1.0, 2, 7]));
        ColumnInfo[] columns = [.. moments.Design.SourceColumns.Select(c => c.Name == name ? column : c)];
        return moments.On(Design.Create(moments.Design.Formula, new Schema(columns)));
    }

    private static string Bytes(LinearModel model) => Encoding.UTF8.GetString(ModelFile.Write(model));
}
