namespace Plumbline.Reports;

/// <summary>The curve of the term whose partial residuals leave its component most, as a table.</summary>
internal static class PartialResidualsTable
{
    /// <summary>The table; null when no term has a curve.</summary>
    /// <param name="curves">A curve a term.</param>
    /// <param name="response">What the response is called.</param>
    /// <param name="digits">Significant digits.</param>
    public static CheckTable? Of(IReadOnlyList<PartialResidualCurve> curves, string response, int digits)
    {
        PartialResidualCurve? curve = curves.Where(static c => c.Bins.Length > 1).MaxBy(Departure);
        if (curve is null)
        {
            return null;
        }
        string others = curves.Count > 1 ? " Those of the other terms are in --json." : "";
        string Value(double value) => NumberText.Significant(value, digits);
        return new CheckTable(
            "Partial residuals",
            $"Means of {response}, less what all other terms give, along {curve.Column}; where they leave what {curve.Term} gives, its form is not right. It is the term that they leave most.{others}",
            [.. curve.Bins.Select(b => $"{Value(b.Lower)} to {Value(b.Upper)}")],
            [
                new("Rows", [.. curve.Bins.Select(static b => NumberText.Count((long)b.Rows))]),
                new("Mean", [.. curve.Bins.Select(b => Value(b.Mean))]),
                new(curve.Term, [.. curve.Bins.Select(b => Value(b.Component))]),
                new("Difference", [.. curve.Bins.Select(b => Value(b.Mean - b.Component))]),
            ],
            "");
    }

    private static double Departure(PartialResidualCurve curve) => curve.Bins.Sum(static b => b.Rows * (b.Mean - b.Component) * (b.Mean - b.Component));
}
