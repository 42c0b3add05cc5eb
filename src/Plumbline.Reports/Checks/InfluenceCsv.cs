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
        if (_buffer.Length - _length < (s_columns.Length + row.Dfbetas.Length + row.PartialResiduals.Length + 1) * LongestField)
        {
            Flush();
        }
        row.Row.TryFormat(_buffer.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
        Append(row.Response);
        Append(row.Fitted);
        Append(row.Residual);
        Append(row.Leverage);
        Append(row.Standardized);
        Append(row.Studentized);
        Append(row.OutlierP);
        Append(row.CooksDistance);
        Append(row.Dffits);
        Append(row.CovarianceRatio);
        foreach (double value in row.Dfbetas)
        {
            Append(value);
        }
        foreach (double value in row.PartialResiduals)
        {
            Append(value);
        }
        _buffer[_length++] = (byte)'\n';
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

    // What would end a field or a line stands in quotes; control characters of a name go.
    private static string Field(string name)
    {
        string clean = TerminalText.Clean(name);
        return clean.AsSpan().IndexOfAny(",\"") < 0 ? clean : $"\"{clean.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
