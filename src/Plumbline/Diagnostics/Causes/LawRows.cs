namespace Plumbline;

/// <summary>Rows that laws of errors are fitted to: residuals, and columns that the mean and the variance may have.</summary>
internal sealed class LawRows
{
    private readonly CheckRow[] _rows;
    private readonly CheckLayout _layout;

    /// <param name="layout">What columns the rows have.</param>
    /// <param name="rows">The rows.</param>
    public LawRows(CheckLayout layout, CheckRow[] rows)
    {
        _layout = layout;
        _rows = rows;
        Counts = [.. rows.Select(r => layout.IsFrequency ? r.Weight : 1)];
        Total = Counts.Sum();
        Response = [.. rows.Select(r => Factor(layout, r) * r.Columns[layout.Residual])];
        Ones = [.. rows.Select(static _ => 1.0)];
        Spread = [.. layout.Orthonormal.Select(k => rows.Select(r => r.Columns[k]).ToArray())];
    }

    /// <summary>How many.</summary>
    public int Count => _rows.Length;

    /// <summary>How many rows each stands for.</summary>
    public double[] Counts { get; }

    /// <summary>Their sum.</summary>
    public double Total { get; }

    /// <summary>√w·e/σ̂.</summary>
    public double[] Response { get; }

    /// <summary>1.</summary>
    public double[] Ones { get; }

    /// <summary>The columns of the model, orthonormal, for the variance.</summary>
    public double[][] Spread { get; }

    /// <summary>Columns of the mean: those of the model and others, of all rows or of the rows up to a border and after.</summary>
    /// <param name="added">The others.</param>
    /// <param name="last">The last row before the border, or 0.</param>
    public double[][] Mean(IReadOnlyList<int> added, long last = 0)
    {
        int[] columns = [.. _layout.Orthonormal, .. added];
        double[] Of(int column, Func<CheckRow, bool> counts) => [.. _rows.Select(r => counts(r) ? Factor(_layout, r) * r.Columns[column] : 0)];
        return last == 0
            ? [.. columns.Select(c => Of(c, static _ => true))]
            : [.. columns.Select(c => Of(c, r => r.Row <= last)), .. columns.Select(c => Of(c, r => r.Row > last))];
    }

    /// <summary>The rows but some.</summary>
    public LawRows Without(HashSet<long> rows) => new(_layout, [.. _rows.Where(r => !rows.Contains(r.Row))]);

    /// <summary>√w, 1 with frequencies.</summary>
    public static double Factor(CheckLayout layout, CheckRow row) => layout.IsFrequency ? 1 : Math.Sqrt(row.Weight);
}
