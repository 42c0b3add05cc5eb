using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Distributions;

public sealed class AgainstRTests(ITestOutputHelper output)
{
    [Fact]
    public void Ordinary_arguments_agree_with_R()
    {
        int compared = 0;
        var wrong = new List<string>();
        var worst = new Dictionary<string, (double Error, string Where)>(StringComparer.Ordinal);
        foreach (string[] f in Golden.Lines("r.csv"))
        {
            double expected = Golden.Number(f[5]);
            double actual = Evaluate(f[0], f[1] == "U", Golden.Number(f[2]), Golden.Number(f[3]), Golden.Number(f[4]));
            double error = Golden.RelativeError(actual, expected);
            string where = $"{string.Join(',', f)}: {actual:R}, {error:E1}";
            compared++;
            if (!(error <= 1e-12) && Math.Max(Math.Abs(actual), Math.Abs(expected)) > 1e-300)    // R gives 0 for some below
            {
                wrong.Add(where);
            }
            if (!worst.TryGetValue(f[0], out (double Error, string Where) soFar) || error > soFar.Error)
            {
                worst[f[0]] = (error, where);
            }
        }
        foreach ((_, string where) in worst.Values)
        {
            output.WriteLine(where);
        }
        Assert.True(compared > 850, $"Only {compared} values were compared.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join("\n", wrong.Take(30)));
    }

    private static double Evaluate(string call, bool upper, double x, double d1, double d2) => (call, upper) switch
    {
        ("pnorm", false) => Normal.LowerTail(x),
        ("pnorm", true) => Normal.UpperTail(x),
        ("qnorm", false) => Normal.Quantile(x),
        ("qnorm", true) => Normal.UpperQuantile(x),
        ("pt", false) => StudentT.LowerTail(x, d1),
        ("pt", true) => StudentT.UpperTail(x, d1),
        ("qt", false) => StudentT.Quantile(x, d1),
        ("qt", true) => StudentT.UpperQuantile(x, d1),
        ("pchisq", false) => ChiSquared.LowerTail(x, d1),
        ("pchisq", true) => ChiSquared.UpperTail(x, d1),
        ("qchisq", false) => ChiSquared.Quantile(x, d1),
        ("qchisq", true) => ChiSquared.UpperQuantile(x, d1),
        ("pf", false) => FisherF.LowerTail(x, d1, d2),
        ("pf", true) => FisherF.UpperTail(x, d1, d2),
        ("qf", false) => FisherF.Quantile(x, d1, d2),
        ("qf", true) => FisherF.UpperQuantile(x, d1, d2),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "Not a call that make.R writes."),
    };
}
