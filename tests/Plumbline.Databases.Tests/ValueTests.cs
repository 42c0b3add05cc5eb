using Plumbline.Numerics;

namespace Plumbline.Databases.Tests;

/// <summary>
/// A design has two ways to be carried out: the library's encoder of rows, and SQL expressions in an engine. They are compared here value by value,
/// for the houses, some of whose values are missing.
/// </summary>
public sealed class ValueTests
{
    private const double SameBits = 0;
    private const double FewUnits = 2;          // in the last place: several operations, each rounded in the engine
    private const double SummedUnits = 2;       // in the last place of the largest number that is added up to a part
    private const double Coded = 1e-12;         // of the largest value of a column that poly or scale makes: their constants come from the engine's sums

    // What both compute by one rounded operation, or by the same functions of C's library.
    private static readonly string[] s_sameBits =
    [
        "price ~ sqft_living + I(sqft_living^2) + C(zipcode) + sqft_living:C(view) + C(condition, sum) + poly(age, 3) + scale(sqft_above) + place",
        "price ~ bedrooms * bathrooms * C(waterfront) + I(sqft_lot / sqft_living) + I(lat - long) + I(-age) + I(4 * age) + sqft_living:sqft_lot",
        "log(price) ~ log(sqft_living) + log10(sqft_lot) + log(sqft_lot, 3) + exp(lat) + exp(long / 10) + sqrt(sqft_above) + sin(long) + cos(lat) + tan(lat)",
        "price ~ asin(lat / 100) + acos(lat / 100) + atan(long) + abs(long) + floor(bathrooms) + ceiling(bathrooms) + trunc(long) + sign(view - 2)",
        "price ~ log(sqft_basement - 1) + sqrt(age - 10) + C(view, levels = c(0, 2, 4)) + place:age + C(bathrooms, helmert) + offset(sqft_lot)",
        "price ~ C(place, levels = c(\"near '8' \\\\ \\\"ø\\\"\", \"near '5' \\\\ \\\"ø\\\"\")) * C(grade, poly) + bedrooms",
    ];

    private static readonly string[] s_fewUnits =
    [
        "price ~ log2(sqft_lot) + I(bedrooms + 2 * bathrooms - 0.3 * floors) + sqft_living:sqft_lot:lat + I((long + 3.1)^2) + I(lat^3)",
        "price ~ I(age^7) + I((age + 1)^-2 + 1) + I(sqft_lot^0.3) + I(lat^2 * long / grade^2) + poly(long, 4):C(view)",
    ];

