using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests;

/// <summary>Rows of data → rows of the design: exact where it must be, and nothing dropped in silence.</summary>
public class EncoderTests
{
    private static readonly Gen<double> Measured = Gen.OneOf(
        Gen.Double[-1e6, 1e6],
        Gen.Int[-1000, 1000].Select(static i => (double)i),
        Gen.Double[-1, 1].Select(Gen.Int[-40, 40], static (m, e) => Math.ScaleB(m, e)))
        .Where(static d => d == 0 || Math.Abs(d) > 1e-20);      // products of ten, and what they leave, are normal numbers

    private static RowBlock Encode(string formula, Table table, out DesignEncoder encoder, string? weights = null, MissingValues missing = MissingValues.Drop)
    {
        Design design = Design.Create(formula, Schema.Of(table), weights);
        encoder = design.CreateEncoder(missing);
        return encoder.Encode(table.Read(design.Inputs, null, CancellationToken.None).Single());
    }

    private static ExactValue Value(NumberColumn column, int row) =>
        ExactValue.From(column.High[row]) + (column.HasLow ? ExactValue.From(column.Low[row]) : ExactValue.Zero);

    private static void AssertNormal(NumberColumn column)
    {
        for (int i = 0; column.HasLow && i < column.Length; i++)
        {
            double high = column.High[i];
            Assert.Equal(high, high + column.Low[i]);       // |low| ≤ ½ulp(high)
        }
    }

