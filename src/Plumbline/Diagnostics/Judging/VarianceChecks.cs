namespace Plumbline;

/// <summary>
/// Constant variance: Breusch–Pagan, studentized and classic, and White.
/// </summary>
/// <remarks>
/// Method      statistics from the regression of e² on the model's columns (White: on their squares and products too, or on ŷ and ŷ² when they are
///             too many). The effect is of repaired residuals: with τ² = adjusted R²·Var(e²)/mean(e²)², the coefficient of variation of the
///             variance that the columns explain, √((1 + τ)/(1 − τ)) is the ratio of the errors' deviation a step of one τ above and
///             below the mean variance.
/// Source      Koenker, A note on studentizing a test for heteroscedasticity, J. Econometrics 17 (1981).
/// Fails when  τ ≥ 1: it is taken for 0.98, a ratio of 10.
/// </remarks>
internal static class VarianceChecks
{
    private const double MostSpread = 0.98;
    private const double LargestRatio = 9.94;       // √(1.98/0.02) is 9.95

    /// <summary>The checks.</summary>
    public static IEnumerable<AssumptionCheck> Of(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        double n = evidence.Rows;
        AuxiliaryMoments plain = evidence.First.Plain;
        AuxiliaryMoments centered = plain.Sweep([layout.Constant], out _);
        double tss = centered[layout.Square, layout.Square];
        AuxiliaryMoments onColumns = centered.Sweep(layout.Orthonormal, out int rank);
        double left = onColumns[layout.Square, layout.Square];
        double variance = layout.DfResidual;        // RSS over σ̂²
        TestValue studentized = AuxiliaryTests.Studentized(tss, left, n, rank + 1);
        TestValue classic = AuxiliaryTests.Classic(tss, left, variance, n, rank + 1);
        int k = evidence.Coefficients;
        Spread spread = SpreadOf(evidence.Second, [.. Enumerable.Range(0, k)], k + SecondLookColumns.Constant, k + SecondLookColumns.Square, evidence.Suspicion.Rows);
        double veto = evidence.Suspicion.IsRepaired ? spread.P : 0;
        string which = Direction(evidence);
        string sentence = Sentence(evidence, spread.Ratio, which);
        CheckRemedy? remedy = Remedy(evidence, spread);
        if (studentized.Df > 0)
        {
            // As first stated it takes the errors for Gaussian.
            double ofClassic = evidence.Suspicion.Laws is { IsTailed: false } ? Classic(evidence) : Math.Max(spread.P, studentized.P);
            yield return Make("breusch-pagan", studentized, "Breusch and Pagan's test, studentized by Koenker: n·R² of e² on the model's columns, χ²", spread, veto, sentence, remedy);
            yield return Make("breusch-pagan-classic", classic, "Breusch and Pagan's test as first stated, for Gaussian errors: half the explained sum of squares of e²/σ² on the model's columns, χ²", spread, ofClassic, sentence, remedy);
        }
        if (White(evidence, onColumns, tss, rank) is { } white)
        {
            Spread ofSquares = SpreadOf(
                evidence.Second, [.. Enumerable.Range(0, k), k + SecondLookColumns.FittedSquare], k + SecondLookColumns.Constant, k + SecondLookColumns.Square, evidence.Suspicion.Rows);
            yield return Make("white", white.Test, white.Method, ofSquares, evidence.Suspicion.IsRepaired ? ofSquares.P : 0, Sentence(evidence, ofSquares.Ratio, ofSquares.Ratio > 1.2 * spread.Ratio ? "both ends of the fitted values" : which), remedy);
        }
    }

    /// <summary>How far the spread of squared residuals is explained by columns.</summary>
    public static Spread SpreadOf(AuxiliaryMoments moments, int[] columns, int constant, int square, double rows)
    {
        double mean = moments[constant, square] / moments[constant, constant];
        AuxiliaryMoments centered = moments.Sweep([constant], out _);
        double tss = centered[square, square];
        double left = centered.Sweep(columns, out int rank)[square, square];
        TestValue test = AuxiliaryTests.Studentized(tss, left, rows, rank + 1);
        double share = rank > 0 ? TermGains.Share(tss, rows - 1, left, rows - 1 - rank) : 0;
        double tau = mean > 0 ? Math.Min(MostSpread, Math.Sqrt(share * tss / moments[constant, constant]) / mean) : 0;
        return new Spread(Math.Sqrt((1 + tau) / (1 - tau)), test.P);
    }

