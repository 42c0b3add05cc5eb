using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.CommandLine;

namespace Plumbline.Cli.Tradeoff;

/// <summary>Lists of numbers on the command line: <c>1,3,9</c>, or <c>0..12</c> of whole numbers.</summary>
internal static class Lists
{
    private const int Longest = 1000;

    /// <summary>Whole numbers.</summary>
    public static IReadOnlyList<int> Wholes(this Command verb, string text, string option, int least, int most)
    {
        var numbers = new List<int>();
        foreach (string piece in text.Split(','))
        {
            string[] ends = piece.Split("..");
            bool isNumber = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first);
            int last = first;
            isNumber = isNumber && ends.Length <= 2 && (ends.Length == 1 || int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out last));
            if (!isNumber || first < least || last > most || last < first || numbers.Count + (last - (long)first) >= Longest)
            {
                throw Mistakes.Usage($"{option} '{text}': expected whole numbers from {least} to {most}, as in {least}..{Math.Min(most, least + 8)} or {least},{least + 2}.", verb);
            }
            numbers.AddRange(Enumerable.Range(first, last - first + 1));
        }
        return numbers;
    }

    /// <summary>Numbers of at least 0.</summary>
    public static IReadOnlyList<double> Numbers(this Command verb, string text, string option)
    {
        double[] numbers = [.. text.Split(',').Select(piece =>
            double.TryParse(piece, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value)
                ? value
                : throw Mistakes.Usage($"{option} '{text}': expected numbers of 0 or more with commas between them, as in 0,0.01,0.1.", verb))];
        return numbers.Length <= Longest ? numbers : throw Mistakes.Usage($"{option}: at most {Longest} numbers.", verb);
    }
}
