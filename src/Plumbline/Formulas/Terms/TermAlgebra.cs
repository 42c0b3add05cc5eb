namespace Plumbline;

/// <summary>
/// Tree → terms: the meaning of <c>+ - : * ^ / %in%</c> between predictors, as R's <c>terms.formula</c> has it.
/// A list of terms is a set in the order of first mention; <c>:</c> unites the variables of every pair, <c>a*b</c> is
/// <c>a + b + a:b</c>, <c>(a + b)^2</c> is <c>(a + b):(a + b)</c> and what that contains, <c>a/b</c> is <c>a + b</c>
/// within <c>a</c>, and <c>1</c> and <c>0</c> switch the intercept, whichever comes last.
/// Cost: one set operation a pair of terms. Bounded in terms and in pairs, so that a short text cannot ask for a
/// billion terms.
/// Source: R Language Definition and the documentation of R's <c>formula</c>.
/// </summary>
internal sealed class TermAlgebra
{
    /// <summary>The most terms a formula may have.</summary>
    public const int MaxTerms = 10_000;

    private const long MaxPairs = 4_000_000;

    private readonly string _text;
    private readonly IReadOnlyList<string>? _dotColumns;
    private readonly List<Variable> _variables = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Note> _notes = [];
    private bool _intercept = true;
    private bool _negated;
    private long _pairs;

    private TermAlgebra(string text, IReadOnlyList<string>? dotColumns)
    {
        _text = text;
        _dotColumns = dotColumns;
    }

    /// <summary>The terms of a formula.</summary>
    /// <param name="text">The text of the formula, for errors.</param>
    /// <param name="response">The tree left of the <c>~</c>, or null.</param>
    /// <param name="predictors">The tree right of it.</param>
    /// <param name="dotColumns">What <c>.</c> stands for; null when that is not known, and then it is a variable of its own.</param>
    /// <exception cref="PlumblineException">Code <c>formula</c>: what cannot be a term, or too many terms.</exception>
    public static TermList Expand(string text, Node? response, Node predictors, IReadOnlyList<string>? dotColumns)
    {
        var algebra = new TermAlgebra(text, dotColumns);
        string? responseText = null;
        if (response is not null)
        {
            responseText = Deparser.Text(Bare(response));
            algebra.Number(Bare(response));
        }
        TermSet terms = algebra.Terms(predictors);
        if (response is not null && terms.Remove(VariableSet.Of(0)))
        {
            algebra._notes.Add(new Note(
                "response-among-predictors", $"{FormulaError.Code(responseText!)} is the response and was left out of the predictors."));
        }
        int[] offsets = Offsets.TakeFrom(terms, algebra._variables, text);
        VariableSet[] ordered = [.. terms.Where(static t => t.Degree > 0).OrderBy(static t => t.Degree)];  // a stable sort
        return new TermList(algebra._variables, ordered, offsets, algebra._intercept, algebra._notes);
    }

    private static Node Bare(Node node) => node is ParenthesesNode parentheses ? Bare(parentheses.Inner) : node;

