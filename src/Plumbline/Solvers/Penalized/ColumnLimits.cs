using Plumbline.Numerics;

namespace Plumbline;

/// <summary>For each predictor the factor of the penalty and the bounds, in the data's units.</summary>
/// <param name="Factors">0 for no penalty.</param>
/// <param name="Lower">−∞ for none.</param>
/// <param name="Upper">∞ for none.</param>
internal sealed record ColumnLimits(double[] Factors, double[] Lower, double[] Upper)
{
    /// <summary>From options that name coefficients or terms.</summary>
    /// <param name="options">The options.</param>
    /// <param name="columns">For each predictor its name and that of its term; a name of a coefficient goes before one of a term.</param>
    /// <exception cref="PlumblineException">Code <c>no-coefficient</c>.</exception>
    public static ColumnLimits Of(PathOptions options, IReadOnlyList<(string Name, string Term)> columns)
    {
        foreach (string name in options.Factors.Keys.Concat(options.Lower.Keys).Concat(options.Upper.Keys))
        {
            if (!columns.Any(c => c.Name == name || c.Term == name))
            {
                string near = NearestName.Find(name, columns.SelectMany(static c => new[] { c.Name, c.Term }).Distinct(StringComparer.Ordinal)) is { } found ? $" Did you mean {FormulaError.Code(found)}?" : "";
                throw new PlumblineException("no-coefficient", $"A penalty factor or bound is for {FormulaError.Code(name)}, and the model has no such coefficient or term.{near}");
            }
        }
        return new ColumnLimits(Values(options.Factors, 1), Values(options.Lower, options.LowerOfAll), Values(options.Upper, options.UpperOfAll));

        double[] Values(IReadOnlyDictionary<string, double> given, double otherwise) =>
            [.. columns.Select(c => given.TryGetValue(c.Name, out double own) || given.TryGetValue(c.Term, out own) ? own : otherwise)];
    }
}

/// <summary>A penalty and bounds in the unit scale of a <see cref="PenalizedProblem"/>: Σ lengths_j|u_j| + ½ squares_j u_j², lower_j ≤ u_j ≤ upper_j.</summary>
internal sealed class UnitPenalty
{
    public UnitPenalty(DoubleDouble[] lengths, DoubleDouble[] squares, DoubleDouble[] lower, DoubleDouble[] upper)
    {
        Lengths = lengths;
        Squares = squares;
        Lower = lower;
        Upper = upper;
    }

    /// <summary>Factors of |u_j|; infinite for a coefficient that must be 0.</summary>
    public DoubleDouble[] Lengths { get; }

    /// <summary>Factors of ½u_j².</summary>
    public DoubleDouble[] Squares { get; }

    /// <summary>Not above 0.</summary>
    public DoubleDouble[] Lower { get; }

    /// <summary>Not below 0.</summary>
    public DoubleDouble[] Upper { get; }

    /// <summary>Whether it is ridge without bounds: all coefficients are free.</summary>
    public bool IsSmooth => Array.TrueForAll(Lengths, static l => l.Sign == 0) && Array.TrueForAll(Lower, static l => double.IsInfinity(l.High)) && Array.TrueForAll(Upper, static u => double.IsInfinity(u.High));

    /// <summary>For λ and α.</summary>
    public static UnitPenalty Of(PenalizedProblem problem, ColumnLimits limits, double lambda, double alpha) => new UnitPenalties(problem, limits, alpha).At(lambda);

    /// <summary>For the fit of the unpenalized columns alone: all others must be 0.</summary>
    public static UnitPenalty OfUnpenalized(PenalizedProblem problem, ColumnLimits limits)
    {
        var bounds = new UnitPenalties(problem, limits, 1);
        DoubleDouble[] lengths = [.. problem.Columns.Select(c => DoubleDouble.From(limits.Factors[c - 1] == 0 ? 0 : double.PositiveInfinity))];
        return new UnitPenalty(lengths, new DoubleDouble[problem.Count], bounds.Lower, bounds.Upper);
    }
}
