using System.CommandLine;
using System.Globalization;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that choose a covariance, for every verb that fits.</summary>
/// <param name="isShared">Whether the verb has an order and a seed of its own, for more than the covariance.</param>
internal sealed class CovarianceChoice(bool isShared = false)
{
    private readonly Option<string?> _covariance = Values.Text("--cov", "KIND", "Standard errors: classical, HC0 … HC4, CR0:COLUMN or CR1:COLUMN[,COLUMN] by clusters, newey-west:LAGS, bootstrap:N. All but classical read the data twice. [classical]");

    private readonly Option<string?> _convention = Values.Text("--convention", "WHOSE", "stata, sandwich or statsmodels: factors and degrees of freedom where they differ. [stata]");
    private readonly Option<string?> _order = Values.Text("--order", "COLUMN", "For newey-west: the column that must grow from row to row. [rows as they are]");
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "For bootstrap: the seed of the draws. [1]");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The options of the verb that are of use for the covariance only.</summary>
    public IReadOnlyList<Option> All => isShared ? [_covariance, _convention] : [_covariance, _convention, _order, _seed];

    /// <summary>Reads them from the parsed line, with the order and the seed of the verb.</summary>
    /// <exception cref="PlumblineException">A value is wrong, or is of no use with the covariance chosen.</exception>
    public CovarianceOptions Read(ParseResult line, Command verb, string? order, ulong seed)
    {
        CovarianceOptions chosen = ReadKind(line, verb);
        return chosen with
        {
            Order = chosen.Estimator == CovarianceEstimator.NeweyWest ? order : null,
            Seed = chosen.Estimator == CovarianceEstimator.Bootstrap ? seed : chosen.Seed,
        };
    }

    /// <summary>Reads them from the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is wrong, or is of no use with the covariance chosen.</exception>
    public CovarianceOptions Read(ParseResult line, Command verb)
    {
        CovarianceOptions chosen = ReadKind(line, verb);
        string? order = line.GetValue(_order), seed = line.GetValue(_seed);
        if (order is not null && chosen.Estimator != CovarianceEstimator.NeweyWest)
        {
            throw Mistakes.Usage("--order is of use with --cov newey-west:LAGS only.", verb);
        }
        if (seed is not null && chosen.Estimator != CovarianceEstimator.Bootstrap)
        {
            throw Mistakes.Usage("--seed is of use with --cov bootstrap:N only.", verb);
        }
        return chosen with
        {
            Order = order,
            Seed = seed is null ? chosen.Seed : ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
                ? number
                : throw Mistakes.Usage($"--seed '{seed}': expected a whole number, 0 or more.", verb),
        };
    }

    private CovarianceOptions ReadKind(ParseResult line, Command verb)
    {
        CovarianceOptions chosen = Parse(line.GetValue(_covariance) ?? "classical", verb);
        string? convention = line.GetValue(_convention);
        if (convention is not null && chosen.Estimator == CovarianceEstimator.Classical)
        {
            throw Mistakes.Usage("--convention is of use with --cov only, and not with classical.", verb);
        }
        return chosen with
        {
            Convention = verb.OneOf(
                convention, "--convention",
                ("stata", CovarianceConvention.Stata), ("sandwich", CovarianceConvention.Sandwich), ("statsmodels", CovarianceConvention.Statsmodels)),
        };
    }

    private static CovarianceOptions Parse(string text, Command verb)
    {
        try
        {
            return CovarianceOptions.Parse(text);
        }
        catch (PlumblineException wrong) when (wrong.Code == "option")
        {
            throw Mistakes.Usage(wrong.Message.Replace("The covariance ", "--cov ", StringComparison.Ordinal), verb);
        }
    }
}
