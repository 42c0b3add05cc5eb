using Plumbline.Numerics;

namespace Plumbline;

/// <summary>The solution in scaled units: enclosures of estimates, inverse diagonal and RSS.</summary>
/// <param name="Estimates">b̃: the estimates of the scaled response on the scaled columns.</param>
/// <param name="InverseDiagonal">Of the inverse of the scaled moments.</param>
/// <param name="Rss">Of the scaled response; [0, 0] when exactly 0.</param>
/// <param name="Inverse">The certificate; null without columns.</param>
internal sealed record Coefficients(ExactInterval[] Estimates, ExactInterval[] InverseDiagonal, ExactInterval Rss, IInverseCertificate? Inverse);

/// <summary>Steps 2 to 4 of <see cref="NormalEquations"/>: kept columns in, enclosures out.</summary>
internal static class CoefficientSolver
{
    private const int WantedBits = 100;          // relative precision of estimates and RSS
    private const int DiagonalBits = 57;         // of the inverse's diagonal at least; more where the rounding of √ asks

    // What is still open at so many bits is checked for an exact zero or tie; if it is neither, refinement goes on.
    private static readonly int[] s_suspectBits = [320, 1280, 5120];

    private static readonly Func<ScaledColumns, Cholesky<DoubleDouble>?, IInverseCertificate?>[] s_levels =
    [
        (columns, factor) => factor is null
            ? InverseCertificate<DoubleDouble>.TryCreate(columns.Round<DoubleDouble>())
            : InverseCertificate<DoubleDouble>.TryCreate(columns.Round<DoubleDouble>(), factor.Inverse(), factor),
        (columns, _) => InverseCertificate<QuadDouble>.TryCreate(columns.Round<QuadDouble>()),
        (columns, _) => InverseCertificate<WideReal<Width512>>.TryCreate(columns.Round<WideReal<Width512>>()),
        (columns, _) => InverseCertificate<WideReal<Width2048>>.TryCreate(columns.Round<WideReal<Width2048>>()),
    ];

    /// <summary>Solves.</summary>
    /// <param name="columns">The kept columns.</param>
    /// <param name="factor">Their Cholesky factor, when it is known.</param>
    /// <param name="rows">The number of rows.</param>
    public static Coefficients Solve(ScaledColumns columns, Cholesky<DoubleDouble>? factor, long rows)
    {
        int p = columns.Count;
        if (p == 0)
        {
            return new Coefficients([], [], new ExactInterval(columns.ResponseSquare), null);
        }
        var system = new ExactSystem(p, (i, j) => columns[i, j]);
        ExactValue[] right = [.. Enumerable.Range(0, p).Select(columns.WithResponse)];
        for (int level = 0; level < s_levels.Length; level++)
        {
            if (s_levels[level](columns, factor) is { } inverse
                && Estimate(columns, system, inverse, right, rows) is { } estimate
                && Diagonal(columns, system, inverse, estimate.Rss, rows, mayGiveUp: level == 0) is { } diagonal)
            {
                return new Coefficients(estimate.Estimates, diagonal, estimate.Rss, inverse);
            }
        }
        throw new PlumblineException("too-ill-conditioned", "The kept columns are too nearly dependent to be solved at 2048 bits; leave one of them out.");
    }

    /// <summary>Estimates and RSS, refined until each is settled or suspect; null when refinement does not converge.</summary>
    private static (ExactInterval[] Estimates, ExactInterval Rss)? Estimate(
        ScaledColumns columns, ExactSystem system, IInverseCertificate inverse, ExactValue[] right, long rows)
    {
        var refinement = new Refinement(system, inverse, right);
        bool triedGuess = false;
        foreach (int suspectBits in s_suspectBits)
        {
            while (!IsSettled(columns, refinement, rows))
            {
                if (!refinement.Step() && !refinement.IsExact)
                {
                    return null;
                }
                int size = refinement.X.Max(x => x.Magnitude);
                if (!triedGuess && refinement.ErrorPower < size - 160)
                {
                    triedGuess = true;
                    refinement.TryReplace(NearestDoubles(columns, refinement));
                }
                if (refinement.ErrorPower < size - suspectBits)
                {
                    break;
                }
            }
            ExactInterval[] estimates = [.. Enumerable.Range(0, columns.Count).Select(refinement.Entry)];
            ExactInterval rss = rows == columns.Count
                ? new ExactInterval(ExactValue.Zero)
                : refinement.Remainder(columns.ResponseSquare);
            if (ExactDecision.Settle(columns, estimates, ref rss) || suspectBits == s_suspectBits[^1])
            {
                return (estimates, rss);
            }
        }
        return null;
    }

