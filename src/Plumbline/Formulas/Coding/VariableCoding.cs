using Plumbline.Numerics;

namespace Plumbline;

/// <summary>One column that a variable makes: a combination of its plain elements over the root of a norm.</summary>
/// <param name="Label">The level, the contrast, the degree; null when the variable makes one column only.</param>
/// <param name="Combination">
/// Plain elements and their factors. The plain elements of a category are its levels, in their order; those of a number are its powers.
/// </param>
/// <param name="NormSquared">The column is the combination over the root of this.</param>
internal sealed record CodedElement(string? Label, (int Element, ExactValue Factor)[] Combination, ExactValue NormSquared);

/// <summary>How a variable becomes columns.</summary>
/// <param name="Elements">The columns where a margin takes up the mean (contrasts); for numbers, the columns.</param>
/// <param name="Indicators">The columns where no margin does: an indicator a level. For numbers the same as <paramref name="Elements"/>.</param>
/// <param name="Contrast">The name of the contrasts in results; null for treatment, and for numbers.</param>
internal sealed record VariableCoding(
    IReadOnlyList<CodedElement> Elements, IReadOnlyList<CodedElement> Indicators, string? Contrast = null);
