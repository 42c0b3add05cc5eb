namespace Plumbline.Tests.Planted;

/// <summary>
/// Data of one line, y = 3 + 2·x1 − x2 + x3/2 + ε with σ = 1, and one fault in it. x1 is a series (autocorrelation 0.7), x2 and x3
/// are not; all have mean 0 and variance 1; <c>day</c> counts the rows.
/// </summary>
public static class PlantedData
{
    public const string Formula = "y ~ x1 + x2 + x3";
    public const string Order = "day";

    /// <summary>What the table of the page says of a fault, for each strength.</summary>
    public static string Says(Fault fault, int strength) => fault switch
    {
        Fault.Autocorrelation => FormattableString.Invariant($"errors follow their predecessor, ρ = {Rho(strength)}"),
        Fault.Curvature => FormattableString.Invariant($"{Curve(strength)}·(x1² − 1)/√2 is missing from the formula"),
        Fault.GrowingVariance => FormattableString.Invariant($"standard deviation of the errors grows as exp({Growth(strength)}·x1)"),
        Fault.HeavyTails => FormattableString.Invariant($"15 % of the errors are {Width(strength)} times as wide"),
        Fault.WildPoint => FormattableString.Invariant($"one row, at x1 = 6, moves the slope by {Move(strength)} standard errors"),
        Fault.Regime => FormattableString.Invariant($"from the middle on the intercept and the slope of x1 are {Jump(strength)} higher"),
        Fault.Collinearity => FormattableString.Invariant($"x2 is x1 and {Apart(strength)} of something else"),
        _ => "nothing is wrong",
    };

    /// <param name="fault">What is wrong.</param>
    /// <param name="strength">1, 2 or 3.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="seed">The seed.</param>
    public static Table Make(Fault fault, int strength, int rows, ulong seed)
    {
        var random = new NormalGenerator((seed * 1_000_003) + ((ulong)fault * 101) + (ulong)strength);
        double[] day = new double[rows], x1 = new double[rows], x2 = new double[rows], x3 = new double[rows], y = new double[rows];
        double series = random.Next(), error = random.Next();
        double rho = fault == Fault.Autocorrelation ? Rho(strength) : 0;
        for (int i = 0; i < rows; i++)
        {
            series = (0.7 * series) + (Math.Sqrt(1 - (0.7 * 0.7)) * random.Next());
            error = (rho * error) + (Math.Sqrt(1 - (rho * rho)) * random.Next());
            day[i] = i + 1;
            x1[i] = series;
            x2[i] = fault == Fault.Collinearity ? (x1[i] + (Apart(strength) * random.Next())) / Math.Sqrt(1 + (Apart(strength) * Apart(strength))) : random.Next();
            x3[i] = random.Next();
            double noise = fault switch
            {
                Fault.GrowingVariance => error * Math.Exp(Growth(strength) * x1[i]) / Math.Exp(Growth(strength) * Growth(strength)),
                Fault.HeavyTails => error * (random.Bits() % 100 < 15 ? Width(strength) : 1),
                _ => error,
            };
            y[i] = 3 + (2 * x1[i]) - x2[i] + (0.5 * x3[i]) + noise;
            y[i] += fault switch
            {
                Fault.Curvature => Curve(strength) * ((x1[i] * x1[i]) - 1) / Math.Sqrt(2),
                Fault.Regime when i >= rows / 2 => Jump(strength) * (1 + x1[i]),
                _ => 0,
            };
        }
        if (fault == Fault.WildPoint)
        {
            int wild = (int)(random.Bits() % (ulong)rows);
            y[wild] += (2 * (6 - x1[wild])) + (Move(strength) * Math.Sqrt(rows) / 6);
            x1[wild] = 6;
        }
        return Table.FromColumns((Order, day), ("x1", x1), ("x2", x2), ("x3", x3), ("y", y)).Named("planted");
    }

    private static double Rho(int strength) => strength switch { 1 => 0.5, 2 => 0.7, _ => 0.9 };

    private static double Curve(int strength) => strength switch { 1 => 0.75, 2 => 1.5, _ => 3 };

    private static double Growth(int strength) => strength switch { 1 => 0.5, 2 => 0.8, _ => 1.2 };

    private static double Width(int strength) => strength switch { 1 => 4, 2 => 6, _ => 10 };

    private static double Move(int strength) => strength switch { 1 => 4, 2 => 8, _ => 16 };

    private static double Jump(int strength) => strength switch { 1 => 1, 2 => 2, _ => 4 };

    private static double Apart(int strength) => strength switch { 1 => 0.2, 2 => 0.05, _ => 0.01 };
}
