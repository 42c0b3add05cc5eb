namespace Plumbline.Reports;

/// <summary>What a report on a known truth says of it: its text, as it was given.</summary>
/// <param name="Function">The function, e.g. <c>sin(2*x)</c>.</param>
/// <param name="Noise">The standard deviation of the noise, a number or an expression.</param>
/// <param name="Low">The least value of every coordinate.</param>
/// <param name="High">The largest.</param>
public sealed record TradeoffTruth(string Function, string Noise, double Low, double High);
