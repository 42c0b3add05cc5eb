namespace Plumbline;

/// <summary>
/// Tokens → tree, by operator precedence (Pratt). Knows the grammar of R's expressions and nothing of their meaning.
/// Depth is bounded, so that neither this nor any later walk can run out of stack.
/// </summary>
internal sealed class Parser
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 200;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(string text)
    {
        _text = text;
        _tokens = Tokenizer.Tokenize(text);
    }

    private Token Current => _tokens[_at];

    /// <summary>Parses <c>response ~ predictors</c>, or <c>~ predictors</c> (then the response is null).</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>, with the position.</exception>
    public static (Node? Response, Node Predictors) Parse(string text)
    {
        var parser = new Parser(text);
        if (parser.Current.Kind == TokenKind.End)
        {
            throw parser.Error(parser.Current, "The formula is empty.", "Write response ~ predictors, as in `price ~ area + age`.");
        }
        Node? response = parser.Current.Is("~") ? null : parser.Expression(Operators.Lowest);
        if (!parser.Current.Is("~"))
        {
            throw parser.Current.Kind switch
            {
                TokenKind.End => parser.Error(
                    parser.Current, "The formula has no `~`.", "Write response ~ predictors, as in `price ~ area + age`."),
                TokenKind.Equals => parser.Error(
                    parser.Current, "The response and the predictors are separated by `~`, not by `=`.", "Write `~` here."),
                _ => parser.UnexpectedAfterOperand(),
            };
        }
        parser._at++;
        Node predictors = parser.Expression(Operators.Lowest);
        if (parser.Current.Is("~"))
        {
            throw parser.Error(parser.Current, "A formula has one `~`; this is the second.", "Remove one of them.");
        }
        return parser.Current.Kind == TokenKind.End ? (response, predictors) : throw parser.UnexpectedAfterOperand();
    }

    /// <summary>Parses an expression alone: a variable's text, read again.</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>, with the position.</exception>
    public static Node ParseExpression(string text)
    {
        var parser = new Parser(text);
        Node node = parser.Expression(Operators.Lowest);
        return parser.Current.Kind == TokenKind.End ? node : throw parser.UnexpectedAfterOperand();
    }

    private Node Expression(int lowest)
    {
        if (++_depth > MaxDepth)
        {
            throw TooDeep(Current.Position);
        }
        Node left = Operand();
        while (true)
        {
            Token op = Current;
            int precedence = Operators.Precedence(op);
            if (precedence < lowest || precedence == 0)
            {
                break;
            }
            if (precedence == Operators.Sum)
            {
                left = SumFrom(left);
            }
            else
            {
                _at++;
                Node right = Expression(precedence == Operators.Power ? precedence : precedence + 1);
                left = Checked(new BinaryNode(op.Text, left, right, op.Position));
            }
        }
        _depth--;
        return left;
    }

    private Node SumFrom(Node first)
    {
        var steps = new List<SumStep>();
        int position = Current.Position;
        while (Operators.Precedence(Current) == Operators.Sum)
        {
            Token sign = _tokens[_at++];
            steps.Add(new SumStep(sign.Text == "-", Expression(Operators.Sum + 1), sign.Position));
        }
        return Checked(new SumNode(first, steps, position));
    }

    private Node Operand()
    {
        Token token = _tokens[_at];
        if (token.Kind != TokenKind.End)
        {
            _at++;
        }
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberNode(token.Number, token.Position);
            case TokenKind.String:
                return new StringNode(token.Text, token.Position);
            case TokenKind.Name or TokenKind.QuotedName when Current.Kind == TokenKind.Open:
                return Call(token);
            case TokenKind.Name when token.Text is "TRUE" or "FALSE":
                return new LogicalNode(token.Text == "TRUE", token.Position);
            case TokenKind.Name:
                return token.Text == "." ? new DotNode(token.Position) : new NameNode(token.Text, token.Position);
            case TokenKind.QuotedName:
                return new NameNode(token.Text, token.Position);
            case TokenKind.Open:
                Node inner = Expression(Operators.Lowest);
                Close(token, "parenthesis");
                return Checked(new ParenthesesNode(inner, token.Position));
            case TokenKind.Operator when token.Text is "+" or "-" or "!":
                Node operand = Expression(token.Text == "!" ? Operators.Not : Operators.Sign);
                return Checked(new UnaryNode(token.Text, operand, token.Position));
            default:
                string after = _at > 1 && token.Kind == TokenKind.End ? " after " + _tokens[_at - 1].Shown : "";
                throw Error(
                    token,
                    $"Unexpected {token.Shown}{after}: expected a column, a function or a number.",
                    token.Is("~") ? "A formula has one `~`." : "Write what is missing, or remove the operator before it.");
        }
    }

    private CallNode Call(Token name)
    {
        Token open = _tokens[_at++];
        var arguments = new List<Argument>();
        if (Current.Kind != TokenKind.Close)
        {
            while (true)
            {
                string? argument = null;
                if (Current.Kind is TokenKind.Name or TokenKind.QuotedName && _tokens[_at + 1].Kind == TokenKind.Equals)
                {
                    argument = Current.Text;
                    _at += 2;
                }
                arguments.Add(new Argument(argument, Expression(Operators.Lowest)));
                if (Current.Kind != TokenKind.Comma)
                {
                    break;
                }
                _at++;
            }
        }
        Close(open, $"list of arguments of `{FormulaError.Clean(name.Text)}`");
        return (CallNode)Checked(new CallNode(name.Text, arguments, name.Position));
    }

    private void Close(Token open, string what)
    {
        if (Current.Kind == TokenKind.End)
        {
            throw Error(open, $"The {what} that opens here is never closed.", "Add a `)`.");
        }
        if (Current.Kind != TokenKind.Close)
        {
            throw UnexpectedAfterOperand();
        }
        _at++;
    }

    private Node Checked(Node node) => node.Depth > MaxDepth ? throw TooDeep(node.Position) : node;

    private PlumblineException TooDeep(int position) => FormulaError.At(
        _text, position, $"The formula is nested more than {MaxDepth} levels deep.", "Compute part of it in the data first.");

    private PlumblineException UnexpectedAfterOperand()
    {
        string next = Current.Kind switch
        {
            TokenKind.Close => "Remove the `)`, or open a parenthesis before.",
            TokenKind.Comma => "Predictors are joined with `+`; commas separate the arguments of a function.",
            TokenKind.Equals => "`=` names an argument of a function; equality is written `==`.",
            _ => "Join predictors with `+`. A name with spaces, or one that starts with a digit, goes in backquotes, as in `my column`.",
        };
        return Error(Current, $"Unexpected {Current.Shown}: expected an operator (`+` `-` `:` `*` `^`) or the end.", next);
    }

    private PlumblineException Error(Token token, string problem, string next) =>
        FormulaError.At(_text, token.Position, problem, next);
}
