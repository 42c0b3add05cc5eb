using CsCheck;

namespace Plumbline.Tests;

/// <summary>Rows as a fitted model sees them: the rows of the fit again, and rows to predict.</summary>
public class ModelRowsTests
{
    private static CategorySource Training() => new CategorySource(3)
        .With("y", 1, 2, 4, 3, 7, 5, 9, double.NaN)
        .With("x", 1, 2, 3, 4, double.NaN, 6, 7, 8)
        .With("w", 1, 1, 0, 2, 1, 1, 1, 1)
        .With("k", 1, 2, 3, 1, 2, 3, 1, 2)
        .With("f", "a", "b", "c", "a", null, "b", "c", "d");

    private static CodedRows Fit(string formula, string? weights = null) => CodedRows.Of(formula, Training(), weights: weights);

    private static List<(long Row, double[] Columns)> All(ModelRows rows) =>
        [.. rows.Read().SelectMany(static b => Enumerable.Range(0, b.Rows).Select(i =>
            (b.RowNumbers[i], Enumerable.Range(0, b.Count).Select(j => b.Column(j)[i]).ToArray())))];

    [Fact]
    public void Rows_that_the_fit_dropped_are_dropped_again_and_counted_alike()
    {
        CodedRows fit = Fit("log(y - 1.5) ~ x + f", "w");
        var rows = new ModelRows(fit.Fitted(), Training(), new ModelRowsOptions { Extras = ["k", "f"] });
        var seen = new List<(long Row, double Weight, double K, double Code)>();
        foreach (ModelBlock block in rows.Read())
        {
            for (int i = 0; i < block.Rows; i++)
            {
                seen.Add((block.RowNumbers[i], block.Weights[i], block.Extra(0)[i], block.Extra(1)[i]));
            }
        }
        Assert.Equal([2L, 3, 4, 6, 7], seen.Select(static s => s.Row));         // row 1 has no logarithm, 5 misses x and f, 8 misses y
        Assert.Equal([1.0, 0, 2, 1, 1], seen.Select(static s => s.Weight));
        Assert.Equal([2.0, 3, 1, 3, 1], seen.Select(static s => s.K));
        Assert.Equal(fit.Encoder.RowsRead, rows.Counts().Read);
        Assert.Equal(fit.Encoder.RowsDropped, rows.Counts().Dropped);
        Assert.Equal(fit.Encoder.DroppedByColumn.OrderBy(static c => c.Key, StringComparer.Ordinal), rows.Counts().DroppedByColumn);
        Assert.Equal(fit.Count, seen.Count);
    }

    [Fact]
    public void Levels_stay_with_their_rows_when_rows_go_for_two_reasons_in_one_block()
    {
        string?[] levels = ["a", null, "b", "c", "a", "c", "b", "c", "a", "b"];
        CategorySource source = new CategorySource(10)
            .With("y", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).With("x", 1, 1, -1, 1, 1, -1, 1, 1, 1, 1).With("n", 3, 3, 1, 2, 3, 2, 1, 2, 3, 1).With("f", levels);
        CodedRows fit = CodedRows.Of("y ~ f + C(n) + sqrt(x)", source);
        Assert.Equal([0.0, 0, 0, 1, 0, 0, 1], fit.Column(fit.Coded.Columns[1]));        // b in rows 1 4 5 7 8 9 10
        Assert.Equal([0.0, 1, 0, 0, 1, 0, 0], fit.Column(fit.Coded.Columns[2]));        // c
        Assert.Equal([0.0, 1, 0, 0, 1, 0, 0], fit.Column(fit.Coded.Columns[3]));        // n is 2
        Assert.Equal([1L, 4, 5, 7, 8, 9, 10], All(new ModelRows(fit.Fitted(), source)).Select(static r => r.Row));
        Assert.Equal([0.0, 1, 0, 0, 1, 0, 0], All(new ModelRows(fit.Fitted(), source)).Select(static r => r.Columns[2]));
    }

