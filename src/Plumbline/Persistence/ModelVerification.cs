using System.Collections.Immutable;

namespace Plumbline;

/// <summary>Something in which the model and its fit again differ.</summary>
/// <param name="What">What is compared, e.g. <c>estimate of age</c>.</param>
/// <param name="Stored">What the model has.</param>
/// <param name="Found">What the data give.</param>
public sealed record VerificationDifference(string What, string Stored, string Found);

/// <summary>What came of a verification.</summary>
/// <param name="Data">Where the rows came from.</param>
/// <param name="Rows">What became of them.</param>
/// <param name="MomentsCompared">Whether the checksum of the exact moments was compared too.</param>
/// <param name="Differences">What differs; empty when the model holds.</param>
public sealed record Verification(string Data, RowCounts Rows, bool MomentsCompared, IReadOnlyList<VerificationDifference> Differences)
{
    /// <summary>Whether everything is the same, to the last bit.</summary>
    public bool Holds => Differences.Count == 0;
}

/// <summary>Is a model the model of these rows? It is fitted again, and every bit of it compared.</summary>
public static class ModelVerification
{
    private static readonly (string Name, Func<LinearModel, double> Value)[] s_statistics =
    [
        ("residual sum of squares", static m => m.Rss), ("total sum of squares", static m => m.Tss), ("sigma", static m => m.Sigma),
        ("R²", static m => m.RSquared), ("F", static m => m.F.Value), ("log-likelihood", static m => m.LogLikelihood),
    ];

    /// <summary>Fits the model's formula to rows with the model's options, and compares.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The rows. A condition that chose the rows of the model (<see cref="LinearModel.Where"/>) must be the source's too.</param>
    /// <param name="threads">Threads at most; 0 for all cores. The bits do not depend on it.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PlumblineException"><c>no-design</c>: the model was fitted to a matrix or to moments; and what a fit may throw.</exception>
    public static Verification Verify(
        this LinearModel model, IRowSource source, int threads = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        if (model.Design is null)
        {
            throw new PlumblineException("no-design", "The model was fitted to a matrix or to moments: it does not know which columns to read, so it cannot be fitted again.");
        }
        if (model.Penalty is { } penalty)
        {
            throw new PlumblineException("option", $"The model was fitted with a penalty ({penalty}); only least-squares fits can be fitted again and compared. Run `plumb path` again, and compare the files.");
        }
        LinearModel again = LinearRegression.Fit(model.Formula, source, FitOptions.Of(model) with { Threads = threads }, progress, cancellation);
        bool hasMoments = model.MomentsChecksum is not null && again.MomentsChecksum is not null;
        return new Verification(source.Name, again.Rows, hasMoments, [.. Compare(model, again)]);
    }

    private static IEnumerable<VerificationDifference> Compare(LinearModel stored, LinearModel found)
    {
        if (stored.Where != found.Where)
        {
            yield return new VerificationDifference("condition on the rows", stored.Where ?? "none", found.Where ?? "none");
        }
        foreach ((string what, long a, long b) in ((string, long, long)[])
            [("rows read", stored.Rows.Read, found.Rows.Read), ("rows used", stored.Rows.Used, found.Rows.Used), ("rows dropped", stored.Rows.Dropped, found.Rows.Dropped)])
        {
            if (a != b)
            {
                yield return new VerificationDifference(what, a.ToString(), b.ToString());
            }
        }
        if (stored.MomentsChecksum is { } was && found.MomentsChecksum is { } now && was != now)
        {
            yield return new VerificationDifference("checksum of the moments", was, now);
        }
        foreach (VerificationDifference difference in Coefficients(stored, found))
        {
            yield return difference;
        }
        foreach ((string name, Func<LinearModel, double> value) in s_statistics)
        {
            if (!Same(value(stored), value(found)))
            {
                yield return new VerificationDifference(name, Text(value(stored)), Text(value(found)));
            }
        }
    }

    private static IEnumerable<VerificationDifference> Coefficients(LinearModel stored, LinearModel found)
    {
        string[] names = [.. stored.Coefficients.Select(static c => c.Name)], others = [.. found.Coefficients.Select(static c => c.Name)];
        if (!names.SequenceEqual(others, StringComparer.Ordinal))
        {
            yield return new VerificationDifference("coefficients", string.Join(", ", names), string.Join(", ", others));
            yield break;
        }
        for (int i = 0; i < names.Length; i++)
        {
            Coefficient a = stored.Coefficients[i], b = found.Coefficients[i];
            if (!Same(a.Estimate, b.Estimate))
            {
                yield return new VerificationDifference($"estimate of {names[i]}", Text(a.Estimate), Text(b.Estimate));
            }
            if (!Same(a.StandardError, b.StandardError))
            {
                yield return new VerificationDifference($"standard error of {names[i]}", Text(a.StandardError), Text(b.StandardError));
            }
        }
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (!Same(stored.Covariance[i][j], found.Covariance[i][j]))
                {
                    yield return new VerificationDifference(
                        i == j ? $"variance of {names[i]}" : $"covariance of {names[j]} and {names[i]}", Text(stored.Covariance[i][j]), Text(found.Covariance[i][j]));
                }
            }
        }
    }

    private static bool Same(double a, double b) => a == b || (double.IsNaN(a) && double.IsNaN(b));

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
