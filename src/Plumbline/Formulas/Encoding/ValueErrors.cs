using System.Globalization;

namespace Plumbline;

/// <summary>What is wrong with a value of the data, and where it is.</summary>
internal static class ValueErrors
{
    /// <summary>A value that is infinite.</summary>
    public static PlumblineException Infinite(string name, string text, long line) => At(
        "infinite-value",
        $"{FormulaError.Code(text)} is infinite in row {line}; least squares needs finite numbers. Correct the value, or leave the row out.",
        name,
        line);

    /// <summary>A weight below 0.</summary>
    public static PlumblineException NegativeWeight(string name, double weight, long line) => At(
        "negative-weight",
        $"The weight {Schema.Shown(name)} is {weight.ToString("R", CultureInfo.InvariantCulture)} in row {line}; weights are 0 or more.",
        name,
        line);

    /// <summary>A frequency that is no whole number.</summary>
    public static PlumblineException NotAFrequency(string name, double weight, long line) => At(
        "not-a-frequency",
        $"The weight {Schema.Shown(name)} is {weight.ToString("R", CultureInfo.InvariantCulture)} in row {line}. A frequency says how many equal rows one row stands for: "
        + "a whole number, 0 or more. For weights that tell precision, or the inverse of a probability, choose that kind.",
        name,
        line);

    /// <summary>The first missing value of the rows that are marked.</summary>
    public static PlumblineException Missing(
        RowSelection selection, NumberColumn[] columns, IReadOnlyList<string> names, IReadOnlyList<string> texts, string what)
    {
        int row = selection.FirstMarked;
        int column = Array.FindIndex(columns, c => double.IsNaN(c.High[row]));
        long line = selection.Line(row);
        return At(
            "missing-value",
            $"{FormulaError.Code(texts[column])} {what} in row {line}. Correct it, or let rows with missing values be dropped.",
            names[column],
            line);
    }

    private static PlumblineException At(string code, string message, string column, long line) => new(code, message) { Column = column, Line = line };
}
