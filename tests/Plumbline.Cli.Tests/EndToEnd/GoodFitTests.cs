using System.Text.Json;

namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>Fits that succeed: what is printed, in every form, ordinary and degenerate.</summary>
public sealed class GoodFitTests : BuiltTool
{
    private const string Few = "x,y,z,t\n1,2,1,a\n2,NA,,b\n3,3,4,c\n4,7,5,d\n5,1,NA,e\n7,8,9,f\n";

    [Fact]
    public void Text_is_what_the_readme_shows()
    {
        Ended ended = Run("fit", Houses, "price ~ sqft_living + age");
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        Assert.Contains("\nage             2353.73     61.8248    38.07   5.09e-307     2232.55      2474.91              16\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\nRows                 21,613 read, 21,613 used, 0 dropped\n", ended.Output, StringComparison.Ordinal);
        string readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Houses)!, "..", "README.md"));
        Assert.Contains(ended.Output.Replace(Houses, "data/houses.csv", StringComparison.Ordinal), readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_is_a_table()
    {
        string[] lines = Run("fit", Houses, "price ~ sqft_living + age", "--markdown").Output.Split('\n');
        Assert.Equal("# `price ~ sqft_living + age`", lines[0]);
        Assert.Contains("| age | 2353.73 | 61.8248 | 38.07 | 5.09e-307 | 2232.55 | 2474.91 | 16 |", lines, StringComparer.Ordinal);
        Assert.All(lines.Where(static l => l.StartsWith('|')), static l => Assert.Equal(9, l.Count(static c => c == '|')));
    }

    [Theory]
    [InlineData("precision", "kind column", 11, "classical")]
    [InlineData("frequency", "kind column observations", 146, "classical")]
    [InlineData("sampling", "kind column", 11, "HC1")]
    public void Weights_have_a_kind(string kind, string keys, int df, string covariance)
    {
        string rows = string.Join('\n', Enumerable.Range(1, 20).Select(static i => $"{i},{(i * i % 7) + i},{"abc"[i % 3]},{i % 4 * 5}"));
        JsonElement fit = Fit(Write("w.csv", $"x,y,f,w\n{rows}\n"), "y ~ x + f", "--weights", "w", "--weight-kind", kind);
        Keys(fit.GetProperty("weights"), keys);
        Assert.Equal(kind, fit.GetProperty("weights").GetProperty("kind").GetString());
        Assert.Equal(15, fit.GetProperty("rows").GetProperty("used").GetInt32());
        Assert.Equal(df, fit.GetProperty("df_residual").GetInt32());
        Assert.Equal(covariance, fit.GetProperty("covariance").GetProperty("kind").GetString());
        Assert.Equal(kind == "sampling" ? JsonValueKind.Null : JsonValueKind.Number, fit.GetProperty("aic").ValueKind);
    }

    [Fact]
    public void Json_keeps_the_contract()
    {
        JsonElement fit = Fit(Houses, "price ~ sqft_living + sqft_above + sqft_basement", "--weights", "grade");
        Keys(fit, "schema plumbline formula source arithmetic reading weights rows rank df_model df_residual level coefficients aliased covariance " +
            "rss tss sigma r_squared adj_r_squared r_squared_kind f log_likelihood aic bic condition notes model checksum");
        Keys(fit.GetProperty("weights"), "kind column");
        Keys(fit.GetProperty("rows"), "read used dropped");
        Keys(fit.GetProperty("rows").GetProperty("dropped"), "total by_column");
        Keys(fit.GetProperty("covariance"), "kind matrix");
        Keys(fit.GetProperty("f"), "value df1 df2 p");
        Assert.All(fit.GetProperty("coefficients").EnumerateArray(), static c => Keys(c, "name pieces estimate std_error t df p lower upper digits std_error_digits"));
        Assert.All(fit.GetProperty("aliased").EnumerateArray(), static c => Keys(c, "name pieces equals exact"));
        Assert.Equal("plumbline/fit/1 exact double precision grade centered", string.Join(' ', new[]
        {
            fit.GetProperty("schema"), fit.GetProperty("arithmetic"), fit.GetProperty("reading"),
            fit.GetProperty("weights").GetProperty("kind"), fit.GetProperty("weights").GetProperty("column"), fit.GetProperty("r_squared_kind"),
        }));
        int k = fit.GetProperty("coefficients").GetArrayLength();
        Assert.Equal((3, k, 2, 21610), (fit.GetProperty("rank").GetInt32(), fit.GetProperty("covariance").GetProperty("matrix").GetArrayLength(), fit.GetProperty("df_model").GetInt32(), fit.GetProperty("df_residual").GetInt32()));
        for (int i = 0; i < k; i++)
        {
            double error = fit.GetProperty("coefficients")[i].GetProperty("std_error").GetDouble();
            Assert.Equal(error * error, fit.GetProperty("covariance").GetProperty("matrix")[i][i].GetDouble(), 1e-14 * error * error);
        }
    }

    [Fact]
    public void The_file_of_o_holds_what_would_have_been_printed()
    {
        Ended printed = Run("fit", Houses, "price ~ age", "--json");
        Assert.Equal(new Ended(0, "", ""), Run("fit", Houses, "price ~ age", "-o", "fit.json"));
        Assert.Equal(printed.Output, File.ReadAllText(Path.Combine(Folder, "fit.json")));
        Assert.Single(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public void Rows_with_a_missing_value_are_counted_by_column()
    {
        Write("few.csv", Few);
        JsonElement rows = Fit("few.csv", "y ~ x + z").GetProperty("rows");
        Assert.Equal("""{"read":6,"used":4,"dropped":{"total":2,"by_column":{"y":1,"z":2}}}""", JsonSerializer.Serialize(rows));
        Assert.Contains("Rows                 6 read, 4 used, 2 dropped for a missing value (y in 1, z in 2)\n", Run("fit", "few.csv", "y ~ x + z").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dot_is_the_numeric_columns_and_names_the_others()
    {
        Ended ended = Run("fit", Write("few.csv", Few), "y ~ .");
        Assert.Contains("Notes:\n- `.` stands for the numeric columns; it leaves out `t`.\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["(Intercept)", "x", "z"], Names(Fit("few.csv", "y ~ .")));
    }

    [Fact]
    public void A_power_of_a_column_is_crossing_and_a_note_says_so()
    {
        Write("few.csv", Few);
        Assert.Contains("- `x^2` crosses `x` with itself, which is `x` again; for the power of its values write `I(x^2)`.\n", Run("fit", "few.csv", "y ~ x^2").Output, StringComparison.Ordinal);
        Assert.Equal(["(Intercept)", "x"], Names(Fit("few.csv", "y ~ x^2")));
        Assert.Equal(["(Intercept)", "I(x^2)"], Names(Fit("few.csv", "y ~ I(x^2)")));
    }

    [Fact]
    public void Names_may_have_dots_and_in_backquotes_anything()
    {
        Write("names.csv", "Sepal.Length,unit price,y.1\n1,2,3\n2,5,3\n4,4,7\n5,1,9\n");
        Assert.Equal(["(Intercept)", "Sepal.Length", "`unit price`"], Names(Fit("names.csv", "y.1 ~ Sepal.Length + `unit price`")));
    }

    [Fact]
    public void Hostile_names_reach_the_terminal_as_plain_text()
    {
        Write("h.csv", "\"\u001b[31mred\u001b[0m\",\"[red]x[/]\",\"a\nb\",y\n1,2,3,4\n2,3,4,4\n4,1,3,0\n5,5,5,1\n7,5,2,8\n");
        foreach (string form in (string[])["--level=0.9", "--markdown", "--json"])
        {
            Ended ended = Run("fit", "h.csv", "y ~ .", form);
            Assert.Equal((0, ""), (ended.Exit, ended.Error));
            Assert.DoesNotContain(ended.Output, static c => char.IsControl(c) && c != '\n');
            Assert.Contains("red", ended.Output, StringComparison.Ordinal);
        }
        Assert.Contains("\n`[red]x[/]` ", Run("fit", "h.csv", "y ~ `[red]x[/]`").Output, StringComparison.Ordinal);
        Assert.Equal("`a\\nb`", Names(Fit("h.csv", "y ~ ."))[3]);
    }

    [Fact]
    public void An_exact_fit_has_no_t_and_an_infinite_F()
    {
        Write("line.csv", "x,y\n1,3\n2,5\n3,7\n4,9\n");
        JsonElement fit = Fit("line.csv", "y ~ x");
        Assert.Equal((0, 0), (fit.GetProperty("rss").GetDouble(), fit.GetProperty("coefficients")[1].GetProperty("std_error").GetDouble()));
        Assert.Equal("Infinity", fit.GetProperty("f").GetProperty("value").GetString());
        Undefined(fit.GetProperty("coefficients")[1], "t", "p");
        Undefined(fit, "log_likelihood", "aic", "bic");
        Says("line.csv", "y ~ x", "F                    ∞ on 1 and 2 degrees of freedom, p undefined\n", "Notes:\n- The fit goes through every row exactly");
    }

    [Fact]
    public void As_many_coefficients_as_rows_leave_no_standard_errors()
    {
        Write("np.csv", "a,b,y\n1,2,4\n2,1,5\n3,5,9\n");
        JsonElement fit = Fit("np.csv", "y ~ a + b");
        Assert.Equal((3, 0), (fit.GetProperty("rank").GetInt32(), fit.GetProperty("df_residual").GetInt32()));
        Undefined(fit, "sigma", "adj_r_squared");
        Assert.All(fit.GetProperty("coefficients").EnumerateArray(), static c => Undefined(c, "std_error", "t", "p", "lower", "upper", "std_error_digits"));
        Says("np.csv", "y ~ a + b", "Residual std. error  undefined on 0 degrees of freedom\n", "There are as many coefficients as rows");
    }

    [Fact]
    public void More_columns_than_rows_are_aliased_with_their_equations()
    {
        Write("pn.csv", "a,b,c,d,y\n1,2,3,4,4\n2,1,7,5,5\n3,3,1,9,9\n");
        Assert.Equal(["(Intercept)", "a", "b"], Names(Fit("pn.csv", "y ~ a + b + c + d")));
        Says("pn.csv", "y ~ a + b + c + d", "Aliased, without a coefficient:\n- c = 9 + ", "- d = 2 × a + b\n");
    }

    [Fact]
    public void A_constant_response_has_no_R_squared()
    {
        Write("constant.csv", "x,y\n1,5\n2,5\n3,5\n4,5\n");
        JsonElement fit = Fit("constant.csv", "y ~ x");
        Undefined(fit, "r_squared", "adj_r_squared");
        Assert.Equal((5, 0), (fit.GetProperty("coefficients")[0].GetProperty("estimate").GetDouble(), fit.GetProperty("coefficients")[1].GetProperty("estimate").GetDouble()));
        Says("constant.csv", "y ~ x", "R²                   undefined, adjusted undefined\n", "y has one value only: R² is not defined.");
    }

    [Fact]
    public void A_constant_column_is_aliased_with_the_intercept()
    {
        Write("constant.csv", "x,c,y\n1,5,2\n2,5,3\n3,5,5\n4,5,4\n");
        Says("constant.csv", "y ~ x + c", "Aliased, without a coefficient:\n- c = 5\n");
    }

    [Fact]
    public void Without_intercept_R_squared_is_uncentered_and_says_so()
    {
        Assert.Equal("uncentered", Fit(Houses, "price ~ 0 + sqft_living").GetProperty("r_squared_kind").GetString());
        Says(Houses, "price ~ sqft_living - 1", "(uncentered: the model has no intercept)\n");
        Assert.Equal(["sqft_living"], Names(Fit(Houses, "price ~ sqft_living - 1")));
    }

    private void Says(string data, string formula, params string[] texts)
    {
        Ended ended = Run("fit", data, formula);
        Assert.Equal((0, ""), (ended.Exit, ended.Error));
        Assert.All(texts, t => Assert.Contains(t, ended.Output, StringComparison.Ordinal));
    }

    private static string[] Names(JsonElement fit) => [.. fit.GetProperty("coefficients").EnumerateArray().Select(static c => c.GetProperty("name").GetString()!)];

    private static void Keys(JsonElement element, string expected) => Assert.Equal(expected, string.Join(' ', element.EnumerateObject().Select(static p => p.Name)));

    private static void Undefined(JsonElement element, params string[] keys) => Assert.All(keys, k => Assert.Equal(JsonValueKind.Null, element.GetProperty(k).ValueKind));
}
