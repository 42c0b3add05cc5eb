using System.Globalization;
using Plumbline.Numerics;

namespace Plumbline.Databases;

/// <summary>
/// The middle of CR0 and CR1, M = Σ_g s_g s_gᵀ, from scores s_g = Σ_{i in g} w·e·x that a database sums by GROUP BY.
/// </summary>
/// <remarks>
/// Method      every shard sums the scores of the clusters that it has; those of one cluster are put together here, moved back to 0 (106 bits) and summed as
///             on rows. Columns of categories are summed by cluster and cell.
/// Cost        k numbers a cluster and shard travel (with categories: a row for every cell that a cluster meets), and 16·k bytes a cluster are kept here.
/// Source      as <see cref="ClusterSums"/>.
/// Fails when  there are more than <see cref="Most"/> clusters, counted on each shard, or cells of clusters; a row's cluster is missing.
/// </remarks>
internal sealed class EngineClusters
{
    /// <summary>The most rows of scores that are asked for at a time.</summary>
    public const int Most = 1_000_000;

    private readonly EngineScan _scan;
    private readonly KeptColumns _columns;
    private readonly SharedExpression _score;
    private readonly string[] _names;
    private readonly SelectedValue[] _keys;
    private readonly string _condition;
    private readonly Dictionary<PlainColumn, List<(int Column, DoubleDouble Factor)>> _uses = [];
    private readonly Dictionary<string, (int[] Categories, SortedSet<int> Parts)> _sets = new(StringComparer.Ordinal);

    /// <param name="scan">What is scanned.</param>
    /// <param name="columns">The columns of the fit.</param>
    /// <param name="residual">e in SQL.</param>
    /// <param name="clusters">The columns that name clusters, one or two.</param>
    public EngineClusters(EngineScan scan, KeptColumns columns, string residual, IReadOnlyList<string> clusters)
    {
        Dialect dialect = scan.Source.Dialect;
        string? weight = scan.Sql.Weight;
        _scan = scan;
        _columns = columns;
        _names = [.. clusters];
        _keys = [.. clusters.Select(scan.Source.Field).Select(field => dialect.Row(field.Sql(dialect), field.Type))];
        _score = SharedExpression.Of(dialect, weight is null ? residual : $"{weight} * ({residual})", scan.NameOf("score"));
        _condition = weight is null ? scan.Sql.IsKept : $"{scan.Sql.IsKept} AND {weight} <> 0";
        for (int i = 0; i < columns.Count; i++)
        {
            foreach ((PlainColumn column, ExactValue factor) in columns[i])
            {
                if (!_uses.TryGetValue(column, out List<(int Column, DoubleDouble Factor)>? uses))
                {
                    _uses.Add(column, uses = []);
                }
                uses.Add((i, DoubleDouble.From(factor.Scale(-columns.Geometry.Powers[i] - columns.Geometry.ResidualPower))));
                string key = string.Join(',', column.Categories);
                if (!_sets.TryGetValue(key, out (int[] Categories, SortedSet<int> Parts) set))
                {
                    _sets.Add(key, set = (column.Categories, []));
                }
                set.Parts.Add(column.Part);
            }
        }
    }

    /// <summary>For each way, and last for the intersection of two: M, and how many clusters there are.</summary>
    /// <exception cref="PlumblineException"><c>missing-cluster</c>, <c>not-in-engine</c>.</exception>
    public IReadOnlyList<(Func<int, int, ExactValue> Sum, long Clusters)> Totals()
    {
        RequireKnown();
        int[][] ways = _keys.Length == 1 ? [[0]] : [[0], [1], [0, 1]];
        return [.. ways.Select(Total)];
    }

    /// <summary>Every row's cluster is known, and there are not too many.</summary>
    private void RequireKnown()
    {
        Dialect dialect = _scan.Source.Dialect;
        var missing = new long[_names.Length];
        var groups = new long[_names.Length];
        SelectedValue[] values = [.. _names.SelectMany((name, way) => new SelectedValue[]
        {
            new(dialect.Count(IsMissing(_scan.Source.Fields[name])), WireType.Integer),
            new($"count(DISTINCT {_keys[way].Sql})", WireType.Integer),
        })];
        _scan.Queries.One(values, _condition, row =>
        {
            for (int way = 0; way < missing.Length; way++)
            {
                missing[way] += row.IsNull(2 * way) ? 0 : row.Integer(2 * way);
                groups[way] += row.Integer((2 * way) + 1);
            }
        });
        for (int way = 0; way < missing.Length; way++)
        {
            RobustChecks.RequireClusters(_names[way], missing[way]);
            if (groups[way] > Most)
            {
                throw TooMany($"{Schema.Shown(_names[way])} has {groups[way]} different values, counted on each shard");
            }
        }
    }

