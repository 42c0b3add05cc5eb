using System.Globalization;

namespace Plumbline.Tests.Solvers;

/// <summary>Data sets and penalized fits of other programs: Golden/paths.</summary>
internal static class GoldenPaths
{
    /// <summary>A data set, its response last.</summary>
    public static (string[] Names, double[][] Rows) Data(string set)
    {
        string[][] lines = Lines(set + ".csv");
        return (lines[0], [.. lines[1..].Select(static line => line.Select(Number).ToArray())]);
    }

    /// <summary>The fits that glmnet made, coefficient by coefficient.</summary>
    public static IEnumerable<IGrouping<(string Set, string Case, double Alpha, double Lambda), (string Name, double Value)>> Glmnet() =>
        Lines("glmnet.csv")[1..].GroupBy(static l => (l[0], l[1], Number(l[2]), Number(l[3])), static l => (l[4], Number(l[5])));

    /// <summary>The fits that scikit-learn made.</summary>
    public static IEnumerable<IGrouping<(string Set, string Model, double Alpha, double Ratio), (string Name, double Value)>> ScikitLearn() =>
        Lines("scikit.csv")[1..].GroupBy(static l => (l[0], l[1], Number(l[2]), Number(l[3])), static l => (l[4], Number(l[5])));

    /// <summary>Cross-validated lasso of the diabetes data, fold of row i (i − 1) mod 10 + 1.</summary>
    public static IEnumerable<(double Lambda, double Mean, double Error)> CrossValidation() =>
        Lines("cv.csv")[1..].Select(static l => (Number(l[0]), Number(l[1]), Number(l[2])));

    /// <summary>Errors of ridge coefficients of the diabetes data, λ = 0.3.</summary>
    public static IEnumerable<(string Name, double Error, double Posterior)> RidgeErrors() =>
        Lines("ridge-errors.csv")[1..].Select(static l => (l[0], Number(l[1]), Number(l[2])));

    /// <summary>A data set as a table.</summary>
    public static Table Table(string set)
    {
        (string[] names, double[][] rows) = Data(set);
        return names.Index().Aggregate(new Table(set), (table, name) => table.With(name.Item, [.. rows.Select(row => row[name.Index])]));
    }

    /// <summary>Moments of a data set.</summary>
    public static Moments Moments(string set, double[]? weights = null)
    {
        (string[] names, double[][] rows) = Data(set);
        double[][] columns = [.. names.Select((_, j) => rows.Select(row => row[j]).ToArray())];
        using var builder = new MomentsBuilder(PlainColumns.Named(names), PlainColumns.Sources(names), weighted: weights is not null);
        double[][] all = weights is null ? columns : [.. columns, weights];
        builder.Add(new RowBlock(0, rows.Length, [.. all.Select(column => new NumberColumn(column, null, 0, rows.Length))]));
        return builder.Build();
    }

    private static string[][] Lines(string file) =>
        [.. File.ReadLines(Path.Combine(TestFiles.Golden, "paths", file)).Select(static line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
