using Plumbline.Numerics;

namespace Plumbline;

/// <summary>How a matrix lies in memory.</summary>
public enum MatrixLayout
{
    /// <summary>Row after row: element (i, j) of n × p is at i·p + j.</summary>
    RowMajor,

    /// <summary>Column after column: element (i, j) is at j·n + i.</summary>
    ColumnMajor,
}

/// <summary>Least squares on numbers in memory, without a formula.</summary>
public static unsafe class LeastSquares
{
    /// <summary>Minimizes Σ w (y − Xβ)². Coefficients are named x1 … xp.</summary>
    /// <param name="x">The predictors, n × p, finite. Read in place, not copied.</param>
    /// <param name="y">The response, n values, finite.</param>
    /// <param name="layout">How <paramref name="x"/> lies in memory.</param>
    /// <param name="intercept">Whether a column of ones is added in front.</param>
    /// <param name="weights">Weights (<see cref="FitOptions.WeightKind"/>), n values, finite and not negative; empty for none.</param>
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>. Its <see cref="FitOptions.Weights"/> must be null.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="PlumblineException">
    /// Lengths do not fit (<c>shape</c>), a value is not finite (<c>infinite-value</c>), a weight is negative
    /// (<c>negative-weight</c>), or there is no row (<c>no-rows</c>).
    /// </exception>
    public static LinearModel Solve(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        MatrixLayout layout = MatrixLayout.RowMajor,
        bool intercept = true,
        ReadOnlySpan<double> weights = default,
        FitOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= FitOptions.Default;
        options.Validate();
        options.RequireClassical();
        if (!weights.IsEmpty && options.WeightKind == WeightKind.Sampling)
        {
            throw new PlumblineException(
                "option", "With sampling weights standard errors are robust, and need the rows a second time, by the names of their columns. Fit a formula to a Table or a file.");
        }
        int columns = CheckShape(x.Length, y.Length, weights.Length, options);
        string[] names = [.. Enumerable.Range(1, columns).Select(static j => $"x{j}"), "y"];
        IReadOnlyList<DesignColumn> design = PlainColumns.Named(names);
        fixed (double* px = x)
        fixed (double* py = y)
        fixed (double* pw = weights)
        {
            var matrix = new MatrixRows(px, py, pw, y.Length, columns, layout);
            (LeastSquaresSolution solution, long used) = options.Arithmetic == Arithmetic.Exact
                ? Exact(matrix, design, names, intercept, options, cancellation)
                : Fast(matrix, design, names, intercept, options, cancellation);
            string terms = string.Join(" + ", names[..^1]);
            string formula = $"y ~ {(intercept ? (columns == 0 ? "1" : "") : columns == 0 ? "0" : "0 + ")}{terms}";
            var rows = new RowCounts(y.Length, used, 0, new Dictionary<string, long>(StringComparer.Ordinal));
            var origin = new ModelOrigin(formula, "y", "memory", intercept, design, rows, [])
            {
                WeightKind = weights.IsEmpty ? null : options.WeightKind,
            };
            return ModelAssembly.Assemble(origin, solution, options);
        }
    }

    private static (LeastSquaresSolution Solution, long Used) Exact(
        MatrixRows matrix, IReadOnlyList<DesignColumn> design, string[] names, bool intercept, FitOptions options, CancellationToken cancellation)
    {
        using var builder = new MomentsBuilder(design, PlainColumns.Sources(names), options.RowWeights(matrix.Weights is not null));
        matrix.ForEachPart(options.Threads, cancellation, (start, count) =>
        {
            ExactMomentsWorker worker = builder.Rent();
            matrix.AddTo(worker, start, count);
            builder.Return(worker);
        });
        return (NormalEquations.Solve(builder.Build(), intercept), builder.RowsUsed);
    }

    private static (LeastSquaresSolution Solution, long Used) Fast(
        MatrixRows matrix, IReadOnlyList<DesignColumn> design, string[] names, bool intercept, FitOptions options, CancellationToken cancellation)
    {
        using var builder = new FastMomentsBuilder(design, PlainColumns.Sources(names), options.RowWeights(matrix.Weights is not null));
        double[] shift = matrix.FirstRow();
        matrix.ForEachPart(options.Threads, cancellation, (start, count) =>
        {
            FastMomentsWorker worker = builder.Rent(shift);
            matrix.AddTo(worker, start, count);
            builder.Return(worker);
        });
        FastMoments moments = builder.Build();
        for (int j = 0; j < design.Count; j++)
        {
            if (!double.IsFinite(moments[j, j]))
            {
                matrix.ThrowNotFinite(names);
            }
        }
        return (FastNormalEquations.Solve(moments, intercept), builder.RowsUsed);
    }

    private static int CheckShape(int x, int y, int weights, FitOptions options)
    {
        if (y == 0)
        {
            throw new PlumblineException("no-rows", "The response has no values. A fit needs at least one row.");
        }
        if (x % y != 0)
        {
            throw new PlumblineException("shape", $"The predictors have {x} values, which is not a multiple of the {y} values of the response. Give n·p values for n rows and p predictors.");
        }
        if (weights != 0 && weights != y)
        {
            throw new PlumblineException("shape", $"There are {weights} weights for {y} rows. Give one weight a row, or none.");
        }
        if (options.Weights is not null)
        {
            throw new PlumblineException("option", "FitOptions.Weights names a column of a table; here, pass the weights themselves.");
        }
        return x / y;
    }
}