    private string IsMissing(DatabaseField field)
    {
        Dialect dialect = _scan.Source.Dialect;
        return field.Type is FieldType.Number or FieldType.Single or FieldType.Decimal
            ? dialect.IsMissing(dialect.Number(field.Sql(dialect), field.Type))
            : $"({field.Sql(dialect)} IS NULL)";
    }

    private (Func<int, int, ExactValue> Sum, long Clusters) Total(int[] way)
    {
        var clusters = new Dictionary<string, DoubleDouble[]>(StringComparer.Ordinal);
        foreach ((int[] categories, SortedSet<int> parts) in _sets.Values)
        {
            Add(clusters, way, categories, [.. parts.Where(static p => p != 0)], parts.Contains(0));
        }
        using var rows = new ScoreRows(_columns.Count, _columns.Geometry.Powers);
        var scores = new Int128[_columns.Count];
        foreach (DoubleDouble[] cluster in clusters.Values)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                scores[j] = FixedPoint.Product(cluster[j], DoubleDouble.From(1));
            }
            rows.Add(scores);
        }
        return (rows.Total(), clusters.Count);
    }

    /// <summary>Adds the scores of the columns that a set of categories makes; Σ w·e comes with each query, to move sums back to 0.</summary>
    private void Add(Dictionary<string, DoubleDouble[]> clusters, int[] way, int[] categories, int[] parts, bool hasConstant)
    {
        SelectedValue[] keys = [.. way.Select(w => _keys[w]), .. categories.Select(k => _scan.Sql.Categories[k].Key)];
        int[][] chunks = parts.Length == 0 ? [[]] : [.. parts.Chunk(_scan.Source.Dialect.ProductsAtOnce)];
        for (int c = 0; c < chunks.Length; c++)
        {
            int[] chunk = chunks[c];
            SelectedValue[] values =
            [
                .. keys,
                new("count(*)", WireType.Integer),
                new(_scan.Queries.Sum(_score.First), WireType.Double),
                .. chunk.Select(p => new SelectedValue(_scan.Queries.Sum($"{_score.Again} * {_scan.Shifted(p)}"), WireType.Double)),
            ];
            long rows = 0, groups = 0;
            bool addsConstant = hasConstant && c == 0;
            _scan.Queries.Groups(values, [.. keys.Select(static k => k.Sql)], _condition, row =>
            {
                if (++groups > Most)
                {
                    throw TooMany($"clusters by {string.Join(" and ", way.Select(w => Schema.Shown(_names[w])))} and the levels that they meet are more than {Most} rows of sums");
                }
                string key = string.Join('\n', way.Select((w, at) => KeyOf(row, at, _keys[w].Type)));
                if (!clusters.TryGetValue(key, out DoubleDouble[]? sums))
                {
                    clusters.Add(key, sums = new DoubleDouble[_columns.Count]);
                }
                int[] codes = _scan.CodesOf(row, categories, way.Length);
                rows += row.Integer(keys.Length);
                var total = DoubleDouble.From(Finite(row, keys.Length + 1));
                if (addsConstant)
                {
                    Add(sums, new PlainColumn(0, categories, codes), total);
                }
                for (int p = 0; p < chunk.Length; p++)
                {
                    DoubleDouble sum = DoubleDouble.From(Finite(row, keys.Length + 2 + p)) + (total * DoubleDouble.From(_scan.Facts.Shifts[chunk[p]]));
                    Add(sums, new PlainColumn(chunk[p], categories, codes), sum);
                }
            });
            _scan.RequireSame(rows, _scan.Facts.Rows.Used);
        }
    }

    private void Add(DoubleDouble[] sums, PlainColumn column, DoubleDouble value)
    {
        foreach ((int j, DoubleDouble factor) in _uses.GetValueOrDefault(column) ?? [])
        {
            sums[j] += factor * value;
        }
    }

    private double Finite(RowCursor row, int column)
    {
        double sum = row.IsNull(column) ? double.NaN : row.Double(column);
        return double.IsFinite(sum) ? sum : throw new PlumblineException(
            "overflow", $"{_scan.Source.Name}: a sum of scores of a cluster is larger than doubles hold. Divide the columns by a power of ten, or read the rows with --compute local.");
    }

    private static string KeyOf(RowCursor row, int column, WireType type) => type switch
    {
        WireType.Text => row.Text(column),
        WireType.Boolean => row.Boolean(column) ? "1" : "0",
        WireType.Unsigned => row.Unsigned(column).ToString(CultureInfo.InvariantCulture),
        WireType.Integer => row.Integer(column).ToString(CultureInfo.InvariantCulture),
        _ => (row.Double(column) + 0.0).ToString("R", CultureInfo.InvariantCulture),
    };

    private PlumblineException TooMany(string what) => new(
        "not-in-engine", $"{_scan.Source.Name}: {what}, and at most {Most} rows of sums are fetched. Cluster by a column with fewer values, or read the rows with --compute local.");
}
