using System.Globalization;
using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>What the SQL types are here, and how a vector of one becomes doubles.</summary>
internal static unsafe class DuckVector
{
    /// <summary>A column of a SQL type.</summary>
    public static ColumnInfo Column(string name, DuckDBType type) => type switch
    {
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt
            or DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger
            or DuckDBType.UnsignedBigInt => new ColumnInfo(name, ColumnType.Integer),
        DuckDBType.Float => new ColumnInfo(name, ColumnType.Number, ColumnInfo.SingleUnit),
        DuckDBType.Double or DuckDBType.Decimal or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt => new ColumnInfo(name, ColumnType.Number),
        DuckDBType.Boolean => new ColumnInfo(name, ColumnType.Boolean),
        DuckDBType.Date or DuckDBType.Time or DuckDBType.TimeTz or DuckDBType.Timestamp or DuckDBType.TimestampS
            or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz => TimeNumbers.Column(name, DuckTimes.Unit(type)),
        _ => new ColumnInfo(name, ColumnType.Text),
    };

    /// <summary>The SQL that reads a column of a SQL type so that it can be decoded: what is text here and not in SQL is cast.</summary>
    public static string Expression(ColumnInfo column, DuckDBType type) =>
        column.Type == ColumnType.Text && type is not (DuckDBType.Varchar or DuckDBType.Enum)
            ? $"cast({DuckSql.Name(column.Name)} as varchar)"
            : DuckSql.Name(column.Name);

    /// <summary>Copies the numbers of a vector into a block from row <paramref name="at"/>; NULL becomes NaN.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="type">Its type, one that <see cref="Column"/> calls a number or an integer.</param>
    /// <param name="logical">The same with its details: decimals have a width and a scale.</param>
    /// <param name="from">The first value to take.</param>
    /// <param name="rows">How many values to take.</param>
    /// <param name="block">The block.</param>
    /// <param name="column">The column of the block.</param>
    /// <param name="at">The row of the block.</param>
    public static void Copy(nint vector, DuckDBType type, DuckDBLogicalType logical, int from, int rows, BlockBuffer block, int column, int at)
    {
        void* data = Vectors.DuckDBVectorGetData(vector);
        ulong* valid = Vectors.DuckDBVectorGetValidity(vector);
        Span<double> to = block.High(column).Slice(at, rows);
        switch (type)
        {
            case DuckDBType.Double: new ReadOnlySpan<double>((double*)data + from, rows).CopyTo(to); break;
            case DuckDBType.Float: Convert((float*)data + from, to); break;
            case DuckDBType.TinyInt: Convert((sbyte*)data + from, to); break;
            case DuckDBType.SmallInt: Convert((short*)data + from, to); break;
            case DuckDBType.Integer: Convert((int*)data + from, to); break;
            case DuckDBType.UnsignedTinyInt: Convert((byte*)data + from, to); break;
            case DuckDBType.UnsignedSmallInt: Convert((ushort*)data + from, to); break;
            case DuckDBType.UnsignedInteger: Convert((uint*)data + from, to); break;
            case DuckDBType.BigInt: Wide((long*)data + from, to, block, column, at); break;
            case DuckDBType.UnsignedBigInt: Wide((ulong*)data + from, to, block, column, at); break;
            case DuckDBType.HugeInt: Huge((Int128*)data + from, to); break;
            case DuckDBType.UnsignedHugeInt: Huge((UInt128*)data + from, to); break;
            case DuckDBType.Decimal: Decimals(data, from, logical, to); break;
            default: throw new InvalidOperationException($"{type} is not a number.");
        }
        SetMissing(vector, from, to);
        if (valid != null && block.HasLow(column))
        {
            for (int i = 0; i < rows; i++)
            {
                if (!IsValid(valid, from + i))
                {
                    block.Low(column)[at + i] = 0;
                }
            }
        }
    }

