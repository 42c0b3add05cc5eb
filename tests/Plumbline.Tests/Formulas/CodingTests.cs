using System.Globalization;
using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>Levels and contrasts beyond the table: what is refused, what is noted, what is exact.</summary>
public class CodingTests
{
    private static CategorySource Fruit() => new CategorySource()
        .With("y", 1, 2, 4, 3, 7, 5, 9, 8)
        .With("x", 1, 2, 3, 4, 5, 6, 7, 8)
        .With("const", 3, 3, 3, 3, 3, 3, 3, 3)
        .With("two", 1, 2, 1, 2, 1, 2, 1, 2)
        .With("f", "apple", "pear", "plum", "apple", "pear", "plum", "apple", "pear")
        .With("one", "all", "all", "all", "all", "all", "all", "all", "all")
        .With("id", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8");

    [Theory]
    [InlineData("y ~ C(f, base = \"peer\")", 16, "unknown-level", "Did you mean \"pear\"?")]
    [InlineData("y ~ C(f, base = \"kiwi\")", 16, "unknown-level", "Its levels are \"apple\", \"pear\", \"plum\".")]
    [InlineData("y ~ C(two, base = 3)", 18, "unknown-level", "\"3\"")]
    [InlineData("y ~ relevel(f, ref = \"aple\")", 21, "unknown-level", "Did you mean \"apple\"?")]
    [InlineData("y ~ C(f, levels = c(\"apple\", \"peer\"))", 29, "unknown-level", "Did you mean \"pear\"?")]
    [InlineData("y ~ x + one", 8, "one-level", "\"all\"")]
    [InlineData("y ~ 0 + one", 8, "one-level", "two or more")]
    [InlineData("y ~ C(const):x", 6, "one-level", "\"3\"")]
    [InlineData("y ~ factor(f, levels = \"plum\")", 11, "one-level", "\"plum\"")]
    [InlineData("y ~ poly(two, 2)", 9, "poly-degree", "too few distinct values")]
    [InlineData("y ~ poly(x, 8)", 9, "poly-degree", "degree 8")]
    [InlineData("y ~ poly(exp(two), 5)", 9, "poly-degree", "degree 5")]
    [InlineData("y ~ scale(const)", 10, "constant-number", "divides by 0")]
    public void What_the_data_cannot_give_is_refused_with_its_place(string formula, int position, string code, string part)
    {
        var error = Assert.Throws<PlumblineException>(() => CodedRows.Of(formula, Fruit()));
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void A_polynomial_of_the_highest_degree_goes_through_every_value() =>
        Assert.Equal(8, CodedRows.Of("y ~ poly(x, 7)", Fruit()).Coded.Columns.Count);

    [Fact]
    public void Levels_that_are_listed_and_not_there_are_noted_and_make_no_column()
    {
        CodedRows rows = CodedRows.Of("y ~ C(f, levels = c(\"plum\", \"grapefruit\", \"apple\", \"pear\"))", Fruit());
        Assert.Equal(["(Intercept)", "apple", "pear"], rows.Coded.Columns.Select(static c => c.Pieces[0].Level ?? c.Name), StringComparer.Ordinal);
        Note note = Assert.Single(rows.Design.NotesOnLevels(rows.Levels, rows.Count));
        Assert.Equal("levels-without-rows", note.Code);
        Assert.Contains("\"grapefruit\"", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_for_every_row_is_noted()
    {
        CodedRows rows = CodedRows.Of("y ~ id", Fruit());
        Assert.Equal("level-a-row", Assert.Single(rows.Design.NotesOnLevels(rows.Levels, rows.Count)).Code);
        Assert.Empty(CodedRows.Of("y ~ f", Fruit()) is var few ? few.Design.NotesOnLevels(few.Levels, few.Count) : []);
    }

    [Fact]
    public void Text_that_is_mostly_numbers_is_noted()
    {
        CategorySource source = new CategorySource().With("y", 1, 2, 4, 3, 7).With("age", "31", "45", "n.a.", "62", "45").With("zip", "01", "02", "01", "02", "03").With("f", "1", "a", "b", "1", "a");
        CodedRows age = CodedRows.Of("y ~ age", source);
        Note note = Assert.Single(age.Design.NotesOnLevels(age.Levels, age.Count));
        Assert.Equal("text-as-category", note.Code);
        Assert.Contains("3 of its 4 levels are numbers: \"n.a.\" is not.", note.Text, StringComparison.Ordinal);
        foreach (string quiet in (string[])["y ~ zip", "y ~ f"])
        {
            CodedRows rows = CodedRows.Of(quiet, source);
            Assert.Empty(rows.Design.NotesOnLevels(rows.Levels, rows.Count));
        }
    }

    [Fact]
    public void A_crossing_with_more_columns_than_a_model_may_have_is_refused()
    {
        string[] many = [.. Enumerable.Range(0, 200).Select(static i => $"l{i}")];
        CategorySource source = new CategorySource(64).With("y", [.. many.Select(static (_, i) => (double)i)])
            .With("a", many).With("b", many).With("c", many);
        var error = Assert.Throws<PlumblineException>(() => CodedRows.Of("y ~ a:b:c", source));
        Assert.Equal("too-many-columns", error.Code);
        Assert.Contains("`a:b:c`", error.Message, StringComparison.Ordinal);
        Assert.Contains("8,000,000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_sort_by_number_when_all_are_numbers_else_by_their_characters()
    {
        CategorySource source = new CategorySource().With("y", 1, 2, 3, 4, 5, 6)
            .With("zip", "10", "9", "010", "-1", "2.5", "1e2").With("mixed", "10", "9", "a", "B", "é", "");
        Assert.Equal(["-1", "2.5", "9", "010", "10", "1e2"], CodedRows.Of("y ~ zip", source).Levels.Categories[0].Texts, StringComparer.Ordinal);
        Assert.Equal(["", "10", "9", "B", "a", "é"], CodedRows.Of("y ~ mixed", source).Levels.Categories[0].Texts, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(98178, 0, "98178")]
    [InlineData(-0.0, 0, "0")]
    [InlineData(0.1, 0, "0.1")]
    [InlineData(1e15, 0, "1000000000000000")]
    [InlineData(1e300, 0, "1e+300")]
    [InlineData(9007199254740992, 1, "9007199254740993")]
    [InlineData(-9223372036854775808, 1, "-9223372036854775807")]
    public void Numbers_as_levels_are_written_in_full(double high, double low, string text) => Assert.Equal(text, LevelText.Of(high, low));

    [Theory]
    [InlineData(19844, TimeNumbers.Days, "2024-05-01")]
    [InlineData(-1, TimeNumbers.Days, "1969-12-31")]
    [InlineData(0.5, TimeNumbers.Days, "0.5")]
    [InlineData(1e12, TimeNumbers.Days, "1000000000000")]
    [InlineData(1714564800, TimeNumbers.Seconds, "2024-05-01 12:00:00")]
    [InlineData(86399, TimeNumbers.SecondsOfDay, "23:59:59")]
    public void Dates_and_times_as_levels_are_written_as_such(double value, string unit, string text) => Assert.Equal(text, LevelText.OfTime(value, unit));

    [Fact]
    public void Dates_can_be_levels()
    {
        Table table = new Table().With("y", (double[])[1, 2, 3, 5])
            .With("day", (DateOnly[])[new(2024, 5, 2), new(2024, 5, 1), new(2024, 5, 2), new(2024, 5, 1)]);
        CodedRows rows = CodedRows.Of("y ~ C(day, base = \"2024-05-02\")", table);
        Assert.Equal("C(day, base = \"2024-05-02\")[2024-05-01]", rows.Coded.Columns[1].Name);
        Assert.Equal("day", CodedRows.Of("y ~ day", table).Coded.Columns[1].Name);
    }

    [Fact]
    public void Whole_numbers_beyond_doubles_are_different_levels()
    {
        Table table = new Table().With("id", (ReadOnlySpan<long>)[9007199254740993, 9007199254740992, 9007199254740993]).With("y", (double[])[1, 2, 3]);
        Assert.Equal(["9007199254740992", "9007199254740993"], CodedRows.Of("y ~ C(id)", table).Levels.Categories[0].Texts, StringComparer.Ordinal);
    }

    [Fact]
    public void Contrasts_can_be_changed_for_all_categories_without_reading_again()
    {
        CategorySource source = Fruit();
        CodedRows rows = CodedRows.Of("y ~ f*C(two, helmert)", source, all: ContrastKind.Sum);
        Assert.Equal(
            ["(Intercept)", "f[1]", "f[2]", "C(two, helmert)[1]", "f[1]:C(two, helmert)[1]", "f[2]:C(two, helmert)[1]"],
            rows.Coded.Columns.Select(static c => c.Name),
            StringComparer.Ordinal);
        Assert.All(rows.Coded.Columns.Skip(1), static c => Assert.All(c.Pieces, static p => Assert.Equal("sum", p.Contrast)));
        Assert.Equal([1.0, 0, -1, 1, 0, -1, 1, 0], rows.Column(rows.Coded.Columns[1]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(95)]
    public void Polynomial_contrasts_are_exactly_orthogonal_and_of_their_norm(int levels)
    {
        string[] texts = [.. Enumerable.Range(0, levels).Select(static l => l.ToString(CultureInfo.InvariantCulture))];
        CodedElement[] elements = ContrastMatrix.Of(ContrastKind.Polynomial, texts, 0);
        Assert.Equal(levels - 1, elements.Length);
        ExactValue[][] columns = Array.ConvertAll(elements, e =>
        {
            var column = new ExactValue[levels];
            foreach ((int l, ExactValue f) in e.Combination)
            {
                column[l] = f;
            }
            return column;
        });
        for (int a = 0; a < columns.Length; a++)
        {
            Assert.Equal(ExactValue.Zero, columns[a].Aggregate(static (x, z) => x + z));
            Assert.Equal(elements[a].NormSquared, Dot(columns[a], columns[a]));
            Assert.True(columns[a][^1].Sign > 0);
            for (int b = 0; b < a; b++)
            {
                Assert.Equal(ExactValue.Zero, Dot(columns[a], columns[b]));
            }
        }
    }

    [Fact]
    public void Polynomial_contrasts_of_very_many_levels_are_refused()
    {
        string[] many = [.. Enumerable.Range(0, 96).Select(static i => $"l{i:00}")];
        CategorySource source = new CategorySource(50).With("y", [.. many.Select(static (_, i) => (double)i)]).With("f", many);
        var error = Assert.Throws<PlumblineException>(() => CodedRows.Of("y ~ C(f, poly)", source));
        Assert.Equal("too-many-levels", error.Code);
    }

    [Fact]
    public void Orthogonal_polynomials_are_orthogonal_where_powers_are_nearly_the_same()
    {
        // Seconds since 1970 over a day, full doubles: x⁴ and what lower powers say of it differ in the 40th digit of its square.
        double[] x = [.. Enumerable.Range(0, 50).Select(static i => 1.7e9 + (i * 1728.123))];
        CategorySource source = new CategorySource(16).With("x", x).With("y", [.. x.Select(static (_, i) => (double)(i % 7))]);
        CodedRows rows = CodedRows.Of("y ~ poly(x, 4)", source);
        double[][] columns = [.. rows.Coded.Columns.Select(rows.Column)];
        for (int a = 1; a < columns.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = columns[a].Zip(columns[b], static (u, v) => u * v).Sum();
                Assert.InRange(dot - (a == b ? 1 : 0), -1e-13, 1e-13);
            }
        }
        var found = new List<double>();
        foreach (ModelBlock block in new ModelRows(rows.Fitted(), source).Read())
        {
            found.AddRange(block.Column(4));
        }
        // The powers are rounded to 106 bits, which the difference of 1.7e9⁴ and its like leaves 12 digits of; prediction does not take that way.
        Assert.All(found.Zip(columns[4]), static p => Assert.InRange(p.First - p.Second, -1e-11, 1e-11));
    }

    [Fact]
    public void Equal_products_of_numbers_are_one_part()
    {
        Design design = CodedRows.Of("y ~ x + poly(x, 2) + scale(x):x + x:f", Fruit()).Design;
        Assert.Equal(["(Intercept)", "x", "x^2", "y"], design.Shape.Parts.Select(static p => p.Name), StringComparer.Ordinal);
        Assert.Equal([0, 1, 2], design.Shape.Unweighted);
        Assert.Equal([2], design.Shape.Parts[2].Degrees.Where(static d => d > 0));
    }

    [Fact]
    public void Categories_with_the_same_codes_are_one()
    {
        Assert.Equal(["f"], Design.Create("y ~ f + C(f, sum):x + relevel(f, ref = \"pear\"):x", Schema.Of(Fruit())).Categories, StringComparer.Ordinal);
        Assert.Equal(2, Design.Create("y ~ f + C(f, levels = c(\"pear\", \"plum\"))", Schema.Of(Fruit())).Categories.Count);
    }

    private static ExactValue Dot(ExactValue[] a, ExactValue[] b) =>
        a.Zip(b).Aggregate(ExactValue.Zero, static (sum, p) => sum + (p.First * p.Second));
}
