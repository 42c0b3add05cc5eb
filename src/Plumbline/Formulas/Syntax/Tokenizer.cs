using System.Globalization;
using System.Text;

namespace Plumbline;

/// <summary>
/// Formula text → tokens, by R's lexical rules: names have letters, digits, dots and underscores and start with a
/// letter or a dot; any other name stands in backquotes. Numbers may end in L. Line breaks are spaces.
/// </summary>
internal sealed class Tokenizer
{
    // Longest first: the first that matches is taken.
    private static readonly string[] Operators =
        ["**", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "^", ":", "~", "<", ">", "&", "|", "!"];

    private readonly string _text;
    private int _at;

    private Tokenizer(string text) => _text = text;

    /// <summary>All tokens, the last of them <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>: a character or number that is none of the language's.</exception>
    public static List<Token> Tokenize(string text)
    {
        var tokenizer = new Tokenizer(text);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(tokenizer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF'))
        {
            _at++;
        }
        int start = _at;
        if (start == _text.Length)
        {
            return new Token(TokenKind.End, "", start);
        }
        char c = _text[start];
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < _text.Length && char.IsAsciiDigit(_text[start + 1])))
        {
            return Number(start);
        }
        switch (c)
        {
            case '(': _at++; return new Token(TokenKind.Open, "(", start);
            case ')': _at++; return new Token(TokenKind.Close, ")", start);
            case ',': _at++; return new Token(TokenKind.Comma, ",", start);
            case '`': return new Token(TokenKind.QuotedName, Quoted('`', "name"), start);
            case '"' or '\'': return new Token(TokenKind.String, Quoted(c, "string"), start);
            case '%': return PercentOperator(start);
        }
        foreach (string op in Operators)
        {
            if (string.CompareOrdinal(_text, start, op, 0, op.Length) == 0)
            {
                _at += op.Length;
                return new Token(TokenKind.Operator, op == "**" ? "^" : op, start);
            }
        }
        if (c == '=')
        {
            _at++;
            return new Token(TokenKind.Equals, "=", start);
        }
        int end = Names.End(_text, start);
        if (end > start)
        {
            _at = end;
            return new Token(TokenKind.Name, _text[start..end], start);
        }
        throw Unexpected(start);
    }

    private Token Number(int start)
    {
        int end = start;
        Digits(ref end);
        if (end < _text.Length && _text[end] == '.')
        {
            end++;
            Digits(ref end);
        }
        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            int exponent = end + 1;
            if (exponent < _text.Length && _text[exponent] is '+' or '-')
            {
                exponent++;
            }
            int digits = exponent;
            Digits(ref digits);
            if (digits > exponent)
            {
                end = digits;
            }
        }
        string digitsOnly = _text[start..end];
        if (end < _text.Length && _text[end] == 'L')
        {
            end++;
        }
        _at = end;
        double value = double.Parse(digitsOnly, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw FormulaError.At(_text, start, $"The number `{digitsOnly}` is larger than any double.", "Numbers go up to about 1.8e308.");
        }
        return new Token(TokenKind.Number, _text[start..end], start, value);
    }

    private void Digits(ref int at)
    {
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
        {
            at++;
        }
    }

    private string Quoted(char quote, string what)
    {
        int start = _at++;
        var content = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            char c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
            {
                c = _text[_at++] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '\\' => '\\',
                    '`' => '`',
                    '"' => '"',
                    '\'' => '\'',
                    char other => throw FormulaError.At(
                        _text, _at - 2, $"`\\{FormulaError.Clean(other.ToString())}` means nothing in a {what}.", @"A backslash is written `\\`."),
                };
            }
            content.Append(c);
        }
        if (_at == _text.Length)
        {
            throw FormulaError.At(_text, start, $"The {what} that starts here never ends.", $"Close it with {quote} .");
        }
        _at++;
        if (what == "name" && content.Length == 0)
        {
            throw FormulaError.At(_text, start, "The name is empty.", "Write the name of a column between the backquotes.");
        }
        return content.ToString();
    }

    private Token PercentOperator(int start)
    {
        int end = _text.IndexOf('%', start + 1);
        if (end < 0)
        {
            throw FormulaError.At(_text, start, "An operator such as `%in%` has a second `%`, which is missing here.");
        }
        _at = end + 1;
        return new Token(TokenKind.Operator, _text[start.._at], start);
    }

    private PlumblineException Unexpected(int start)
    {
        Rune.DecodeFromUtf16(_text.AsSpan(start), out Rune rune, out _);
        string shown = Rune.IsControl(rune) ? "" : $" `{rune}`";
        string next = rune.Value switch
        {
            0x2212 or 0x2013 or 0x2014 => "For minus, write `-`.",
            0x00D7 or 0x22C5 or 0x00B7 => "For crossing or a product, write `*`.",
            0x2018 or 0x2019 or 0x201C or 0x201D => "Strings stand in straight quotes \"…\", names in backquotes `…`.",
            '_' => "A name cannot start with `_`: put it in backquotes, as in `_x`.",
            _ => "The name of a column with such a character goes in backquotes, as in `size (m²)`.",
        };
        return FormulaError.At(_text, start, $"The character{shown} (U+{rune.Value:X4}) does not belong in a formula.", next);
    }
}
