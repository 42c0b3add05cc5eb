namespace Plumbline.Tests;

/// <summary>Formula → names of coefficients, with R's <c>model.matrix</c> as the judge (Golden/formulas.R made the table).</summary>
public class FormulaGoldenTests
{
    private static readonly string[] ColumnNames =
        ["y", "a", "b", "c", "x", "yr_built", "Sepal.Length", "my col", "if", "_u", "back`tick", "größe"];

    public static TheoryData<string, string, string[]> Table()
    {
        var data = new TheoryData<string, string, string[]>();
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "Golden", "formulas.tsv")))
        {
            string[] fields = line.Split('\t');
            data.Add(fields[0], fields[1], fields[2..]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Coefficients_are_named_and_ordered_as_in_R(string formula, string response, string[] names)
    {
        var schema = new Schema([.. ColumnNames.Select(static n => new ColumnInfo(n, ColumnType.Number))]);
        Design design = Design.Create(Formula.Parse(formula), schema);

        IEnumerable<string> ours = design.Columns.Take(design.Columns.Count - 1).Skip(design.HasIntercept ? 0 : 1).Select(static c => c.Name);
        Assert.Equal(names.Where(static n => n.Length > 0), ours, StringComparer.Ordinal);
        // A name is a formula again, of itself.
        Assert.All(ours.Where(static n => n != "(Intercept)"), static n => Assert.Equal([n], Formula.Parse($"zz ~ {n}").Terms, StringComparer.Ordinal));
        Assert.Equal("(Intercept)", design.Columns[0].Name);
        Assert.Equal(response == "(y)" ? "y" : response, design.Response);
        Assert.Equal(design.Response, design.Columns[^1].Name);
    }

    [Fact]
    public void The_table_has_all_the_formulas() => Assert.InRange(Table().Count, 140, 1000);

    private static string Folder() => Path.Combine(TestFiles.Root, "tests", "Plumbline.Tests", "Formulas");
}
