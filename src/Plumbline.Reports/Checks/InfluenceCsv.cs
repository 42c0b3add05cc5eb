using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Reports;

/// <summary>
/// Rows of a fit with their residuals and influence as CSV: a line a row, DFBETAS of each coefficient and the partial residuals of each term last. Numbers in shortest round-trip
/// form; a value that is not defined is an empty field. Written piece by piece.
/// </summary>
public sealed class InfluenceCsv
{
    private const int LongestField = 32;
    private const int BufferSize = 1 << 16;

    private static readonly string[] s_columns =
    [
        "row", "response", "fitted", "residual", "leverage", "standardized", "studentized", "outlier_p", "cooks_distance", "dffits", "covariance_ratio",
    ];

    private readonly Stream _stream;
    private readonly byte[] _buffer;
    private int _length;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Takes the text; it is not closed.</param>
    /// <param name="columns">What the columns are called: <see cref="Columns"/> of the model.</param>
    public InfluenceCsv(Stream stream, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(columns);
        _stream = stream;
        byte[] header = Encoding.UTF8.GetBytes(string.Join(',', columns.Select(Field)) + "\n");
        _buffer = new byte[Math.Max(BufferSize, columns.Count * LongestField * 2)];
        _stream.Write(header);
    }

    /// <summary>The names of the columns.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<string> Columns(LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. s_columns, .. model.Coefficients.Select(static c => "dfbetas_" + c.Name), .. (model.Design?.Terms ?? []).Select(static t => "partial_" + t)];
    }

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(InfluenceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_buffer.Length - _length < LongestOf(row))
        {
            Flush();
        }
        _length += Format(row, _buffer.AsSpan(_length));
    }

    /// <summary>Turns rows into text; from several threads at a time.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>Writes the text: to be called once, when it is the rows' turn.</returns>
    public Action Prepare(ReadOnlySpan<InfluenceRow> rows)
    {
        if (rows.IsEmpty)
        {
            return static () => { };
        }
        byte[] text = ArrayPool<byte>.Shared.Rent(rows.Length * LongestOf(rows[0]));
        int length = 0;
        foreach (InfluenceRow row in rows)
        {
            length += Format(row, text.AsSpan(length));
        }
        return () =>
        {
            Flush();
            _stream.Write(text, 0, length);
            ArrayPool<byte>.Shared.Return(text);
        };
    }

    /// <summary>Hands what is left to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    private static int LongestOf(InfluenceRow row) => (s_columns.Length + row.Dfbetas.Length + row.PartialResiduals.Length + 1) * LongestField;

    private static int Format(InfluenceRow row, Span<byte> text)
    {
        row.Row.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        ReadOnlySpan<double> measures =
        [
            row.Response, row.Fitted, row.Residual, row.Leverage, row.Standardized, row.Studentized, row.OutlierP, row.CooksDistance, row.Dffits, row.CovarianceRatio,
        ];
        length += Format(measures, text[length..]);
        length += Format(row.Dfbetas.AsSpan(), text[length..]);
        length += Format(row.PartialResiduals.AsSpan(), text[length..]);
        text[length] = (byte)'\n';
        return length + 1;
    }

    private static int Format(ReadOnlySpan<double> values, Span<byte> text)
    {
        int length = 0;
        foreach (double value in values)
        {
            text[length++] = (byte)',';
            if (!double.IsNaN(value))
            {
                value.TryFormat(text[length..], out int written, "R", CultureInfo.InvariantCulture);
                length += written;
            }
        }
        return length;
    }

    // What would end a field or a line stands in quotes; control characters of a name go.
    private static string Field(string name)
    {
        string clean = TerminalText.Clean(name);
        return clean.AsSpan().IndexOfAny(",\"") < 0 ? clean : $"\"{clean.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
