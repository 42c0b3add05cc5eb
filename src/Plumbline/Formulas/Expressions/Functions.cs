using System.Collections.Frozen;

namespace Plumbline;

/// <summary>
/// The functions of a formula, with R's names and meaning. They act on doubles.
/// log1p and expm1 keep their digits near 0 by Kahan's corrections: log(u)·x/(u − 1) with u = fl(1 + x), and
/// (u − 1)·x/log(u) with u = fl(eˣ): the errors of u cancel. Source: Higham, Accuracy and Stability, 2nd ed., §1.14.
/// </summary>
internal static class Functions
{
    /// <summary>Functions of one number.</summary>
    public static FrozenDictionary<string, Func<double, double>> OfOne { get; } = new Dictionary<string, Func<double, double>>(StringComparer.Ordinal)
    {
        ["log"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log1p"] = Log1p,
        ["exp"] = Math.Exp,
        ["expm1"] = Expm1,
        ["sqrt"] = Math.Sqrt,
        ["abs"] = Math.Abs,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["asin"] = Math.Asin,
        ["acos"] = Math.Acos,
        ["atan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["asinh"] = Math.Asinh,
        ["acosh"] = Math.Acosh,
        ["atanh"] = Math.Atanh,
        ["floor"] = Math.Floor,
        ["ceiling"] = Math.Ceiling,
        ["trunc"] = Math.Truncate,
        ["round"] = static x => Math.Round(x, MidpointRounding.ToEven),
        ["sign"] = static x => double.IsNaN(x) ? x : Math.Sign(x),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What R's formulas know and this language does not know yet.</summary>
    public static FrozenSet<string> NotYet { get; } = new[]
    {
        "interaction", "cut", "ifelse",
        "ns", "bs", "s", "Error", "cbind", "as.numeric", "as.integer", "as.logical", "contr.sum", "min", "max", "pmin", "pmax",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All names that can be called, for suggestions.</summary>
    public static IEnumerable<string> Names => OfOne.Keys.Order(StringComparer.Ordinal).Append("I").Concat(SpecReader.Functions);

    /// <summary>log to a base, as R: bases 2 and 10 have their own logarithms.</summary>
    public static double Log(double x, double b) => b switch
    {
        2 => Math.Log2(x),
        10 => Math.Log10(x),
        _ => Math.Log(x) / Math.Log(b),
    };

    /// <summary>log(1 + x), to a few units in the last place.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    /// <summary>eˣ − 1, to a few units in the last place.</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        double less = u - 1;
        return u == 1 ? x : less == -1 || double.IsInfinity(u) || double.IsNaN(u) ? less : less * x / Math.Log(u);
    }
}
