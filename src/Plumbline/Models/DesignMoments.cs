using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A formula's design and the exact moments of its plain columns: all that fits need from the rows, and no row. Levels of categories are
/// those of the data; contrasts, base levels, <c>poly</c> and <c>scale</c> are worked out when a model is fitted. Moments of parts with different
/// levels merge, and parts come out again exactly. Immutable.
/// </summary>
public sealed partial class DesignMoments
{
    private readonly CellMoments _cells;
    private readonly DesignLevels _levels;
    private readonly ValueRange[] _ranges;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, CodedMoments> _coded = [];      // by contrasts, −1 for those of the formula

    /// <summary>Puts moments together.</summary>
    /// <param name="design">The design.</param>
    /// <param name="cells">The sums that it needs.</param>
    /// <param name="levels">The levels of its categories.</param>
    /// <param name="ranges">For each input of the design its range; NaN where it is not known.</param>
    /// <param name="history">Where the rows came from.</param>
    /// <param name="kind">What weights mean.</param>
    /// <param name="rows">What became of the rows.</param>
    internal DesignMoments(Design design, CellMoments cells, DesignLevels levels, ValueRange[] ranges, RowsHistory history, WeightKind kind, RowCounts rows)
    {
        Design = design;
        _cells = cells;
        _levels = levels;
        _ranges = ranges;
        History = history;
        WeightKind = kind;
        Rows = rows;
    }

    /// <summary>The design: the formula, bound to the columns of the data.</summary>
    public Design Design { get; }

    /// <summary>Where the rows came from, without credentials.</summary>
    public string Source => History.Name;

    /// <summary>The SQL condition that chose the rows, or null: see <see cref="IRowSource.Where"/>.</summary>
    public string? Where => History.Where;

    /// <summary>What the weights mean, when there are any (<see cref="Plumbline.Design.Weights"/>).</summary>
    public WeightKind WeightKind { get; }

    /// <summary>What became of the rows.</summary>
    public RowCounts Rows { get; }

    /// <summary>The number of observations: the rows used, or with frequency weights the sum of their weights.</summary>
    public long Observations => _cells.Observations;

    /// <summary>
    /// The levels of a category that stood in the rows, in their order: numerically when all are numbers, else ordinally.
    /// </summary>
    /// <param name="category">One of the design's <see cref="Plumbline.Design.Categories"/>.</param>
    /// <exception cref="PlumblineException">Code <c>unknown-column</c>: the design has no such category.</exception>
    public IReadOnlyList<string> LevelsOf(string category) => _levels.Categories[CategoryPlace(category)].Texts;

    private int CategoryPlace(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        int k = 0;
        while (k < Design.Categories.Count && Design.Categories[k] != category)
        {
            k++;
        }
        return k < Design.Categories.Count ? k : throw new PlumblineException(
            "unknown-column",
            $"The formula has no category {FormulaError.Code(category)}. " + (Design.Categories.Count == 0
                ? "It has no categories." : $"Its categories are {string.Join(", ", Design.Categories.Select(FormulaError.Code))}."));
    }

    /// <summary>
    /// The moments of the plain columns: the constant, then the numbers and the indicators of levels that the terms ask for, then the response.
    /// They depend on the rows alone, not on contrasts.
    /// </summary>
    public Moments ToMoments() => PlainView.Of(_cells, _levels, Design.Sources);

    /// <summary>For each input of the design its range in the rows that were kept; meaningless for text.</summary>
    internal IReadOnlyList<ValueRange> Ranges => _ranges;

    /// <summary>The levels of the categories, with the codes that the moments know them by.</summary>
    internal DesignLevels Levels => _levels;

    /// <summary>The moments of the plain columns, by code.</summary>
    internal CellMoments Cells => _cells;

    /// <summary>The version of the program that wrote them to a file; this one's when they were not read from one.</summary>
    public string Version { get; internal init; } = ProductVersion.Text;

    /// <summary>Where the rows came from, source by source.</summary>
    internal RowsHistory History { get; }

    /// <summary>Reads the rows of a source once.</summary>
    /// <param name="formula">For example <c>price ~ sqft_living + zipcode</c>.</param>
    /// <param name="source">The rows: a <see cref="Table"/>, a file, anything that reads in blocks.</param>
    /// <param name="options">How; null for <see cref="FitOptions.Default"/>. Sums are exact whatever its <see cref="FitOptions.Arithmetic"/>.</param>
    /// <param name="progress">Told the fraction read, where the source can tell.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PlumblineException">As <see cref="LinearRegression.Fit(string, IRowSource, FitOptions?, IProgress{double}?, CancellationToken)"/>.</exception>
    public static DesignMoments Read(
        string formula,
        IRowSource source,
        FitOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(source);
        options ??= FitOptions.Default;
        options.Validate();
        return Read(Design.Create(Formula.Parse(formula), new Schema(source.Columns), options.Weights, options.Contrasts), source, options, progress, cancellation);
    }

    /// <summary>The rows that unweighted sums are of: those of weight 0 count, and frequencies count as often as they say.</summary>
    private long KeptRows => WeightKind == WeightKind.Frequency && Design.Weights is not null ? Observations : Rows.Read - Rows.Dropped;

    /// <summary>Reads the rows of a source once, for a design that is bound to its columns.</summary>
    internal static DesignMoments Read(
        Design design, IRowSource source, FitOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var pump = new RowPump(design, source, options);
        using var builder = new CellMomentsBuilder(design.Shape, options.RowWeights(design.Weights is not null));
        pump.Run(builder.Add, progress, cancellation);
        CellMoments cells = builder.Build();
        RowCounts rows = pump.Count(cells.Rows);
        rows.RequireUsed();
        return new DesignMoments(
            design, cells, DesignLevels.Of(pump.LevelSets, cells.LevelRows), pump.Ranges(), RowsHistory.Of(source.Name, source.Where), options.WeightKind, rows);
    }

