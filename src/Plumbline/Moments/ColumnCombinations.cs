using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// Tᵀ M T: moments of combinations of plain columns, exactly.
/// </summary>
/// <remarks>
/// Method      a pair of columns that are plain is looked up. For the others V = M T is formed from the entries of M that are not
///             0 (two levels of a category never meet), and then Tᵀ V.
/// Cost        p²/2 look-ups for plain columns (treatment contrasts), and for the others the sums of products that T's entries ask for.
/// </remarks>
internal sealed class ColumnCombinations
{
    private readonly CellMoments _cells;
    private readonly (int Plain, ExactValue Factor)[][] _combinations;
    private readonly (int Plain, ExactValue Factor)[][] _mixed;     // those of several plain columns
    private readonly List<PlainColumn> _plain = [];

    /// <summary>Takes the combinations; column i of the result is <c>combinations[i]</c>.</summary>
    public ColumnCombinations(CellMoments cells, IReadOnlyList<IReadOnlyList<(PlainColumn Column, ExactValue Factor)>> combinations)
    {
        _cells = cells;
        var places = new Dictionary<PlainColumn, int>();
        _combinations = [.. combinations.Select(terms => terms.Where(static t => !t.Factor.IsZero).Select(t => (Place(places, t.Column), t.Factor)).ToArray())];
        _mixed = [.. _combinations.Where(static c => c.Length > 1)];
    }

    /// <summary>The moments of all pairs, packed by rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ExactValue[] Packed()
    {
        int k = _combinations.Length;
        var packed = new ExactValue[Moments.PackedLength(k)];
        ExactValue[][] products = Products(_combinations, out int[] place);
        for (int i = 0, n = 0; i < k; i++)
        {
            for (int j = i; j < k; j++, n++)
            {
                packed[n] = IsPlain(i) && IsPlain(j) ? _cells[_plain[_combinations[i][0].Plain], _plain[_combinations[j][0].Plain]]
                    : IsPlain(j) ? Dot(_combinations[j], products, place[i])
                    : Dot(_combinations[i], products, place[j]);
            }
        }
        return packed;
    }

    /// <summary>The form of a source of rounding whose degrees differ within a column; null when they do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RoundingForm? FormOf(int source)
    {
        IReadOnlyList<ShapePart> parts = _cells.Shape.Parts;
        int Degree(int plain) => parts[_plain[plain].Part].Degrees[source];
        if (_mixed.All(c => c.All(t => Degree(t.Plain) == Degree(c[0].Plain))))
        {
            return null;
        }
        (int Plain, ExactValue Factor)[][] scaled = [.. _combinations.Select(c => c
            .Where(t => Degree(t.Plain) != 0)
            .Select(t => (t.Plain, t.Factor * new ExactValue(Degree(t.Plain), 0)))
            .ToArray())];
        int[] columns = [.. Enumerable.Range(0, scaled.Length).Where(i => scaled[i].Length > 0)];
        var entries = new Dictionary<(int, int), ExactValue>();
        foreach (int i in columns)
        {
            foreach (int j in columns.Where(j => j >= i))
            {
                ExactValue sum = ExactValue.Zero;
                foreach ((int a, ExactValue f) in scaled[i])
                {
                    foreach ((int b, ExactValue g) in scaled[j])
                    {
                        sum += f * g * _cells[_plain[a], _plain[b]];
                    }
                }
                entries.Add((i, j), sum);
            }
        }
        return new RoundingForm(columns, entries);
    }

    /// <summary>The degrees of a column in every source: the largest of its plain columns'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] DegreesOf(int column, int sources)
    {
        var degrees = new int[sources];
        foreach ((int plain, _) in _combinations[column])
        {
            IReadOnlyList<int> of = _cells.Shape.Parts[_plain[plain].Part].Degrees;
            for (int s = 0; s < sources; s++)
            {
                degrees[s] = Math.Max(degrees[s], of[s]);
            }
        }
        return degrees;
    }

    /// <summary>V = M T for the columns of T that are not plain; row by row of M. place[j] is the column of V that belongs to column j.</summary>
    private ExactValue[][] Products((int Plain, ExactValue Factor)[][] combinations, out int[] place)
    {
        place = new int[combinations.Length];
        int count = 0;
        var rows = new List<(int Place, ExactValue Factor)>[_plain.Count];      // T, row by row
        for (int j = 0; j < combinations.Length; j++)
        {
            if (IsPlain(j))
            {
                continue;
            }
            place[j] = count++;
            foreach ((int plain, ExactValue factor) in combinations[j])
            {
                (rows[plain] ??= []).Add((place[j], factor));
            }
        }
        var products = new ExactValue[_plain.Count][];
        for (int a = 0; a < products.Length && count > 0; a++)
        {
            products[a] = new ExactValue[count];
            for (int b = 0; b < rows.Length; b++)
            {
                ExactValue moment = rows[b] is null ? ExactValue.Zero : _cells[_plain[a], _plain[b]];
                if (moment.IsZero)
                {
                    continue;
                }
                foreach ((int j, ExactValue factor) in rows[b])
                {
                    products[a][j] += moment * factor;
                }
            }
        }
        return products;
    }

    private static ExactValue Dot((int Plain, ExactValue Factor)[] combination, ExactValue[][] products, int place)
    {
        ExactValue sum = ExactValue.Zero;
        foreach ((int plain, ExactValue factor) in combination)
        {
            sum += factor * products[plain][place];
        }
        return sum;
    }

    private bool IsPlain(int column) => _combinations[column] is [(_, { } factor)] && factor == ExactMath.One;

    private int Place(Dictionary<PlainColumn, int> places, PlainColumn column)
    {
        if (!places.TryGetValue(column, out int place))
        {
            places.Add(column, place = _plain.Count);
            _plain.Add(column);
        }
        return place;
    }
}
