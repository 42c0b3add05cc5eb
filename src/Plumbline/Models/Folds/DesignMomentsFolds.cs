namespace Plumbline;

public sealed partial class DesignMoments
{
    /// <summary>
    /// Reads the rows of a source and sums each part on its own: once for folds and holdouts by the hash of the rows when there are 1000 rows a
    /// part or more; a first time to divide them when there are fewer, or when there are groups, strata or an order.
    /// </summary>
    /// <param name="formula">For example <c>price ~ sqft_living + zipcode</c>.</param>
    /// <param name="source">The rows.</param>
    /// <param name="folds">How they are divided; null for <see cref="FoldOptions.Default"/>.</param>
    /// <param name="options">Weights, missing values, threads; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="progress">Told the fraction read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">
    /// As <see cref="Read(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>, and when there are more parts than rows
    /// (<c>too-many-folds</c>), a part has no rows (<c>empty-fold</c>), or the column of groups, strata or the order misses a value (<c>missing-key</c>).
    /// </exception>
    public static FoldMoments ReadFolds(
        string formula,
        IRowSource source,
        FoldOptions? folds = null,
        FitOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        folds ??= FoldOptions.Default;
        options ??= FitOptions.Default;
        folds.Validate();
        options.Validate();
        var schema = new Schema(source.Columns);
        var design = Design.Create(Formula.Parse(formula), schema, options.Weights, options.Contrasts);
        return new FoldReader(design, schema, source, folds, options, cancellation).Read(progress);
    }

    /// <summary>The rows but those of a part that was read with them.</summary>
    internal DesignMoments Less(DesignMoments part) => WithSameCodes(part, subtract: true);

    /// <summary>The rows and those of another part that was read with them.</summary>
    internal DesignMoments Plus(DesignMoments part) => WithSameCodes(part, subtract: false);

    /// <summary>The columns that these rows code, with the levels of all: a level that none of these rows has makes a column of zeros.</summary>
    internal CodedMoments CodeWith(DesignLevels levels) =>
        CodedMoments.Of(Design.Code(levels, _cells.Unweighted, null), _cells, Design.Sources, Design.Response, Design.HasIntercept);

    /// <summary>These rows in columns that others coded.</summary>
    internal CodedMoments CodeAs(CodedDesign design) => CodedMoments.Of(design, _cells, Design.Sources, Design.Response, Design.HasIntercept);

    /// <summary>Moments of a part, or of all rows, that were read together.</summary>
    internal static DesignMoments OfPart(RowPump pump, Design design, CellMoments cells, RowCounts rows, IRowSource source, WeightKind kind) =>
        new(design, cells, DesignLevels.Of(pump.LevelSets, cells.LevelRows), pump.Ranges(), RowsHistory.Of(source.Name, source.Where), kind, rows);

    private DesignMoments WithSameCodes(DesignMoments part, bool subtract)
    {
        int[][] codes = [.. _levels.Sets.Select(static set => Enumerable.Range(0, set.Count).ToArray())];
        CellMoments cells = subtract ? CellMoments.Subtract(_cells, part._cells, codes) : CellMoments.Merge(_cells, part._cells, codes);
        return new DesignMoments(
            Design, cells, DesignLevels.Of(_levels.Sets, cells.LevelRows), _ranges, History, WeightKind, Combine(Rows, part.Rows, cells.Rows, subtract ? -1 : 1));
    }
}
