namespace Plumbline.Files.Tests;

/// <summary>Text and booleans come as codes of levels, the same from every format and on every way.</summary>
public sealed class CategoryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<int> Engines => [(int)CsvEngine.Managed, (int)CsvEngine.Duck];

    public void Dispose() => _scratch.Dispose();

    private static FileSourceOptions With(int engine, params string[] texts) => new() { Engine = (CsvEngine)engine, TextColumns = texts };

    [Theory]
    [InlineData("a.csv", "format csv, header")]
    [InlineData("a.csv.gz", "format csv, header, compression gzip")]
    [InlineData("a.csv.zst", "format csv, header, compression zstd")]
    [InlineData("a.tsv", "format csv, header, delimiter '\t'")]
    [InlineData("a.parquet", "format parquet, row_group_size 2048")]
    [InlineData("a.jsonl", "format json")]
    [InlineData("a.jsonl.zst", "format json, compression zstd")]
    public void Texts_and_booleans_come_from_every_format_on_every_way(string name, string format)
    {
        const int Rows = 30_000;
        string path = _scratch.Copy(
            $"select i::double x, case when i % 11 = 5 then null else 'Stufe ' || (i * 7919 % 601) || ' größer als zwölf' end t, case when i % 13 = 0 then null else i % 3 = 0 end b, "
            + $"['a','b''s','c,\"d\"'][1 + i % 3] s from range({Rows}) t(i)",
            name,
            format);
        string?[] t = [.. Enumerable.Range(0, Rows).Select(i => i % 11 == 5 ? null : $"Stufe {i * 7919L % 601} größer als zwölf")];
        string?[] b = [.. Enumerable.Range(0, Rows).Select(i => i % 13 == 0 ? null : i % 3 == 0 ? "TRUE" : "FALSE")];
        string?[] s = [.. Enumerable.Range(0, Rows).Select(i => new[] { "a", "b's", "c,\"d\"" }[i % 3])];
        foreach (FileSourceOptions options in new[] { new FileSourceOptions(), new() { Where = "x >= 0 and (b or not b or b is null)" }, new() { BlockRows = 1000, PieceBytes = 5000 } })
        {
            using FileSource source = FileSource.Open(path, options);
            Assert.Equal([ColumnType.Number, ColumnType.Text, ColumnType.Boolean, ColumnType.Text], source.Columns.Select(column => column.Type));
            foreach (int threads in new[] { 0, 1, 2, 0 }) // in order; one and two threads; again, with the codes that there are
            {
                string[] columns = ["x", "s", "t", "b"];
                double[][] values = threads == 0 ? source.All(columns) : source.Parallel(threads, columns);
                Assert.Equal(Rows, values[0].Length);
                Assert.Equal(t, Reading.Texts(source.LevelsOf("t")!, values[2]));
                Assert.Equal(s, Reading.Texts(source.LevelsOf("s")!, values[1]));
                Assert.Equal(b, Reading.Texts(source.LevelsOf("b")!, values[3]));
            }
            Assert.Equal(601, source.LevelsOf("t")!.Count);
            Assert.Equal(["FALSE", "TRUE"], source.LevelsOf("b")!.ToArray());
            Assert.Null(source.LevelsOf("x"));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_text_of_a_field_is_what_stands_between_its_quotes(int engine)
    {
        string path = _scratch.Write(
            "a.csv",
            "t,u,b,x\n\"01\",\"a \"\"b\"\"\",true,1\n01,NA,\"false\",2\n1,\"NA\", \"true\" ,3\n\"x,\ny\",,\"true\" ,4\nw\"w,\"\",true,5\n v , \"q\" ,true,6\n5\" ,\"say \"\"q\"\"\"  ,NA,7\n\"01\" ,\"NA\" ,,8\n\"a\"\" \",\"\"\"\" ,,9\n");
        using FileSource source = FileSource.Open(path, With(engine, "t"));
        Assert.Equal(ColumnType.Boolean, source.Columns[2].Type);
        Assert.Equal(["01", "01", "1", "x,\ny", "w\"w", " v ", "5\" ", "01", "a\" "], source.Texts("t"));
        Assert.Equal(["a \"b\"", null, null, null, null, "q", "say \"q\"", null, "\""], source.Texts("u"));
        Assert.Equal(["TRUE", "FALSE", "TRUE", "TRUE", "TRUE", "TRUE", null, null, null], source.Texts("b"));
    }

    [Theory]
    [InlineData("true", "false")]
    [InlineData("TRUE", "FALSE")]
    [InlineData("True", "False")]
    public void Booleans_are_written_in_three_ways(string yes, string no)
    {
        foreach (int engine in Engines)
        {
            using FileSource source = FileSource.Open(_scratch.Write("a.csv", $"b,c\n{yes},{no}\nNA,1\n \"{no}\",yes\n"), With(engine));
            Assert.Equal([ColumnType.Boolean, ColumnType.Text], source.Columns.Select(column => column.Type));
            Assert.Equal(["TRUE", null, "FALSE"], source.Texts("b"));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_comes_later_and_is_no_boolean_is_told_with_its_line(int engine)
    {
        string path = _scratch.Write("a.csv", "x,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{(i % 2 == 0 ? "true" : "false")}\n")) + "1,maybe\n");
        PlumblineException error = Reading.Fault(path, With(engine), "b", "x");
        Assert.Equal("not-a-boolean", error.Code);
        Assert.Equal((5002, "b", path), (error.Line, error.Column, error.File));
        Assert.Contains("'maybe' is not true or false", error.Message, StringComparison.Ordinal);
        using FileSource text = FileSource.Open(path, With(engine, "b"));
        Assert.Equal("maybe", text.Texts("b")[^1]);
        Assert.Equal(["false", "maybe", "true"], text.LevelsOf("b")!.ToArray().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("csv", "01;2.50;true", "01;2.50;true")]
    [InlineData("jsonl", "\"01\";2.5;true", "01;2.5;true")]
    public void Columns_are_text_when_an_option_says_so(string format, string written, string texts)
    {
        string[] values = written.Split(';');
        string path = format == "csv"
            ? _scratch.Write("a.csv", $"a,b,c\n{string.Join(',', values)}\nNA,,NULL\n")
            : _scratch.Write("a.jsonl", $"{{\"a\":{values[0]},\"b\":{values[1]},\"c\":{values[2]}}}\n{{\"a\":null}}\n");
        foreach (string? where in new[] { null, "a is null or a = '01'" })
        {
            using FileSource source = FileSource.Open(path, new FileSourceOptions { TextColumns = ["a", "b", "c"], Where = where });
            Assert.All(source.Columns, column => Assert.Equal(ColumnType.Text, column.Type));
            Assert.Equal(texts.Split(';'), source.Columns.Select(column => source.Texts(column.Name)[0]));
            Assert.All(source.Columns, column => Assert.Null(source.Texts(column.Name)[1]));
        }
    }

    [Fact]
    public void Numbers_of_parquet_are_text_when_an_option_says_so()
    {
        string path = _scratch.Copy("select * from (values (98178, true, date '2024-05-01'), (null, null, null)) t(zip, b, d)", "a.parquet", "format parquet");
        using FileSource source = FileSource.Open(path, new FileSourceOptions { TextColumns = ["zip", "b", "d"] });
        Assert.Equal(["98178", null], source.Texts("zip"));
        Assert.Equal(["true", null], source.Texts("b"));
        Assert.Equal(["2024-05-01", null], source.Texts("d"));
    }

    [Fact]
    public void A_column_to_be_text_must_be_there()
    {
        var error = Assert.Throws<PlumblineException>(() => FileSource.Open(_scratch.Write("a.csv", "zip,x\n1,2\n"), new FileSourceOptions { TextColumns = ["zipp"] }));
        Assert.Equal("unknown-column", error.Code);
        Assert.Contains("Did you mean 'zip'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Text_in_a_column_of_numbers_says_how_to_read_it(int engine)
    {
        string path = _scratch.Write("a.csv", "x,zip\n" + string.Concat(Enumerable.Repeat("1,98178\n", 3000)) + "1,K1A-0B1\n");
        PlumblineException error = Reading.Fault(path, With(engine), "zip");
        Assert.Equal(("not-a-number", 3002), (error.Code, error.Line));
        Assert.Contains("read the column as text (--text, TextColumns)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_value_that_made_a_column_text_is_known()
    {
        using FileSource source = FileSource.Open(_scratch.Write("a.csv", "a,b,c\n1,2024-01-02,NA\nNA,n.a.,\n1;2,x,\n"));
        Assert.Equal([ColumnType.Text, ColumnType.Text, ColumnType.Number], source.Columns.Select(column => column.Type));
        Assert.Equal($"'1;2' in line 4 of {source.Name}", source.Columns[0].Evidence);
        Assert.Equal($"'n.a.' in line 3 of {source.Name}", source.Columns[1].Evidence);
        Assert.Null(source.Columns[2].Evidence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x > 0")]
    public void Text_that_is_not_UTF8_is_told_when_it_is_read(string? where)
    {
        byte[] bytes = [.. "x,t\n1,a\n2,"u8, 0xE9, .. "\n3,b\n"u8];
        PlumblineException error = Reading.Fault(_scratch.Write("a.csv", bytes), new FileSourceOptions { Where = where }, "t");
        Assert.Equal(("not-utf8", 3), (error.Code, error.Line));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Too_many_levels_are_an_error(string format)
    {
        string path = _scratch.Copy($"select i x, 'id' || i id from range({LevelSet.Most + 10}) t(i)", $"a.{format}", $"format {format}");
        using FileSource source = FileSource.Open(path);
        var error = Assert.Throws<PlumblineException>(() => source.ForEachBlock(["x", "id"], 2, _ => { }, null, TestContext.Current.CancellationToken));
        Assert.Equal(("too-many-levels", "id"), (error.Code, error.Column));
        Assert.Contains($"{path}: the column `id` has more than 1,000,000 different texts", error.Message, StringComparison.Ordinal);
        Assert.Equal((LevelSet.Most + 10) * (LevelSet.Most + 9L) / 2, source.All("x")[0].Sum());
    }

    [Fact]
    public void Enumerations_of_any_size_and_other_types_become_codes()
    {
        foreach (int members in new[] { 3, 300, 70_000 })
        {
            FileSet files = FileSet.Find([_scratch.Copy("select 1 x", "a.parquet", "format parquet")], new FileSourceOptions());
            using DuckDatabase database = DuckDatabase.Open(files, new FileSourceOptions());
            database.Run($"create type e as enum (select 'm' || i from range({members}) t(i))");
            const string Sql = "case when i % 5 = 0 then null else ('m' || (i * 2))::e end";
            var levels = new LevelSet("e");
            DuckTarget[] targets = [new(new ColumnInfo("e", ColumnType.Text), levels)];
            int rows = members / 2;
            var codes = new List<double>();
            foreach (RowBlock block in DuckScan.Read(database, $"select {Sql} from range({rows}) t(i)", targets, 100, e => throw e, null, TestContext.Current.CancellationToken))
            {
                codes.AddRange(block[0].High);
                block.Dispose();
            }
            Assert.Equal(Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? null : $"m{2 * i}"), Reading.Texts(levels, [.. codes]));
            Assert.Equal(rows - ((rows + 4) / 5), levels.Count); // members that do not occur are no levels
        }
    }

    [Fact]
    public void The_cache_of_texts_is_one_with_its_set()
    {
        var levels = new LevelSet();
        var cache = new LevelCache(levels);
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => new string((char)('a' + (i % 26)), i % 40) + i), "", "é", "abc\0"];
        for (int i = 0; i < 50_000; i++)
        {
            string text = texts[random.Next(texts.Length)];
            Assert.Equal(text, levels[cache.CodeOf(System.Text.Encoding.UTF8.GetBytes(text))]);
        }
        cache.Defer = true;
        Assert.Equal([-1, -2, -1], [cache.CodeOf("new"u8), cache.CodeOf("newer"u8), cache.CodeOf("new"u8)]);
        int[] settled = cache.Settle();
        Assert.Equal(["new", "newer"], settled.Select(code => levels[code]));
        Assert.Equal(settled[1], cache.CodeOf("newer"u8));
        Assert.Equal(-1, cache.CodeOf("never there"u8));
        cache.Forget();
        Assert.Equal(-1, levels.Find("never there"));
        Assert.Empty(cache.Settle());
        cache.Defer = false;
        Assert.Equal(settled[0], cache.CodeOf("new"u8));
    }
}
