using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>One thread's way from the vectors of a query to the values of a block: numbers, dates and times, codes of levels.</summary>
internal sealed unsafe class DuckDecoder
{
    private readonly DuckDBType[] _types;
    private readonly DuckDBLogicalType[] _logical;
    private readonly DuckTarget[] _targets;
    private readonly FieldKind[] _kinds;
    private readonly LevelCache?[] _caches;
    private readonly int[]?[] _members; // of an ENUM: for each of its members 1 and the code, 0 before it is seen

    /// <summary>For one thread.</summary>
    /// <param name="types">The types of the query's columns.</param>
    /// <param name="logical">The same with their details, as long as this is used.</param>
    /// <param name="targets">What they become.</param>
    public DuckDecoder(DuckDBType[] types, DuckDBLogicalType[] logical, DuckTarget[] targets)
    {
        _types = types;
        _logical = logical;
        _targets = targets;
        _kinds = Array.ConvertAll(targets, static target => FieldKinds.Of(target.Info));
        _caches = [.. targets.Select((target, c) => types[c] == DuckDBType.Varchar && _kinds[c] == FieldKind.Text ? new LevelCache(target.Levels!) : null)];
        _members = [.. types.Select((type, c) => type == DuckDBType.Enum ? new int[LogicalType.DuckDBEnumDictionarySize(logical[c])] : null)];
    }

    /// <summary>Whether the values of a vector are the values of the block as they are.</summary>
    public bool IsPlain(int column, nint vector, int rows) => _types[column] == DuckDBType.Double && DuckVector.AllValid(vector, rows);

    /// <summary>Copies the values of a vector into a block from row <paramref name="at"/>; NULL becomes NaN.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="column">Which column it is, of the query and of the block.</param>
    /// <param name="from">The first value to take.</param>
    /// <param name="rows">How many values to take.</param>
    /// <param name="block">The block.</param>
    /// <param name="at">The row of the block.</param>
    /// <exception cref="DuckValueException">A text is not what it should be.</exception>
    /// <exception cref="PlumblineException">Code <c>too-many-levels</c>.</exception>
    public void Copy(nint vector, int column, int from, int rows, BlockBuffer block, int at)
    {
        Span<double> to = block.High(column).Slice(at, rows);
        switch (_types[column])
        {
            case DuckDBType.Varchar:
                Texts(vector, column, from, to);
                break;
            case DuckDBType.Enum:
                Members(vector, column, from, to);
                break;
            case DuckDBType.Boolean:
                byte* booleans = (byte*)Vectors.DuckDBVectorGetData(vector) + from;
                for (int i = 0; i < rows; i++)
                {
                    to[i] = booleans[i] == 0 ? 0 : 1;
                }
                DuckVector.SetMissing(vector, from, to);
                break;
            default:
                if (_targets[column].Info.Type == ColumnType.DateTime)
                {
                    DuckTimes.Copy(vector, _types[column], from, to);
                    DuckVector.SetMissing(vector, from, to);
                }
                else
                {
                    DuckVector.Copy(vector, _types[column], _logical[column], from, rows, block, column, at);
                }
                break;
        }
    }

    private void Texts(nint vector, int column, int from, Span<double> to)
    {
        ulong* valid = Vectors.DuckDBVectorGetValidity(vector);
        byte* texts = (byte*)Vectors.DuckDBVectorGetData(vector);
        LevelCache? cache = _caches[column];
        for (int i = 0; i < to.Length; i++)
        {
            if (!DuckVector.IsValid(valid, from + i))
            {
                to[i] = double.NaN;
                continue;
            }
            ReadOnlySpan<byte> text = DuckVector.Bytes(texts, from + i);
            if (cache is not null)
            {
                to[i] = cache.CodeOf(text);
            }
            else if (!FieldKinds.TryParse(_kinds[column], text, out to[i]))
            {
                throw new DuckValueException(_targets[column].Info.Name, _kinds[column], Encoding.UTF8.GetString(text));
            }
        }
    }

    private void Members(nint vector, int column, int from, Span<double> to)
    {
        void* data = Vectors.DuckDBVectorGetData(vector);
        ulong* valid = Vectors.DuckDBVectorGetValidity(vector);
        DuckDBType stored = LogicalType.DuckDBEnumInternalType(_logical[column]);
        int[] members = _members[column]!;
        for (int i = 0; i < to.Length; i++)
        {
            if (!DuckVector.IsValid(valid, from + i))
            {
                to[i] = double.NaN;
                continue;
            }
            int member = stored switch
            {
                DuckDBType.UnsignedTinyInt => ((byte*)data)[from + i],
                DuckDBType.UnsignedSmallInt => ((ushort*)data)[from + i],
                _ => (int)((uint*)data)[from + i],
            };
            if (members[member] == 0)
            {
                members[member] = 1 + _targets[column].Levels!.CodeOf(LogicalType.DuckDBEnumDictionaryValue(_logical[column], member));
            }
            to[i] = members[member] - 1;
        }
    }
}
