using System.Collections.Frozen;

namespace Plumbline;

/// <summary>R's operators, from the loosest to the tightest.</summary>
internal static class Operators
{
    public const int Lowest = 2;            // everything but ~, which stands once, between the two sides
    public const int Not = 4;
    public const int Sum = 6;
    public const int Special = 8;           // %in% and other %…%
    public const int Sign = 10;             // a sign binds tighter than : and looser than ^
    public const int Power = 11;            // to the right: a^b^c is a^(b^c)

    private static readonly FrozenDictionary<string, int> Precedences = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["||"] = 2,
        ["|"] = 2,
        ["&&"] = 3,
        ["&"] = 3,
        ["=="] = 5,
        ["!="] = 5,
        ["<"] = 5,
        [">"] = 5,
        ["<="] = 5,
        [">="] = 5,
        ["+"] = Sum,
        ["-"] = Sum,
        ["*"] = 7,
        ["/"] = 7,
        [":"] = 9,
        ["^"] = Power,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How tightly an operator between two operands binds; 0 for what is none.</summary>
    public static int Precedence(Token token) =>
        token.Kind != TokenKind.Operator ? 0
        : token.Text[0] == '%' ? Special
        : Precedences.GetValueOrDefault(token.Text);
}
