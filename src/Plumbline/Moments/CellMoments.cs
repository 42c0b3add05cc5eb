using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>A product of two parts, a ≤ b, in the cells of a node.</summary>
internal readonly record struct CellProduct(int Node, int A, int B);

/// <summary>
/// Second moments of plain columns (parts times indicators of cells), Σ w z zᵀ over rows, held without rounding. Columns
/// are named by the codes that stood in the rows. Immutable. Parts add up to the whole, bit for bit, in any order.
/// </summary>
internal sealed partial class CellMoments(DesignShape shape, RowWeights weights)
{
    /// <summary>What the rows were.</summary>
    public DesignShape Shape { get; } = shape;

    /// <summary>What the weights were.</summary>
    public RowWeights Weights { get; } = weights;

    /// <summary>The number of rows with non-zero weight.</summary>
    public required long Rows { get; init; }

    /// <summary>The number of rows that they stand for: the sum of frequencies, else <see cref="Rows"/>.</summary>
    public required long Observations { get; init; }

    /// <summary>Σ log w; 0 without weights.</summary>
    public required ExactValue SumLogWeights { get; init; }

    /// <summary>For each category, by code, in how many rows a level stood, those of weight 0 too (or the sum of their frequencies); 0 for codes that never came.</summary>
    public required long[][] LevelRows { get; init; }

    /// <summary>The cells.</summary>
    public required CellTree Tree { get; init; }

    /// <summary>The sums in cells.</summary>
    public required Dictionary<CellProduct, FixedPointVector> Sums { get; init; }

    /// <summary>The sums over all rows, of parts a ≤ b.</summary>
    public required Dictionary<(int A, int B), ExactValue> Dense { get; init; }

    /// <summary>The unweighted sums over all rows; null when they are <see cref="Dense"/>.</summary>
    public required Dictionary<(int A, int B), ExactValue>? UnweightedSums { get; init; }

    /// <summary>The same sums for a shape in which all stands at the same place.</summary>
    public CellMoments With(DesignShape shape) => new(shape, Weights)
    {
        Rows = Rows,
        Observations = Observations,
        SumLogWeights = SumLogWeights,
        LevelRows = LevelRows,
        Tree = Tree,
        Sums = Sums,
        Dense = Dense,
        UnweightedSums = UnweightedSums,
    };

    /// <summary>Σ w zₐ z_b, exactly; 0 when the two have different levels of a category.</summary>
    public ExactValue this[PlainColumn a, PlainColumn b]
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            (int, int) product = (Math.Min(a.Part, b.Part), Math.Max(a.Part, b.Part));
            int most = a.Categories.Length + b.Categories.Length;
            if (most == 0)
            {
                return Dense[product];
            }
            Span<int> categories = stackalloc int[most], codes = stackalloc int[most];
            int count = Union(a, b, categories, codes);
            if (count < 0)
            {
                return ExactValue.Zero;
            }
            CellNode node = Tree.Find(categories[..count]) ?? throw NotPlanned();
            int cell = node.Find(codes[..count]);
            FixedPointVector sums = Sums.GetValueOrDefault(new CellProduct(node.Index, product.Item1, product.Item2)) ?? throw NotPlanned();
            return cell < 0 ? ExactValue.Zero : sums[cell];
        }
    }

    /// <summary>Σ of the product of two parts of <see cref="DesignShape.Unweighted"/>, over all rows, without weights.</summary>
    public ExactValue Unweighted(int a, int b) => (UnweightedSums ?? Dense)[(Math.Min(a, b), Math.Max(a, b))];

    private static InvalidOperationException NotPlanned() => new("The design did not announce that these two columns meet.");

    /// <summary>The cell in which both columns are not 0; −1 when there is none.</summary>
    private static int Union(PlainColumn a, PlainColumn b, Span<int> categories, Span<int> codes)
    {
        int count = 0;
        for (int i = 0, j = 0; i < a.Categories.Length || j < b.Categories.Length;)
        {
            int first = i < a.Categories.Length ? a.Categories[i] : int.MaxValue;
            int second = j < b.Categories.Length ? b.Categories[j] : int.MaxValue;
            if (first == second && a.Codes[i] != b.Codes[j])
            {
                return -1;
            }
            categories[count] = Math.Min(first, second);
            codes[count++] = first <= second ? a.Codes[i] : b.Codes[j];
            i += first <= second ? 1 : 0;
            j += second <= first ? 1 : 0;
        }
        return count;
    }
}
