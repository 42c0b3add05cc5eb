using Plumbline.Numerics;

namespace Plumbline;

/// <summary>What becomes of the coefficients that are not looked at.</summary>
public enum OtherCoefficients
{
    /// <summary>They stay at the minimizer.</summary>
    Fixed,

    /// <summary>At every point they take the values that make the loss least: the profile.</summary>
    Profiled,
}

/// <summary>An axis of the bowl.</summary>
/// <param name="Curvature">The second derivative of the loss along it, at least 0.</param>
/// <param name="First">The unit direction's part in the first coefficient.</param>
/// <param name="Second">And in the second.</param>
public readonly record struct BowlAxis(double Curvature, double First, double Second);

/// <summary>
/// The mean loss ½(ŷ − y)² of a linear model over two of its coefficients: a paraboloid, known completely from the moments.
/// </summary>
/// <remarks>
/// Method      L(b) = L* + ½ (b − b*)ᵀ H (b − b*) with H = A/Σw, A the moments of the predictors. Over two coefficients H is its 2 × 2
///             block when the others stay; with the others profiled it is the inverse of the block of H⁻¹ (the Schur complement).
/// Cost        one exact solution; then a handful of operations a point, whatever the number of rows.
/// Source      Boyd, Vandenberghe, Convex Optimization, §A.5.5 (Schur complement).
/// Fails when  a column has no coefficient because it is aliased, or two names are one: an exception.
/// </remarks>
public sealed class LossSurface
{
    private readonly double _a;
    private readonly double _b;
    private readonly double _c;

    private LossSurface(string first, string second, OtherCoefficients others, double firstAtMinimum, double secondAtMinimum, double minimum, double a, double b, double c)
    {
        First = first;
        Second = second;
        Others = others;
        FirstAtMinimum = firstAtMinimum;
        SecondAtMinimum = secondAtMinimum;
        Minimum = minimum;
        (_a, _b, _c) = (a, b, c);
        Axes = AxesOf(a, b, c);
    }

    /// <summary>The first coefficient.</summary>
    public string First { get; }

    /// <summary>The second coefficient.</summary>
    public string Second { get; }

    /// <summary>What the other coefficients do.</summary>
    public OtherCoefficients Others { get; }

    /// <summary>The first coefficient of the exact minimizer.</summary>
    public double FirstAtMinimum { get; }

    /// <summary>The second coefficient of the exact minimizer.</summary>
    public double SecondAtMinimum { get; }

    /// <summary>The least mean loss, RSS/(2Σw).</summary>
    public double Minimum { get; }

    /// <summary>The axes of the bowl, the steepest first. Their curvatures are the eigenvalues of the 2 × 2 Hessian.</summary>
    public IReadOnlyList<BowlAxis> Axes { get; }

    /// <summary>The Hessian's entries: both along the first, mixed, both along the second.</summary>
    public (double FirstFirst, double FirstSecond, double SecondSecond) Hessian => (_a, _b, _c);

    /// <summary>The surface over two coefficients of a fit of the last column of the moments to the others.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="first">A coefficient's name, e.g. <c>(Intercept)</c>.</param>
    /// <param name="second">Another one's.</param>
    /// <param name="others">What the rest do.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <exception cref="PlumblineException">Code <c>no-coefficient</c>: a name is none of a coefficient, or both are one; <c>no-rows</c>.</exception>
    public static LossSurface Of(
        Moments moments, string first, string second, OtherCoefficients others = OtherCoefficients.Fixed, bool intercept = true)
    {
        ArgumentNullException.ThrowIfNull(moments);
        LeastSquaresSolution solution = NormalEquations.Solve(moments, intercept);
        int i = Find(moments, solution, first), j = Find(moments, solution, second);
        if (i == j)
        {
            throw new PlumblineException("no-coefficient", $"A surface lies over two coefficients, and both names are {first}. Name another one.");
        }
        ExactValue weight = moments[0, 0];
        (double a, double b, double c) = others == OtherCoefficients.Fixed
            ? Block(moments, solution.Kept[i], solution.Kept[j], weight)
            : Schur(moments, solution, i, j, weight);
        double minimum = solution.Statistics.Rss / (2 * weight.ToDouble());
        return new LossSurface(first, second, others, solution.Estimates[i], solution.Estimates[j], minimum, a, b, c);
    }

    /// <summary>The loss at a point.</summary>
    public double At(double first, double second) => Minimum + Excess(first, second);

    /// <summary>The loss at a point, less the minimum. Never negative.</summary>
    public double Excess(double first, double second)
    {
        double x = first - FirstAtMinimum, y = second - SecondAtMinimum;
        return Math.Max(0, 0.5 * ((_a * x * x) + (2 * _b * x * y) + (_c * y * y)));
    }

