using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Normal errors: Jarque–Bera, Anderson–Darling, Shapiro–Wilk.
/// </summary>
/// <remarks>
/// Method      statistics of the residuals as they are. The effect is of repaired residuals, over the deviation that the columns let expect (<see cref="VarianceModel"/>, the better of its forms): 1 − W′,
///             W′ the squared correlation of the sorted residuals with normal scores Φ⁻¹((i − ⅜)/(n + ¼)): the share of their variance that a
///             normal law does not explain.
/// Source      Shapiro, Francia, An approximate analysis of variance test for normality, JASA 67 (1972).
/// </remarks>
internal static class NormalityChecks
{
    private const int Fewest = 8;

    /// <summary>The checks.</summary>
    public static IEnumerable<AssumptionCheck> Of(Evidence evidence)
    {
        double[] residuals = evidence.First.Residuals;
        if (residuals.Length < Fewest)
        {
            yield break;
        }
        double share = NotNormal(evidence.RepairedSample), other = NotNormal(evidence.RepairedLogSample);
        bool isLog = other < share;
        share = Math.Min(share, other);
        // χ² of Jarque and Bera is not to be trusted with few rows: Shapiro and Wilk's test must agree.
        bool isAsItIs = !evidence.Suspicion.IsRepaired && !evidence.Suspicion.IsEvened;
        double veto = ShapiroWilk.Test(isAsItIs ? residuals : isLog ? evidence.RepairedLogSample : evidence.RepairedSample).P;
        (JarqueBera shape, JarqueBera repaired, JarqueBera? log) = Shapes(evidence, isLog);
        string sentence = Sentence(evidence, share, repaired);
        CheckRemedy? remedy = Remedy(evidence, repaired, log);
        string sampled = residuals.Length < evidence.Rows ? $", of {Words.Count(residuals.Length)} residuals drawn with seed {evidence.Options.Seed}" : "";
        yield return Make("jarque-bera", shape.Test, "Jarque and Bera's test of skewness and kurtosis, χ²", [shape.Test.Df]);
        yield return Make("anderson-darling", AndersonDarling.Test(residuals), $"Anderson and Darling's test, mean and deviation estimated{sampled}; p by D'Agostino and Stephens", []);
        yield return Make("shapiro-wilk", ShapiroWilk.Test(residuals), $"Shapiro and Wilk's test by Royston{sampled}", []);

        AssumptionCheck Make(string name, TestValue test, string method, IReadOnlyList<double> df)
        {
            double size = EffectScale.Shape.Size(share, double.IsNaN(veto) ? test.P : Math.Max(veto, test.P));
            CheckVerdict verdict = EffectScale.Verdict(size);
            return new AssumptionCheck
            {
                Name = name,
                Assumption = ModelAssumption.Normality,
                Statistic = test.Statistic,
                Df = df,
                P = test.P,
                Method = method,
                EffectSize = size,
                EffectMeasure = "share of the residuals' variance in which they differ from a normal sample",
                EffectValue = share,
                Verdict = verdict,
                Effect = sentence,
                Remedy = verdict == CheckVerdict.Ok ? null : remedy,
            };
        }
    }

    /// <summary>1 − W′ of sorted values.</summary>
    public static double NotNormal(double[] sorted)
    {
        int n = sorted.Length;
        double mean = sorted.Sum() / n, squares = 0, scores = 0, products = 0;
        for (int i = 0; i < n; i++)
        {
            double x = sorted[i] - mean, score = Normal.Quantile((i + 1 - 0.375) / (n + 0.25));
            squares += x * x;
            scores += score * score;
            products += x * score;
        }
        return squares > 0 ? Math.Max(0, 1 - (products * products / (squares * scores))) : 0;
    }

    private static (JarqueBera Raw, JarqueBera Repaired, JarqueBera? Log) Shapes(Evidence evidence, bool isLog)
    {
        CheckLayout layout = evidence.Layout;
        AuxiliaryMoments plain = evidence.First.Plain, second = evidence.Second;
        int k = evidence.Coefficients, constant = k + SecondLookColumns.Constant;
        return (
            Shape(plain, layout.Constant, layout.Residual, layout.Square, layout.Rows),
            Shape(second, constant, k + (isLog ? SecondLookColumns.EvenLog : SecondLookColumns.Even), k + (isLog ? SecondLookColumns.EvenLogSquare : SecondLookColumns.EvenSquare), (long)evidence.Suspicion.Rows),
            layout.HasLog ? Shape(second, constant, k + SecondLookColumns.Log, k + SecondLookColumns.LogSquare, (long)evidence.Suspicion.Rows) : null);
    }

    private static JarqueBera Shape(AuxiliaryMoments moments, int constant, int residual, int square, long rows) => JarqueBera.Of(
        rows, moments[constant, residual], moments[constant, square], moments[residual, square], moments[square, square]);

    private static string Sentence(Evidence evidence, double share, JarqueBera shape)
    {
        double t = StudentT.UpperQuantile(0.025, Math.Max(1, evidence.Layout.DfResidual));
        double inside = evidence.First.Standardized.Count(r => Math.Abs(r) <= t) / (double)evidence.First.Standardized.Length;
        string tails = Math.Abs(shape.Skewness) > 0.5 && Math.Abs(shape.Skewness) > (shape.Kurtosis - 3) / 3
            ? $"are skewed to {(shape.Skewness > 0 ? "large" : "small")} values (skewness {Words.Ratio(shape.Skewness)})"
            : shape.Kurtosis > 3.5 ? $"have heavier tails than normal ones (kurtosis {Words.Ratio(shape.Kurtosis)}, normal 3)"
            : shape.Kurtosis < 2.5 ? $"have lighter tails than normal ones (kurtosis {Words.Ratio(shape.Kurtosis)}, normal 3)"
            : $"look much like normal ones (skewness {Words.Ratio(shape.Skewness)}, kurtosis {Words.Ratio(shape.Kurtosis)})";
        return $"The errors of {Words.Code(evidence.Model.Response)} {tails}; {Words.Percent(share)} of their spread is not that of a normal law, and the 95 % band of predictions holds {Words.Percent(inside)} of the rows. Coefficients and their errors lean on it little with {Words.Count(evidence.Rows)} rows.";
    }

    /// <summary>log y, when its errors are much nearer to normal.</summary>
    private static CheckRemedy? Remedy(Evidence evidence, JarqueBera now, JarqueBera? log)
    {
        if (log is not { } then || !(Distance(then) < 0.25 * Distance(now)))
        {
            return null;
        }
        return new CheckRemedy
        {
            Kind = RemedyKind.Formula,
            Value = FormulaEdits.WithLog(evidence.Model),
            Text = $"Fit log({Words.Code(evidence.Model.Response)}): the kurtosis of its errors is {Words.Ratio(then.Kurtosis)} instead of {Words.Ratio(now.Kurtosis)}, their skewness {Words.Ratio(then.Skewness)} instead of {Words.Ratio(now.Skewness)}; coefficients then are relative changes.",
            Numbers = [new RemedyNumber("kurtosis", now.Kurtosis, then.Kurtosis), new RemedyNumber("skewness", now.Skewness, then.Skewness)],
        };
    }

    private static double Distance(JarqueBera shape) => (shape.Skewness * shape.Skewness) + ((shape.Kurtosis - 3) * (shape.Kurtosis - 3) / 4);
}
