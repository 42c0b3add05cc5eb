using System.Text.Json.Nodes;
using CsCheck;

namespace Plumbline.Tests.Selection;

/// <summary>The number of terms chosen by cross-validation, the search made anew in each fold.</summary>
public class FoldSelectionTests
{
    private static readonly JsonArray _cases = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "subsets", "cv.json")))!["cases"]!.AsArray();

    public static TheoryData<string> Names => [.. _cases.Select(static c => (string)c!["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sizes_errors_and_choices_are_those_of_regsubsets_in_each_fold(string name)
    {
        JsonNode golden = _cases.First(c => (string)c!["name"]! == name)!;
        Table table = Columns(golden["columns"]!);
        foreach (JsonNode? run in golden["runs"]!.AsArray())
        {
            string method = (string)run!["method"]!;
            SelectionResult Select(SelectionCriterion criterion)
            {
                var options = new SelectionOptions
                {
                    Criterion = criterion,
                    Direction = method == "forward" ? StepDirection.Forward : StepDirection.Backward,
                    Folds = new() { Folds = 5, Group = "fold" },
                    Fit = new() { Weights = (string?)golden["weights"] },
                };
                string formula = (string)golden["formula"]!;
                return method == "exhaustive" ? SubsetSelection.BestSubsets(formula, table, options) : SubsetSelection.Stepwise(formula, table, options);
            }
            SelectionResult least = Select(SelectionCriterion.ValidationError), sparse = Select(SelectionCriterion.OneStandardError);
            SelectionValidation validation = least.Validation!;
            Assert.Equal(string.Join('\n', run["sizes"]!.AsArray().Select(Terms)), string.Join('\n', least.Sizes.Select(static m => Terms(m.Terms))));
            Same(run["mean"]!, validation.Scores.Select(static s => s.Mean));
            Same(run["se"]!, validation.Scores.Select(static s => s.StandardError));
            Assert.Equal(run["agreeing"]!.AsArray().Select(static v => (int)v!), validation.Agreeing);
            Assert.Same(least.Sizes[(int)run["min"]!], least.Best);
            Assert.Same(sparse.Sizes[(int)run["one_se"]!], sparse.Best);
            Assert.Equal(least.Best.Rss, least.Model.Rss);
            Assert.Contains(least.Model.Notes, static n => n.Code == "selected");
        }
    }

    [Fact]
    public void Folds_from_moments_find_what_fitting_all_subsets_of_each_folds_rows_finds() =>
        (from columns in Gen.Int[1, 3]
         from rows in Gen.Int[20, 40]
         from values in Gen.Int[-9, 9].Array[rows * (columns + 2)]
         select (columns, rows, values)).Sample(
            static problem =>
            {
                (int columns, int rows, int[] values) = problem;
                Table Part(Func<int, bool> takes)
                {
                    int[] places = [.. Enumerable.Range(0, rows).Where(takes)];
                    double[] Column(int j) => [.. places.Select(i => (double)values[(j * rows) + i])];
                    Table table = new Table().With("y", Column(0)).With("x0", Column(1)).With("g", [.. places.Select(static i => (string?)"abc"[i / 3 % 3].ToString())]);
                    for (int j = 1; j <= columns; j++)
                    {
                        table = table.With($"x{j}", Column(j + 1));
                    }
                    return table.With("fold", [.. places.Select(static i => (string?)$"f{i % 3}")]);
                }
                string[] terms = ["x0", "g", .. Enumerable.Range(1, columns).Select(static j => $"x{j}"), "x0:g"];
                SelectionResult result = SubsetSelection.BestSubsets(
                    $"y ~ {string.Join(" + ", terms)}", Part(static _ => true),
                    new() { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 3, Group = "fold" } });
                int product = 1 << (terms.Length - 1);
                int[] masks = [.. Enumerable.Range(0, 1 << terms.Length).Where(mask => (mask & product) == 0 || (mask & 3) == 3)];
                for (int size = 0; size <= terms.Length; size++)
                {
                    double sum = 0;
                    bool isDecided = true;
                    for (int fold = 0; fold < 3; fold++)
                    {
                        Table training = Part(i => i % 3 != fold), own = Part(i => i % 3 == fold);
                        LinearModel[] fits = [.. masks.Where(mask => int.PopCount(mask) == size).Select(mask => LinearRegression.Fit(
                            $"y ~ 1 {string.Concat(terms.Where((_, t) => (mask >> t & 1) != 0).Select(static t => $" + {t}"))}", training)).OrderBy(static m => m.Rss)];
                        // Two models of one error are a tie that either may win.
                        isDecided &= fits.Length < 2 || fits[1].Rss > fits[0].Rss * (1 + 1e-9);
                        sum += fits[0].Predict(own).Rows.Zip(Enumerable.Range(0, rows).Where(i => i % 3 == fold), (p, i) => Math.Pow(p.Estimate - values[i], 2)).Sum();
                    }
                    if (isDecided)
                    {
                        Assert.Equal(sum / rows, result.Validation!.Scores[size].Mean, 1e-9 * (1 + (sum / rows)));
                    }
                }
                Assert.Equal(result.Validation!.Scores.Min(static s => s.Mean), result.Validation.Scores[result.Sizes.ToList().IndexOf(result.Best)].Mean);
            },
            iter: 12);

    [Fact]
    public void Going_both_ways_is_between_going_back_and_looking_at_all()
    {
        foreach (JsonNode? golden in _cases.Where(static c => (string)c!["name"]! is "mtcars" or "Boston" or "birthwt"))
        {
            string formula = (string)golden!["formula"]!;
            Table table = Columns(golden["columns"]!);
            var options = new SelectionOptions { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 5 }, Direction = StepDirection.Both };
            double[] both = Rss(SubsetSelection.Stepwise(formula, table, options)), all = Rss(SubsetSelection.BestSubsets(formula, table, options));
            double[] back = Rss(SubsetSelection.Stepwise(formula, table, options with { Direction = StepDirection.Backward }));
            Assert.All(both.Index(), size => Assert.InRange(size.Item, all[size.Index], back[size.Index]));
            Assert.True((string)golden["name"]! != "mtcars" || both.Sum() < back.Sum(), "On mtcars a term that was dropped early comes back.");
        }

        static double[] Rss(SelectionResult result) => [.. result.Sizes.Select(static m => m.Rss)];
    }

    [Fact]
    public void Test_rows_judge_the_model_selected_and_take_no_part()
    {
        Table table = Columns(_cases.First(static c => (string)c!["name"]! == "Boston")!["columns"]!);
        const string formula = "medv ~ crim + nox + rm + age + dis + rad + tax + ptratio";
        var division = new FoldOptions { Holdout = 0.2, Test = 0.2 };
        SelectionResult result = SubsetSelection.BestSubsets(formula, table, new() { Criterion = SelectionCriterion.ValidationError, Folds = division });
        FoldMoments parts = DesignMoments.ReadFolds(formula, table, division);
        FoldEvaluation test = result.Validation!.Test!;
        Assert.Equal(parts.Test!.Rows.Used, test.ValidationRows);
        Assert.Equal(parts.Development.Rows.Used, result.Model.Rows.Used);
        LinearModel again = parts.Development.Select(result.Best.Formula).Fit();
        Assert.Equal(again.Coefficients.Select(static c => c.Estimate), result.Model.Coefficients.Select(static c => c.Estimate));
        Assert.Equal(again.Rss / again.Observations, test.TrainingError, 1e-12 * test.TrainingError);
        PlumblineException refused = Assert.Throws<PlumblineException>(() => SubsetSelection.BestSubsets(formula, table, new() { Criterion = SelectionCriterion.OneStandardError, Folds = division }));
        Assert.Contains("no standard error", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sampling_weights_have_no_criterion_and_a_validation()
    {
        Table table = Columns(_cases.First(static c => (string)c!["name"]! == "Boston, weighted")!["columns"]!);
        SelectionResult result = SubsetSelection.Stepwise(
            "medv ~ crim + rm + age", table,
            new() { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 5, Group = "fold" }, Fit = new() { Weights = "w", WeightKind = WeightKind.Sampling } });
        Assert.All(result.Sizes, static m => Assert.True(double.IsNaN(m.Aic) && double.IsNaN(m.Bic)));
        Assert.All(result.Validation!.Scores, static s => Assert.True(s.Mean > 0));
    }

    [Fact]
    public void A_criterion_that_validates_needs_folds_and_folds_such_a_criterion()
    {
        Table table = Columns(_cases[0]!["columns"]!);
        string Code(SelectionOptions options) => Assert.Throws<PlumblineException>(() => SubsetSelection.Stepwise("mpg ~ wt", table, options)).Code;
        Assert.Equal("option", Code(new() { Criterion = SelectionCriterion.ValidationError }));
        Assert.Equal("option", Code(new() { Folds = new() }));
        Assert.Equal("too-many-folds", Code(new() { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 40 } }));
    }

    [Fact]
    public void A_level_that_a_folds_training_rows_miss_is_told()
    {
        Table table = new Table("rows")
            .With("y", [1, 2, 3, 5, 4, 6, 9, 7]).With("x", [1, 2, 3, 4, 5, 6, 7, 9])
            .With("g", new string?[] { "a", "a", "a", "a", "a", "a", "b", "b" })
            .With("fold", new string?[] { "p", "q", "p", "q", "p", "q", "r", "r" });
        SelectionResult result = SubsetSelection.BestSubsets("y ~ x + g", table, new() { Criterion = SelectionCriterion.ValidationError, Folds = new() { Folds = 3, Group = "fold" } });
        Assert.Contains("1 of 3 folds", Assert.Single(result.Model.Notes, static n => n.Code == "constant-in-fold").Text, StringComparison.Ordinal);
    }

    private static Table Columns(JsonNode columns) => columns.AsObject().Aggregate(new Table("golden"), static (t, column) =>
    {
        JsonArray values = column.Value!.AsArray();
        return values[0]!.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? t.With(column.Key, values.Select(static v => (string?)v).ToArray())
            : t.With(column.Key, values.Select(static v => (double)v!).ToArray());
    });

    private static string Terms(JsonNode? terms) => Terms(terms!.AsArray().Select(static v => (string)v!));

    private static string Terms(IEnumerable<string> terms) =>
        string.Join(" + ", terms.Select(static t => string.Join(':', t.Split(':').Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));

    private static void Same(JsonNode expected, IEnumerable<double> found) =>
        Assert.All(expected.AsArray().Select(static v => (double)v!).Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
}
