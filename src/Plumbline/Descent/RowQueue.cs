using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// The order in which the rows of a block are used, some thousands at a time, and as many rows behind them as
/// <see cref="MinibatchKernel"/> asks for ahead.
/// </summary>
internal sealed unsafe class RowQueue : IDisposable
{
    private const int About = 4096;

    private readonly int _size;
    private readonly int* _rows;
    private int _first;
    private int _filled;
    private int _count;
    private bool _isShuffled;
    private RowPermutation _order;

    /// <summary>A queue of whole minibatches.</summary>
    /// <param name="batch">Rows of a minibatch.</param>
    public RowQueue(int batch)
    {
        _size = Math.Max(1, About / batch) * batch;
        _rows = (int*)NativeMemory.AllocZeroed((nuint)_size + MinibatchKernel.Ahead, sizeof(int));
    }

    ~RowQueue() => NativeMemory.Free(_rows);

    /// <summary>Begins with a block.</summary>
    /// <param name="count">Its rows.</param>
    /// <param name="shuffled">Whether they are shuffled, or used as they stand.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <param name="number">Which order.</param>
    public void Begin(int count, bool shuffled, ulong seed, long number)
    {
        (_count, _isShuffled, _first, _filled) = (count, shuffled, 0, 0);
        _order = new RowPermutation(count, seed, number);
    }

    /// <summary>The rows from a place on.</summary>
    /// <param name="place">The place, a multiple of the minibatch.</param>
    /// <param name="ready">How many of them count; <see cref="MinibatchKernel.Ahead"/> more may be looked at.</param>
    public int* At(int place, out int ready)
    {
        if (place < _first || place >= _first + _filled)
        {
            Fill(place / _size * _size);
        }
        ready = _first + _filled - place;
        return _rows + (place - _first);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_rows);
        GC.SuppressFinalize(this);
    }

    private void Fill(int first)
    {
        _first = first;
        _filled = Math.Min(_size, _count - first);
        int known = Math.Min(_filled + MinibatchKernel.Ahead, _count - first);
        Span<int> rows = new(_rows, known);
        if (_isShuffled)
        {
            _order.Fill(first, rows);
        }
        else
        {
            for (int n = 0; n < known; n++)
            {
                rows[n] = first + n;
            }
        }
        new Span<int>(_rows + known, _filled + MinibatchKernel.Ahead - known).Fill(rows[^1]);     // at the end of the block
    }
}
