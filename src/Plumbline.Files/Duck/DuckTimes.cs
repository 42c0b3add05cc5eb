using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>Dates, timestamps and times of SQL as numbers. SQL's infinite ones are infinite.</summary>
internal static unsafe class DuckTimes
{
    private const int OffsetBits = 24; // a time with an offset: microseconds, then the offset

    /// <summary>What the numbers of a type count.</summary>
    public static string Unit(DuckDBType type) => type switch
    {
        DuckDBType.Date => TimeNumbers.Days,
        DuckDBType.Time or DuckDBType.TimeTz => TimeNumbers.SecondsOfDay,
        _ => TimeNumbers.Seconds,
    };

    /// <summary>Converts the values of a vector from <paramref name="from"/> on.</summary>
    public static void Copy(nint vector, DuckDBType type, int from, Span<double> to)
    {
        void* data = Vectors.DuckDBVectorGetData(vector);
        switch (type)
        {
            case DuckDBType.Date: Days((int*)data + from, to); break;
            case DuckDBType.TimestampS: Counts((long*)data + from, 0, to); break;
            case DuckDBType.TimestampMs: Counts((long*)data + from, 3, to); break;
            case DuckDBType.TimestampNs: Counts((long*)data + from, 9, to); break;
            case DuckDBType.TimeTz: OfDay((ulong*)data + from, to); break;
            default: Counts((long*)data + from, 6, to); break;
        }
    }

    private static void Days(int* from, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i] switch
            {
                int.MaxValue => double.PositiveInfinity,
                -int.MaxValue => double.NegativeInfinity,
                _ => from[i],
            };
        }
    }

    private static void Counts(long* from, int decimals, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i] switch
            {
                long.MaxValue => double.PositiveInfinity,
                -long.MaxValue => double.NegativeInfinity,
                _ => TimeNumbers.Count(from[i], decimals),
            };
        }
    }

    private static void OfDay(ulong* from, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = TimeNumbers.Count(from[i] >> OffsetBits, 6);
        }
    }
}
