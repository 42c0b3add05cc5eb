using System.Globalization;

namespace Plumbline;

/// <summary>A way to learn from the user's rows: a formula, fitted by least squares or ridge.</summary>
public sealed record FormulaLearner
{
    /// <summary>Least squares of a formula.</summary>
    /// <param name="formula">For example <c>price ~ poly(area, 3)</c>.</param>
    public FormulaLearner(string formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        Formula = formula;
    }

    /// <summary>The formula.</summary>
    public string Formula { get; }

    /// <summary>λ ≥ 0 of (1/2n)·RSS + (λ/2)·‖β‖² over columns scaled by their 1/n standard deviation, the intercept not penalized.</summary>
    public double Lambda { get; init; }

    /// <summary>Rows of each training set; null for all that are trained on.</summary>
    public int? Rows { get; init; }

    /// <summary>
    /// Where it stands among the others, larger for what can follow the training set more closely: the degree, −λ, −rows in the families below.
    /// A verdict goes by it where it is known. Null when nothing is known.
    /// </summary>
    public double? Complexity { get; init; }

    /// <summary>What it is called in tables.</summary>
    public string Name { get; init; } = "";

    /// <summary>A family: the column as a polynomial of each degree.</summary>
    /// <param name="formula">A formula with the column as a term.</param>
    /// <param name="column">The column.</param>
    /// <param name="degrees">Degrees, each at least 1.</param>
    /// <exception cref="PlumblineException">Code <c>formula</c>: the column is no term of it. <c>option</c>: a degree is below 1.</exception>
    public static IReadOnlyList<FormulaLearner> OverDegree(string formula, string column, IEnumerable<int> degrees)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(degrees);
        return [.. degrees.Select(degree => degree >= 1
            ? new FormulaLearner(TermText.Replace(formula, column, name => $"poly({name}, {degree})")) { Name = $"degree {degree}", Complexity = degree }
            : throw new PlumblineException("option", $"The degree is {degree}; it must be at least 1."))];
    }

    /// <summary>A family: the same formula under each penalty.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="lambdas">Values of λ.</param>
    public static IReadOnlyList<FormulaLearner> OverLambda(string formula, IEnumerable<double> lambdas)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        return [.. lambdas.Select(lambda => new FormulaLearner(formula) { Lambda = lambda, Name = string.Create(CultureInfo.InvariantCulture, $"lambda {lambda}"), Complexity = -lambda })];
    }

    /// <summary>A family: the same formula on training sets of each size.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="rows">Sizes.</param>
    public static IReadOnlyList<FormulaLearner> OverRows(string formula, IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. rows.Select(n => new FormulaLearner(formula) { Rows = n, Name = $"{n} rows", Complexity = -n })];
    }

    internal string ShownName => Name.Length > 0 ? Name : Formula;

    internal void Validate()
    {
        if (!(Lambda >= 0) || double.IsInfinity(Lambda))
        {
            throw new PlumblineException("option", $"λ is {Lambda}; it must be 0 or more, and finite.");
        }
        if (Rows < 2)
        {
            throw new PlumblineException("option", $"A training set would have {Rows} rows; it needs at least 2.");
        }
    }
}
