using Plumbline.Numerics;

namespace Plumbline;

public sealed partial class Moments
{
    /// <summary>The moments of two sets of rows together: exact, so in any order and grouping the same.</summary>
    /// <exception cref="PlumblineException">The two have different columns (<c>different-design</c>); the message names the first.</exception>
    public static Moments Merge(Moments first, Moments second) => Combine(first, second, 1);

    /// <summary>The moments of all rows but <paramref name="part"/>: rows that were merged before come out exactly.</summary>
    /// <exception cref="PlumblineException">
    /// The columns differ (<c>different-design</c>), or <paramref name="part"/> has more rows or more weight than the whole (<c>not-a-part</c>).
    /// </exception>
    public static Moments Subtract(Moments whole, Moments part)
    {
        Moments rest = Combine(whole, part, -1);
        for (int j = 0; j < rest.Columns.Count; j++)
        {
            if (rest.Rows < 0 || rest[j, j].Sign < 0 || (rest.Rows == 0 && !rest[j, j].IsZero))
            {
                throw new PlumblineException("not-a-part", $"The moments to take away are not part of the whole: {part.Rows} rows from {whole.Rows}, and of {rest.Columns[j].Name} less than nothing would be left.");
            }
        }
        return rest;
    }

    private static Moments Combine(Moments first, Moments second, int sign)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        RequireSameColumns(first, second);
        var upper = new ExactValue[first._upper.Length];
        for (int n = 0; n < upper.Length; n++)
        {
            upper[n] = sign > 0 ? first._upper[n] + second._upper[n] : first._upper[n] - second._upper[n];
        }
        ExactValue logs = sign > 0 ? first.SumLogWeights + second.SumLogWeights : first.SumLogWeights - second.SumLogWeights;
        return new Moments(first.Columns, first.Sources, first.Rows + (sign * second.Rows), logs, upper);
    }

    private static void RequireSameColumns(Moments first, Moments second)
    {
        for (int j = 0; j < Math.Max(first.Columns.Count, second.Columns.Count); j++)
        {
            string? a = j < first.Columns.Count ? first.Columns[j].Name : null;
            string? b = j < second.Columns.Count ? second.Columns[j].Name : null;
            if (a != b)
            {
                throw new PlumblineException("different-design", $"Moments of different columns do not add up: column {j} is {a ?? "missing"} in one and {b ?? "missing"} in the other.");
            }
        }
    }
}