    /// <summary>Makes NaN of what is NULL in a vector.</summary>
    public static void SetMissing(nint vector, int from, Span<double> to)
    {
        ulong* valid = Vectors.DuckDBVectorGetValidity(vector);
        for (int i = 0; valid != null && i < to.Length; i++)
        {
            if (!IsValid(valid, from + i))
            {
                to[i] = double.NaN;
            }
        }
    }

    /// <summary>Whether none of the first values is NULL.</summary>
    public static bool AllValid(nint vector, int rows)
    {
        ulong* valid = Vectors.DuckDBVectorGetValidity(vector);
        if (valid == null)
        {
            return true;
        }
        for (int i = 0; i < rows >> 6; i++)
        {
            if (valid[i] != ulong.MaxValue)
            {
                return false;
            }
        }
        ulong rest = (1UL << (rows & 63)) - 1;
        return rest == 0 || (valid[rows >> 6] & rest) == rest;
    }

    /// <summary>The texts of a VARCHAR vector; NULL is null.</summary>
    public static string? Text(nint vector, int row)
    {
        return IsValid(Vectors.DuckDBVectorGetValidity(vector), row) ? Encoding.UTF8.GetString(Bytes((byte*)Vectors.DuckDBVectorGetData(vector), row)) : null;
    }

    /// <summary>The bytes of a text of a VARCHAR vector.</summary>
    public static ReadOnlySpan<byte> Bytes(byte* texts, int row)
    {
        byte* text = texts + (16 * (long)row); // duckdb_string_t: length, then 12 bytes or prefix and pointer
        int length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    /// <summary>Whether a value is not NULL.</summary>
    public static bool IsValid(ulong* valid, int row) => valid == null || ((valid[row >> 6] >> (row & 63)) & 1) != 0;

    private static void Convert<T>(T* from, Span<double> to)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = double.CreateTruncating(from[i]); // exact: at most 32 bits
        }
    }

    private static void Wide(long* from, Span<double> to, BlockBuffer block, int column, int at)
    {
        for (int i = 0; i < to.Length; i++)
        {
            double high = from[i];
            to[i] = high;
            if (Math.Abs(high) >= 1L << 53)
            {
                // 2⁶³ itself does not fit a long, so the rest is taken in 128 bits.
                block.Low(column)[at + i] = (double)(from[i] - (Int128)high);
            }
        }
    }

    private static void Wide(ulong* from, Span<double> to, BlockBuffer block, int column, int at)
    {
        for (int i = 0; i < to.Length; i++)
        {
            double high = from[i];
            to[i] = high;
            if (high >= 1L << 53)
            {
                block.Low(column)[at + i] = (double)(from[i] - (Int128)high);
            }
        }
    }

    private static void Huge<T>(T* from, Span<double> to)
        where T : unmanaged, IFormattable
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Nearest(from[i], scale: 0);
        }
    }

    /// <summary>Decimals are integers times 10^−scale, of 16 to 128 bits by their width.</summary>
    private static void Decimals(void* data, int from, DuckDBLogicalType logical, Span<double> to)
    {
        int scale = LogicalType.DuckDBDecimalScale(logical);
        DuckDBType stored = LogicalType.DuckDBDecimalInternalType(logical);
        double power = scale <= 22 ? double.Parse($"1e{scale}") : 0;
        for (int i = 0; i < to.Length; i++)
        {
            Int128 digits = stored switch
            {
                DuckDBType.SmallInt => ((short*)data)[from + i],
                DuckDBType.Integer => ((int*)data)[from + i],
                DuckDBType.BigInt => ((long*)data)[from + i],
                _ => ((Int128*)data)[from + i],
            };
            // Two exact doubles give one rounding; else the decimal text is read, which rounds once too.
            to[i] = scale <= 22 && Int128.Abs(digits) <= 1L << 53 ? (double)(long)digits / power : Nearest(digits, scale);
        }
    }

    private static double Nearest<T>(T digits, int scale)
        where T : IFormattable =>
        double.Parse($"{digits.ToString(null, CultureInfo.InvariantCulture)}e-{scale}", CultureInfo.InvariantCulture);
}
