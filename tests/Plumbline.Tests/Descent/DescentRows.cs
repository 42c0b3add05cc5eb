namespace Plumbline.Tests.Descent;

/// <summary>Rows of synthetic data as a model sees them: intercept, x1 … xp, response; in blocks of a size that divides nothing.</summary>
internal sealed class DescentRows
{
    private readonly double[][] _columns;

    public DescentRows(SyntheticData data)
    {
        Table table = data.ToTable();
        Names = ["(Intercept)", .. data.Weights.Select((_, j) => $"x{j + 1}")];
        _columns = [.. Names.Skip(1).Append("y").Select(name => table.Read([name], null, CancellationToken.None).SelectMany(b => b[0].High.ToArray()).ToArray())];
    }

    public string[] Names { get; }

    public double[] Response => _columns[^1];

    public IEnumerable<ModelBlock> Read()
    {
        int rows = Response.Length;
        var block = new ModelBlock(Names.Length, 0, 97, weighted: false, offset: false);
        for (int start = 0; start < rows; start += 97)
        {
            block.Rows = Math.Min(97, rows - start);
            Array.Fill(block.ColumnBuffer(0), 1);
            for (int j = 1; j < Names.Length; j++)
            {
                _columns[j - 1].AsSpan(start, block.Rows).CopyTo(block.ColumnBuffer(j));
            }
            Response.AsSpan(start, block.Rows).CopyTo(block.ResponseBuffer);
            yield return block;
        }
    }

    public DescentResult Train(DescentOptions options, DescentCheckpoint? from = null, Action<DescentCheckpoint>? save = null, CancellationToken cancellation = default)
    {
        using DescentData data = Data(options);
        using var descent = new MinibatchDescent(data, 0, options) { Save = save };
        return descent.Run(from, cancellation);
    }

    public DescentData Data(DescentOptions options)
    {
        options.Validate();
        DescentData data = DescentData.Read(Read, Names, hasIntercept: true, options);
        data.Hold();
        return data;
    }
}
