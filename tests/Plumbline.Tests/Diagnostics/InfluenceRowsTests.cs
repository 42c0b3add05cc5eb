using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.Tests.Diagnostics;

/// <summary>Rows of a fit, one by one: against R's <c>influence.measures</c>, and against fits made without the row.</summary>
public sealed class InfluenceRowsTests
{
    private const double Agreement = 1e-10;

    [Theory]
    [InlineData("cars", "mpg ~ wt + hp + cyl", null)]
    [InlineData("weighted", "mpg ~ wt * cyl", "qsec")]
    [InlineData("stackloss", "stack.loss ~ Air.Flow + I(Water.Temp^2)", null)]
    public void Every_measure_is_that_of_R(string name, string formula, string? weights)
    {
        (_, InfluenceRow[] found) = Rows(formula, Read(name), new FitOptions { Weights = weights });
        string[][] lines = Lines(name + "-influence");
        Assert.Equal(lines.Length - 1, found.Length);
        foreach ((InfluenceRow row, string[] line) in found.Zip(lines.Skip(1)))
        {
            double[] actual =
            [
                row.Row, row.Fitted, row.Residual, row.Leverage, row.Standardized, row.Studentized, row.OutlierP, row.CooksDistance, row.Dffits, row.CovarianceRatio, .. row.Dfbetas,
            ];
            Assert.Equal(lines[0].Length, actual.Length);
            for (int c = 0; c < actual.Length; c++)
            {
                double expected = double.Parse(line[c], CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(actual[c] - expected) <= Agreement * Math.Max(1, Math.Abs(expected)), $"row {row.Row}, {lines[0][c]}: {actual[c]:R}, R has {expected:R}");
            }
        }
    }

    [Fact]
    public void Without_the_row_the_fit_is_what_the_measures_say()
    {
        const string formula = "stack.loss ~ Air.Flow + Water.Temp";
        (LinearModel model, InfluenceRow[] rows) = Rows(formula, Read("stackloss"));
        string[][] lines = Lines("stackloss");
        foreach (InfluenceRow row in rows)
        {
            LinearModel without = LinearRegression.Fit(formula, TableOf([.. lines.Where((_, i) => i != row.Row)]), cancellation: TestContext.Current.CancellationToken);
            for (int j = 0; j < without.Coefficients.Count; j++)
            {
                double error = model.Coefficients[j].StandardError / model.Sigma * without.Sigma;
                double moved = (model.Coefficients[j].Estimate - without.Coefficients[j].Estimate) / error;
                Assert.Equal(moved, row.Dfbetas[j], Agreement);
            }
            Assert.Equal(row.Response, row.Fitted + row.Residual, Agreement);
        }
    }

    [Fact]
    public void A_frequency_stands_for_equal_rows()
    {
        Table few = Table.FromColumns(("x", [1, 2, 4, 7]), ("y", [1, 3, 2, 8]), ("n", [2, 1, 3, 0]));
        Table many = Table.FromColumns(("x", [1, 1, 2, 4, 4, 4]), ("y", [1, 1, 3, 2, 2, 2]));
        InfluenceRow[] counted = Rows("y ~ x", few, new FitOptions { Weights = "n", WeightKind = WeightKind.Frequency }).Rows;
        InfluenceRow[] written = Rows("y ~ x", many).Rows;
        Assert.Equal([1, 2, 3], counted.Select(static r => r.Row));
        foreach ((InfluenceRow a, InfluenceRow b) in counted.Zip([written[0], written[2], written[3]]))
        {
            Assert.Equal(b with { Row = a.Row, Dfbetas = [], PartialResiduals = [] }, a with { Dfbetas = [], PartialResiduals = [] });
            Assert.Equal(b.Dfbetas, a.Dfbetas);
            Assert.Equal(b.PartialResiduals, a.PartialResiduals);
        }
    }

    [Fact]
    public void A_row_of_leverage_1_is_undefined_and_missing_rows_are_left_out()
    {
        Table table = Table.FromColumns(("x", [0, 0, 0, 1, double.NaN]), ("y", [1, 2, 4, 9, 1]));
        InfluenceRow[] rows = Rows("y ~ x", table).Rows;
        Assert.Equal([1, 2, 3, 4], rows.Select(static r => r.Row));
        Assert.Equal(1, rows[3].Leverage);
        Assert.True(double.IsNaN(rows[3].Studentized) && double.IsNaN(rows[3].CooksDistance) && rows[3].Dfbetas.All(double.IsNaN));
        Assert.Equal(double.PositiveInfinity, rows[3].CovarianceRatio);
        Assert.True(double.IsFinite(rows[0].Dffits));
    }

    [Fact]
    public void Of_an_exact_fit_rows_have_fitted_values_and_leverages_and_no_more()
    {
        (LinearModel model, InfluenceRow[] rows) = Rows("y ~ x", Table.FromColumns(("x", [1, 2, 3, 4]), ("y", [2, 4, 6, 8])));
        Assert.Equal(0, model.Rss);
        Assert.Equal([2.0, 4, 6, 8], rows.Select(static r => r.Fitted));
        Assert.Equal(2, rows.Sum(static r => r.Leverage), Agreement);
        Assert.All(rows, static r => Assert.True(r.Residual == 0 && double.IsNaN(r.Studentized) && r.Dfbetas.All(double.IsNaN)));
    }

    private static (LinearModel Model, InfluenceRow[] Rows) Rows(string formula, Table table, FitOptions? options = null)
    {
        LinearModel? seen = null;
        List<InfluenceRow> rows = [];
        ModelCheck check = AssumptionChecks.Run(
            formula,
            table,
            options,
            eachRow: (model, some) =>
            {
                seen = model;
                rows.AddRange(some);
            },
            cancellation: TestContext.Current.CancellationToken);
        Assert.Same(check.Model, seen);
        return (check.Model, [.. rows]);
    }

    private static string[][] Lines(string name) =>
        [.. File.ReadAllLines(Path.Combine(TestFiles.Golden, "influence", name + ".csv")).Select(static l => l.Split(','))];

    private static Table Read(string name) => TableOf(Lines(name));

    private static Table TableOf(string[][] lines)
    {
        Table table = new();
        for (int c = 0; c < lines[0].Length; c++)
        {
            string[] cells = [.. lines.Skip(1).Select(l => l[c])];
            ImmutableArray<double> numbers = [.. cells.Select(static v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) ? x : double.NaN)];
            table = numbers.Any(double.IsNaN) ? table.With(lines[0][c], cells) : table.With(lines[0][c], numbers.ToArray());
        }
        return table;
    }
}
