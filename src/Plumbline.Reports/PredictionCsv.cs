using System.Globalization;

namespace Plumbline.Reports;

/// <summary>
/// Predictions as CSV: <c>row,estimate,std_error</c>, and <c>lower,upper</c> when there is an interval. Numbers in shortest
/// round-trip form; a value that is not defined is an empty field. Written piece by piece.
/// </summary>
public sealed class PredictionCsv
{
    private const int LongestLine = 160;
    private const int BufferSize = 1 << 16;

    private readonly Stream _stream;
    private readonly bool _hasInterval;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Takes the text; it is not closed.</param>
    /// <param name="interval">Which interval the predictions have.</param>
    public PredictionCsv(Stream stream, PredictionInterval interval)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _hasInterval = interval != PredictionInterval.None;
        Append(_hasInterval ? "row,estimate,std_error,lower,upper\n"u8 : "row,estimate,std_error\n"u8);
    }

    /// <summary>Writes some rows.</summary>
    public void Add(ReadOnlySpan<Prediction> rows)
    {
        foreach (ref readonly Prediction row in rows)
        {
            if (_buffer.Length - _length < LongestLine)
            {
                Flush();
            }
            row.Row.TryFormat(_buffer.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
            _length += written;
            Append(row.Estimate);
            Append(row.StandardError);
            if (_hasInterval)
            {
                Append(row.Lower);
                Append(row.Upper);
            }
            _buffer[_length++] = (byte)'\n';
        }
    }

    /// <summary>Hands what is left to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    private void Append(double value)
    {
        _buffer[_length++] = (byte)',';
        if (!double.IsNaN(value))
        {
            value.TryFormat(_buffer.AsSpan(_length), out int written, "R", CultureInfo.InvariantCulture);
            _length += written;
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }
}
