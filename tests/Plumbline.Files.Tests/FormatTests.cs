namespace Plumbline.Files.Tests;

/// <summary>The same rows from every format; types; several files.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_same_rows_come_from_every_format()
    {
        const string Select = "select case when i % 7 = 0 then null else (i * 0.1 - 3e5)::double end x, (i * 37 % 1001)::double y, 'r' || i t from range(20000) t(i)";
        var random = new Random(2);
        string[] paths =
        [
            _scratch.Copy(Select, "a.csv", "format csv, header"),
            _scratch.Copy(Select, "a.csv.gz", "format csv, header, compression gzip"),
            _scratch.Copy(Select, "a.csv.zst", "format csv, header, compression zstd"),
            _scratch.Copy(Select, "a.tsv", "format csv, header, delimiter '\t'"),
            _scratch.Copy(Select, "a.parquet", "format parquet"),
            _scratch.Copy(Select, "b.parquet", "format parquet, compression zstd, row_group_size 2048"),
            _scratch.Copy(Select, "a.jsonl", "format json"),
            _scratch.Copy(Select, "a.ndjson.gz", "format json, compression gzip"),
            _scratch.Copy(Select, "a.jsonl.zst", "format json, compression zstd"),
        ];
        double[] x = [.. Enumerable.Range(0, 20_000).Select(i => i % 7 == 0 ? double.NaN : (i / 10m is var tenth ? (double)tenth - 3e5 : 0))];
        double[] y = [.. Enumerable.Range(0, 20_000).Select(i => (double)(i * 37 % 1001))];
        foreach (string path in paths)
        {
            foreach (int rows in new[] { 1000, 2048, 5000, 100_000 })
            {
                using FileSource source = FileSource.Open(path, new FileSourceOptions { BlockRows = rows });
                Assert.Equal([ColumnType.Number, ColumnType.Number, ColumnType.Text], source.Columns.Select(column => column.Type));
                double[][] values = source.All("y", "x", "y");
                Reading.Same(y, values[0]);
                Reading.Same(x, values[1]);
                Reading.Same(y, values[2]);
            }
        }
    }

    [Fact]
    public void Parquet_types_become_what_they_are()
    {
        string path = _scratch.Copy(
            "select 1::tinyint i8, 2::utinyint u8, -3::smallint i16, 4::usmallint u16, -5::integer i32, 4294967295::uinteger u32, 6::bigint i64, 7::ubigint u64, "
            + "0.1::float f, 0.1::double d, 12345.67::decimal(9,2) money, true b, date '2020-01-02' as day, timestamp '2020-01-02 03:04:05' as ts, time '01:02:03' as tm, 'x' t, [1,2] l",
            "a.parquet",
            "format parquet");
        using FileSource source = FileSource.Open(path);
        Assert.Equal(
            "i8 Integer,u8 Integer,i16 Integer,u16 Integer,i32 Integer,u32 Integer,i64 Integer,u64 Integer,f Number,d Number,money Number,b Boolean,day DateTime,ts DateTime,tm DateTime,t Text,l Text",
            string.Join(',', source.Columns.Select(column => $"{column.Name} {column.Type}")));
        Assert.Equal(ColumnInfo.SingleUnit, source.Columns[8].Unit);
        Assert.Equal(ColumnInfo.DoubleUnit, source.Columns[9].Unit);
        Assert.Equal(0, source.Columns[6].Unit);
        string[] numbers = [.. source.Columns.Where(column => column.IsNumeric).Select(column => column.Name)];
        Reading.Same([1, 2, -3, 4, -5, 4294967295, 6, 7, 0.1f, 0.1, 12345.67, 18263, 1577934245, 3723], [.. source.All(numbers).Select(column => column[0])]);
        Assert.Equal(["TRUE", "x", "[1, 2]"], [source.Texts("b")[0], source.Texts("t")[0], source.Texts("l")[0]]);
    }

    [Fact]
    public void Integers_of_64_bits_are_exact()
    {
        long[] signed = [0, 1, -1, 1L << 53, (1L << 53) + 1, -(1L << 53) - 1, long.MaxValue, long.MinValue, long.MaxValue - 511, 1234567890123456789];
        ulong[] unsigned = [0, 1, 2, 1UL << 53, (1UL << 53) + 1, ulong.MaxValue, ulong.MaxValue - 1023, 1UL << 63, (1UL << 63) + 1, 12345678901234567891];
        string rows = string.Join(", ", signed.Zip(unsigned, (s, u) => $"('{s}'::bigint, '{u}'::ubigint)"));
        string path = _scratch.Copy($"select * from (values {rows}, (null, null)) t(s, u)", "a.parquet", "format parquet");
        // Two blocks use the same memory, so that low parts of the one must not be seen in the other.
        foreach (int blockRows in new[] { 1, 4, 2048 })
        {
            using FileSource source = FileSource.Open(path, new FileSourceOptions { BlockRows = blockRows });
            foreach (RowBlock block in source.Read(["s", "u"], null, CancellationToken.None))
            {
                using (block)
                {
                    for (int i = 0; i < block.Rows; i++)
                    {
                        int row = (int)block.FirstRow + i;
                        if (row == signed.Length)
                        {
                            Assert.True(double.IsNaN(block[0].High[i]) && double.IsNaN(block[1].High[i]));
                            continue;
                        }
                        Assert.Equal((Int128)signed[row], Exact(block[0], i));
                        Assert.Equal((Int128)unsigned[row], Exact(block[1], i));
                    }
                }
            }
        }
        static Int128 Exact(NumberColumn column, int row) => (Int128)column.High[row] + (column.HasLow ? (Int128)column.Low[row] : 0);
    }

    [Fact]
    public void Decimals_are_the_nearest_doubles()
    {
        var random = new Random(3);
        foreach ((int width, int scale) in new[] { (4, 2), (9, 3), (18, 6), (18, 18), (38, 10), (38, 37), (38, 0) })
        {
            string[] texts = [.. Enumerable.Range(0, 200).Select(_ =>
            {
                string digits = string.Concat(Enumerable.Range(0, random.Next(1, width + 1)).Select(_ => (char)('0' + random.Next(10)))).PadLeft(scale + 1, '0');
                digits = digits[^Math.Min(digits.Length, Math.Max(width, scale + 1))..];
                return (random.Next(2) == 0 ? "-" : "") + (scale == width ? "0" : digits[..^scale]) + (scale > 0 ? "." + digits[^scale..] : "");
            })];
            string rows = string.Join(", ", texts.Select(text => $"('{text}'::decimal({width},{scale}))"));
            string path = _scratch.Copy($"select * from (values {rows}) t(d)", "a.parquet", "format parquet");
            using FileSource source = FileSource.Open(path);
            Reading.Same([.. texts.Select(text => double.Parse(text) + 0.0)], source.All("d")[0]);
        }
    }

    [Fact]
    public void A_number_that_is_whole_at_first_is_not_rounded_later()
    {
        // DuckDB's own reader takes the type of the first rows, or of the first file, and rounds the rest to it.
        string rows = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{{\"a\":{i}}}\n"));
        using FileSource json = FileSource.Open(_scratch.Write("a.jsonl", rows + "{\"a\":2.7}\n{\"b\":1}\n"));
        Reading.Same([.. Enumerable.Range(0, 30_000).Select(i => (double)i), 2.7, double.NaN], json.All("a")[0]);
        _scratch.Copy("select 1::int a", "p1.parquet", "format parquet");
        _scratch.Copy("select 2.7::double a", "p2.parquet", "format parquet");
        PlumblineException error = Reading.Fault(_scratch.At("p*.parquet"));
        Assert.Equal("headers-differ", error.Code);
        Assert.Equal(_scratch.At("p2.parquet"), error.File);
    }

    [Fact]
    public void A_pattern_reads_its_files_in_the_order_of_their_names()
    {
        for (int i = 0; i < 12; i++)
        {
            _scratch.Write($"part-{i:00}.csv", $"x,y\n{i},{i * 10}\n");
        }
        _scratch.Write("part-99.txt", "z\n1\n");
        foreach (CsvEngine engine in new[] { CsvEngine.Managed, CsvEngine.Duck })
        {
            using FileSource source = FileSource.Open(_scratch.At("part-*.csv"), new FileSourceOptions { Engine = engine });
            Assert.Equal(12, source.Files.Count);
            Reading.Same([.. Enumerable.Range(0, 12).Select(i => (double)i)], source.All("x")[0]);
            using FileSource some = FileSource.Open(_scratch.At("part-0[2-4].csv"), new FileSourceOptions { Engine = engine });
            Reading.Same([20, 30, 40], some.All("y")[0]);
        }
        _scratch.Copy("select 1::double x, 2::double y", "q1.parquet", "format parquet");
        _scratch.Copy("select 3::double x, 4::double y", "q2.parquet", "format parquet");
        using FileSource parquet = FileSource.Open(_scratch.At("q?.parquet"));
        Reading.Same([1, 3], parquet.All("x")[0]);
    }

    [Fact]
    public void Names_with_the_characters_of_patterns_and_of_SQL_are_names()
    {
        foreach (string name in new[] { "a[1].csv", "it's.csv", "what?.csv", "st*r.csv", "b[!x]/c.csv", "sp ace;.csv" })
        {
            string path = _scratch.Write(name, "x\n7\n");
            _scratch.Write("a1.csv", "x\n8\n");
            foreach (CsvEngine engine in new[] { CsvEngine.Managed, CsvEngine.Duck })
            {
                using FileSource source = FileSource.Open(path, new FileSourceOptions { Engine = engine });
                Reading.Same([7], source.All("x")[0]);
            }
        }
    }

    [Fact]
    public void Names_of_columns_with_the_characters_of_SQL_are_names()
    {
        string path = _scratch.Write("a.csv", "\"it's \"\"x\"\"\",\"'}) --\",c0,select\n1,2,3,4\n");
        foreach (FileSourceOptions options in new FileSourceOptions[] { new() { Engine = CsvEngine.Duck }, new() { Where = "\"'}) --\" = 2" } })
        {
            using FileSource source = FileSource.Open(path, options);
            Reading.Same([1, 2, 3, 4], [.. source.All("it's \"x\"", "'}) --", "c0", "select").Select(column => column[0])]);
        }
    }

    [Fact]
    public void Files_of_a_pattern_must_have_the_same_header()
    {
        _scratch.Write("a.csv", "x,y\n1,2\n");
        void Differs(string text, string what)
        {
            _scratch.Write("b.csv", text);
            PlumblineException error = Reading.Fault(_scratch.At("?.csv"));
            Assert.Equal("headers-differ", error.Code);
            Assert.Equal(_scratch.At("b.csv"), error.File);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
        Differs("y,x\n1,2\n", "column 1 is 'y', not 'x'");
        Differs("x\n1\n", "it has 1, not 2");
        Differs("x;y\n1;2\n", "separated by ';'");
        _scratch.Write("b.tsv", "x\ty\n1\t2\n");
        File.Delete(_scratch.At("b.csv"));
        Assert.Equal("mixed-formats", Reading.Fault(_scratch.At("[ab].*")).Code);
    }

    [Fact]
    public void A_text_in_any_file_of_a_pattern_makes_a_column_text()
    {
        _scratch.Write("a.csv", "x,y\n1,2\n");
        _scratch.Write("b.csv", "x,y\nu,2\n");
        using FileSource source = FileSource.Open(_scratch.At("*.csv"));
        Assert.Equal([ColumnType.Text, ColumnType.Number], source.Columns.Select(column => column.Type));
    }

    [Theory]
    [InlineData("*", "abc", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[x", "[x", true)]
    [InlineData("*.csv", "a.csv.gz", false)]
    public void Patterns_match_names(string pattern, string name, bool matches) => Assert.Equal(matches, Glob.Matches(pattern, name));

    [Fact]
    public void Patterns_reach_into_folders()
    {
        foreach (string name in new[] { "a/1.csv", "a/b/2.csv", "c/3.csv", ".hidden/4.csv" })
        {
            _scratch.Write(name, "x\n1\n");
        }
        string[] Found(string pattern) => [.. Glob.Expand(_scratch.At(pattern)).Select(path => Path.GetRelativePath(_scratch.Folder, path))];
        Assert.Equal(["a/1.csv", "c/3.csv"], Found("*/*.csv"));
        Assert.Equal(["a/1.csv", "a/b/2.csv", "c/3.csv"], Found("**/*.csv"));
        Assert.Equal(["a/b/2.csv"], Found("a/?/2.csv"));
    }
}
