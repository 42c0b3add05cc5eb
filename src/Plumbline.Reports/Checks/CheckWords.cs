namespace Plumbline.Reports;

/// <summary>The words for assumptions and verdicts: for people, and the stable ones of the JSON.</summary>
internal static class CheckWords
{
    /// <summary>All assumptions, in the order in which they stand when nothing tells them apart.</summary>
    public static IReadOnlyList<ModelAssumption> All { get; } =
    [
        ModelAssumption.Independence, ModelAssumption.IdenticalDistribution, ModelAssumption.Linearity, ModelAssumption.ConstantVariance,
        ModelAssumption.Normality, ModelAssumption.Collinearity, ModelAssumption.Influence,
    ];

    /// <summary>What is assumed, as a person would ask for it.</summary>
    public static string Of(ModelAssumption assumption) => assumption switch
    {
        ModelAssumption.Independence => "independent rows",
        ModelAssumption.IdenticalDistribution => "the same law in all rows",
        ModelAssumption.Linearity => "a linear relation",
        ModelAssumption.ConstantVariance => "constant variance",
        ModelAssumption.Normality => "normal errors",
        ModelAssumption.Collinearity => "columns apart from each other",
        _ => "no row decides alone",
    };

    /// <summary>The key of an assumption in the JSON.</summary>
    public static string Key(ModelAssumption assumption) => assumption switch
    {
        ModelAssumption.Independence => "independence",
        ModelAssumption.IdenticalDistribution => "identical-distribution",
        ModelAssumption.Linearity => "linearity",
        ModelAssumption.ConstantVariance => "constant-variance",
        ModelAssumption.Normality => "normality",
        ModelAssumption.Collinearity => "collinearity",
        _ => "influence",
    };

    /// <summary>The word for a verdict, the same everywhere.</summary>
    public static string Of(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Ok => "ok",
        CheckVerdict.Doubt => "doubt",
        _ => "broken",
    };

    /// <summary>The key of what a remedy changes.</summary>
    public static string Key(RemedyKind kind) => kind switch
    {
        RemedyKind.Formula => "formula",
        RemedyKind.Covariance => "covariance",
        RemedyKind.Rows => "rows",
        RemedyKind.Weights => "weights",
        _ => "bootstrap",
    };
}