    /// <summary>What a database summed, in its own arithmetic; null when the sums are exact.</summary>
    public EngineDetails? Engine { get; private init; }

    /// <summary>Moments that a database summed.</summary>
    /// <param name="design">The design that was carried out.</param>
    /// <param name="source">Where, without credentials, with the condition.</param>
    /// <param name="cells">The sums.</param>
    /// <param name="levels">For each category the texts of its codes.</param>
    /// <param name="ranges">For each input the range in the rows that were kept.</param>
    /// <param name="rows">What became of the rows.</param>
    /// <param name="kind">What the weights mean.</param>
    /// <param name="engine">How it was done.</param>
    internal static DesignMoments OfEngine(
        Design design, IRowSource source, CellMoments cells, IReadOnlyList<LevelSet> levels, ValueRange[] ranges, RowCounts rows, WeightKind kind, EngineDetails engine) =>
        new(design, cells, DesignLevels.Of(levels, cells.LevelRows), ranges, RowsHistory.Of(source.Name, source.Where), kind, rows)
        {
            Engine = engine,
        };

    /// <summary>Fits the model, without a look at the rows.</summary>
    /// <param name="options">
    /// The level of the intervals, the arithmetic and the contrasts (null for those that the rows were read with); null for
    /// <see cref="FitOptions.Default"/>. Weights and missing values were settled when the rows were read.
    /// </param>
    /// <exception cref="PlumblineException">
    /// A category cannot be coded (<c>one-level</c>, <c>unknown-level</c>), the model would have too many columns (<c>too-many-columns</c>), no row
    /// is left (<c>no-rows</c>), or an option is out of range (<c>option</c>).
    /// </exception>
    public LinearModel Fit(FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        options.Validate();
        options.RequireClassical();
        if (options.Contrasts is { } contrasts && contrasts != Design.Contrasts)
        {
            return Select(Design.Formula.Text, contrasts).Fit(options);
        }
        if (Design.Weights is not null && WeightKind == WeightKind.Sampling)
        {
            throw new PlumblineException(
                "option", "With sampling weights standard errors are robust, and need the rows a second time. Fit the formula to the rows with LinearRegression.Fit.");
        }
        return FitParts(options).Model;
    }

    /// <summary>The fit, for whom may look at the rows again.</summary>
    internal FittedParts FitParts(FitOptions options)
    {
        Rows.RequireUsed();
        if (Engine is not null)
        {
            options = options with { Arithmetic = Arithmetic.Fast };    // of sums that are rounded no digit can be proven
        }
        CodedMoments coded = Code(null);
        LeastSquaresSolution solution = coded.Solve(options.Arithmetic);
        var origin = new ModelOrigin(
            Design.Formula.Text, Design.Response, Source, Design.HasIntercept, coded.Model.Moments.Columns, Rows,
            [.. Design.Notes, .. Design.NotesOnDropped(Rows.DroppedByColumn), .. Design.NotesOnLevels(_levels, Rows.Read - Rows.Dropped), .. Design.NotesOnTime()])
        {
            WeightsColumn = Design.Weights,
            WeightKind = Design.Weights is null ? null : WeightKind,
            MeanWeight = ExactInterval.Quotient(coded.Model.Moments[0, 0], new ExactValue(Observations, 0)).ToDouble(),
            Where = Where,
            MomentsChecksum = Engine is null ? MomentsChecksum.Of(ToMoments()) : null,
            Engine = Engine,
            Design = FittedDesign(coded.Design, [.. solution.Kept.Select(k => k - coded.Place(0))]),
        };
        return new FittedParts(ModelAssembly.Assemble(origin, solution, options), solution, origin);
    }

    /// <summary>What prediction needs of a model with some of the coded columns.</summary>
    internal FittedDesign FittedDesign(CodedDesign coded, int[] kept) => Design.Fitted(_levels, coded, kept, KeptRows, _ranges);

    /// <summary>Least squares on some of the model's columns.</summary>
    /// <param name="codedColumns">Indices of <see cref="CodedDesign.Columns"/>, the intercept first if it is among them; so are those of the solution.</param>
    /// <param name="contrasts">Contrasts for all categories, whatever the formula says; null to follow it.</param>
    /// <param name="arithmetic">How it is solved.</param>
    internal LeastSquaresSolution SolveSubset(IReadOnlyList<int> codedColumns, ContrastKind? contrasts = null, Arithmetic arithmetic = Arithmetic.Exact) =>
        Code(contrasts).SolveSubset(codedColumns, arithmetic);

    /// <summary>The model's columns and their moments; worked out once for each kind of contrasts.</summary>
    /// <param name="contrasts">Contrasts for all categories, whatever the formula says; null to follow it.</param>
    internal CodedMoments Code(ContrastKind? contrasts)
    {
        lock (_gate)
        {
            int key = contrasts is { } kind ? (int)kind : -1;
            if (!_coded.TryGetValue(key, out CodedMoments? coded))
            {
                CodedDesign design = Design.Code(_levels, _cells.Unweighted, contrasts);
                _coded.Add(key, coded = CodedMoments.Of(design, _cells, Design.Sources, Design.Response, Design.HasIntercept));
            }
            return coded;
        }
    }
}