    public static TheoryData<string, string, double> Cases
    {
        get
        {
            var all = new TheoryData<string, string, double>();
            foreach (string url in (string[])[Servers.Postgres("houses"), Servers.ClickHouse("houses")])
            {
                foreach (string formula in s_sameBits)
                {
                    all.Add(url, formula, SameBits);
                }
                foreach (string formula in s_fewUnits)
                {
                    all.Add(url, formula, FewUnits);
                }
            }
            all.Add(Servers.Postgres("houses"), "price ~ sinh(bathrooms) + cosh(bathrooms) + tanh(bathrooms) + asinh(long) + acosh(sqft_lot) + atanh(lat / 100) + round(bathrooms)", SameBits);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sql_keeps_the_rows_and_gives_the_numbers_and_the_levels_of_the_encoder(string url, string formula, double units)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        Design design = DesignOf(formula, source);
        SortedDictionary<long, EncodedRow> expected = EncodedRows.Of(DesignOf(formula, Houses.Table), Houses.Table);
        SortedDictionary<long, EncodedRow> found = EncodedRows.Of(design, source);
        Assert.True(expected.Count is > 500 and < 4300, $"{expected.Count} rows are left.");
        Assert.Equal(expected.Keys, found.Keys);
        foreach ((long id, EncodedRow row) in expected)
        {
            Assert.Equal(row.Levels, found[id].Levels);
            for (int p = 0; p < row.Parts.Length; p++)
            {
                double allowed = units * Unit(row.Parts[p]);
                Assert.True(
                    Math.Abs(row.Parts[p] - found[id].Parts[p]) <= allowed,
                    $"{design.Plan.Parts[p].Name} of row {id}: {row.Parts[p]:R}, and {found[id].Parts[p]:R} in {source.Dialect.Name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_summed_about_the_means_is_put_together_to_the_numbers_of_the_encoder(string url, string formula, double units)
    {
        using DatabaseSource source = DatabaseSource.Open(url);
        Design design = DesignOf(formula, source);
        SortedDictionary<long, EncodedRow> expected = EncodedRows.Of(DesignOf(formula, Houses.Table), Houses.Table);
        SortedDictionary<long, EncodedRows.ExactPart[]> found = EncodedRows.Summed(design, source);
        Assert.Equal(expected.Keys, found.Keys);
        foreach ((long id, EncodedRow row) in expected)
        {
            for (int p = 0; p < row.Parts.Length; p++)
            {
                EncodedRows.ExactPart part = found[id][p];
                double off = (part.Value - ExactValue.From(row.Parts[p]) - ExactValue.From(row.Lows[p])).ToDouble();
                double allowed = (SummedUnits + units) * Unit(part.Largest);
                Assert.True(Math.Abs(off) <= allowed, $"{design.Plan.Parts[p].Name} of row {id}: {row.Parts[p]:R}, off by {off:R} in {source.Dialect.Name}");
            }
        }
    }

    [Theory]
    [InlineData("price ~ poly(age, 3) * C(view, sum) + scale(sqft_above) + C(grade, helmert)")]
    [InlineData("price ~ C(condition, poly):scale(lat) + place + poly(long, 2, raw = TRUE) + sqft_living:place")]
    public void The_columns_that_coefficients_multiply_are_those_of_the_encoder(string formula)
    {
        FittedDesign local = LinearRegression.Fit(formula, Houses.Table).Design!;
        foreach (string url in (string[])[Servers.Postgres("houses"), Servers.ClickHouse("houses")])
        {
            using DatabaseSource source = DatabaseSource.Open(url);
            DesignMoments moments = EngineRegression.ReadMoments(formula, source);
            CodedDesign coded = moments.Code(null).Design;
            SortedDictionary<long, EncodedRow> rows = EncodedRows.Of(moments.Design, source);
            int[] kept = [.. coded.Columns.Index().Where(c => local.Columns.Any(l => l.Name == c.Item.Name)).Select(static c => c.Index)];
            Assert.Equal(local.Columns.Select(static c => c.Name), kept.Select(c => coded.Columns[c].Name));
            long seen = 0;
            new ModelRows(local, Houses.Table).ForEachBlock(1, block =>
            {
                for (int j = 0; j < block.Count; j++)
                {
                    CodedColumn column = coded.Columns[kept[j]];
                    double largest = block.Column(j).ToArray().Max(Math.Abs);
                    for (int r = 0; r < block.Rows; r++)
                    {
                        double value = ValueOf(column, rows[block.RowNumbers[r]], moments.Levels.Sets);
                        Assert.True(Math.Abs(value - block.Column(j)[r]) <= Coded * largest, $"{column.Name} of row {block.RowNumbers[r]}: {block.Column(j)[r]:R}, and {value:R} in {source.Dialect.Name}");
                    }
                }
                seen += block.Rows;
            });
            Assert.Equal(rows.Count, seen);
        }
    }

    private static Design DesignOf(string formula, IRowSource source) => Design.Create(Formula.Parse(formula), new Schema(source.Columns));

    private static double Unit(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);

    private static double ValueOf(CodedColumn column, EncodedRow row, IReadOnlyList<LevelSet> levels)
    {
        ExactValue sum = ExactValue.Zero;
        foreach ((PlainColumn plain, ExactValue factor) in column.Combination)
        {
            bool isHere = plain.Categories.Zip(plain.Codes).All(c => row.Levels[c.First] == levels[c.First][c.Second]);
            sum += isHere ? factor * ExactValue.From(plain.Part == 0 ? 1 : row.Parts[plain.Part - 1]) : ExactValue.Zero;
        }
        return sum.ToDouble() / Math.Sqrt(column.NormSquared.ToDouble());
    }
}