    [Fact]
    public void Products_sums_and_squares_of_doubles_are_exact() => Gen.Select(Measured, Measured).Array[1, 1500].Sample(
        static rows =>
        {
            double[] a = Array.ConvertAll(rows, static r => r.Item1), b = Array.ConvertAll(rows, static r => r.Item2);
            Table table = Table.FromColumns(("a", a), ("b", b), ("y", a));
            RowBlock block = Encode("y ~ I(a*b) + I(a+b) + I(a-b) + I(a^2) + I(-b*a) + I(4*a) + I(a/8) + a:b", table, out _);
            for (int i = 0; i < rows.Length; i++)
            {
                ExactValue x = ExactValue.From(a[i]), z = ExactValue.From(b[i]);
                Assert.Equal(x * z, Value(block[0], i));
                Assert.Equal(x + z, Value(block[1], i));
                Assert.Equal(x - z, Value(block[2], i));
                Assert.Equal(x * x, Value(block[3], i));
                Assert.Equal(-(x * z), Value(block[4], i));
                Assert.Equal(x.Scale(2), Value(block[5], i));
                Assert.Equal(x.Scale(-3), Value(block[6], i));
                Assert.Equal(x * z, Value(block[7], i));
                Assert.Equal(x, Value(block[8], i));
            }
            Assert.All(Enumerable.Range(0, block.Count), c => AssertNormal(block[c]));
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void Wider_arithmetic_is_right_to_a_hundred_bits() => Gen.Select(Measured, Measured).Array[1, 700].Sample(
        static rows =>
        {
            double[] a = Array.ConvertAll(rows, static r => r.Item1), b = Array.ConvertAll(rows, static r => r.Item2);
            RowBlock block = Encode("y ~ I(a^3) + I(a^10) + I(a^2*b^2) + I(a^2 + b^2) + I(a^7*b)", Table.FromColumns(("a", a), ("b", b), ("y", a)), out _);
            for (int i = 0; i < rows.Length; i++)
            {
                ExactValue x = ExactValue.From(a[i]), z = ExactValue.From(b[i]);
                ExactValue x2 = x * x, x3 = x2 * x, z2 = z * z, x7 = x3 * x3 * x;
                AssertNear(x3, Value(block[0], i), 100);
                AssertNear(x7 * x3, Value(block[1], i), 100);
                AssertNear(x2 * z2, Value(block[2], i), 100);
                AssertNear(x2 + z2, Value(block[3], i), 100);
                AssertNear(x7 * z, Value(block[4], i), 100);
            }
            Assert.All(Enumerable.Range(0, block.Count), c => AssertNormal(block[c]));
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void A_quotient_is_right_to_a_hundred_bits() => Gen.Select(Measured, Measured.Where(static d => d != 0)).Array[1, 700].Sample(
        static rows =>
        {
            double[] a = Array.ConvertAll(rows, static r => r.Item1), b = Array.ConvertAll(rows, static r => r.Item2);
            RowBlock block = Encode("y ~ I(a/b) + I(1/b) + I(b^-3)", Table.FromColumns(("a", a), ("b", b), ("y", a)), out _);
            for (int i = 0; i < rows.Length; i++)
            {
                ExactValue x = ExactValue.From(a[i]), z = ExactValue.From(b[i]), one = ExactValue.From(1);
                AssertNear(x, Value(block[0], i) * z, 100);
                AssertNear(one, Value(block[1], i) * z, 100);
                AssertNear(one, Value(block[2], i) * z * z * z, 100);
            }
            Assert.All(Enumerable.Range(0, block.Count), c => AssertNormal(block[c]));
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void Integers_of_64_bits_keep_all_of_them() => Gen.Long.Array[1, 600].Sample(
        static values =>
        {
            Table table = new Table().With("n", values).With("y", new double[values.Length]);
            RowBlock block = Encode("y ~ n + I(n + 1) + I(-n)", table, out _);
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(new ExactValue(values[i], 0), Value(block[0], i));
                Assert.Equal(new ExactValue((Int128)values[i] + 1, 0), Value(block[1], i));
                Assert.Equal(new ExactValue(-(Int128)values[i], 0), Value(block[2], i));
            }
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void Functions_are_those_of_the_platform_on_doubles()
    {
        double[] x = [0.1, 0.7, 1, 1.5, 3, 700];
        RowBlock block = Encode(
            "log(y) ~ log(x) + sqrt(x) + exp(-x) + log2(x) + log10(x) + abs(x) + sin(x) + cos(x) + tan(x) + log(x, 2) + log(x, base = 10) + log(x + 1) + I(x^0.5) + round(x)",
            Table.FromColumns(("x", x), ("y", x)),
            out _);
        Func<double, double>[] functions =
        [
            Math.Log, Math.Sqrt, static v => Math.Exp(-v), Math.Log2, Math.Log10, Math.Abs, Math.Sin, Math.Cos, Math.Tan, Math.Log2, Math.Log10,
            static v => Math.Log(v + 1), static v => Math.Pow(v, 0.5), Math.Round, Math.Log,
        ];
        Assert.Equal(functions.Length, block.Count);
        for (int c = 0; c < functions.Length; c++)
        {
            Assert.False(block[c].HasLow);
            Assert.Equal(Array.ConvertAll(x, v => functions[c](v)), block[c].High.ToArray());
        }
    }

    // mpmath at 60 digits: mp.log1p(mpf(x)), mp.expm1(mpf(x)), rounded to double.
    [Theory]
    [InlineData(1e-10, 9.999999999500001e-11, 1.00000000005e-10)]
    [InlineData(-1e-10, -1.00000000005e-10, -9.999999999500001e-11)]
    [InlineData(1e-300, 1e-300, 1e-300)]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 0.4054651081081644, 0.6487212707001282)]
    [InlineData(-0.75, -1.3862943611198906, -0.5276334472589853)]
    [InlineData(40, 3.713572066704308, 2.3538526683702e+17)]
    public void Log1p_and_expm1_keep_their_digits_near_zero(double x, double log1p, double expm1)
    {
        Assert.InRange(Functions.Log1p(x), log1p - (4e-16 * Math.Abs(log1p)), log1p + (4e-16 * Math.Abs(log1p)));
        Assert.InRange(Functions.Expm1(x), expm1 - (4e-16 * Math.Abs(expm1)), expm1 + (4e-16 * Math.Abs(expm1)));
    }

    [Fact]
    public void Plain_columns_pass_without_copying_and_without_low_parts()
    {
        double[] x = [1, 2, 3], y = [4, 5, 6], w = [1, 0, 1];
        RowBlock block = Encode("y ~ x", Table.FromColumns(("x", x), ("y", y), ("w", w)), out _, "w");
        Assert.Equal(3, block.Count);
        Assert.True(block[0].High.Overlaps(x));
        Assert.True(block[1].High.Overlaps(y));
        Assert.True(block[2].High.Overlaps(w));
        Assert.Equal(3, block.Rows);            // a row of weight 0 passes too
        Assert.False(block[0].HasLow);
    }

    [Fact]
    public void Low_parts_that_are_all_zero_are_not_there()
    {
        RowBlock block = Encode("y ~ I(x^2) + I(x - 2)", Table.FromColumns(("x", [1, 2, 3]), ("y", [4, 5, 6])), out _);
        Assert.False(block[0].HasLow);
        Assert.False(block[1].HasLow);
        Assert.Equal([1, 4, 9], block[0].High.ToArray());
        Assert.Equal([-1, 0, 1], block[1].High.ToArray());
    }

    [Fact]
    public void Rows_that_miss_a_value_are_dropped_and_counted_by_column()
    {
        double nan = double.NaN;
        Table table = Table.FromColumns(
            ("x", [1, nan, 3, nan, 5, 6]), ("z", [1, 2, 3, nan, 5, 6]), ("y", [1, 2, 3, 4, 5, nan]), ("w", [1, 1, nan, 1, 1, 1]), ("unused", [nan, nan, nan, nan, nan, nan]));
        RowBlock block = Encode("y ~ x + I(x*z)", table, out DesignEncoder encoder, "w");
        Assert.Equal(2, block.Rows);
        Assert.Equal([1, 5], block[0].High.ToArray());
        Assert.Equal([1, 25], block[1].High.ToArray());
        Assert.Equal([1, 5], block[2].High.ToArray());
        Assert.Equal([1, 1], block[3].High.ToArray());
        Assert.Equal(6, encoder.RowsRead);
        Assert.Equal(4, encoder.RowsDropped);
        Assert.Equal("w:1 x:2 y:1 z:1", Counts(encoder));
    }

    [Fact]
    public void Undefined_values_are_dropped_counted_and_noted()
    {
        Table table = Table.FromColumns(("x", [1, -1, double.NaN, -4, 5]), ("y", [1, 2, 3, 4, -5]));
        RowBlock block = Encode("y ~ log(x) + x:sqrt(y)", table, out DesignEncoder encoder);
        Assert.Equal(1, block.Rows);
        Assert.Equal([0], block[0].High.ToArray());
        Assert.Equal([1], block[1].High.ToArray());
        Assert.Equal([1], block[2].High.ToArray());
        Assert.Equal(4, encoder.RowsDropped);
        Assert.Equal("log(x):2 sqrt(y):1 x:1", Counts(encoder));
        IReadOnlyList<Note> notes = Design.Create("y ~ log(x) + x:sqrt(y)", Schema.Of(table)).NotesOnDropped(encoder.DroppedByColumn);
        Assert.Equal(["`log(x)` is not a number in 2 rows, which were left out.", "`sqrt(y)` is not a number in 1 row, which were left out."], notes.Select(static n => n.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void An_encoder_is_right_again_after_a_block_with_missing_values()
    {
        Table table = Table.FromColumns(("x", [2, double.NaN, 3]), ("y", [1, 2, 3]));
        Design design = Design.Create("y ~ x + I(x^2)", Schema.Of(table));
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop);
        RowBlock first = encoder.Encode(table.Read(design.Inputs, null, default).Single());
        Assert.Equal([4, 9], first[1].High.ToArray());
        Table next = Table.FromColumns(("x", [.. Enumerable.Range(0, 2000).Select(static i => (double)i)]), ("y", new double[2000]));
        RowBlock second = encoder.Encode(next.Read(design.Inputs, null, default).Single());
        Assert.Equal(2000, second.Rows);
        Assert.Equal(1999.0 * 1999, second[1].High[1999]);
        RowBlock third = encoder.Encode(table.Read(design.Inputs, null, default).Single());
        Assert.Equal([2, 3], third[0].High.ToArray());
        Assert.Equal(2, encoder.RowsDropped);
        Assert.Equal(2006, encoder.RowsRead);
    }

    [Fact]
    public void All_rows_missing_leaves_an_empty_block()
    {
        RowBlock block = Encode("y ~ x:y + I(x^2)", Table.FromColumns(("x", [double.NaN, double.NaN]), ("y", [1, 2])), out DesignEncoder encoder);
        Assert.Equal(0, block.Rows);
        Assert.Equal(2, encoder.RowsDropped);
        Assert.Equal(0, block[0].Length);
    }

    [Theory]
    [InlineData("y ~ x", null, "infinite-value", "x", 4)]               // row 2 is infinite too, but it misses z and y does not
    [InlineData("y ~ x + z", null, "infinite-value", "x", 4)]
    [InlineData("y ~ exp(big)", null, "infinite-value", "exp(big)", 3)]
    [InlineData("y ~ I(big^200)", null, "infinite-value", "I(big^200)", 1)]
    [InlineData("y ~ I(1/zero)", null, "infinite-value", "I(1/zero)", 2)]
    [InlineData("y ~ big", "neg", "negative-weight", "neg", 3)]
    public void What_least_squares_cannot_use_is_an_error_with_its_row(string formula, string? weights, string code, string column, long row)
    {
        Table table = Table.FromColumns(
            ("y", [1, double.NaN, 3, 4]),
            ("x", [1, double.PositiveInfinity, 3, double.NegativeInfinity]),
            ("z", [1, double.NaN, 1, 1]),
            ("big", [700, 1, 1e5, 100]),
            ("zero", [1, 1, 1, 0]),
            ("neg", [1, 1, -1e-300, 1]));
        if (code == "infinite-value" && column == "I(1/zero)")
        {
            table = Table.FromColumns(("y", [1, 2, 3]), ("zero", [1, 0, 3]));
        }
        var error = Assert.Throws<PlumblineException>(() => Encode(formula, table, out _, weights));
        Assert.Equal(code, error.Code);
        Assert.Equal(column, error.Column);
        Assert.Equal(row, error.Line);
        Assert.Contains($"row {row}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_that_overflows_names_the_term()
    {
        var error = Assert.Throws<PlumblineException>(() => Encode("y ~ x:z", Table.FromColumns(("x", [1, 1e200]), ("z", [1, 1e200]), ("y", [1, 2])), out _));
        Assert.Equal("infinite-value", error.Code);
        Assert.Equal("x:z", error.Column);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public void Products_below_the_range_of_doubles_stay_numbers()
    {
        RowBlock block = Encode("y ~ x:z + I(x^3)", Table.FromColumns(("x", [1e-200, 3e-160, double.Epsilon]), ("z", [1e-200, 7e-160, 1]), ("y", [1, 2, 3])), out _);
        for (int c = 0; c < block.Count; c++)
        {
            Assert.True(double.IsFinite(block[c].High[0] + block[c].High[1] + block[c].High[2]));
            Assert.False(block[c].HasLow && block[c].Low.ToArray().Any(double.IsNaN));
        }
    }

    [Theory]
    [InlineData("y ~ x", "x", 3)]
    [InlineData("y ~ z + x", "z", 2)]
    [InlineData("y ~ log(y)", "log(y)", 4)]
    public void Missing_values_can_be_an_error_that_names_the_first(string formula, string column, long row)
    {
        Table table = Table.FromColumns(("x", [1, 2, double.NaN, double.NaN]), ("z", [1, double.NaN, 3, 4]), ("y", [1, 2, 3, -4]));
        var error = Assert.Throws<PlumblineException>(() => Encode(formula, table, out _, null, MissingValues.Fail));
        Assert.Equal("missing-value", error.Code);
        Assert.Equal(column, error.Column);
        Assert.Equal(row, error.Line);
    }

    [Fact]
    public void Rows_are_numbered_from_the_start_of_the_source()
    {
        double[] x = new double[10_000];
        x[9_000] = double.PositiveInfinity;
        x[8_999] = double.NaN;
        Table table = Table.FromColumns(("x", x), ("y", new double[10_000]));
        Design design = Design.Create("y ~ x", Schema.Of(table));
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop);
        var error = Assert.Throws<PlumblineException>(() => table.Read(design.Inputs, null, default).Sum(b => encoder.Encode(b).Rows));
        Assert.Equal(9_001, error.Line);
    }

    [Fact]
    public void No_memory_is_taken_for_each_row()
    {
        double[] x = [.. Enumerable.Range(0, 4096).Select(static i => i * 0.1)];
        Table table = Table.FromColumns(("x", x), ("y", x));
        Design design = Design.Create("y ~ x + I(x^2) + log(x + 1) + x:log(x + 1)", Schema.Of(table));
        DesignEncoder encoder = design.CreateEncoder(MissingValues.Drop);
        RowBlock block = table.Read(design.Inputs, null, default).Single();
        encoder.Encode(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            encoder.Encode(block);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 256);
    }

    private static string Counts(DesignEncoder encoder) =>
        string.Join(' ', encoder.DroppedByColumn.Select(static p => $"{p.Key}:{p.Value}").Order(StringComparer.Ordinal));

    private static void AssertNear(ExactValue expected, ExactValue found, int bits) =>
        Assert.True(
            expected == found || (found - expected).Magnitude <= expected.Magnitude - bits,
            $"{found} is not {expected} to {bits} bits.");
}
