using System.Collections.Concurrent;

namespace Plumbline.Tests.Planted;

/// <summary>What the check said of one set of data.</summary>
/// <param name="First">The assumption of the check that stands first, when it is not ok.</param>
/// <param name="FirstName">That check's name; "nothing" when it is ok.</param>
/// <param name="Broken">Names of the checks that say broken.</param>
/// <param name="Doubts">Names of the checks that say doubt.</param>
/// <param name="Oracle">Whether the one right test alone, chosen by who knows the fault, rejects at the level from which a doubt is said.</param>
public sealed record PlantedOutcome(ModelAssumption? First, string FirstName, IReadOnlyList<string> Broken, IReadOnlyList<string> Doubts, bool Oracle);

/// <summary>Checks many sets of data with a known fault.</summary>
public static class PlantedTrials
{
    private const double Level = 0.005;

    /// <summary>How many sets are made of each size.</summary>
    public static IReadOnlyList<(int Rows, int Sets)> Sizes { get; } = [(50, 40), (200, 40), (1_000, 20), (10_000, 10), (100_000, 3), (1_000_000, 1)];

    /// <summary>The assumption that a fault breaks.</summary>
    public static ModelAssumption? BrokenBy(Fault fault) => fault switch
    {
        Fault.Autocorrelation => ModelAssumption.Independence,
        Fault.Curvature => ModelAssumption.Linearity,
        Fault.GrowingVariance => ModelAssumption.ConstantVariance,
        Fault.HeavyTails => ModelAssumption.Normality,
        Fault.WildPoint => ModelAssumption.Influence,
        Fault.Regime => ModelAssumption.IdenticalDistribution,
        Fault.Collinearity => ModelAssumption.Collinearity,
        _ => null,
    };

    public static ModelCheck Check(Fault fault, int strength, int rows, ulong seed)
    {
        Table table = PlantedData.Make(fault, strength, rows, seed);
        LinearModel model = LinearRegression.Fit(PlantedData.Formula, table, FitOptions.Default with { Threads = 1 });
        return model.Check(table, CheckOptions.Default with { Order = PlantedData.Order, Threads = 1 });
    }

    public static PlantedOutcome Outcome(Fault fault, int strength, int rows, ulong seed)
    {
        ModelCheck check = Check(fault, strength, rows, seed);
        AssumptionCheck first = check.Checks[0];
        bool isOk = first.Verdict == CheckVerdict.Ok;
        return new PlantedOutcome(
            isOk ? null : first.Assumption,
            isOk ? "nothing" : first.Name,
            [.. check.Checks.Where(static c => c.Verdict == CheckVerdict.Broken).Select(static c => c.Name)],
            [.. check.Checks.Where(static c => c.Verdict == CheckVerdict.Doubt).Select(static c => c.Name)],
            Oracle(check, fault, strength, rows, seed));
    }

    /// <summary>The one right test, at p ≤ 0.005: collinearity is seen without one.</summary>
    private static bool Oracle(ModelCheck check, Fault fault, int strength, int rows, ulong seed) => fault switch
    {
        Fault.None => false,
        Fault.Collinearity => true,
        Fault.Curvature => LinearRegression.Fit(
            PlantedData.Formula + " + I(x1^2)", PlantedData.Make(fault, strength, rows, seed), FitOptions.Default with { Threads = 1 }).Coefficients[^1].P <= Level,
        _ => check.Checks.First(c => c.Name == RightTest(fault)).P <= Level,
    };

    /// <summary>The test that who knows the fault would make.</summary>
    public static string RightTest(Fault fault) => fault switch
    {
        Fault.Autocorrelation => "durbin-watson",
        Fault.Curvature => "t of I(x1^2)",
        Fault.GrowingVariance => "breusch-pagan-classic",
        Fault.HeavyTails => "shapiro-wilk",
        Fault.WildPoint => "outlier",
        Fault.Regime => "chow",
        _ => "vif",
    };

    /// <summary>Sets 1, 2 … of one fault, strength and size, several at a time.</summary>
    public static IReadOnlyList<PlantedOutcome> Outcomes(Fault fault, int strength, int rows, int sets)
    {
        var outcomes = new ConcurrentDictionary<int, PlantedOutcome>();
        Parallel.For(1, sets + 1, set => outcomes[set] = Outcome(fault, strength, rows, (ulong)set));
        return [.. Enumerable.Range(1, sets).Select(set => outcomes[set])];
    }
}
