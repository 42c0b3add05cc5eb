using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>Covariances as text: <c>HC3</c>, <c>CR1:firm,year</c>, <c>newey-west:4</c>, <c>bootstrap:1000</c>.</summary>
internal static class CovarianceText
{
    private const string Expected = "classical, HC0 to HC4, CR0:COLUMN, CR1:COLUMN, CR1:COLUMN,COLUMN, newey-west:LAGS or bootstrap:N";

    private static readonly (string Word, CovarianceEstimator Estimator)[] s_words =
    [
        ("classical", CovarianceEstimator.Classical),
        ("HC0", CovarianceEstimator.HC0), ("HC1", CovarianceEstimator.HC1), ("HC2", CovarianceEstimator.HC2),
        ("HC3", CovarianceEstimator.HC3), ("HC4", CovarianceEstimator.HC4),
        ("CR0", CovarianceEstimator.CR0), ("CR1", CovarianceEstimator.CR1),
        ("newey-west", CovarianceEstimator.NeweyWest), ("bootstrap", CovarianceEstimator.Bootstrap),
    ];

    public static CovarianceOptions Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string word = colon < 0 ? text : text[..colon];
        string? argument = colon < 0 ? null : text[(colon + 1)..];
        int found = Array.FindIndex(s_words, w => string.Equals(w.Word, word, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            string? near = NearestName.Find(word, s_words.Select(static w => w.Word));
            throw Wrong(text, $"expected {Expected}.{(near is null ? "" : $" Did you mean {near}?")}");
        }
        CovarianceEstimator estimator = s_words[found].Estimator;
        var options = new CovarianceOptions { Estimator = estimator };
        switch (estimator)
        {
            case CovarianceEstimator.CR0 or CovarianceEstimator.CR1:
                return options with { Clusters = Columns(text, argument) };
            case CovarianceEstimator.NeweyWest:
                return options with { Lags = Whole(text, argument, 0, "the number of lags: newey-west:4") };
            case CovarianceEstimator.Bootstrap:
                return options with { Replicates = Whole(text, argument, 2, "the number of resamples, 2 or more: bootstrap:1000") };
            default:
                return argument is null ? options : throw Wrong(text, $"{s_words[found].Word} takes nothing after it.");
        }
    }

    public static string Of(CovarianceOptions options)
    {
        string word = s_words.First(w => w.Estimator == options.Estimator).Word;
        return options.Estimator switch
        {
            CovarianceEstimator.CR0 or CovarianceEstimator.CR1 => $"{word}:{string.Join(',', options.Clusters.Select(Quoted))}",
            CovarianceEstimator.NeweyWest => string.Create(CultureInfo.InvariantCulture, $"{word}:{options.Lags}"),
            CovarianceEstimator.Bootstrap => string.Create(CultureInfo.InvariantCulture, $"{word}:{options.Replicates}"),
            _ => word,
        };
    }

    private static string Quoted(string column) =>
        column.AsSpan().ContainsAny(",`\\") || column != column.Trim() || column.Length == 0
            ? $"`{column.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`"
            : column;

    /// <summary>Names between commas; in backquotes a comma is a character, and a backslash takes the next one as it is.</summary>
    private static string[] Columns(string text, string? argument)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        bool isQuoted = false, wasQuoted = false;
        string list = argument ?? "";
        for (int i = 0; i < list.Length; i++)
        {
            char c = list[i];
            if (c == '`')
            {
                isQuoted = !isQuoted;
                wasQuoted = true;
            }
            else if (c == ',' && !isQuoted)
            {
                Take();
            }
            else
            {
                i += isQuoted && c == '\\' && i + 1 < list.Length ? 1 : 0;
                name.Append(list[i]);
            }
        }
        Take();
        if (isQuoted)
        {
            throw Wrong(text, "a backquote is not closed.");
        }
        return names.Count <= 2 && !names.Contains("")
            ? [.. names]
            : throw Wrong(text, "after the colon stands the column of the clusters, or two with a comma between: CR1:district, CR1:firm,year.");

        void Take()
        {
            names.Add(wasQuoted ? name.ToString() : name.ToString().Trim());
            name.Clear();
            wasQuoted = false;
        }
    }

    private static int Whole(string text, string? argument, int least, string what) =>
        int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw Wrong(text, $"after the colon stands {what}.");

    private static PlumblineException Wrong(string text, string message) =>
        new("option", $"The covariance '{FormulaError.Clean(text)}': {message}");
}