    /// <summary>p of the test as first stated, of repaired residuals.</summary>
    private static double Classic(Evidence evidence)
    {
        if (!evidence.Suspicion.IsRepaired)
        {
            return 0;
        }
        int k = evidence.Coefficients, constant = k + SecondLookColumns.Constant, square = k + SecondLookColumns.Square;
        AuxiliaryMoments centered = evidence.Second.Sweep([constant], out _);
        double left = centered.Sweep(Enumerable.Range(0, k), out int rank)[square, square];
        return AuxiliaryTests.Classic(centered[square, square], left, evidence.Second[constant, square], evidence.Suspicion.Rows, rank + 1).P;
    }

    private static AssumptionCheck Make(string name, TestValue test, string method, Spread spread, double veto, string sentence, CheckRemedy? remedy)
    {
        double size = EffectScale.Spread.Size(Math.Log(spread.Ratio), Math.Max(veto, test.P));
        CheckVerdict verdict = EffectScale.Verdict(size);
        return new AssumptionCheck
        {
            Name = name,
            Assumption = ModelAssumption.ConstantVariance,
            Statistic = test.Statistic,
            Df = [test.Df],
            P = test.P,
            Method = method,
            EffectSize = size,
            EffectMeasure = "ratio of the errors' standard deviation where the columns make it large to where they make it small",
            EffectValue = spread.Ratio,
            Verdict = verdict,
            Effect = sentence,
            Remedy = verdict == CheckVerdict.Ok ? null : remedy,
        };
    }

    private static (TestValue Test, string Method)? White(Evidence evidence, AuxiliaryMoments onColumns, double tss, int rank)
    {
        CheckLayout layout = evidence.Layout;
        double n = evidence.Rows;
        if (layout.Terms.IsComplete)
        {
            double all = onColumns.Sweep(Enumerable.Range(layout.Products, layout.Terms.Pairs.Count), out int added)[layout.Square, layout.Square];
            return rank + added + 1 < n
                ? (AuxiliaryTests.Studentized(tss, all, n, rank + added + 1), "White's test: n·R² of e² on the model's columns, their squares and products, χ²")
                : null;
        }
        if (!(layout.Fitted.Scale > 0))
        {
            return null;
        }
        // ŷ is what the columns give: its coefficients on z are those of the response, so its moments come from y = ŷ + e.
        AuxiliaryMoments centered = evidence.First.Plain.Sweep([layout.Constant], out _);
        double left = FittedAndSquare(evidence, centered, tss);
        return double.IsNaN(left) ? null : (AuxiliaryTests.Studentized(tss, left, n, 3), "White's test, in its short form, since the products are too many: n·R² of e² on ŷ and ŷ², χ²");
    }

    /// <summary>RSS of e² on ŷ and ŷ².</summary>
    private static double FittedAndSquare(Evidence evidence, AuxiliaryMoments centered, double tss)
    {
        CheckLayout layout = evidence.Layout;
        double[] y = evidence.FittedOnOrthonormal;
        int second = layout.FittedPowers, square = layout.Square;
        double yy = 0, ys = 0, y2 = 0;
        for (int i = 0; i < y.Length; i++)
        {
            ys += y[i] * centered[i, square];
            y2 += y[i] * centered[i, second];
            for (int j = 0; j < y.Length; j++)
            {
                yy += y[i] * y[j] * centered[i, j];
            }
        }
        if (!(yy > 0))
        {
            return double.NaN;
        }
        double left = tss - (ys * ys / yy), ofSecond = centered[second, second] - (y2 * y2 / yy), both = centered[second, square] - (y2 * ys / yy);
        return ofSecond > 1e-12 * centered[second, second] ? left - (both * both / ofSecond) : double.NaN;
    }

