using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// A design inside another one whose sums hold all that it needs: its parts and categories, found there. So its columns can be formed from
/// the other's moments.
/// </summary>
internal sealed class DesignEmbedding
{
    private readonly Design _inner;
    private readonly int[] _parts;
    private readonly int[] _categories;

    private DesignEmbedding(Design inner, int[] parts, int[] categories)
    {
        _inner = inner;
        _parts = parts;
        _categories = categories;
    }

    /// <summary>Finds a design in another; null when the other's sums do not hold all of it. Both have the same response and offset.</summary>
    public static DesignEmbedding? Of(Design inner, Design outer)
    {
        Dictionary<string, int> places = outer.Plan.Parts.Index().ToDictionary(static p => Key(p.Item), static p => p.Index + 1, StringComparer.Ordinal);
        int[] parts = [0, .. inner.Plan.Parts.Select(p => places.GetValueOrDefault(Key(p), -1))];
        parts[inner.Shape.Response] = outer.Shape.Response;
        if (inner.Plan.Offset is int offset)
        {
            parts[offset] = outer.Plan.Offset!.Value;
        }
        int[] categories = [.. inner.Plan.Categories.Select(c => Array.FindIndex(outer.Plan.Categories, o => o.Key == c.Key))];
        var embedding = new DesignEmbedding(inner, parts, categories);
        return !parts.Contains(-1) && !categories.Contains(-1)
            && inner.Shape.Terms.All(t => outer.Shape.Terms.Any(o => embedding.IsIn(t, o)))
            && inner.Shape.Unweighted.All(p => outer.Shape.Unweighted.Contains(parts[p]))
            ? embedding : null;
    }

    /// <summary>The columns of the design, as combinations of the outer design's plain columns.</summary>
    /// <param name="outer">The moments of the outer design.</param>
    public CodedDesign Code(DesignMoments outer)
    {
        var levels = new DesignLevels([.. _categories.Select(c => outer.Levels.Sets[c])], [.. _categories.Select(c => outer.Levels.Categories[c])]);
        CodedDesign coded = _inner.Code(levels, (a, b) => outer.Cells.Unweighted(_parts[a], _parts[b]));
        return coded with
        {
            Columns = [.. coded.Columns.Select(c => c with { Combination = [.. c.Combination.Select(t => (Place(t.Column), t.Factor))] })],
            Response = Place(coded.Response),
            Offset = coded.Offset is { } offset ? Place(offset) : null,
        };
    }

    private PlainColumn Place(PlainColumn column)
    {
        (int Category, int Code)[] cell = [.. column.Categories.Select((c, k) => (_categories[c], column.Codes[k])).OrderBy(static c => c.Item1)];
        return new PlainColumn(_parts[column.Part], [.. cell.Select(static c => c.Category)], [.. cell.Select(static c => c.Code)]);
    }

    private bool IsIn(ShapeTerm term, ShapeTerm outer) =>
        term.Categories.Select(c => _categories[c]).Order().SequenceEqual(outer.Categories) && term.Parts.All(p => outer.Parts.Contains(_parts[p]));

    /// <summary>a:b and b:a are one product.</summary>
    private static string Key(PartPlan part) => string.Join('\0', part.Factors.Order(StringComparer.Ordinal));
}

/// <summary>Two designs side by side: the columns of both, each once, with their moments.</summary>
internal sealed class JointColumns
{
    private readonly CodedMoments _coded;

    private JointColumns(CodedMoments coded, int[] first, int[] second)
    {
        _coded = coded;
        First = first;
        Second = second;
    }

    /// <summary>The columns of the first design, the intercept, 0, first.</summary>
    public int[] First { get; }

    /// <summary>The columns of the second.</summary>
    public int[] Second { get; }

    /// <summary>What a column is called.</summary>
    public string Name(int column) => _coded.Design.Columns[column].Name;

    /// <summary>Forms the columns of both from moments that hold both.</summary>
    public static JointColumns Of(DesignMoments moments, (Design Design, DesignEmbedding Place) first, (Design Design, DesignEmbedding Place) second)
    {
        CodedDesign a = first.Place.Code(moments), b = second.Place.Code(moments);
        var intercept = new CodedColumn("(Intercept)", [new CoefficientPiece("(Intercept)")], 0, [(new PlainColumn(0, [], []), ExactMath.One)], ExactMath.One);
        var columns = new List<CodedColumn> { intercept };
        var places = new Dictionary<string, int>(StringComparer.Ordinal) { [Key(intercept)] = 0 };
        int[] Place(CodedDesign coded) => [.. coded.Columns.Select(c =>
        {
            if (places.TryAdd(Key(c), columns.Count))
            {
                columns.Add(c);
            }
            return places[Key(c)];
        })];
        int[] of = Place(a), with = Place(b);
        CodedDesign joint = a with { Columns = columns, Terms = [] };
        return new JointColumns(CodedMoments.Of(joint, moments.Cells, moments.Design.Sources, first.Design.Response, hasIntercept: true), of, with);
    }

    /// <summary>Least squares on some columns; the intercept stands first if it is among them.</summary>
    public LeastSquaresSolution Solve(IReadOnlyList<int> columns) => _coded.SolveSubset(columns, Arithmetic.Exact);

    private static string Key(CodedColumn column) => string.Join(
        ' ',
        column.Combination.Select(static t => $"{t.Column.Part}/{string.Join(',', t.Column.Categories)}/{string.Join(',', t.Column.Codes)}={t.Factor}")
            .Order(StringComparer.Ordinal).Append(column.NormSquared.ToString()));
}
