using System.Text;
using CsCheck;

namespace Plumbline.Files.Tests;

/// <summary>What CSV means. Everything holds for both readers: the managed one and DuckDB.</summary>
public sealed class CsvTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<int> Engines => [(int)CsvEngine.Managed, (int)CsvEngine.Duck];

    public void Dispose() => _scratch.Dispose();

    private static FileSourceOptions With(int engine) => new() { Engine = (CsvEngine)engine };

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_houses_are_read_as_they_are_written(int engine)
    {
        using FileSource source = FileSource.Open(Path.Join(AppContext.BaseDirectory, "Data", "houses.csv"), With(engine));
        Assert.Equal(20, source.Columns.Count);
        Assert.All(source.Columns, column => Assert.Equal(ColumnType.Number, column.Type));
        double[][] values = source.All("age", "price", "yr_built", "lat");
        string[][] rows = [.. File.ReadLines(source.Name).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(21_613, rows.Length);
        Reading.Same([.. rows.Select(row => double.Parse(row[19]))], values[0]);
        Reading.Same([.. rows.Select(row => double.Parse(row[0]))], values[1]);
        Reading.Same([.. rows.Select(row => 2015 - double.Parse(row[12]))], values[0]);
        Reading.Same([.. rows.Select(row => double.Parse(row[15]))], values[3]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Quotes_separators_line_ends_and_missing_values(int engine)
    {
        string path = _scratch.Write("a.csv", "\uFEFF\"x\", \"a \"\"b\"\", c\" ,t\r\n1,\"2\",\"u\r\nv\"\r\n\r\nNA,\"\",w\"w\r\n\"NaN\", \"4\",\r\n5,nan,z,\r\n6,7,z");
        using FileSource source = FileSource.Open(path, With(engine));
        Assert.Equal(["x", "a \"b\", c", "t"], source.Columns.Select(column => column.Name));
        Assert.Equal([ColumnType.Number, ColumnType.Number, ColumnType.Text], source.Columns.Select(column => column.Type));
        double[][] values = source.All("a \"b\", c", "x");
        Reading.Same([2, double.NaN, 4, double.NaN, 7], values[0]);
        Reading.Same([1, double.NaN, double.NaN, 5, 6], values[1]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_blank_line_of_a_single_column_is_a_missing_value(int engine)
    {
        using FileSource source = FileSource.Open(_scratch.Write("a.csv", "x\n1\n\n3\n\n"), With(engine));
        Reading.Same([1, double.NaN, 3, double.NaN], source.All("x")[0]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b")]
    [InlineData("a;b\n1;2\n", "a|b")]
    [InlineData("a\tb\n1\t2\n", "a|b")]
    [InlineData("a|b\n1|2\n", "a|b")]
    [InlineData("\"a;x;y\",b\n1,2\n", "a;x;y|b")]
    [InlineData("a\n1\n", "a")]
    [InlineData(",a,\n1,2,3\n", "column1|a|column3")]
    [InlineData(",column1\n1,2\n", "column3|column1")]
    public void The_header_line_decides_the_separator(string text, string names)
    {
        string path = _scratch.Write("a.csv", text);
        foreach (int engine in Engines)
        {
            using FileSource source = FileSource.Open(path, With(engine));
            Assert.Equal(names, string.Join('|', source.Columns.Select(column => column.Name)));
            Assert.Equal(1, source.All(source.Columns[0].Name)[0][0]);
        }
    }

    [Fact]
    public void Tsv_has_tabs_and_an_option_overrides()
    {
        using FileSource tabs = FileSource.Open(_scratch.Write("a.tsv", "a,b\tc\n1\t2\n"));
        Assert.Equal(["a,b", "c"], tabs.Columns.Select(column => column.Name));
        using FileSource spaces = FileSource.Open(_scratch.Write("a.txt", "a b,c\n1 2\n"), new FileSourceOptions { Delimiter = ' ' });
        Assert.Equal(["a", "b,c"], spaces.Columns.Select(column => column.Name));
        Assert.Equal(2, spaces.All("b,c")[0][0]);
        Assert.Throws<ArgumentException>(() => FileSource.Open("x.csv", new FileSourceOptions { Delimiter = '"' }));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Missing_texts_can_be_chosen_and_come_before_numbers(int engine)
    {
        string path = _scratch.Write("a.csv", "x,y\n-999,1\n-999.0,2\n.,3\n5,4\n");
        using FileSource source = FileSource.Open(path, With(engine) with { NullStrings = ["-999", "."] });
        Reading.Same([double.NaN, -999, double.NaN, 5], source.All("x")[0]);
    }

    /// <summary>Texts of numbers and of what is not quite a number.</summary>
    public static readonly string[] Oddities =
    [
        " 3", "3 ", "\t3", "\" 3\"", "+1", "+-1", "--1", "-+1", ".5", "5.", ".", "-", "+", "1e5", "1E+05", "1e", "1e+", "1.e5", "e5", "1_000", "1__0", "_1", "1_", "1_.5", "1._5", "1e1_0",
        "inf", "-inf", "+inf", "INF", "Infinity", "-infinity", "infin", "nan", "-nan", "NAN", "0x10", "0b1", "1f", "1d", "3%", "$3", "1 000", "true", "'5'", "(3)", "٣", " ", "NA ", " NA",
        "1e400", "-1e400", "1e-400", "1e99999999999999999999", "0e99999999999999999999", "0.1e0000000000000000000001", "00012", "-0", "-0.0",
        "9007199254740993", "9007199254740992.99999999999999999999999", "12345678901234567890123", "18446744073709551616", "18446744073709551615", "99999999999999999999",
        "0.1234567890123456789", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203126",
        "0.000000000000000000000000000001", "123456789012345678.9", "0.30000000000000004", "179769313486231580793728971405301", "1e22", "1e23", "8.5e22", "4503599627370497.5", "4503599627370496.5",
    ];

    [Fact]
    public void Both_readers_take_the_same_texts_for_the_same_numbers()
    {
        foreach (string text in Oddities)
        {
            // Past the sample, where DuckDB itself must judge.
            string deep = _scratch.Write("b.csv", "x,y\n" + string.Concat(Enumerable.Repeat("0,0\n", CsvLayout.SampleRows)) + $"{text},1\n");
            string[] far = [.. Engines.Select(engine =>
            {
                try
                {
                    using FileSource source = FileSource.Open(deep, With(engine));
                    return $"{source.All("x")[0][^1]:R}";
                }
                catch (PlumblineException e)
                {
                    return e.Message;
                }
            })];
            Assert.True(far[0] == far[1], $"'{text}': {far[0]} here, {far[1]} in DuckDB");
        }
    }

    [Fact]
    public void Numbers_half_way_between_doubles_and_next_to_it_go_to_the_nearest()
    {
        // A double and the next: what lies exactly between them, and one digit up and down, in as few digits as that takes.
        Gen.Select(Gen.Long[1L << 52, (1L << 53) - 1], Gen.Int[-12, 12]).Sample(
            (m, e) =>
            {
                decimal half = (m + 0.5m) * (e >= 0 ? 1L << e : 1) / (e < 0 ? 1L << -e : 1);
                foreach (string text in new[] { $"{half}", $"{half}1", $"{half - 0.0000000001m}", $"-{half}e-30", $"{half}e30" })
                {
                    Assert.True(NumberText.TryParse(Encoding.ASCII.GetBytes(text), out double value));
                    Reading.Same([double.Parse(text)], [value]);
                }
            },
            iter: 20_000,
            threads: 1);
        Gen.Select(Gen.ULong, Gen.Int[-345, 330]).Sample(
            (digits, exponent) =>
            {
                string text = $"{digits}e{exponent}";
                Assert.True(NumberText.TryParse(Encoding.ASCII.GetBytes(text), out double value));
                Reading.Same([double.Parse(text)], [value]);
            },
            iter: 100_000,
            threads: 1);
    }

    [Fact]
    public void Numbers_are_the_nearest_doubles()
    {
        Gen<string> text = Gen.OneOf(
            Gen.Double.Select(x => x.ToString("R")),
            Gen.Double[-1e6, 1e6].Select(x => x.ToString("F2")),
            Gen.Long.Select(x => x.ToString()),
            Gen.Select(Gen.Long, Gen.Int[-340, 340]).Select((m, e) => $"{m}e{e}"),
            Gen.Select(Gen.UInt, Gen.ULong, Gen.Int[-30, 30]).Select((a, b, e) => $"{a}.{b}e{e}"));
        text.Array[1, 300].Sample(
            texts =>
            {
                double[] expected = [.. texts.Select(double.Parse)];
                string path = _scratch.Write("a.csv", "x\n" + string.Join('\n', texts) + "\n");
                foreach (int engine in Engines)
                {
                    using FileSource source = FileSource.Open(path, With(engine));
                    Reading.Same(expected, source.All(TestContext.Current.CancellationToken, "x")[0]);
                }
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public void Both_readers_agree_on_files_of_any_kind()
    {
        Gen<string> field = Gen.OneOf(
            OneOf("1", "-2.5", "", "NA", "\"\"", "\"3\"", "\"NA\"", " 4 "),
            OneOf("7", "8", "9e3"),
            OneOf("x", "\"a,b\"", "\"c\"\"d\"", "\"e\nf\"", "g\"h", " \"i\" ", "\"5\"\"\"", "\"\n\""));
        Gen<string> row = Gen.Frequency((30, field.Array[3]), (1, field.Array[2]), (1, field.Array[4])).Select(fields => string.Join(',', fields));
        Gen<string> file = Gen.Select(Gen.Frequency((9, row), (1, Gen.Const(""))).Array[0, 12], Gen.Bool, OneOf("\n", "\r\n"))
            .Select((rows, end, line) => ("a,b,c\n" + string.Join('\n', rows) + (end ? "\n" : "")).Replace("\n", line, StringComparison.Ordinal));
        file.Sample(
            text =>
            {
                string path = _scratch.Write("a.csv", text);
                string[] outcomes = [.. Engines.Select(engine => Outcome(path, With(engine)))];
                Assert.Equal(outcomes[0], outcomes[1]);
            },
            iter: 150,
            threads: 1);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Outcome(string path, FileSourceOptions options)
    {
        try
        {
            using FileSource source = FileSource.Open(path, options);
            string[] names = [.. source.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
            return string.Join(';', names) + ":" + string.Join(' ', source.All(TestContext.Current.CancellationToken, names).SelectMany(column => column));
        }
        catch (PlumblineException e)
        {
            return e.Message;
        }
    }

    [Fact]
    public void Rows_longer_than_the_buffer_and_fields_at_every_offset_are_whole()
    {
        // Every position of every special byte relative to the scanner's buffer and its 64-byte windows.
        var text = new StringBuilder("x,y,t\r\n");
        var expected = new List<double>();
        var random = new Random(1);
        for (int i = 0; i < 40_000; i++)
        {
            string filler = new('é', random.Next(i % 1000 == 0 ? 100_000 : 12));
            text.Append(i).Append(",\"").Append(-i).Append("\",\"").Append(filler).Append("\"\"\r\n").Append(filler).Append("\"\r\n");
            expected.Add(i);
        }
        string path = _scratch.Write("a.csv", text.ToString());
        foreach (int engine in Engines)
        {
            using FileSource source = FileSource.Open(path, With(engine));
            double[][] values = source.All("x", "y");
            Reading.Same([.. expected], values[0]);
            Reading.Same([.. expected.Select(value => -value)], values[1].Select(value => value == 0 ? -0.0 : value).ToArray());
        }
    }
}
