namespace Plumbline;

/// <summary>A coefficient with its inference. NaN where a quantity is not defined.</summary>
/// <param name="Name">As R prints it.</param>
/// <param name="Pieces">The factors of the name.</param>
/// <param name="Estimate">The least-squares estimate, in the units of response per unit of predictor.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="T">Estimate over standard error.</param>
/// <param name="Df">Degrees of freedom of <paramref name="T"/>.</param>
/// <param name="P">Two-sided p-value of the hypothesis that the coefficient is 0.</param>
/// <param name="Lower">Lower end of the confidence interval.</param>
/// <param name="Upper">Upper end of the confidence interval.</param>
/// <param name="Digits">Correct significant digits of the estimate: proven when exact, estimated when fast; null for an exact 0 or when undefined.</param>
/// <param name="StandardErrorDigits">The same for the standard error.</param>
public sealed record Coefficient(
    string Name,
    IReadOnlyList<CoefficientPiece> Pieces,
    double Estimate,
    double StandardError,
    double T,
    double Df,
    double P,
    double Lower,
    double Upper,
    int? Digits,
    int? StandardErrorDigits);
