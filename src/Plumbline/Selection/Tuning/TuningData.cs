using System.Globalization;

namespace Plumbline;

/// <summary>
/// The rows of a tuning, in memory, and their split: which part a row is in depends on a seeded hash of its values under the first formula, so that
/// all formulas are judged on the same rows, whatever the order of rows.
/// </summary>
internal sealed class TuningData
{
    private readonly Dictionary<string, FormulaRows> _rows;
    private readonly int[][] _judged;       // of each part

    public TuningData(IReadOnlyList<string> formulas, IRowSource source, TuningOptions options, CancellationToken cancellation)
    {
        FormulaLearner[] learners = [.. formulas.Distinct(StringComparer.Ordinal).Select(static f => new FormulaLearner(f))];
        FormulaRows[] read = DataResampling.Read(learners, source, options.Fit, options.MemoryBytes, cancellation);
        _rows = learners.Zip(read).ToDictionary(static p => p.First.Formula, static p => p.Second, StringComparer.Ordinal);
        FormulaRows first = read[0];
        Count = first.Response.Length;
        int parts = Math.Max(1, options.Folds);
        ulong sum = 0;
        List<int>[] judged = [.. Enumerable.Range(0, parts).Select(static _ => new List<int>())];
        for (int i = 0; i < Count; i++)
        {
            var hash = new RowHash(options.Seed);
            foreach (double[] column in first.Columns)
            {
                hash.Add(column[i]);
            }
            hash.Add(first.Response[i]);
            sum += (ulong)(hash.Fraction * (1UL << 53)) ^ BitConverter.DoubleToUInt64Bits(first.Weights?[i] ?? 0);
            if (options.Folds > 0)
            {
                judged[(int)(hash.Fraction * parts)].Add(i);
            }
            else if (hash.Fraction < options.ValidationShare)
            {
                judged[0].Add(i);
            }
        }
        Fingerprint = string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} rows {sum:x}, folds {options.Folds}, share {options.ValidationShare}, seed {options.Seed}, {options.Descent with { Seed = 0, Time = null }}");
        _judged = [.. judged.Select(static part => part.ToArray())];
        if (_judged.Any(part => part.Length == 0 || part.Length == Count))
        {
            throw new PlumblineException(
                "too-few-rows", $"Of {Count} rows a part would have none to be judged on, or leave none to train on. Take {(options.Folds > 0 ? "fewer folds" : "another share")}, or more rows.");
        }
    }

    /// <summary>What judges settings by the losses of rows.</summary>
    public TuningScorer Scorer(TuningScore score)
    {
        FormulaRows rows = _rows.Values.First();
        double squares = 0;
        foreach (int[] part in _judged)
        {
            double[] own = Array.ConvertAll(part, i => rows.Weights?[i] ?? 1), responses = Array.ConvertAll(part, i => rows.Response[i]);
            double mean = own.Zip(responses, static (w, y) => w * y).Sum() / own.Sum();
            squares += own.Zip(responses, (w, y) => w * (y - mean) * (y - mean)).Sum();
        }
        return new TuningScorer(score, rows.Weights is { } weights ? [.. _judged.SelectMany(part => part.Select(i => weights[i]))] : null, squares);
    }

    /// <summary>The same for the same rows, split and manner of training.</summary>
    public string Fingerprint { get; }

    /// <summary>Rows that all formulas can use.</summary>
    public int Count { get; }

    /// <summary>Rows that are judged, over all parts.</summary>
    public int Judged => _judged.Sum(static part => part.Length);

    /// <summary>Notes on the rows.</summary>
    public IEnumerable<Note> Notes()
    {
        long read = _rows.Values.Max(static r => r.Model.Rows.Read);
        if (Count < read)
        {
            yield return new Note("rows-dropped", $"{read - Count} of {read} rows were dropped: a formula misses a value there. All settings are judged on the same rows.");
        }
    }

    /// <summary>Trains a setting on every part's other rows.</summary>
    /// <returns>The loss ½(ŷ − y)² of every row judged, part by part; null when training diverged.</returns>
    public double[]? Losses(TuningSetting setting, DescentOptions options, CancellationToken cancellation) => Losses(setting.Formula, options, (data, intercept) =>
    {
        using var descent = new MinibatchDescent(data, intercept ? 0 : -1, options);
        DescentResult result = descent.Run(null, cancellation);
        return result.Stopped == DescentStop.Diverged ? null : result.Coefficients.Select(static c => (c.Name, c.Estimate));
    });

    /// <summary>The same for the exact least-squares fit.</summary>
    public double[] ExactLosses(string formula, DescentOptions options) => Losses(
        formula, options, static (data, _) => data.Loss.Names.Zip(data.Loss.Exact, static (name, value) => (name, value)))!;

    private double[]? Losses(string formula, DescentOptions options, Func<DescentData, bool, IEnumerable<(string Name, double Value)>?> train)
    {
        FormulaRows rows = _rows[formula];
        bool intercept = rows.Model.HasIntercept;
        string[] names = [.. rows.Model.Coefficients.Select(static c => c.Name)];
        var losses = new List<double>();
        foreach (int[] judged in _judged)
        {
            ModelBlock training = Block(rows, judged);
            using DescentData data = DescentData.Read(() => [training], names, intercept, options, rows.Weights is not null);
            data.Hold();
            if (train(data, intercept) is not { } trained)
            {
                return null;
            }
            Dictionary<string, double> values = trained.ToDictionary(static c => c.Name, static c => c.Value, StringComparer.Ordinal);
            double[] coefficients = [.. names.Select(name => values.GetValueOrDefault(name))];
            int first = intercept ? 1 : 0;
            foreach (int i in judged)
            {
                double predicted = intercept ? coefficients[0] : 0;
                for (int j = 0; j < rows.Columns.Length; j++)
                {
                    predicted += coefficients[j + first] * rows.Columns[j][i];
                }
                double off = predicted - rows.Response[i];
                losses.Add(0.5 * off * off);
            }
        }
        return losses.TrueForAll(double.IsFinite) ? [.. losses] : null;
    }

    private static ModelBlock Block(FormulaRows rows, int[] without)
    {
        var left = new HashSet<int>(without);
        int[] kept = [.. Enumerable.Range(0, rows.Response.Length).Where(i => !left.Contains(i))];
        int first = rows.Model.HasIntercept ? 1 : 0;
        var block = new ModelBlock(rows.Columns.Length + first, 0, kept.Length, rows.Weights is not null, offset: false) { Rows = kept.Length };
        if (first == 1)
        {
            Array.Fill(block.ColumnBuffer(0), 1);
        }
        for (int n = 0; n < kept.Length; n++)
        {
            for (int j = 0; j < rows.Columns.Length; j++)
            {
                block.ColumnBuffer(j + first)[n] = rows.Columns[j][kept[n]];
            }
            block.ResponseBuffer[n] = rows.Response[kept[n]];
            block.RowNumbers[n] = rows.Numbers[kept[n]];
            if (rows.Weights is { } weights)
            {
                block.WeightsBuffer[n] = weights[kept[n]];
            }
        }
        return block;
    }
}
