namespace Plumbline.Tests;

/// <summary>What a design says about itself: inputs, sources of rounding, degrees, notes.</summary>
public class DesignTests
{
    private static readonly Schema Data = new(
    [
        new("y", ColumnType.Number), new("x", ColumnType.Number), new("n", ColumnType.Integer), new("w", ColumnType.Number),
        new("city", ColumnType.Text), new("f", ColumnType.Number, ColumnInfo.SingleUnit),
    ]);

    [Fact]
    public void Inputs_are_the_columns_to_read_with_the_weights_last()
    {
        Assert.Equal(["x", "n", "y", "w"], Design.Create("y ~ x + log(n) + x:n", Data, "w").Inputs);
        Assert.Equal(["w", "y"], Design.Create("y ~ w", Data, "w").Inputs);
        Assert.Equal(["y"], Design.Create("y ~ 1", Data).Inputs);
        Assert.Equal(["y"], Design.Create("y ~ x - x", Data).Inputs);
    }

    [Fact]
    public void The_dot_leaves_out_response_weights_and_text_and_says_so()
    {
        Design design = Design.Create("log(y) ~ .", Data, "w");
        Assert.Equal(["(Intercept)", "x", "n", "f", "log(y)"], design.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        Note note = Assert.Single(design.Notes);
        Assert.Equal("text-columns-left-out", note.Code);
        Assert.Contains("`city`", note.Text, StringComparison.Ordinal);
        Assert.Empty(Design.Create("y ~ x", Data).Notes);
    }

    [Theory]
    [InlineData("y ~ x^2", "power-is-crossing", "I(x^2)")]
    [InlineData("y ~ n + (x)^3", "power-is-crossing", "I((x)^3)")]
    [InlineData("y ~ x + y", "response-among-predictors", "`y`")]
    public void What_a_formula_does_not_mean_is_noted(string formula, string code, string part)
    {
        Note note = Assert.Single(Design.Create(formula, Data).Notes);
        Assert.Equal(code, note.Code);
        Assert.Contains(part, note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Crossing_of_several_is_not_noted() => Assert.Empty(Design.Create("y ~ (x + n)^2 + w^1", Data).Notes);

    [Theory]
    [InlineData("I(x^3)", "x:3")]
    [InlineData("I(x*n)", "n:1 x:1")]
    [InlineData("x:n", "n:1 x:1")]
    [InlineData("I(2015 - x)", "x:1")]
    [InlineData("I(x^2):x", "x:3")]
    [InlineData("I(x^2 + x*n - n)", "n:1 x:2")]
    [InlineData("I(3 * x / 2)", "x:1")]
    [InlineData("log(x)", "log(x):1")]
    [InlineData("log(x):x", "log(x):1 x:1")]
    [InlineData("I(log(x)^2)", "log(x):2")]
    [InlineData("I(x/n)", "x/n:1")]
    [InlineData("I(1/x + n)", "1/x:1 n:1")]
    [InlineData("I(x^-1)", "x^-1:1")]
    [InlineData("I(x^0.5)", "x^0.5:1")]
    [InlineData("I(-(x))", "x:1")]
    public void Degrees_tell_how_a_column_depends_on_what_was_measured(string term, string degrees)
    {
        Design design = Design.Create($"y ~ {term}", Data);
        IReadOnlyList<int> found = design.Columns[1].Degrees;
        Assert.Equal(design.Sources.Count, found.Count);
        Assert.Equal(
            degrees,
            string.Join(' ', design.Sources.Zip(found).Where(static p => p.Second != 0).Select(static p => $"{p.First.Name}:{p.Second}").Order(StringComparer.Ordinal)));
        Assert.All(design.Columns[0].Degrees, static d => Assert.Equal(0, d));
    }

    [Fact]
    public void Sources_have_the_unit_of_their_column_and_functions_that_of_a_double_or_coarser()
    {
        Design design = Design.Create("y ~ x + n + f + log(n) + log(f)", Data);
        Dictionary<string, double> units = design.Sources.ToDictionary(static s => s.Name, static s => s.Unit, StringComparer.Ordinal);
        Assert.Equal(ColumnInfo.DoubleUnit, units["x"]);
        Assert.Equal(0, units["n"]);
        Assert.Equal(ColumnInfo.SingleUnit, units["f"]);
        Assert.Equal(ColumnInfo.DoubleUnit, units["log(n)"]);
        Assert.Equal(ColumnInfo.SingleUnit, units["log(f)"]);
    }

    [Fact]
    public void Pieces_are_the_factors_of_a_name()
    {
        Design design = Design.Create("y ~ x:log(n)", Data);
        Assert.Equal("x:log(n)", design.Columns[1].Name);
        Assert.Equal(["x", "log(n)"], design.Columns[1].Pieces.Select(static p => p.Variable), StringComparer.Ordinal);
    }

    [Fact]
    public void A_column_called_pi_wins_over_the_number()
    {
        var schema = new Schema([new("y", ColumnType.Number), new("pi", ColumnType.Number)]);
        Assert.Equal(["pi", "y"], Design.Create("y ~ pi", schema).Inputs);
        Assert.Equal("formula", Assert.Throws<PlumblineException>(() => Design.Create("y ~ I(2*pi)", Data)).Code);
    }

    [Theory]
    [InlineData("a", "b", 1)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Edits_are_counted(string a, string b, int distance) => Assert.Equal(distance, NearestName.Distance(a, b));

    [Fact]
    public void A_wrong_guess_is_worse_than_none() => Assert.Null(NearestName.Find("income", ["price", "age"]));
}