    [Fact]
    public void How_rows_are_cut_into_blocks_changes_nothing()
    {
        Gen<double> number = Gen.Frequency((8, Gen.Int[-3, 9].Select(static i => i + 0.5)), (1, Gen.Const(double.NaN)));
        string?[] levels = ["a", "b", "c", "a", "b", "c", "c", null];
        Gen<string?> text = Gen.Int[0, levels.Length - 1].Select(i => levels[i]);
        Gen.Select(number, number, Gen.Select(text, Gen.Int[1, 3])).Array[12, 40].Sample(
            static rows =>
            {
                CategorySource Of(int blockRows) => new CategorySource(blockRows)
                    .With("y", Array.ConvertAll(rows, static r => r.Item1)).With("x", Array.ConvertAll(rows, static r => r.Item2))
                    .With("f", Array.ConvertAll(rows, static r => r.Item3.Item1)).With("n", Array.ConvertAll(rows, static r => (double)r.Item3.Item2));
                const string formula = "y ~ sqrt(x)*f + C(n, levels = c(2, 1)) + poly(x, 2):C(f, sum) + offset(log(y + 1))";
                CodedRows one, many;
                try
                {
                    (one, many) = (CodedRows.Of(formula, Of(1)), CodedRows.Of(formula, Of(64)));
                }
                catch (PlumblineException error) when (error.Code is "one-level" or "poly-degree" or "unknown-level")
                {
                    return;         // too few rows were left
                }
                Assert.Equal(
                    one.Encoder.DroppedByColumn.OrderBy(static c => c.Key, StringComparer.Ordinal), many.Encoder.DroppedByColumn.OrderBy(static c => c.Key, StringComparer.Ordinal));
                Assert.Equal(one.Encoder.RowsDropped, many.Encoder.RowsDropped);
                Assert.Equal(one.Ranges, many.Ranges);
                Assert.Equal(All(new ModelRows(one.Fitted(), Of(1))), All(new ModelRows(many.Fitted(), Of(64))), static (a, b) => a.Row == b.Row && a.Columns.SequenceEqual(b.Columns));
                Assert.All(one.Coded.Columns.Zip(many.Coded.Columns), p => Assert.Equal(one.Column(p.First), many.Column(p.Second)));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void A_column_that_is_named_twice_is_read_once()
    {
        CodedRows fit = Fit("y ~ x + C(k)");
        var rows = new ModelRows(fit.Fitted(), Training(), new ModelRowsOptions { Extras = ["x", "k", "x"] });
        foreach (ModelBlock block in rows.Read())
        {
            Assert.Equal(block.Column(1).ToArray(), block.Extra(0).ToArray());
            Assert.Equal(block.Extra(0).ToArray(), block.Extra(2).ToArray());
        }
        Assert.Equal(6, rows.Counts().Read - rows.Counts().Dropped);
    }

    [Fact]
    public void Rows_to_predict_keep_their_place_and_miss_what_they_miss()
    {
        CodedRows fit = Fit("y ~ x*f");
        CategorySource fresh = new CategorySource(2).With("x", 5, double.NaN, 1, 20, 0).With("f", "b", "a", null, "a", "c");
        var rows = new ModelRows(fit.Fitted(), fresh, ModelRowsOptions.OfPrediction);
        Assert.False(rows.HasResponse);
        Assert.Equal(["y"], rows.AbsentResponse, StringComparer.Ordinal);
        List<(long Row, double[] Columns)> found = All(rows);
        Assert.Equal([1, 2, 3, 4, 5], found.Select(static r => r.Row));
        Assert.Equal([1.0, 5, 1, 0, 5, 0], found[0].Columns);
        Assert.All(found[1].Columns, static v => Assert.Equal(double.NaN, v));
        Assert.All(found[2].Columns, static v => Assert.Equal(double.NaN, v));
        Assert.Equal([1.0, 20, 0, 0, 0, 0], found[3].Columns);
        Assert.Equal([1.0, 0, 0, 1, 0, 0], found[4].Columns);
        ModelRowCounts counts = rows.Counts();
        Assert.Equal(2, counts.Missing);
        Assert.Equal(0, counts.Dropped);
        Assert.Equal((2L, 4L), counts.Outside["x"]);
    }

    [Fact]
    public void The_response_is_there_when_the_rows_have_it()
    {
        var rows = new ModelRows(Fit("y ~ f").Fitted(), Training(), ModelRowsOptions.OfPrediction with { Unseen = UnseenLevels.Missing });
        Assert.True(rows.HasResponse);
        Assert.Equal([1.0, 2, 4, 3, 7, 5, 9, double.NaN], rows.Read().SelectMany(static b => b.Response.ToArray()));
    }

    [Fact]
    public void An_unseen_level_is_an_error_or_missing_or_the_base()
    {
        FittedDesign design = Fit("y ~ C(f, base = \"b\") + x").Fitted();       // row 8, level d, misses y
        CategorySource fresh = new CategorySource(2).With("x", 1, 2, 3).With("f", "a", "d", "cc");
        var error = Assert.Throws<PlumblineException>(() => All(new ModelRows(design, fresh, ModelRowsOptions.OfPrediction)));
        Assert.Equal("unseen-level", error.Code);
        Assert.Equal(2, error.Line);
        Assert.Contains("\"d\"", error.Message, StringComparison.Ordinal);

        var missing = new ModelRows(design, fresh, ModelRowsOptions.OfPrediction with { Unseen = UnseenLevels.Missing });
        Assert.Equal([1.0, double.NaN, double.NaN], All(missing).Select(static r => r.Columns[0]));
        Assert.Equal(2, missing.Counts().Unseen["C(f, base = \"b\")"]);

        var based = new ModelRows(design, fresh, ModelRowsOptions.OfPrediction with { Unseen = UnseenLevels.Base });
        Assert.Equal([1.0, 0, 0, 2], All(based)[1].Columns);
        Assert.Equal(0, based.Counts().Missing);
    }

    [Fact]
    public void Numbers_and_text_of_the_same_level_are_the_same()
    {
        FittedDesign design = Fit("y ~ C(k)").Fitted();
        CategorySource text = new CategorySource(2).With("k", "3", "1", "2");
        Assert.Equal([[1.0, 0, 1], [1.0, 0, 0], [1.0, 1, 0]], All(new ModelRows(design, text, ModelRowsOptions.OfPrediction)).Select(static r => r.Columns));
        FittedDesign ofText = CodedRows.Of("y ~ k", new CategorySource().With("y", 1, 2, 3).With("k", "1", "2", "03")).Fitted();
        CategorySource numbers = new CategorySource(2).With("k", 2, 1);
        Assert.Equal([[1.0, 1, 0], [1.0, 0, 0]], All(new ModelRows(ofText, numbers, ModelRowsOptions.OfPrediction)).Select(static r => r.Columns));
    }

    [Fact]
    public void A_level_that_the_formula_does_not_list_is_missing_whatever_the_policy()
    {
        FittedDesign design = Fit("y ~ C(f, levels = c(\"b\", \"a\"))").Fitted();
        var rows = new ModelRows(design, new CategorySource(2).With("f", "a", "c", "b"), ModelRowsOptions.OfPrediction);
        Assert.Equal([1.0, double.NaN, 0], All(rows).Select(static r => r.Columns[1]));
    }

    [Fact]
    public void Kept_columns_alone_are_computed()
    {
        CodedRows fit = Fit("y ~ x*f");
        FittedDesign design = fit.Design.Fitted(fit.Levels, fit.Coded, [0, 3, 5], fit.Count, fit.Ranges);
        Assert.Equal(["(Intercept)", "f[c]", "x:f[c]"], design.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal([1.0, 1, 3], All(new ModelRows(design, Training()))[2].Columns);
    }

    [Fact]
    public void Blocks_of_wide_models_are_cut_and_threads_see_every_row_once()
    {
        string[] levels = [.. Enumerable.Range(0, 3000).Select(static i => $"l{i % 1500:0000}")];
        CategorySource source = new CategorySource(1000)
            .With("y", [.. levels.Select(static (_, i) => (double)(i % 17))]).With("x", [.. levels.Select(static (_, i) => i * 0.5)]).With("f", levels);
        FittedDesign design = CodedRows.Of("y ~ f + x", source).Fitted();
        var sums = new System.Collections.Concurrent.ConcurrentBag<(long Row, double Sum, double X)>();
        var rows = new ModelRows(design, source);
        rows.ForEachBlock(3, block =>
        {
            for (int i = 0; i < block.Rows; i++)
            {
                double sum = 0;
                for (int j = 1; j < block.Count - 1; j++)
                {
                    sum += block.Column(j)[i];
                }
                sums.Add((block.RowNumbers[i], sum, block.Column(block.Count - 1)[i]));
            }
        });
        Assert.Equal(Enumerable.Range(1, 3000).Select(static r => (long)r), sums.Select(static s => s.Row).Order());
        Assert.All(sums, static s => Assert.Equal(((s.Row - 1) % 1500 == 0 ? 0 : 1, (s.Row - 1) * 0.5), (s.Sum, s.X)));
        Assert.Equal(3000, rows.Counts().Read);
    }

    [Theory]
    [InlineData("x", "unknown-column")]
    [InlineData("time", "time-unit")]
    public void Rows_without_what_the_model_needs_are_refused(string what, string code)
    {
        CategorySource training = new CategorySource().With("y", 1, 2, 4).With("x", 1, 2, 3).WithTime("t", "days since 1970-01-01", 19000, 19001, 19005);
        FittedDesign design = CodedRows.Of("y ~ x + t", training).Fitted();
        Assert.Equal("days since 1970-01-01", design.Inputs.Single(static i => i.Column.Name == "t").Column.TimeUnit);
        CategorySource fresh = what == "x"
            ? new CategorySource().WithTime("t", "days since 1970-01-01", 1)
            : new CategorySource().With("x", 1).WithTime("t", "seconds since midnight", 1);
        Assert.Equal(code, Assert.Throws<PlumblineException>(() => new ModelRows(design, fresh, ModelRowsOptions.OfPrediction)).Code);
    }

    [Fact]
    public void What_a_model_keeps_is_what_R_keeps()
    {
        // R 4.2: x = c(1, 2, 3, 4, 6, 7); attr(poly(x, 2), "coefs"); mean(x); var(x)
        FittedDesign design = Fit("y ~ poly(x, 2) + scale(x) + f").Fitted();
        FittedVariable poly = design.Variables.Single(static v => v.Kind == VariableKind.Polynomial);
        Assert.Equal([3.8333333333333335, 4.2971014492753623], poly.Centers.Select(static c => c.High), Near);
        Assert.Equal([6, 26.833333333333332, 73.043478260869565], poly.Norms.Select(static n => n.High), Near);
        FittedVariable scale = design.Variables.Single(static v => v.Kind == VariableKind.Scale);
        Assert.Equal([3.8333333333333335], scale.Centers.Select(static c => c.High), Near);
        Assert.Equal([26.833333333333332 / 5], scale.Norms.Select(static n => n.High), Near);
        FittedVariable f = design.Variables.Single(static v => v.Kind == VariableKind.Category);
        Assert.Equal(["a", "b", "c"], f.Levels, StringComparer.Ordinal);
        Assert.Equal([2L, 2, 2], f.LevelRows);
        Assert.Equal("a", f.Base);
        FittedInput x = design.Inputs.Single(static i => i.Column.Name == "x");
        Assert.Equal((1.0, 7.0), (x.Least, x.Largest));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-14 * Math.Abs(a);
}