    private int Number(Node node)
    {
        string key = Deparser.Key(node);
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _variables.Count;
            _numbers.Add(key, number);
            _variables.Add(new Variable(Deparser.Text(node), node));
        }
        return number;
    }

    private TermSet Terms(Node node)
    {
        switch (node)
        {
            case NameNode or CallNode:
                return [VariableSet.Of(Number(node))];
            case DotNode:
                return Dot(node);
            case NumberNode { Value: 0 or 1 } number:
                _intercept = (number.Value == 1) != _negated;
                return [];
            case ParenthesesNode parentheses:
                return Terms(parentheses.Inner);
            case UnaryNode { Operator: "+" } plus:
                return Terms(plus.Operand);
            case UnaryNode { Operator: "-" } minus:
                Negative(minus.Operand);
                return [];
            case SumNode sum:
                return Sum(sum);
            case BinaryNode binary:
                return Binary(binary);
            case NumberNode:
                throw FormulaError.At(
                    _text, node.Position, "A number other than 0 and 1 cannot be a predictor.", "Inside `I(…)` numbers are numbers, as in `I(2 * x)`.");
            case LogicalNode:
                throw FormulaError.At(
                    _text, node.Position, "TRUE and FALSE cannot be predictors.", "A column of that name stands in backquotes, as in `TRUE`.");
            case StringNode:
                throw FormulaError.At(
                    _text, node.Position, "A string cannot be a predictor.", "Names of columns stand bare or in backquotes, as in `my column`.");
            case UnaryNode unary:
                throw NotSupported(unary.Operator, unary.Position);
            default:
                throw new InvalidOperationException($"No meaning for {node.GetType().Name}.");
        }
    }

    private TermSet Dot(Node node)
    {
        if (_dotColumns is null)
        {
            return [VariableSet.Of(Number(node))];
        }
        var columns = new TermSet();
        foreach (string column in _dotColumns)
        {
            Add(columns, VariableSet.Of(Number(new NameNode(column, node.Position))), node.Position);
        }
        return columns;
    }

    private TermSet Sum(SumNode node)
    {
        TermSet terms = Terms(node.First);
        foreach (SumStep step in node.Steps)
        {
            if (step.Minus)
            {
                foreach (VariableSet term in Negative(step.Operand))
                {
                    terms.Remove(term);
                }
            }
            else
            {
                AddAll(terms, Terms(step.Operand), step.Position);
            }
        }
        return terms;
    }

    // Below a minus, 1 takes the intercept away and 0 brings it back.
    private TermSet Negative(Node operand)
    {
        _negated = !_negated;
        TermSet terms = Terms(operand);
        _negated = !_negated;
        return terms;
    }

    private TermSet Binary(BinaryNode node)
    {
        if (node.Operator == "^")
        {
            return Power(node);
        }
        if (node.Operator is not (":" or "*" or "/" or "%in%"))
        {
            throw NotSupported(node.Operator, node.Position);
        }
        TermSet left = Terms(node.Left), right = Terms(node.Right);
        switch (node.Operator)
        {
            case ":":
                return Cross(left, right, node.Position);
            case "*":
                TermSet crossed = Cross(left, right, node.Position);
                AddAll(left, right, node.Position);
                return AddAll(left, crossed, node.Position);
            case "/":
                TermSet nested = Cross([All(left)], right, node.Position);
                return AddAll(left, nested, node.Position);
            default:
                return Cross(left, [All(right)], node.Position);
        }
    }

    private TermSet Power(BinaryNode node)
    {
        if (Bare(node.Right) is not NumberNode { Value: >= 1 } exponent || exponent.Value != Math.Truncate(exponent.Value))
        {
            throw FormulaError.At(
                _text, node.Right.Position, "The power of a crossing is a whole number, 1 or more.", "For a power of the values, write `I(x^2)`.");
        }
        TermSet factors = Terms(node.Left);
        if (factors.Count == 1 && exponent.Value > 1)
        {
            string left = Deparser.Text(node.Left), power = Deparser.Text(exponent);
            _notes.Add(new Note(
                "power-is-crossing",
                $"`{left}^{power}` crosses `{left}` with itself, which is `{left}` again; for the power of its values write `I({left}^{power})`."));
        }
        TermSet result = factors;
        for (double step = 1; step < exponent.Value; step++)
        {
            int before = result.Count;
            result = Cross(result, factors, node.Position);
            if (result.Count == before)
            {
                break;          // every further step gives the same terms
            }
        }
        return result;
    }

    private TermSet Cross(TermSet left, TermSet right, int position)
    {
        _pairs += (long)left.Count * right.Count;
        if (_pairs > MaxPairs)
        {
            throw TooMany(position);
        }
        var result = new TermSet();
        foreach (VariableSet a in left)
        {
            foreach (VariableSet b in right)
            {
                Add(result, VariableSet.Union(a, b), position);
            }
        }
        return result;
    }

    private static VariableSet All(TermSet terms) => terms.Aggregate(VariableSet.Empty, VariableSet.Union);

    private TermSet AddAll(TermSet target, TermSet source, int position)
    {
        foreach (VariableSet term in source)
        {
            Add(target, term, position);
        }
        return target;
    }

    private void Add(TermSet target, VariableSet term, int position)
    {
        if (target.Add(term) && target.Count > MaxTerms)
        {
            throw TooMany(position);
        }
    }

    private PlumblineException TooMany(int position) => FormulaError.At(
        _text, position, $"The formula has more than {MaxTerms} terms here.", "Cross fewer variables, or to a lower degree.");

    private PlumblineException NotSupported(string op, int position) => FormulaError.At(
        _text,
        position,
        $"{FormulaError.Code(op)} is not supported between predictors.",
        "Predictors are joined by `+` `-` `:` `*` `^` `/` `%in%`; arithmetic goes inside `I(…)`.");
}
