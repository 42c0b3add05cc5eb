using System.Text.Json.Nodes;
using CsCheck;

namespace Plumbline.Tests.Selection;

public class SubsetSelectionTests
{
    private static readonly JsonArray _cases = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFiles.Golden, "subsets", "subsets.json")))!["cases"]!.AsArray();

    public static TheoryData<string> Names => [.. _cases.Select(static c => (string)c!["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_those_of_stepAIC(string name)
    {
        (JsonNode golden, string formula, Table table) = Case(name);
        foreach (JsonNode? run in golden["stepwise"]!.AsArray())
        {
            var options = new SelectionOptions
            {
                Criterion = (string)run!["criterion"]! == "aic" ? SelectionCriterion.Aic : SelectionCriterion.Bic,
                Direction = Enum.Parse<StepDirection>((string)run["direction"]!, ignoreCase: true),
            };
            SelectionResult result = SubsetSelection.Stepwise(formula, table, options);
            string[] steps = [.. result.Steps.Skip(1).Select(static s => s.Added is null ? $"- {s.Dropped}" : $"+ {s.Added}")];
            Assert.Equal(string.Join(", ", Texts(run["steps"])), string.Join(", ", steps));
            Assert.Equal(Sorted(Texts(run["terms"])), Sorted(result.Best.Terms));
            Same((double)run["aic"]!, result.Best.Aic);
            Same((double)run["bic"]!, result.Best.Bic);
            Same((double)run["rss"]!, result.Best.Rss);
            Assert.Equal(result.Best.Rss, result.Model.Rss);
            Assert.Contains(result.Model.Notes, static n => n.Code == "selected");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Best_subsets_are_those_found_by_fitting_all(string name)
    {
        (JsonNode golden, string formula, Table table) = Case(name);
        JsonNode expected = golden["subsets"]!;
        foreach (SelectionCriterion criterion in new[] { SelectionCriterion.Aic, SelectionCriterion.Bic })
        {
            SelectionResult result = SubsetSelection.BestSubsets(formula, table, new() { Criterion = criterion });
            JsonArray sizes = expected["sizes"]!.AsArray();
            Assert.Equal(sizes.Count, result.Sizes.Count);
            for (int k = 0; k < sizes.Count; k++)
            {
                Same((double)sizes[k]!["rss"]!, result.Sizes[k].Rss);
                Assert.Equal(Sorted(Texts(sizes[k]!["terms"])), Sorted(result.Sizes[k].Terms));
            }
            JsonNode best = expected[criterion == SelectionCriterion.Aic ? "aic" : "bic"]!;
            Same((double)best["value"]!, criterion == SelectionCriterion.Aic ? result.Best.Aic : result.Best.Bic);
            Assert.Equal(Sorted(Texts(best["terms"])), Sorted(result.Best.Terms));
            Assert.Equal(result.Best.Rss, result.Model.Rss);
        }
    }

    [Fact]
    public void Branch_and_bound_finds_what_looking_at_all_finds() =>
        (from columns in Gen.Int[2, 7]
         from twin in Gen.Bool
         from kept in Gen.Int[0, 1]
         from rows in Gen.Int[12, 25]
         from values in Gen.Int[-9, 9].Array[rows * (columns + 1)]
         select (columns, twin, kept, rows, values)).Sample(
            static problem =>
            {
                (int columns, bool twin, int kept, int rows, int[] values) = problem;
                double[] Column(int j) => [.. values.Skip(j * rows).Take(rows).Select(static v => (double)v)];
                Table table = new Table().With("y", Column(columns)).With("g", [.. Enumerable.Range(0, rows).Select(static i => (string?)"abc"[i * i % 3].ToString())]);
                for (int j = 0; j < columns; j++)
                {
                    // With a twin the last column is the sum of two others: alone it counts, beside both it is aliased.
                    table = table.With($"x{j}", twin && columns > 2 && j == columns - 1 ? [.. Column(0).Zip(Column(1), static (a, b) => a + b)] : Column(j));
                }
                string formula = $"y ~ x0 * g + {string.Join(" + ", Enumerable.Range(1, columns - 1).Select(static j => $"x{j}"))}";
                var options = new SelectionOptions { Criterion = SelectionCriterion.Bic, Keep = kept == 1 ? ["x1"] : [] };
                SelectionResult result = SubsetSelection.BestSubsets(formula, table, options);

                var candidates = new CandidateModels(DesignMoments.Read(formula, table), options.Keep);
                int terms = candidates.Terms.Count;
                SubsetModel[] all = [.. Enumerable.Range(0, 1 << terms)
                    .Select(mask => Enumerable.Range(0, terms).Where(t => (mask >> t & 1) != 0).ToArray())
                    .Where(set => candidates.Kept.All(set.Contains) && set.All(t => candidates.Margins[t].All(set.Contains)))
                    .Select(candidates.Fit)];
                Assert.Equal(all.Min(static m => m.Bic), result.Best.Bic);
                IGrouping<int, SubsetModel>[] sizes = [.. all.GroupBy(static m => m.Terms.Count).OrderBy(static g => g.Key)];
                Assert.Equal(sizes.Select(static g => g.Min(static m => m.Rss)), result.Sizes.Select(static m => m.Rss));
            },
            iter: 60);

    [Fact]
    public void Thirty_columns_are_few()
    {
        SyntheticData data = new([.. Enumerable.Range(0, 30).Select(static j => j % 3 == 0 ? 0.5 / (1 + (j / 6)) : 0)], bias: 1, noise: 1, rows: 400, seed: 5);
        SelectionResult result = SubsetSelection.BestSubsets($"y ~ {string.Join(" + ", Enumerable.Range(1, 30).Select(static j => $"x{j}"))}", data.ToTable(), new() { Criterion = SelectionCriterion.Bic });
        Assert.Equal(31, result.Sizes.Count);
        Assert.InRange(result.Examined, 31, 1L << 26);
        SelectionResult steps = SubsetSelection.Stepwise(result.Formula, data.ToTable(), new() { Criterion = SelectionCriterion.Bic });
        Assert.True(result.Best.Bic <= steps.Best.Bic);
        Assert.Superset(new HashSet<string>(["x1", "x4", "x7"], StringComparer.Ordinal), result.Best.Terms.ToHashSet(StringComparer.Ordinal));
        for (int k = 1; k < 31; k++)
        {
            Assert.True(result.Sizes[k].Rss <= result.Sizes[k - 1].Rss);
        }
    }

    [Fact]
    public void Terms_to_keep_stay_with_what_they_are_made_of()
    {
        (_, string formula, Table table) = Case("iris");
        foreach (SelectionResult result in new[]
        {
            SubsetSelection.BestSubsets(formula, table, new() { Criterion = SelectionCriterion.Bic, Keep = ["Sepal.Width:Species"] }),
            SubsetSelection.Stepwise(formula, table, new() { Criterion = SelectionCriterion.Bic, Direction = StepDirection.Forward, Keep = ["Sepal.Width:Species"] }),
        })
        {
            Assert.Superset(new HashSet<string>(["Sepal.Width", "Species", "Sepal.Width:Species"], StringComparer.Ordinal), result.Best.Terms.ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Rows_that_only_the_whole_formula_drops_come_back_and_are_told()
    {
        (_, _, Table table) = Case("swiss");
        Table holes = table.With("noise", [.. Enumerable.Range(0, table.Rows).Select(static i => i < 5 ? double.NaN : i * i % 7)]);
        SelectionResult result = SubsetSelection.Stepwise("Fertility ~ Education + Catholic + noise", holes);
        Assert.DoesNotContain("noise", result.Best.Terms, StringComparer.Ordinal);
        Assert.Equal(47, result.Model.Rows.Used);
        Assert.Contains(result.Model.Notes, static n => n.Code == "selected-on-fewer-rows");
    }

    [Fact]
    public void What_cannot_be_selected_is_refused()
    {
        (_, string formula, Table table) = Case("iris");
        string Code(string text, SelectionOptions? options = null) => Assert.Throws<PlumblineException>(() => SubsetSelection.BestSubsets(text, table, options)).Code;
        Assert.Equal("option", Code(formula, new() { Keep = ["Speces"] }));
        Assert.Equal("option", Code("Sepal.Length ~ 0 + Species + Petal.Width"));
        Assert.Equal("no-likelihood", Code(formula, new() { Fit = new() { Weights = "Petal.Width", WeightKind = WeightKind.Sampling } }));
        Assert.Equal("unknown-column", Code("Sepal.Length ~ nothing"));
        Assert.Equal("too-many-columns", Code($"Sepal.Length ~ {string.Join(" + ", Enumerable.Range(1, 41).Select(static k => $"I(Petal.Width^{k})"))}"));
    }

    private static (JsonNode Golden, string Formula, Table Table) Case(string name)
    {
        JsonNode golden = _cases.First(c => (string)c!["name"]! == name)!;
        Table table = golden["columns"]!.AsObject().Aggregate(new Table(name), static (t, column) =>
        {
            JsonArray values = column.Value!.AsArray();
            return values[0]!.GetValueKind() == System.Text.Json.JsonValueKind.String
                ? t.With(column.Key, values.Select(static v => (string?)v).ToArray())
                : t.With(column.Key, values.Select(static v => (double)v!).ToArray());
        });
        return (golden, (string)golden["formula"]!, table);
    }

    private static string[] Texts(JsonNode? node) => [.. node!.AsArray().Select(static v => (string)v!)];

    // R writes the parts of a product in the order in which they came in.
    private static string Sorted(IEnumerable<string> terms) =>
        string.Join(" + ", terms.Select(static t => string.Join(':', t.Split(':').Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));

    private static void Same(double expected, double found) => Assert.Equal(expected, found, 1e-9 * Math.Abs(expected));
}
