namespace Plumbline.Numerics;

/// <summary>
/// How the columns of a block of rows lie in memory for the Gram kernel, and the tiles of the product.
/// </summary>
/// <remarks>
/// Columns are padded to a whole number of vectors (and to a multiple of 4) and cut into panels of up to three
/// vectors' worth (12 columns, 24 at eight lanes). A panel is stored row by row: all its values of row 0, then of
/// row 1 … so that a tile reads both its operands in sequence. A panel of 128 rows is 12 KB; two of them stay in the
/// first-level cache while a pair of panels is multiplied.
///
/// A tile is 4 columns of one panel (each broadcast; 8 at eight lanes) against up to three vectors of columns of the same
/// or a later panel: 12 running sums, which with 3 vectors and 1 broadcast fill the 16 registers of AVX2. Tiles cover the upper
/// triangle; those on the diagonal start at the vector that holds their first column.
/// </remarks>
internal sealed class PanelLayout
{
    /// <summary>Columns are padded to a multiple of this at least: the gather takes four at a time.</summary>
    private const int Quad = 4;

    private readonly int[] _panelOfColumn;
    private readonly int[] _tileOf;      // [group, vector] → tile

    /// <summary>Lays out.</summary>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="lanes">Doubles in a vector.</param>
    /// <param name="groupSize">Columns on the broadcast side of a tile.</param>
    /// <param name="wanted">Which entries (i, j), i ≤ j, are wanted: pairs of panels without one are left out. Null for all.</param>
    public PanelLayout(int columns, int lanes, int groupSize, Func<int, int, bool>? wanted = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Columns = columns;
        Lanes = lanes;
        GroupSize = groupSize;
        int unit = Math.Max(Math.Max(groupSize, lanes), Quad);
        Padded = (columns + unit - 1) / unit * unit;
        Panels = CutPanels(Padded, unit);
        _panelOfColumn = new int[Padded];
        for (int p = 0; p < Panels.Length; p++)
        {
            Array.Fill(_panelOfColumn, p, Panels[p].First, Panels[p].Width);
        }
        int groups = Padded / GroupSize;
        int vectors = Padded / lanes;
        _tileOf = new int[groups * vectors];
        Array.Fill(_tileOf, -1);
        (Pairs, Tiles, AccumulatorLength) = CutTiles(vectors, wanted);
    }

    /// <summary>Columns of the matrix.</summary>
    public int Columns { get; }

    /// <summary>Columns on the broadcast side of a tile.</summary>
    public int GroupSize { get; }

    /// <summary>Columns with the padding.</summary>
    public int Padded { get; }

    /// <summary>Doubles in a vector.</summary>
    public int Lanes { get; }

    public Panel[] Panels { get; }

    /// <summary>Pairs of panels, first ≤ second, each with its range of tiles.</summary>
    public PanelPair[] Pairs { get; }

    public Tile[] Tiles { get; }

    /// <summary>Numbers that the sums of all tiles take.</summary>
    public int AccumulatorLength { get; }

    public int PanelOf(int column) => _panelOfColumn[column];

    /// <summary>Whether entry (i, j), i ≤ j, is summed.</summary>
    public bool Has(int i, int j) => _tileOf[(i / GroupSize * (Padded / Lanes)) + (j / Lanes)] >= 0;

    /// <summary>Where the sum of entry (i, j), i ≤ j, stands among the sums of all tiles.</summary>
    public int AccumulatorIndex(int i, int j)
    {
        ref readonly Tile tile = ref Tiles[_tileOf[(i / GroupSize * (Padded / Lanes)) + (j / Lanes)]];
        return tile.Accumulator + ((i % GroupSize) * tile.Vectors * Lanes) + (j - tile.FirstColumn);
    }

    private static Panel[] CutPanels(int padded, int unit)
    {
        var panels = new List<Panel>();
        int first = 0;
        while (first < padded)
        {
            int left = padded - first;

            // A last panel of one unit would run at half speed: 3 + 1 becomes 2 + 2.
            int width = left == 4 * unit ? 2 * unit : Math.Min(3 * unit, left);
            panels.Add(new Panel(first, width));
            first += width;
        }
        return [.. panels];
    }

    private (PanelPair[] Pairs, Tile[] Tiles, int Length) CutTiles(int vectors, Func<int, int, bool>? wanted)
    {
        var pairs = new List<PanelPair>();
        var tiles = new List<Tile>();
        int accumulator = 0;
        for (int p = 0; p < Panels.Length; p++)
        {
            for (int q = p; q < Panels.Length; q++)
            {
                if (wanted is not null && !IsWanted(Panels[p], Panels[q], wanted))
                {
                    continue;
                }
                int start = tiles.Count;
                for (int group = Panels[p].First; group < Panels[p].First + Panels[p].Width; group += GroupSize)
                {
                    int vector = p == q ? (group - Panels[p].First) / Lanes : 0;
                    int end = Panels[q].Width / Lanes;
                    while (vector < end)
                    {
                        int left = end - vector;
                        int count = left == 4 ? 2 : Math.Min(3, left);
                        int column = Panels[q].First + (vector * Lanes);
                        for (int v = 0; v < count; v++)
                        {
                            _tileOf[(group / GroupSize * vectors) + (column / Lanes) + v] = tiles.Count;
                        }
                        tiles.Add(new Tile(group - Panels[p].First, column - Panels[q].First, count, accumulator, column));
                        accumulator += GroupSize * count * Lanes;
                        vector += count;
                    }
                }
                pairs.Add(new PanelPair(p, q, start, tiles.Count));
            }
        }
        return ([.. pairs], [.. tiles], accumulator);
    }

    private bool IsWanted(Panel p, Panel q, Func<int, int, bool> wanted)
    {
        for (int i = p.First; i < Math.Min(Columns, p.First + p.Width); i++)
        {
            for (int j = Math.Max(i, q.First); j < Math.Min(Columns, q.First + q.Width); j++)
            {
                if (wanted(i, j))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Columns <paramref name="First"/> … <paramref name="First"/> + <paramref name="Width"/> − 1.</summary>
    internal readonly record struct Panel(int First, int Width);

    /// <summary>Two panels and the tiles [<paramref name="FirstTile"/>, <paramref name="EndTile"/>) of their product.</summary>
    internal readonly record struct PanelPair(int P, int Q, int FirstTile, int EndTile);

    /// <summary>A tile of the product.</summary>
    /// <param name="GroupOffset">Its first broadcast column, within the first panel.</param>
    /// <param name="VectorOffset">Its first vector column, within the second panel.</param>
    /// <param name="Vectors">How many vectors: 1 to 3.</param>
    /// <param name="Accumulator">Where its sums start: GroupSize × Vectors × Lanes of them.</param>
    /// <param name="FirstColumn">Its first vector column, in the matrix.</param>
    internal readonly record struct Tile(int GroupOffset, int VectorOffset, int Vectors, int Accumulator, int FirstColumn);
}
