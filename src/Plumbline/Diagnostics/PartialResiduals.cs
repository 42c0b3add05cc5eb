using System.Collections.Immutable;

namespace Plumbline;

/// <summary>
/// Partial residuals of a term along the numeric column that it is made of, in short: means over bins of about as many rows each. If the term
/// has the right form, <see cref="PartialResidualBin.Mean"/> follows <see cref="PartialResidualBin.Component"/> but for noise.
/// </summary>
/// <param name="Term">The term, as R labels it.</param>
/// <param name="Column">The column of the data that it is made of.</param>
/// <param name="Bins">The bins, from the smallest values to the largest; at most 20. Few distinct values make fewer.</param>
public sealed record PartialResidualCurve(string Term, string Column, ImmutableArray<PartialResidualBin> Bins);

/// <summary>The rows whose value of a column lies in a range.</summary>
/// <param name="Lower">Where the range begins; the value belongs to it.</param>
/// <param name="Upper">Where it ends: where the next begins, or the largest value.</param>
/// <param name="Rows">How many rows; with frequency weights how many they stand for.</param>
/// <param name="Mean">The mean of the term's partial residuals, R's <c>residuals(fit, "partial")</c>; not weighted, but for frequencies.</param>
/// <param name="Component">The mean of what the term itself gives.</param>
public sealed record PartialResidualBin(double Lower, double Upper, double Rows, double Mean, double Component);
