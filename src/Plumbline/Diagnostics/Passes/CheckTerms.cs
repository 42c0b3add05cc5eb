using System.Globalization;

namespace Plumbline;

/// <summary>A term that the model might lack.</summary>
/// <param name="Text">As a formula writes it: <c>I(age^2)</c>, <c>age:sqft</c>.</param>
/// <param name="IsSquare">Whether it is the square of a predictor, rather than a product of two.</param>
/// <param name="Pairs">The products of columns that it adds, as indices into <see cref="CheckTerms.Pairs"/>.</param>
internal sealed record MissingTerm(string Text, bool IsSquare, int[] Pairs);

/// <summary>
/// Which products of the model's columns the checks look at: for White's test, and as terms that the model might lack. All of them when they
/// are few; else squares first, then products of two numbers, then of a number and a category, as far as the bound goes.
/// </summary>
internal sealed class CheckTerms
{
    /// <summary>The most products of columns.</summary>
    public const int MostPairs = 60;

    private readonly Dictionary<(int, int), int> _places = [];
    private readonly List<(int I, int J)> _pairs = [];
    private readonly List<MissingTerm> _terms = [];

    /// <param name="design">The model's columns.</param>
    public CheckTerms(FittedDesign design)
    {
        int first = design.HasIntercept ? 1 : 0;
        int columns = design.Columns.Count - first;
        IsComplete = columns > 0 && columns * (columns + 1L) / 2 <= MostPairs;
        int[][] simple = [.. SimpleTerms(design)];
        int[][] numbers = [.. simple.Where(t => IsNumber(design, t))];
        foreach (int[] term in numbers)
        {
            FittedVariable variable = VariableOf(design, term[0]);
            if (!variable.Name.Contains('^', StringComparison.Ordinal) && !variable.Name.Contains('*', StringComparison.Ordinal))
            {
                Offer(SquareOf(variable), true, [(term[0], term[0])]);
            }
        }
        for (int a = 0; a < numbers.Length; a++)
        {
            for (int b = a + 1; b < numbers.Length; b++)
            {
                Offer($"{Name(design, numbers[a])}:{Name(design, numbers[b])}", false, [(numbers[a][0], numbers[b][0])]);
            }
        }
        foreach (int[] category in simple.Except(numbers).Where(t => VariableOf(design, t[0]).Kind == VariableKind.Category).OrderBy(static t => t.Length))
        {
            foreach (int[] number in numbers)
            {
                Offer($"{Name(design, number)}:{Name(design, category)}", false, [.. category.Select(c => (number[0], c))]);
            }
        }
        for (int i = first; IsComplete && i < design.Columns.Count; i++)
        {
            for (int j = i; j < design.Columns.Count; j++)
            {
                Place((i, j));
            }
        }
    }

    /// <summary>Products of columns, as indices of coefficients.</summary>
    public IReadOnlyList<(int I, int J)> Pairs => _pairs;

    /// <summary>Terms that the model might lack.</summary>
    public IReadOnlyList<MissingTerm> Terms => _terms;

    /// <summary>Terms that were not looked at, because there are too many.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Whether <see cref="Pairs"/> are all squares and products of the columns.</summary>
    public bool IsComplete { get; }

    private void Offer(string text, bool isSquare, (int, int)[] pairs)
    {
        if (_pairs.Count + pairs.Length > MostPairs)
        {
            LeftOut++;
            return;
        }
        _terms.Add(new MissingTerm(text, isSquare, [.. pairs.Select(Place)]));
    }

    private int Place((int I, int J) pair)
    {
        pair = (Math.Min(pair.I, pair.J), Math.Max(pair.I, pair.J));
        if (!_places.TryGetValue(pair, out int place))
        {
            _places.Add(pair, place = _pairs.Count);
            _pairs.Add(pair);
        }
        return place;
    }

    /// <summary>The columns of each term that is one variable.</summary>
    private static IEnumerable<int[]> SimpleTerms(FittedDesign design) => Enumerable.Range(0, design.Columns.Count)
        .Where(c => design.Columns[c].Factors.Count == 1)
        .GroupBy(c => design.Columns[c].Term)
        .Select(static g => g.ToArray());

    private static bool IsNumber(FittedDesign design, int[] term) => VariableOf(design, term[0]).Kind is VariableKind.Number or VariableKind.Scale;

    private static FittedVariable VariableOf(FittedDesign design, int column) => design.Variables[design.Columns[column].Factors[0].Variable];

    private static string Name(FittedDesign design, int[] term) => VariableOf(design, term[0]).Name;

    private static string SquareOf(FittedVariable variable)
    {
        string inner = variable.Kind == VariableKind.Scale ? variable.Expression : variable.Name;
        if (inner.StartsWith("I(", StringComparison.Ordinal) && inner.EndsWith(')'))
        {
            inner = inner[1..];
        }
        return string.Create(CultureInfo.InvariantCulture, $"I({inner}^2)");
    }
}
