using CsCheck;

namespace Plumbline.Tests;

/// <summary>Bad formulas: where the caret stands and what is said.</summary>
public class FormulaErrorTests
{
    private static readonly string[] Pieces =
    [
        "y", "x", "a.b", "`q q`", "1", "0", "2.5", ".",
        "log", "I", "(", ")", ",", "=", "~", "+", "-", "*", "/", "^", ":",
        "%in%", "%", "<", "!", "\"s\"", "`", "\\", " ", "\n", "é", "\ud800", "😀",
    ];

    private static readonly Schema Houses = new(
    [
        new("price", ColumnType.Number), new("sqft_living", ColumnType.Integer), new("age", ColumnType.Integer),
        new("zipcode", ColumnType.Text), new("sold", ColumnType.DateTime), new("new", ColumnType.Boolean),
    ]);

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("   ", 3, "empty")]
    [InlineData("price", 5, "no `~`")]
    [InlineData("price = age", 6, "not by `=`")]
    [InlineData("price ~", 7, "Unexpected the end of the formula after `~`")]
    [InlineData("price ~ age +", 13, "after `+`")]
    [InlineData("price ~ age + * age", 14, "Unexpected `*`")]
    [InlineData("price ~ (age", 8, "never closed")]
    [InlineData("price ~ log(age", 11, "never closed")]
    [InlineData("price ~ age)", 11, "Unexpected `)`")]
    [InlineData("price ~ age sqft", 12, "expected an operator")]
    [InlineData("price ~ 2nd", 9, "expected an operator")]
    [InlineData("price ~ a, b", 9, "Unexpected `,`")]
    [InlineData("price ~ a ~ b", 10, "second")]
    [InlineData("price ~ (a ~ b)", 11, "expected an operator")]
    [InlineData("~ ~ b", 2, "Unexpected `~`")]
    [InlineData("price ~ _x", 8, "U+005F")]
    [InlineData("price ~ a − b", 10, "U+2212")]
    [InlineData("price ~ a[1]", 9, "U+005B")]
    [InlineData("price ~ `age", 8, "never ends")]
    [InlineData("price ~ ``", 8, "empty")]
    [InlineData("price ~ \"age\"", 8, "string")]
    [InlineData("price ~ `a\\q`", 10, "means nothing")]
    [InlineData("price ~ a %in b", 10, "second `%`")]
    [InlineData("price ~ 1e999", 8, "larger than any double")]
    [InlineData("price ~ 2", 8, "other than 0 and 1")]
    [InlineData("price ~ age + .5", 14, "other than 0 and 1")]
    [InlineData("price ~ age^0", 12, "whole number")]
    [InlineData("price ~ age^1.5", 12, "whole number")]
    [InlineData("price ~ age^b", 12, "whole number")]
    [InlineData("price ~ age > 3", 12, "not supported between predictors")]
    [InlineData("price ~ !age", 8, "not supported between predictors")]
    [InlineData("price ~ I(age > 3)", 14, "`>` is not supported in a formula yet")]
    [InlineData("price ~ I(age %% 3)", 14, "not supported in a formula yet")]
    [InlineData("price ~ I(!age)", 10, "not supported in a formula yet")]
    [InlineData("price ~ I(age:b)", 13, "For a product, write `*`")]
    [InlineData("price ~ I(.)", 10, "stands for all columns")]
    [InlineData("price ~ I('a')", 10, "string")]
    [InlineData("price ~ I(2)", 8, "no column in it")]
    [InlineData("price ~ I(age^0)", 8, "no column in it")]
    [InlineData("2 ~ age", 0, "no column in it")]
    [InlineData("price ~ C()", 8, "at least one argument, not 0")]
    [InlineData("price ~ C(age, base = b)", 22, "takes a level, not `b`")]
    [InlineData("price ~ C(age, levels = low, high)", 24, "takes a level, not `low`")]
    [InlineData("price ~ C(age, levels = c(1, 2, 1))", 32, "\"1\" is listed twice")]
    [InlineData("price ~ C(age, levels = c())", 24, "at least one level")]
    [InlineData("price ~ C(age, sums)", 15, "treatment, sum, helmert, poly")]
    [InlineData("price ~ C(age, sum, base = 2)", 27, "Only treatment contrasts have a base")]
    [InlineData("price ~ C(age, labels = 2)", 24, "no argument `labels`")]
    [InlineData("price ~ C(age, base = 2, base = 3)", 32, "given twice")]
    [InlineData("price ~ factor(age, ordered = 2)", 30, "takes TRUE or FALSE, not `2`")]
    [InlineData("price ~ relevel(age)", 8, "the level that goes first")]
    [InlineData("price ~ poly(age, 0)", 18, "a whole number from 1 to 50")]
    [InlineData("price ~ poly(age, b)", 18, "a whole number from 1 to 50")]
    [InlineData("price ~ poly(age, 2, 3)", 21, "no further argument")]
    [InlineData("price ~ scale(age, scale = 0)", 27, "a number above 0")]
    [InlineData("price ~ age:offset(z)", 12, "cannot be crossed")]
    [InlineData("price ~ I(poly(age, 2)^2)", 10, "a predictor of its own")]
    [InlineData("price ~ log(factor(age))", 12, "a predictor of its own")]
    [InlineData("price ~ TRUE", 8, "cannot be predictors")]
    [InlineData("price ~ I(age + TRUE)", 16, "where a number")]
    [InlineData("price ~ lgo(age)", 8, "Did you mean `log()`?")]
    [InlineData("price ~ zzzzzz(age)", 8, "Functions are")]
    [InlineData("price ~ log()", 8, "not 0")]
    [InlineData("price ~ sqrt(a, b)", 8, "takes one argument, not 2")]
    [InlineData("price ~ log(a, b)", 15, "base of a logarithm")]
    [InlineData("price ~ log(a, 1)", 15, "base of a logarithm")]
    [InlineData("price ~ log(a, bse = 2)", 21, "no argument `bse`")]
    public void A_bad_formula_says_what_and_where(string text, int position, string part)
    {
        var error = Assert.Throws<PlumblineException>(() => Formula.Parse(text));
        Assert.Equal("formula", error.Code);
        Assert.Equal(position, error.Position);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_shows_the_formula_with_a_caret_below_the_place()
    {
        var error = Assert.Throws<PlumblineException>(() => Formula.Parse("price ~ age + )"));
        Assert.Equal(
            "Unexpected `)`: expected a column, a function or a number.\n"
            + "    price ~ age + )\n"
            + "                  ^\n"
            + "Write what is missing, or remove the operator before it.",
            error.Message);
    }

    [Fact]
    public void A_long_formula_is_shown_around_the_place_without_control_characters()
    {
        string text = "y ~ " + string.Join(" + ", Enumerable.Range(0, 500).Select(static i => $"x{i}")) + " +\u001b[31m)";
        var error = Assert.Throws<PlumblineException>(() => Formula.Parse(text));
        string[] lines = error.Message.Split('\n');
        Assert.InRange(lines[1].Length, 20, 120);
        Assert.Equal(' ', lines[1][lines[2].IndexOf('^')]);      // the escape character, shown as a space
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Theory]
    [InlineData("price ~ sqft_livng", 8, "sqft_livng", "Did you mean `sqft_living`?")]
    [InlineData("price ~ age + log(SQFT.LIVING)", 18, "SQFT.LIVING", "Did you mean `sqft_living`?")]
    [InlineData("prise ~ age", 0, "prise", "Did you mean `price`?")]
    [InlineData("price ~ completely_other", 8, "completely_other", "The columns are `price`, `sqft_living`, `age`, `zipcode`, `sold`, `new`.")]
    public void An_unknown_column_is_answered_with_the_nearest_name(string text, int position, string column, string part)
    {
        var error = Assert.Throws<PlumblineException>(() => Design.Create(text, Houses));
        Assert.Equal("unknown-column", error.Code);
        Assert.Equal(position, error.Position);
        Assert.Equal(column, error.Column);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price ~ log(zipcode)", 12, "zipcode", "holds text")]
    [InlineData("price ~ zipcode + log(zipcode)", 22, "zipcode", "holds text")]
    [InlineData("price ~ poly(zipcode, 2)", 13, "zipcode", "holds text")]
    [InlineData("zipcode ~ age", 0, "zipcode", "needs a number")]
    [InlineData("C(age) ~ price", 0, "age", "needs a number")]
    [InlineData("price ~ I(2*new)", 12, "new", "true and false")]
    public void A_column_without_numbers_is_refused(string text, int position, string column, string part)
    {
        var error = Assert.Throws<PlumblineException>(() => Design.Create(text, Houses));
        Assert.Equal("not-numeric", error.Code);
        Assert.Equal(position, error.Position);
        Assert.Equal(column, error.Column);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wieght", "unknown-column")]
    [InlineData("zipcode", "not-numeric")]
    public void A_column_of_weights_must_exist_and_hold_numbers(string weights, string code)
    {
        var error = Assert.Throws<PlumblineException>(() => Design.Create("price ~ age", Houses, weights));
        Assert.Equal(code, error.Code);
        Assert.Equal(weights, error.Column);
    }

    [Fact]
    public void A_model_needs_a_response()
    {
        Formula formula = Formula.Parse("~ age");
        Assert.Null(formula.Response);
        var error = Assert.Throws<PlumblineException>(() => Design.Create(formula, Houses));
        Assert.Equal("formula", error.Code);
        Assert.Contains("no response", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absurd_depth_is_an_error_and_not_a_stack_overflow()
    {
        foreach (string text in new[]
        {
            "y ~ " + new string('(', 100_000) + "x" + new string(')', 100_000),
            "y ~ " + new string('-', 100_000) + "x",
            "y ~ " + string.Concat(Enumerable.Repeat("log(", 50_000)) + "x",
            "y ~ I(" + string.Join('^', Enumerable.Repeat("x", 50_000)) + ")",
            "y ~ I(" + string.Join('*', Enumerable.Repeat("x", 50_000)) + ")",
            "y ~ " + string.Join(':', Enumerable.Repeat("x", 50_000)),
        })
        {
            var error = Assert.Throws<PlumblineException>(() => Formula.Parse(text));
            Assert.Contains("levels deep", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.Position);
        }
    }

    [Fact]
    public void A_hundred_and_fifty_levels_are_read()
    {
        Formula formula = Formula.Parse("y ~ " + new string('(', 150) + "x" + new string(')', 150));
        Assert.Equal(["x"], formula.Terms);
    }

    [Fact]
    public void Any_text_is_a_formula_or_an_error_with_a_position()
    {
        Gen<string> piece = Gen.OneOf(
            Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]),
            Gen.String[0, 3]);
        piece.Array[0, 12].Select(static pieces => string.Concat(pieces)).Sample(
            static text =>
            {
                foreach (string formula in new[] { text, "y ~ " + text, "y ~ I(" + text + ")" })
                {
                    try
                    {
                        Assert.True(Formula.Parse(formula).Terms.Count >= 0);
                    }
                    catch (PlumblineException error)
                    {
                        Assert.Equal("formula", error.Code);
                        Assert.InRange(error.Position!.Value, 0, formula.Length);
                    }
                }
            },
            iter: 3000,
            threads: 1);
    }

    [Theory]
    [InlineData("y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t)^10")]
    [InlineData("y ~ a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*q*r*s*t*u*v*w*x")]
    [InlineData("y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m+n)^99999999999")]
    public void A_crossing_explosion_is_refused(string text)
    {
        var error = Assert.Throws<PlumblineException>(() => Formula.Parse(text));
        Assert.Equal("formula", error.Code);
        Assert.Contains("more than 10000 terms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_end_is_refused()
    {
        var error = Assert.Throws<PlumblineException>(() => Formula.Parse("y ~ " + new string('x', Formula.MaxLength)));
        Assert.Contains("characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_columns_are_fine_named_or_dotted()
    {
        string[] names = [.. Enumerable.Range(1, 5000).Select(static i => $"x{i}")];
        var schema = new Schema([new("y", ColumnType.Number), .. names.Select(static n => new ColumnInfo(n, ColumnType.Number))]);
        Design named = Design.Create("y ~ " + string.Join('+', names), schema);
        Design dotted = Design.Create("y ~ .", schema);
        Assert.Equal(names, named.Columns.Skip(1).SkipLast(1).Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal(named.Columns.Select(static c => c.Name), dotted.Columns.Select(static c => c.Name), StringComparer.Ordinal);
        Assert.Equal(5001, dotted.Inputs.Count);
        Assert.Equal(1, named.Columns[4321].Degrees[4320]);
        Assert.Equal(1, named.Columns[4321].Degrees.Sum());
    }
}
