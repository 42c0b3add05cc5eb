using System.Text;

namespace Plumbline.Reports;

/// <summary>A verification that does not hold, as a message.</summary>
public static class VerificationText
{
    private const int MostShown = 5;

    /// <summary>What differs, the first few of it, and what may be behind it.</summary>
    /// <param name="verification">What was found.</param>
    /// <param name="path">The model file.</param>
    /// <param name="model">The model.</param>
    public static string Failure(Verification verification, string path, LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(verification);
        ArgumentNullException.ThrowIfNull(model);
        StringBuilder text = new();
        text.Append(TerminalText.Clean(path)).Append(" is not the model of ").Append(TerminalText.Clean(verification.Data)).Append(": ")
            .Append(verification.Differences.Count == 1 ? "one thing differs." : $"{verification.Differences.Count} things differ.");
        foreach (VerificationDifference difference in verification.Differences.Take(MostShown))
        {
            text.Append("\n  ").Append(TerminalText.Clean(difference.What)).Append(": ").Append(TerminalText.Clean(difference.Stored))
                .Append(" in the model, ").Append(TerminalText.Clean(difference.Found)).Append(" from the data");
        }
        if (verification.Differences.Count > MostShown)
        {
            text.Append("\n  and ").Append(verification.Differences.Count - MostShown).Append(" more");
        }
        text.Append("\nThe data or the model were changed since the fit");
        text.Append(model.Version == ProductVersion.Text ? "." : $", or the versions compute differently (fitted by {TerminalText.Clean(model.Version)}, verified by {ProductVersion.Text}).");
        return text.ToString();
    }
}
