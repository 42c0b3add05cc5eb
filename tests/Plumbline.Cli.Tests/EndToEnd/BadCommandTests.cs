namespace Plumbline.Cli.Tests.EndToEnd;

/// <summary>Formulas, conditions and options that are wrong: each is told what and where.</summary>
public sealed class BadCommandTests : BuiltTool
{
    [Fact]
    public void An_unknown_column_is_answered_with_the_nearest_name() => Refused(
        [Houses, "price ~ sqft_livin"], 2, "unknown-column",
        ["There is no column `sqft_livin` in the data.", "price ~ sqft_livin\n            ^\n", "Did you mean `sqft_living`?"], column: "sqft_livin", position: 8);

    [Fact]
    public void A_kind_of_weights_without_weights_is_told() => Refused(
        [Houses, "price ~ age", "--weight-kind", "frequency"], 2, "usage", ["name their column with --weights COLUMN"]);

    [Fact]
    public void An_unknown_kind_of_weights_is_told() => Refused(
        [Houses, "price ~ age", "--weights", "grade", "--weight-kind", "freqency"], 2, "usage", ["expected precision, frequency or sampling"]);

    [Fact]
    public void A_frequency_that_is_no_whole_number_is_told_with_its_row() => Refused(
        [Write("f.csv", "x,y,w\n1,,1\n2,3,2.5\n3,5,2\n"), "y ~ x", "--weights", "w", "--weight-kind", "frequency"], 2, "not-a-frequency", ["f.csv, line 3: the weight `w` is 2.5", "a whole number, 0 or more"], file: "f.csv", line: 3, column: "w");

    [Fact]
    public void An_unknown_column_of_weights_is_told() => Refused(
        [Houses, "price ~ age", "--weights", "grad"], 2, "unknown-column", ["There is no column `grad` in the data to take the weights from.", "Did you mean `grade`?"], column: "grad");

    [Theory]
    [InlineData("price ~ (age", 8, "The parenthesis that opens here is never closed.\n    price ~ (age\n            ^\n")]
    [InlineData("price ~ age +* grade", 13, "Unexpected `*`: expected a column, a function or a number.\n    price ~ age +* grade\n                 ^\n")]
    [InlineData("log(price) ~ foo(age)", 13, "There is no function `foo()`.\n    log(price) ~ foo(age)\n                 ^\n")]
    [InlineData("price age", 6, "\n    price age\n          ^\n")]
    [InlineData("price", 5, "The formula has no `~`.\n    price\n         ^\n")]
    [InlineData("", 0, "The formula is empty.")]
    public void An_error_in_the_formula_is_shown_at_its_place(string formula, int position, string says) =>
        Refused([Houses, formula], 2, "formula", [says], position: position);

    [Fact]
    public void Ten_thousand_parentheses_are_refused() => Refused(
        [Houses, "price ~ " + new string('(', 10_000) + "age" + new string(')', 10_000)], 2, "formula",
        ["The formula is nested more than 200 levels deep.", "^"], position: 208);

    [Fact]
    public void Ten_thousand_signs_are_refused() => Refused(
        [Houses, "price ~ I(" + new string('-', 10_000) + "age)"], 2, "formula", ["The formula is nested more than 200 levels deep."], position: 209);

    [Fact]
    public void Crossing_that_explodes_is_refused() => Refused(
        [Houses, "price ~ " + string.Join('*', Enumerable.Range(0, 60).Select(static i => $"x{i}"))], 2, "formula",
        ["The formula has more than 10000 terms here.", "^"], position: 49);

    [Fact]
    public void Twenty_thousand_terms_are_refused() => Refused(
        [Houses, "price ~ " + string.Join('+', Enumerable.Range(0, 20_000).Select(static i => $"x{i}"))], 2, "formula",
        ["The formula has more than 10000 terms here.", "^"], position: 58_897);

    [Fact]
    public void Text_in_arithmetic_is_told() => Refused(
        [Write("t.csv", "x,y,t\n1,5,a\n2,6,b\n"), "y ~ x + log(t)"], 2, "not-numeric", ["The column `t` holds text ('a' in line 2", "and a number was expected.\n    y ~ x + log(t)\n                ^"], column: "t", position: 12);

    [Fact]
    public void A_number_read_as_text_is_text() => Refused(
        [Write("t.csv", "x,y,zip\n1,5,01\n2,6,02\n"), "y ~ x + log(zip)", "--text", "zip"], 2, "not-numeric", ["The column `zip` holds text"], column: "zip", position: 12);

    [Fact]
    public void A_column_to_be_read_as_text_must_be_there() => Refused(
        [Houses, "price ~ age", "--text", "zipcode,waterfrnt"], 2, "unknown-column", ["no column 'waterfrnt'. Did you mean 'waterfront'?"], file: Houses, column: "waterfrnt");

    [Fact]
    public void Names_of_columns_have_commas_between_them() =>
        Refused([Houses, "price ~ age", "--text", "zipcode,,age"], 2, "usage", ["--text 'zipcode,,age': expected names of columns with commas between them"]);

    [Fact]
    public void A_condition_on_an_unknown_column_is_told() =>
        Refused([Houses, "price ~ age", "--where", "zipcod = 98178"], 2, "where", ["The condition 'zipcod = 98178'", "\"zipcod\" not found"]);

    [Fact]
    public void A_condition_that_is_no_SQL_is_told() =>
        Refused([Houses, "price ~ age", "--where", "zipcode = 98178 )"], 2, "where", ["The condition 'zipcode = 98178 )'", "syntax error at or near \")\""]);

    [Fact]
    public void A_condition_that_no_row_fulfils_is_told() =>
        Refused([Houses, "price ~ age", "--where", "zipcode = 1"], 2, "no-rows", ["houses.csv: the source has no rows.", "Only rows that fulfil 'zipcode = 1' were read."], file: Houses);

    [Theory]
    [InlineData("--level", "95", "--level '95': expected a number between 0 and 1")]
    [InlineData("--threads", "0", "--threads '0': expected a whole number from 1 to 1024.")]
    [InlineData("--threads", "two", "--threads 'two': expected a whole number from 1 to 1024.")]
    public void A_wrong_option_is_told(string option, string value, string says) =>
        Refused([Houses, "price ~ age", option, value], 2, "usage", [says]);

    [Fact]
    public void An_unknown_option_is_answered_with_the_nearest() =>
        Refused([Houses, "price ~ age", "--lvel", "0.9"], 2, "unknown-option", ["'--lvel' is no option of plumb fit. Did you mean '--level'?"]);

    [Fact]
    public void An_unknown_command_is_answered_with_the_nearest() =>
        Assert.Equal(new Ended(2, "", "plumb: 'fti' is no command of plumb. Did you mean 'fit'? See 'plumb --help'.\n"), Run("fti", Houses, "price ~ age"));

    [Fact]
    public void Hostile_names_in_a_message_reach_the_terminal_as_plain_text() => Refused(
        [Write("h.csv", "\"\u001b[31mred\u001b[0m\",\"[red]x[/]\",\"a\nb\",y\n1,2,3,4\n2,3,4,4\n"), "y ~ nosuch"], 2, "unknown-column",
        ["`[red]x[/]`", "`y`"], column: "nosuch", position: 4);
}
