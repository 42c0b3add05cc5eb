namespace Plumbline;

/// <summary>
/// The cells that rows have fallen into: for a set of categories, each combination of codes that occurred gets a number, in the
/// order in which it came. A set's cells are found from those of the set without its last category, so that sets share work.
/// For one category the number is the code itself.
/// </summary>
/// <remarks>Cost: one look into a hash table a row for each category after the first, whatever the number of cells.</remarks>
internal sealed class CellTree
{
    private readonly List<CellNode> _nodes = [];

    /// <summary>The sets, each after the set without its last category.</summary>
    public IReadOnlyList<CellNode> Nodes => _nodes;

    /// <summary>The node of a set of categories (ascending, at least one); null when nobody made it.</summary>
    public CellNode? Find(ReadOnlySpan<int> categories)
    {
        foreach (CellNode node in _nodes)
        {
            if (categories.SequenceEqual(node.Categories))
            {
                return node;
            }
        }
        return null;
    }

    /// <summary>The node of a set of categories (ascending, at least one), made when it is not there, with those before it.</summary>
    public CellNode Node(ReadOnlySpan<int> categories)
    {
        if (Find(categories) is { } known)
        {
            return known;
        }
        CellNode? parent = categories.Length == 1 ? null : Node(categories[..^1]);
        var made = new CellNode(_nodes.Count, categories.ToArray(), parent);
        _nodes.Add(made);
        return made;
    }

    /// <summary>An empty tree of the same sets.</summary>
    public CellTree Like()
    {
        var tree = new CellTree();
        foreach (CellNode node in _nodes)
        {
            tree.Node(node.Categories);
        }
        return tree;
    }

    /// <summary>
    /// Takes in the cells of another tree of the same sets, whose code c of category k is this tree's <c>codes[k][c]</c>.
    /// </summary>
    /// <returns>For each node the number here of each cell there.</returns>
    public int[][] Take(CellTree other, IReadOnlyList<int[]>? codes)
    {
        var places = new int[other._nodes.Count][];
        foreach (CellNode there in other._nodes)
        {
            CellNode here = Node(there.Categories);
            int category = there.Categories[^1];
            int[] numbers = places[there.Index] = new int[there.Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                (int parent, int code) = there.Parts(i);
                int ours = codes is null ? code : codes[category][code];
                numbers[i] = here.Add(there.Parent is null ? 0 : places[there.Parent.Index][parent], ours);
            }
        }
        return places;
    }
}

/// <summary>The cells of one set of categories.</summary>
internal sealed class CellNode(int index, int[] categories, CellNode? parent)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;     // 2⁶⁴ over the golden ratio: spreads keys (Knuth, TAOCP vol. 3, §6.4)
    private int[] _slots = parent is null ? [] : NewSlots(64);
    private long[] _keys = [];
    private int _shift = 64 - 6;

    /// <summary>Its place in the tree.</summary>
    public int Index { get; } = index;

    /// <summary>The categories, ascending.</summary>
    public int[] Categories { get; } = categories;

    /// <summary>The node of the set without the last category; null for one category.</summary>
    public CellNode? Parent { get; } = parent;

    /// <summary>How many cells; for one category the codes up to the largest.</summary>
    public int Count { get; private set; }

    /// <summary>The cell's number among its parent's cells and the code of its last category.</summary>
    public (int Parent, int Code) Parts(int cell) => Parent is null ? (0, cell) : ((int)(_keys[cell] >> 32), (int)(_keys[cell] & 0xFFFFFFFF));

    /// <summary>The codes of a cell, one for each category.</summary>
    public int[] Codes(int cell)
    {
        var codes = new int[Categories.Length];
        CellNode? node = this;
        for (int k = codes.Length - 1; k >= 0; k--, node = node.Parent)
        {
            (cell, codes[k]) = node!.Parts(cell);
        }
        return codes;
    }

    /// <summary>The number of the cell with these codes; −1 when no row fell into it.</summary>
    public int Find(ReadOnlySpan<int> codes)
    {
        if (Parent is null)
        {
            return codes[0] < Count ? codes[0] : -1;
        }
        int before = Parent.Find(codes[..^1]);
        return before < 0 ? -1 : _slots[Slot(Key(before, codes[^1]))];
    }

    /// <summary>The number of a cell, which is added when it is new.</summary>
    public int Add(int before, int code)
    {
        if (Parent is null)
        {
            Count = Math.Max(Count, code + 1);
            return code;
        }
        long key = Key(before, code);
        int slot = Slot(key);
        return _slots[slot] >= 0 ? _slots[slot] : Insert(key, slot);
    }

    /// <summary>The same for many rows.</summary>
    public void Add(ReadOnlySpan<int> before, ReadOnlySpan<double> codes, Span<int> cells)
    {
        if (Parent is not null)
        {
            for (int r = 0; r < cells.Length; r++)
            {
                cells[r] = Add(before[r], (int)codes[r]);      // codes were looked at for their own category
            }
            return;
        }
        int most = -1, signs = 0;
        for (int r = 0; r < cells.Length; r++)
        {
            cells[r] = (int)codes[r];
            signs |= cells[r];
            most = Math.Max(most, cells[r]);
        }
        if (signs < 0 || most == int.MaxValue)
        {
            throw new ArgumentException("A code of a level is negative or too large.", nameof(codes));
        }
        Count = Math.Max(Count, most + 1);
    }

    private static long Key(int before, int code) => ((long)before << 32) | (uint)code;

    private static int[] NewSlots(int count)
    {
        var slots = new int[count];
        Array.Fill(slots, -1);
        return slots;
    }

    /// <summary>The slot that holds the key, or the empty one where it belongs.</summary>
    private int Slot(long key)
    {
        int slot = (int)(((ulong)key * Golden) >> _shift);
        while (_slots[slot] >= 0 && _keys[_slots[slot]] != key)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return slot;
    }

    private int Insert(long key, int slot)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(16, 2 * Count));
        }
        _keys[Count] = key;
        _slots[slot] = Count++;
        if (2 * Count > _slots.Length)
        {
            _slots = NewSlots(checked(2 * _slots.Length));
            _shift--;
            for (int i = 0; i < Count; i++)
            {
                _slots[Slot(_keys[i])] = i;
            }
        }
        return Count - 1;
    }
}
