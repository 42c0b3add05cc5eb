using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Plumbline.Files;

/// <summary>A function of SQL whose arguments are handed over as blocks of rows, on whatever thread DuckDB calls it; it says false.</summary>
/// <remarks>DuckDB keeps a function as long as its database; after it is disposed, a call of it is an error.</remarks>
internal sealed unsafe partial class DuckFunction(DuckDBType[] types, DuckDBLogicalType[] logical, DuckTarget[] targets, Action<RowBlock> consume) : IDisposable
{
    private const int VectorRows = 2048;

    // DuckDB is given a number, not a pointer, so that a call that comes too late finds nothing instead of anything.
    private static readonly ConcurrentDictionary<nint, DuckFunction> Living = new();
    private static long _numbers;

    private readonly ConcurrentBag<DuckDecoder> _decoders = []; // as many as threads
    private readonly BlockPool _pool = new(types.Length, VectorRows);
    private readonly nint _number = (nint)Interlocked.Increment(ref _numbers);
    private Exception? _failure;

    /// <summary>Its name in SQL: one that no condition could guess.</summary>
    public string Name { get; } = $"plumbline_{Guid.NewGuid():N}";

    /// <summary>What was thrown first by who took the rows; no more are handed over then.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Makes the function known to the database.</summary>
    public void Register(DuckDBNativeConnection connection)
    {
        Living[_number] = this;
        nint function = ScalarFunction.DuckDBCreateScalarFunction();
        try
        {
            ScalarFunction.DuckDBScalarFunctionSetName(function, Name);
            foreach (DuckDBLogicalType type in logical)
            {
                ScalarFunction.DuckDBScalarFunctionAddParameter(function, type);
            }
            using (DuckDBLogicalType boolean = LogicalType.DuckDBCreateLogicalType(DuckDBType.Boolean))
            {
                ScalarFunction.DuckDBScalarFunctionSetReturnType(function, boolean);
            }
            ScalarFunction.DuckDBScalarFunctionSetVolatile(function);
            ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
            ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, _number, &Forget);
            ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Call);
            if (!ScalarFunction.DuckDBRegisterScalarFunction(connection, function).IsSuccess())
            {
                throw new InvalidOperationException("DuckDB does not take the function.");
            }
        }
        finally
        {
            ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Living.TryRemove(_number, out _);
        foreach (DuckDBLogicalType type in logical)
        {
            type.Dispose();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Forget(nint number)
    {
    }

    /// <summary>Called by DuckDB. Nothing may be thrown through it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint info, nint input, nint output)
    {
        try
        {
            int rows = (int)SizeOf(input);
            new Span<byte>(Vectors.DuckDBVectorGetData(output), rows).Clear();
            if (!Living.TryGetValue(ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info), out DuckFunction? function) || !function.Take(input, rows))
            {
                ScalarFunction.DuckDBScalarFunctionSetError(info, "stopped");
            }
        }
        catch (Exception)
        {
            ScalarFunction.DuckDBScalarFunctionSetError(info, "stopped");
        }
    }

    /// <summary>Hands the rows of a chunk over; false when that failed, now or before.</summary>
    private bool Take(nint chunk, int rows)
    {
        if (Failure is not null)
        {
            return false;
        }
        BlockBuffer buffer = _pool.Rent();
        DuckDecoder decoder = _decoders.TryTake(out DuckDecoder? free) ? free : new DuckDecoder(types, logical, targets);
        try
        {
            var columns = new NumberColumn[types.Length];
            for (int c = 0; c < columns.Length; c++)
            {
                nint vector = VectorOf(chunk, c);
                if (decoder.IsPlain(c, vector, rows))
                {
                    columns[c] = new NumberColumn((double*)Vectors.DuckDBVectorGetData(vector), rows);
                }
                else
                {
                    decoder.Copy(vector, c, 0, rows, buffer, 0);
                    columns[c] = buffer.Column(c, rows);
                }
            }
            using var block = new RowBlock(0, rows, columns);
            consume(block);
            return true;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            return false;
        }
        finally
        {
            buffer.Release();
            _decoders.Add(decoder);
        }
    }

    // The bindings have these for chunks that the caller owns; here DuckDB does.
    [LibraryImport("duckdb", EntryPoint = "duckdb_data_chunk_get_size")]
    private static partial ulong SizeOf(nint chunk);

    [LibraryImport("duckdb", EntryPoint = "duckdb_data_chunk_get_vector")]
    private static partial nint VectorOf(nint chunk, long column);
}