    /// <summary>The column with which the variance changes most.</summary>
    private static string Direction(Evidence evidence)
    {
        CheckLayout layout = evidence.Layout;
        double[] onZ = evidence.Suspicion.Plain.Fit(layout.Square, [layout.Constant, .. layout.Orthonormal]).Coefficients[1..];
        int best = -1;
        double largest = 0, sign = 0;
        for (int j = 0; j < evidence.Coefficients; j++)
        {
            double slope = 0;
            for (int k = j; k < evidence.Coefficients; k++)
            {
                slope += evidence.Root[k][j] * onZ[k];
            }
            double part = Math.Abs(slope) * layout.Scales[j];
            if (part > largest && !(layout.Parts.Origin.HasIntercept && j == 0))
            {
                (best, largest, sign) = (j, part, slope);
            }
        }
        return best < 0 ? "the columns" : $"{(sign > 0 ? "large" : "small")} {Words.Code(evidence.Name(best))}";
    }

    private static string Sentence(Evidence evidence, double ratio, string where)
    {
        string response = Words.Code(evidence.Model.Response);
        int most = MostChanged(evidence);
        string errors = most < 0 ? "" : $"; the standard error of {Words.Code(evidence.Name(most))} is {Words.Number(evidence.RobustErrors[most])} when unequal variances are allowed for (HC3), {Words.Number(evidence.Errors[most])} classical";
        return ratio < 1.2
            ? $"The errors of {response} vary about as much everywhere (standard deviations differ by a factor of {Words.Ratio(ratio)}){errors}."
            : $"The errors of {response} vary {Times(ratio)} times as much at {where} as at the other end, so intervals there are too narrow, and elsewhere too wide{errors}.";
    }

    private static string Times(double ratio) => ratio >= LargestRatio ? "more than 9.9" : Words.Ratio(ratio);

    private static int MostChanged(Evidence evidence)
    {
        int most = -1;
        double largest = -1;
        for (int j = 0; j < evidence.Coefficients; j++)
        {
            double change = Math.Abs(Math.Log(evidence.RobustErrors[j] / evidence.Errors[j]));
            if (change > largest && !(evidence.Model.HasIntercept && j == 0 && evidence.Coefficients > 1))
            {
                (most, largest) = (j, change);
            }
        }
        return most;
    }

    private static CheckRemedy? Remedy(Evidence evidence, Spread spread)
    {
        int k = evidence.Coefficients;
        if (evidence.Layout.HasLog)
        {
            Spread log = SpreadOf(evidence.Second, [.. Enumerable.Range(0, k)], k + SecondLookColumns.Constant, k + SecondLookColumns.LogSquare, evidence.Suspicion.Rows);
            if (Math.Log(log.Ratio) < 0.4 * Math.Log(spread.Ratio))
            {
                return new CheckRemedy
                {
                    Kind = RemedyKind.Formula,
                    Value = FormulaEdits.WithLog(evidence.Model),
                    Text = $"Fit log({Words.Code(evidence.Model.Response)}): its errors vary by a factor of {Times(log.Ratio)} instead of {Times(spread.Ratio)}; coefficients then are relative changes.",
                    Numbers = [new RemedyNumber("ratio of the errors' standard deviations", spread.Ratio, log.Ratio)],
                };
            }
        }
        int most = MostChanged(evidence);
        return most < 0 ? null : new CheckRemedy
        {
            Kind = RemedyKind.Covariance,
            Value = "HC3",
            Text = $"Take standard errors that allow for it (HC3): that of {Words.Code(evidence.Name(most))} goes from {Words.Number(evidence.Errors[most])} to {Words.Number(evidence.RobustErrors[most])}; the estimates stay.",
            Numbers = evidence.ChangedErrors(evidence.RobustErrors),
        };
    }
}

/// <summary>How the deviation of errors changes with the columns.</summary>
/// <param name="Ratio">Where it is large over where it is small.</param>
/// <param name="P">Of the test that it does not.</param>
internal sealed record Spread(double Ratio, double P);