    private static bool IsSettled(ScaledColumns columns, Refinement refinement, long rows)
    {
        if (refinement.IsExact)
        {
            return true;
        }
        for (int i = 0; i < columns.Count; i++)
        {
            if ((long)refinement.X[i].Magnitude - refinement.ErrorPower < WantedBits
                || !refinement.Entry(i).Scale(columns.ResponsePower - columns.Power(i)).IsResolved)
            {
                return false;
            }
        }
        if (rows == columns.Count)
        {
            return true;
        }
        ExactInterval rss = refinement.Remainder(columns.ResponseSquare);
        return rss.Low.Sign > 0 && rss.Low.Magnitude - (rss.High - rss.Low).Magnitude >= WantedBits;
    }

    /// <summary>The doubles nearest the solution, in the data's units: right when the data were made from them.</summary>
    private static ExactValue[] NearestDoubles(ScaledColumns columns, Refinement refinement)
    {
        var guess = new ExactValue[columns.Count];
        for (int i = 0; i < guess.Length; i++)
        {
            int power = columns.ResponsePower - columns.Power(i);
            bool isZero = refinement.X[i].Magnitude <= refinement.ErrorPower + 1;
            double nearest = isZero ? 0 : refinement.X[i].Scale(power).ToDouble();
            guess[i] = double.IsFinite(nearest) ? ExactValue.From(nearest).Scale(-power) : refinement.X[i];
        }
        return guess;
    }

    /// <summary>
    /// The inverse's diagonal, each column refined for itself where the certificate alone is not sharp enough.
    /// Null when that would cost more than a wider certificate.
    /// </summary>
    private static ExactInterval[]? Diagonal(
        ScaledColumns columns, ExactSystem system, IInverseCertificate inverse, ExactInterval rss, long rows, bool mayGiveUp)
    {
        int p = system.Size;
        ExactInterval variance = rows > p ? rss * FitStatistics.Ratio(1, rows - p) : default;
        var diagonal = new ExactInterval[p];
        var open = new List<int>();
        for (int j = 0; j < p; j++)
        {
            diagonal[j] = inverse.Diagonal(j);
            if (!IsSharp(diagonal[j], variance, columns.Power(j)))
            {
                open.Add(j);
            }
        }
        if (mayGiveUp && open.Count > 8 + (p / 8))
        {
            return null;
        }
        foreach (int j in open)
        {
            var unit = new ExactValue[p];
            unit[j] = ExactMath.One;
            var refinement = new Refinement(system, inverse, unit);
            while (!IsSharp(diagonal[j], variance, columns.Power(j)))
            {
                if (!refinement.Step() && !refinement.IsExact)
                {
                    return null;
                }
                diagonal[j] = refinement.QuadraticForm();
            }
        }
        return diagonal;
    }

    /// <summary>Whether the standard error is settled, or so narrowly enclosed that only an exact tie can be left.</summary>
    private static bool IsSharp(ExactInterval value, ExactInterval variance, int power)
    {
        if (value.Low == value.High)
        {
            return true;
        }
        int bits = value.Low.Sign > 0 ? value.Low.Magnitude - (value.High - value.Low).Magnitude : 0;
        return bits >= WantedBits || (bits >= DiagonalBits && ExactInterval.Sqrt(variance * value).Scale(-power).IsResolved);
    }
}
