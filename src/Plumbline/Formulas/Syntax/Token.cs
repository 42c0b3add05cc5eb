namespace Plumbline;

/// <summary>What a piece of a formula's text is.</summary>
internal enum TokenKind
{
    Number,
    String,
    Name,
    QuotedName,
    Operator,
    Open,
    Close,
    Comma,
    Equals,
    End,
}

/// <summary>A piece of a formula's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name without quotes, the operator in its one spelling (<c>^</c> for <c>**</c>), or the text.</param>
/// <param name="Position">The 0-based character where it starts.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0)
{
    /// <summary>How a message calls it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "the end of the formula",
        TokenKind.String => "a string",
        TokenKind.QuotedName => $"the name `{FormulaError.Clean(Text)}`",
        _ => FormulaError.Code(Text),
    };

    public bool Is(string op) => Kind == TokenKind.Operator && Text == op;
}