    /// <summary>The gradient of the loss at a point.</summary>
    public (double First, double Second) Gradient(double first, double second)
    {
        double x = first - FirstAtMinimum, y = second - SecondAtMinimum;
        return ((_a * x) + (_b * y), (_b * x) + (_c * y));
    }

    /// <summary>The loss on a grid: entry [r, s] at the r-th value of the first and the s-th of the second coefficient.</summary>
    public double[,] Grid(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        double[,] grid = new double[first.Count, second.Count];
        for (int r = 0; r < first.Count; r++)
        {
            for (int s = 0; s < second.Count; s++)
            {
                grid[r, s] = At(first[r], second[s]);
            }
        }
        return grid;
    }

    /// <summary>The contour of an excess loss: the points of an ellipse, in order around it.</summary>
    /// <param name="excess">The loss above the minimum, above 0.</param>
    /// <param name="points">How many points, at least 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The bowl has a flat direction: the contour is open.</exception>
    public IReadOnlyList<(double First, double Second)> Contour(double excess, int points = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(excess);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 3);
        if (!(Axes[1].Curvature > 0))
        {
            throw new InvalidOperationException("The surface is flat in one direction, so its contours do not close.");
        }
        double along = Math.Sqrt(2 * excess / Axes[0].Curvature), across = Math.Sqrt(2 * excess / Axes[1].Curvature);
        var contour = new (double, double)[points];
        for (int n = 0; n < points; n++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * n / points);
            contour[n] = (
                FirstAtMinimum + (along * cos * Axes[0].First) + (across * sin * Axes[1].First),
                SecondAtMinimum + (along * cos * Axes[0].Second) + (across * sin * Axes[1].Second));
        }
        return contour;
    }

    private static int Find(Moments moments, LeastSquaresSolution solution, string name)
    {
        for (int n = 0; n < solution.Rank; n++)
        {
            if (moments.Columns[solution.Kept[n]].Name == name)
            {
                return n;
            }
        }
        string near = NearestName.Find(name, solution.Kept.Select(k => moments.Columns[k].Name)) is { } found ? $" Did you mean {found}?" : "";
        throw new PlumblineException("no-coefficient", $"There is no coefficient {FormulaError.Clean(name)} in this model.{near}");
    }

    private static (double, double, double) Block(Moments moments, int i, int j, ExactValue weight) =>
        (Over(moments[i, i], weight), Over(moments[i, j], weight), Over(moments[j, j], weight));

    private static double Over(ExactValue sum, ExactValue weight) => ExactInterval.Quotient(sum, weight).ToDouble();

    /// <summary>
    /// The Schur complement: what the other columns leave of the two. Its diagonal are residual sums of squares of regressions
    /// among the predictors, its mixed entry comes from that of their sum, S(x + y) = S(x) + 2 S(x, y) + S(y), with y scaled to
    /// the length of x first, so that nothing drowns.
    /// </summary>
    private static (double, double, double) Schur(Moments moments, LeastSquaresSolution solution, int i, int j, ExactValue weight)
    {
        int x = solution.Kept[i], y = solution.Kept[j];
        int[] rest = [.. solution.Kept.Where(k => k != x && k != y)];
        double a = Remainder(moments, rest, (x, 1)), c = Remainder(moments, rest, (y, 1));
        int power = a > 0 && c > 0 ? (Math.ILogB(a) - Math.ILogB(c)) / 2 : 0;
        double both = Remainder(moments, rest, (x, 1), (y, Math.ScaleB(1, power)));
        double mixed = Math.ScaleB(both - a - Math.ScaleB(c, 2 * power), -1 - power);
        double w = weight.ToDouble();
        return (a / w, mixed / w, c / w);
    }

    private static double Remainder(Moments moments, int[] rest, params (int Column, double Factor)[] response) =>
        NormalEquations.Solve(moments.Select([.. rest.Where(static k => k != 0)], response), rest.Contains(0)).Statistics.Rss;

    private static BowlAxis[] AxesOf(double a, double b, double c)
    {
        // Rotate by θ with tan 2θ = 2b/(a − c): both ends without cancellation (Golub, Van Loan, §8.5.2).
        double half = (a - c) / 2, radius = Math.Sqrt((half * half) + (b * b)), mean = (a + c) / 2;
        double large = mean + radius;
        double small = large > 0 ? Math.Max(0, ((a * c) - (b * b)) / large) : 0;
        double x = half >= 0 ? half + radius : b, y = half >= 0 ? b : radius - half;
        double length = Math.Sqrt((x * x) + (y * y));
        (x, y) = length > 0 ? (x / length, y / length) : (1, 0);
        return [new BowlAxis(large, x, y), new BowlAxis(small, -y, x)];
    }
}
