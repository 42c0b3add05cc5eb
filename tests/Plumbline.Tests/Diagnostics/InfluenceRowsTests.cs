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
        InfluenceRows rows = InfluenceRows.Fit(formula, Read(name), new FitOptions { Weights = weights });
        InfluenceRow[] found = [.. rows.Read(cancellation: TestContext.Current.CancellationToken)];
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
        Table all = Read("stackloss");
        const string formula = "stack.loss ~ Air.Flow + Water.Temp";
        InfluenceRows rows = InfluenceRows.Fit(formula, all);
        string[][] lines = Lines("stackloss");
        foreach (InfluenceRow row in rows.Read(cancellation: TestContext.Current.CancellationToken))
        {
            LinearModel without = LinearRegression.Fit(formula, TableOf([.. lines.Where((_, i) => i != row.Row)]), cancellation: TestContext.Current.CancellationToken);
            for (int j = 0; j < without.Coefficients.Count; j++)
            {
                double error = rows.Model.Coefficients[j].StandardError / rows.Model.Sigma * without.Sigma;
                double moved = (rows.Model.Coefficients[j].Estimate - without.Coefficients[j].Estimate) / error;
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
        InfluenceRow[] counted = [.. InfluenceRows.Fit("y ~ x", few, new FitOptions { Weights = "n", WeightKind = WeightKind.Frequency }).Read(cancellation: TestContext.Current.CancellationToken)];
        InfluenceRow[] written = [.. InfluenceRows.Fit("y ~ x", many).Read(cancellation: TestContext.Current.CancellationToken)];
        Assert.Equal([1, 2, 3], counted.Select(static r => r.Row));
        foreach ((InfluenceRow a, InfluenceRow b) in counted.Zip([written[0], written[2], written[3]]))
        {
            Assert.Equal(b with { Row = a.Row, Dfbetas = [] }, a with { Dfbetas = [] });
            Assert.Equal(b.Dfbetas, a.Dfbetas);
        }
    }

    [Fact]
    public void A_row_of_leverage_1_is_undefined_and_missing_rows_are_left_out()
    {
        Table table = Table.FromColumns(("x", [0, 0, 0, 1, double.NaN]), ("y", [1, 2, 4, 9, 1]));
        InfluenceRow[] rows = [.. InfluenceRows.Fit("y ~ x", table).Read(cancellation: TestContext.Current.CancellationToken)];
        Assert.Equal([1, 2, 3, 4], rows.Select(static r => r.Row));
        Assert.Equal(1, rows[3].Leverage);
        Assert.True(double.IsNaN(rows[3].Studentized) && double.IsNaN(rows[3].CooksDistance) && rows[3].Dfbetas.All(double.IsNaN));
        Assert.Equal(double.PositiveInfinity, rows[3].CovarianceRatio);
        Assert.True(double.IsFinite(rows[0].Dffits));
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
