using System.Collections.Immutable;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Solves min Σ w (y − x·b)² from exact moments. Every estimate and standard error is the correctly rounded double
/// wherever that can be proven (practically always), and carries the number of digits that is.
/// </summary>
/// <remarks>
/// Method      1. Columns that earlier ones determine are set aside (<see cref="AliasingRule"/>).
///             2. The rest is scaled by powers of two and inverted with a certificate, in double-double, then wider as
///                far as the condition asks (<see cref="InverseCertificate{T}"/>).
///             3. Estimates are refined with exact residuals until the enclosures settle the doubles; what no
///                refinement settles, exact zeros and ties, is decided modulo primes (<see cref="ExactDecision"/>).
///             4. RSS and the inverse's diagonal have errors quadratic in the residual; everything else follows by
///                interval arithmetic.
/// Cost        about 2p³ multiply–adds in double-double, some p² big-integer products a refinement step.
/// Source      Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §12 and §20; Rump, Verification methods,
///             Acta Numerica 19 (2010).
/// Fails when  there is no row (an exception). Nothing else: rank, exact fits, n ≤ p are data.
/// </remarks>
internal static class NormalEquations
{
    /// <summary>Solves for the last column of the moments on the others.</summary>
    /// <param name="moments">Column 0 is the intercept, the last column the response.</param>
    /// <param name="hasIntercept">Whether the intercept is a predictor.</param>
    /// <exception cref="PlumblineException"><c>no-rows</c>: no row has a non-zero weight.</exception>
    public static LeastSquaresSolution Solve(Moments moments, bool hasIntercept)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return Solve(ModelMoments.Of(moments), hasIntercept);
    }

    /// <summary>The same for columns that are given up to a norm.</summary>
    /// <inheritdoc cref="Solve(Moments, bool)"/>
    public static LeastSquaresSolution Solve(ModelMoments model, bool hasIntercept)
    {
        Moments moments = model.Moments;
        if (moments.Rows == 0)
        {
            throw new PlumblineException("no-rows", "There is no row to fit: every row is missing a value or has weight 0.");
        }
        int response = moments.Columns.Count - 1;
        int first = hasIntercept ? 0 : 1;
        AliasingResult rank = AliasingRule.Apply(model, Enumerable.Range(first, response - first).ToArray());
        ScaledColumns columns = rank.Scaled ?? new ScaledColumns(moments, [.. rank.Kept], response);
        Coefficients coefficients = CoefficientSolver.Solve(columns, rank.Factor, moments.Rows);
        LeastSquaresSolution solution = Assemble(model, hasIntercept, rank, columns, coefficients);
        return model.IsPlain ? solution : solution with { Aliased = [.. solution.Aliased.Select(a => ColumnNorms.Normalized(a, model))] };
    }

    private static LeastSquaresSolution Assemble(
        ModelMoments model, bool hasIntercept, AliasingResult rank, ScaledColumns columns, Coefficients solved)
    {
        Moments moments = model.Moments;
        var norms = new ColumnNorms(model, columns);
        int p = columns.Count;
        long df = moments.Rows - p;
        int y = columns.ResponsePower;
        ExactInterval rss = solved.Rss.Scale(2 * y);
        bool explainsNothing = solved.Estimates.Select((b, i) => b.IsZero || (hasIntercept && i == 0)).All(b => b);
        FitStatistics statistics = FitStatistics.From(
            moments.Rows, p, hasIntercept, rss, TotalSumOfSquares(moments, hasIntercept), explainsNothing, moments.SumLogWeights);

        var estimates = new double[p];
        var errors = new double[p];
        var t = new double[p];
        var digits = new int?[p];
        var errorDigits = new int?[p];
        var diagonal = new double[p];
        for (int i = 0; i < p; i++)
        {
            ExactInterval estimate = norms.Times(i, solved.Estimates[i].Scale(y - columns.Power(i)));
            estimates[i] = estimate.ToDouble();
            digits[i] = CorrectDigits.Count(estimates[i], estimate);
            diagonal[i] = norms.TimesSquare(i, solved.InverseDiagonal[i].Scale(-2 * columns.Power(i))).ToDouble();
            errors[i] = t[i] = double.NaN;
            if (df > 0)
            {
                ExactInterval error = ExactInterval.Sqrt(rss.NotNegative() * solved.InverseDiagonal[i] * FitStatistics.Ratio(1, df)).Scale(-columns.Power(i));
                error = norms.Times(i, error);
                errors[i] = error.ToDouble();
                errorDigits[i] = CorrectDigits.Count(errors[i], error);
                t[i] = error.Low.Sign > 0 ? (estimate / error).ToDouble() : double.NaN;
            }
        }
        double condition = solved.Inverse is null ? double.NaN : ConditionNumber.Of(columns, solved.Inverse);
        return new LeastSquaresSolution
        {
            Kept = [.. rank.Kept],
            Aliased = [.. rank.Aliased],
            NearlyAliased = [.. rank.NearlyAliased],
            Estimates = [.. estimates],
            StandardErrors = [.. errors],
            T = [.. t],
            Digits = [.. digits],
            StandardErrorDigits = [.. errorDigits],
            Covariance = Covariance(norms, columns, solved, df),
            InverseRoot = InverseRoot(norms, columns, solved),
            InverseDiagonal = [.. diagonal],
            RssEnclosure = rss.NotNegative(),
            Statistics = statistics,
            Condition = condition,
            Geometry = Geometry(columns, solved, condition).Over([.. Enumerable.Range(0, p).Select(norms.Factor)]),
        };
    }

    /// <summary>Σ w y² − (Σ w y)²/Σ w, or Σ w y², of the response less the offset; exactly 0 when it is.</summary>
    private static ExactInterval TotalSumOfSquares(Moments moments, bool hasIntercept)
    {
        int response = moments.Columns.Count - 1;
        ExactValue square = moments[response, response], sum = moments[0, response], weight = moments[0, 0];
        return hasIntercept ? ExactInterval.Quotient((square * weight) - (sum * sum), weight) : new ExactInterval(square);
    }

    private static LeastSquaresGeometry Geometry(ScaledColumns columns, Coefficients solved, double condition)
    {
        int residual = LeastSquaresGeometry.PowerOf((solved.Rss.Low + solved.Rss.High).Scale(-1));
        DoubleDouble[] estimates = [.. solved.Estimates.Select(b => DoubleDouble.From((b.Low + b.High).Scale(-1 - residual)))];
        return new LeastSquaresGeometry(
            [.. Enumerable.Range(0, columns.Count).Select(columns.Power)],
            columns.ResponsePower + residual,
            estimates,
            condition,
            (i, k) => solved.Inverse!.Root(i, k));
    }

    /// <summary>R⁻¹ in the data's units: row i goes with column i, which was scaled.</summary>
    private static ImmutableArray<ImmutableArray<double>> InverseRoot(ColumnNorms norms, ScaledColumns columns, Coefficients solved) =>
    [
        .. Enumerable.Range(0, columns.Count).Select(k => ImmutableArray.CreateRange(
            Enumerable.Range(0, k + 1).Select(i => norms.Times(i, solved.Inverse!.Root(i, k)).Scale(-columns.Power(i)).ToDouble()))),
    ];

    /// <summary>σ̂²·S in the data's units; what is smaller than its own error is 0.</summary>
    private static ImmutableArray<ImmutableArray<double>> Covariance(ColumnNorms norms, ScaledColumns columns, Coefficients solved, long df)
    {
        int p = columns.Count;
        var rows = new double[p][];
        for (int i = 0; i < p; i++)
        {
            rows[i] = new double[p];
        }
        ExactInterval variance = df > 0 ? solved.Rss.NotNegative() * FitStatistics.Ratio(1, df) : default;
        ExactValue middle = (variance.Low + variance.High).Scale(-1);
        int power = middle.IsZero ? 0 : middle.Magnitude;
        DoubleDouble factor = DoubleDouble.From(middle.Scale(-power));
        for (int i = 0; i < p; i++)
        {
            rows[i][i] = df > 0 ? norms.TimesSquare(i, (variance * solved.InverseDiagonal[i]).Scale(2 * (columns.ResponsePower - columns.Power(i)))).ToDouble() : double.NaN;
            (DoubleDouble rootOfI, int powerOfI) = norms.Factor(i);
            for (int j = 0; j < i; j++)
            {
                DoubleDouble entry = solved.Inverse!.Entry(i, j);
                double error = Math.Sqrt(solved.Inverse.Entry(i, i).High * p) * solved.Inverse.ColumnError(j);
                (DoubleDouble rootOfJ, int powerOfJ) = norms.Factor(j);
                double value = df == 0 ? double.NaN : Math.Abs(entry.High) <= error ? 0 : (entry * factor * rootOfI * rootOfJ).High;
                rows[i][j] = rows[j][i] = Math.ScaleB(value, power + powerOfI + powerOfJ + (2 * columns.ResponsePower) - columns.Power(i) - columns.Power(j));
            }
        }
        return [.. rows.Select(row => row.ToImmutableArray())];
    }
}
