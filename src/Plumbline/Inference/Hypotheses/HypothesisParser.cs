using System.Globalization;
using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Text → linear hypotheses: <c>age = 0, 2 * a - b = c + 1</c>. Operands are numbers and names of coefficients; where a name may
/// stand, the longest name of a coefficient that the text goes on with is taken, so that <c>species[versicolor]</c>,
/// <c>(Intercept)</c> and <c>poly(x, 2)[1]</c> stand as they are printed. Any name may stand in backquotes. Without <c>=</c>, the left side is
/// to be 0. Numbers are the decimals as written.
/// </summary>
internal sealed class HypothesisParser
{
    private const int MaxLength = 1_000_000;
    private const int MaxDepth = 100;
    private const int MaxExponent = 400;
    private const int LongestNumber = 2000;

    private readonly string _text;
    private readonly CoefficientNames _names;
    private int _at;
    private int _depth;

    private HypothesisParser(string text, CoefficientNames names)
    {
        _text = text;
        _names = names;
    }

    /// <summary>Reads the hypotheses.</summary>
    /// <param name="text">One or several, joined by commas.</param>
    /// <param name="names">The coefficients.</param>
    /// <returns>For each its text and left side less right side.</returns>
    /// <exception cref="PlumblineException">
    /// <c>hypothesis</c>: the text is no linear hypothesis; <c>no-coefficient</c>: a name is none of a coefficient.
    /// <see cref="PlumblineException.Position"/> is the place, and the message shows it.
    /// </exception>
    public static IReadOnlyList<(string Text, LinearForm Form)> Parse(string text, CoefficientNames names)
    {
        var parser = new HypothesisParser(text, names);
        if (text.Length > MaxLength)
        {
            throw parser.Error(MaxLength, $"The hypothesis has {text.Length} characters; at most {MaxLength} are read.");
        }
        var all = new List<(string, LinearForm)>();
        do
        {
            parser.Blanks();
            int start = parser._at;
            LinearForm form = parser.Equation();
            all.Add((text[start..parser._at].TrimEnd(), form));
        }
        while (parser.Takes(','));
        return parser._at == text.Length ? all : throw parser.Error(parser._at, parser.Unexpected("an operator, `=` or a comma"));
    }

    private LinearForm Equation()
    {
        LinearForm left = Sum();
        if (!Takes('='))
        {
            return left;
        }
        if (_at < _text.Length && _text[_at] == '=')    // == is = to whoever writes programs
        {
            _at++;
        }
        LinearForm right = Sum();
        if (Looks() == '=')
        {
            throw Error(_at, "A hypothesis has one `=`.", "Join several by commas, as in `a = b, b = 0`.");
        }
        return left.Plus(right, Fraction.From(-1));
    }

    private LinearForm Sum()
    {
        LinearForm sum = Product();
        while (true)
        {
            if (Takes('+'))
            {
                sum = sum.Plus(Product(), Fraction.From(1));
            }
            else if (Takes('-'))
            {
                sum = sum.Plus(Product(), Fraction.From(-1));
            }
            else
            {
                return sum;
            }
        }
    }

    private LinearForm Product()
    {
        LinearForm product = Operand();
        while (true)
        {
            Blanks();
            int at = _at;
            if (Takes('*'))
            {
                LinearForm factor = Operand();
                if (!product.IsConstant && !factor.IsConstant)
                {
                    throw Error(at, "Two coefficients are multiplied, and a hypothesis is linear in them.", "Multiply coefficients by numbers only.");
                }
                product = product.IsConstant ? factor.Times(product.Constant) : product.Times(factor.Constant);
            }
            else if (Takes('/'))
            {
                LinearForm divisor = Operand();
                if (!divisor.IsConstant || divisor.Constant.IsZero)
                {
                    throw Error(at, $"The divisor is {(divisor.IsConstant ? "0" : "a coefficient")}, and a hypothesis is linear.", "Divide by numbers other than 0 only.");
                }
                product = product.Times(Fraction.From(1) / divisor.Constant);
            }
            else
            {
                return product;
            }
        }
    }

    private LinearForm Operand()
    {
        if (++_depth > MaxDepth)
        {
            throw Error(_at, $"Parentheses and signs are nested more than {MaxDepth} deep.");
        }
        Blanks();
        LinearForm operand =
            _names.Match(_text, ref _at) is { } coefficient ? LinearForm.Of(coefficient)
            : Takes('-') ? Operand().Times(Fraction.From(-1))
            : Takes('+') ? Operand()
            : IsDigit(_at) || (Looks() == '.' && IsDigit(_at + 1)) ? LinearForm.Of(Number())
            : Takes('(') ? Inner(_at - 1)
            : throw (_at == _text.Length || "=,*/)".Contains(_text[_at])
                ? Error(_at, Unexpected("a number or the name of a coefficient"))
                : _names.Unknown(_text, _at));
        _depth--;
        return operand;
    }

    private LinearForm Inner(int open)
    {
        LinearForm inner = Sum();
        return Takes(')') ? inner
            : Looks() is '\0' or ',' or '=' ? throw Error(open, "The parenthesis that opens here is not closed.", "Close it with `)`.")
            : throw Error(_at, Unexpected("an operator or `)`"));
    }

    /// <summary>A decimal number, exactly as written.</summary>
    private Fraction Number()
    {
        int start = _at;
        BigInteger digits = 0;
        int decimals = 0;
        for (bool point = false; IsDigit(_at) || (!point && Looks() == '.'); _at++)
        {
            if (_text[_at] == '.')
            {
                point = true;
                continue;
            }
            digits = (digits * 10) + (_text[_at] - '0');
            decimals += point ? 1 : 0;
        }
        int exponent = 0, mark = _at;
        if (mark < _text.Length && _text[mark] is 'e' or 'E')
        {
            int sign = mark + 1 < _text.Length && _text[mark + 1] is '+' or '-' ? 1 : 0;
            int end = mark + 1 + sign;
            while (IsDigit(end))
            {
                end++;
            }
            if (end > mark + 1 + sign)
            {
                _at = end;
                exponent = int.TryParse(_text.AsSpan(mark + 1, end - mark - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : int.MaxValue;
            }
        }
        if (_at - start > LongestNumber || exponent is < -MaxExponent or > MaxExponent)
        {
            throw Error(start, "The number has too many digits, or is out of the range of doubles.", "Numbers go up to about 1.8e308.");
        }
        int power = exponent - decimals;
        return power >= 0
            ? Fraction.From(digits * BigInteger.Pow(10, power))
            : Fraction.Reduced(digits, BigInteger.Pow(10, -power));
    }

    private bool IsDigit(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private char Looks()
    {
        Blanks();
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Takes(char c)
    {
        if (Looks() != c || _at == _text.Length)
        {
            return false;
        }
        _at++;
        return true;
    }

    private string Unexpected(string expected)
    {
        string found = _at >= _text.Length ? "the text ends" : $"{FormulaError.Code(char.ConvertFromUtf32(char.IsSurrogate(_text[_at]) ? 0xFFFD : _text[_at]))} stands";
        return $"Here {found}, and {expected} was expected.";
    }

    private PlumblineException Error(int position, string problem, string? next = null) =>
        FormulaError.At(_text, position, problem, next, "hypothesis");
}
