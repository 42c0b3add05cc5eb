using System.Collections.Concurrent;
using Plumbline.Numerics;
using Plumbline.Tests.Goldens;

namespace Plumbline.Tests.Diagnostics;

/// <summary>
/// The checks of a model the obvious way, on all rows at once: residuals, leverages and orthonormal columns in double-double, auxiliary regressions by
/// Gram–Schmidt, and the statistics of src/Plumbline/Diagnostics/Tests.
/// </summary>
internal sealed class DenseChecks
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, double[]>> _all = new(StringComparer.Ordinal);

    private readonly CheckGolden _golden;
    private readonly List<long> _numbers = [];
    private readonly List<double> _weights = [];
    private readonly DoubleDouble[][] _basis;               // orthonormal columns of √w·x
    private readonly DoubleDouble[][] _columns;             // √w·x, scaled by powers of two
    private readonly DoubleDouble[] _residuals;             // √w·e, scaled
    private readonly DoubleDouble[] _fitted;
    private readonly DoubleDouble[] _leverages;
    private readonly FittedParts _parts;
    private readonly DoubleDouble _rss;

    private DenseChecks(CheckGolden golden)
    {
        _golden = golden;
        _parts = Fit(golden.Model);
        LeastSquaresGeometry geometry = _parts.Solution.Geometry;
        var scores = new RowScores(geometry, isExactFit: false, withLeverages: true);
        var basis = new List<DoubleDouble>[geometry.Count];
        var columns = new List<DoubleDouble>[geometry.Count];
        for (int k = 0; k < basis.Length; k++)
        {
            (basis[k], columns[k]) = ([], []);
        }
        List<DoubleDouble> residuals = [], fitted = [], leverages = [];
        foreach (ModelBlock block in new ModelRows(_parts.Origin.Design!, GoldenData.Of(golden.Model.Data)).Read())
        {
            for (int start = 0; start < block.Rows; start += RowScores.Strip)
            {
                int count = Math.Min(RowScores.Strip, block.Rows - start);
                scores.Take(block, start, count);
                for (int r = 0; r < count; r++)
                {
                    double weight = block.Weights.IsEmpty ? 1 : block.Weights[start + r];
                    if (weight == 0)
                    {
                        continue;
                    }
                    DoubleDouble root = weight == 1 ? 1 : DoubleDouble.Sqrt(weight);
                    for (int k = 0; k < basis.Length; k++)
                    {
                        basis[k].Add(scores.Orthonormal(k)[r] * root);
                        columns[k].Add(scores.Column(k)[r] * root);
                    }
                    residuals.Add(scores.Residuals[r] * root);
                    DoubleDouble response = new DoubleDouble(block.Response[start + r], block.ResponseLow.IsEmpty ? 0 : block.ResponseLow[start + r]).Scale(-geometry.ResidualPower);
                    DoubleDouble offset = block.Offset.IsEmpty ? 0 : DoubleDouble.From(block.Offset[start + r]).Scale(-geometry.ResidualPower);
                    fitted.Add(response - offset - scores.Residuals[r]);
                    leverages.Add(scores.Distances[r] * weight);
                    _numbers.Add(block.RowNumbers[start + r]);
                    _weights.Add(weight);
                }
            }
        }
        _basis = [.. basis.Select(static b => b.ToArray())];
        _columns = [.. columns.Select(static c => c.ToArray())];
        (_residuals, _fitted, _leverages) = ([.. residuals], [.. fitted], [.. leverages]);
        _rss = Dot(_residuals, _residuals);
    }

    private int Rows => _residuals.Length;

    private int Rank => _basis.Length;

    private double Rss => _rss.High;

    /// <summary>Every check that the judge has of the model, by name.</summary>
    public static IReadOnlyDictionary<string, double[]> Of(CheckGolden golden) => _all.GetOrAdd(golden.Id, _ => Compute(golden));

    private static Dictionary<string, double[]> Compute(CheckGolden golden)
    {
        var checks = new DenseChecks(golden);
        var values = new Dictionary<string, double[]>(StringComparer.Ordinal);
        if (golden.Model.Weights is null)
        {
            checks.AddSeries(values);
            checks.AddSpecification(values);
            checks.AddNormality(values);
        }
        checks.AddInflation(values);
        checks.AddInfluence(values);
        return values;
    }

    /// <summary>The 1-based numbers of the rows that the fit uses, in order.</summary>
    public static long[] RowsOf(CheckGolden golden)
    {
        var rows = new ModelRows(Fit(golden.Model).Origin.Design!, GoldenData.Of(golden.Model.Data));
        return [.. rows.Read().SelectMany(static b => b.RowNumbers[..b.Rows].Where((_, i) => b.Weights.IsEmpty || b.Weights[i] != 0))];
    }

    private static FittedParts Fit(GoldenModel golden)
    {
        var options = new FitOptions { Weights = golden.Weights, Contrasts = golden.Contrasts == "treatment" ? null : Enum.Parse<ContrastKind>(golden.Contrasts, ignoreCase: true) };
        Table table = GoldenData.Of(golden.Data);
        var design = Design.Create(Formula.Parse(golden.Formula), new Schema(table.Columns), options.Weights, options.Contrasts);
        return DesignMoments.Read(design, table, options, null, default).FitParts(options);
    }

    private void AddSeries(Dictionary<string, double[]> values)
    {
        double[] products = [.. Enumerable.Range(0, 5).Select(lag => Dot(_residuals[lag..], _residuals[..^lag]).High)];
        DoubleDouble differences = 0;
        for (int t = 1; t < Rows; t++)
        {
            differences += Square(_residuals[t] - _residuals[t - 1]);
        }
        double d = DurbinWatson.Statistic(differences.High, Rss);
        DoubleDouble[][] applied = [.. _basis.Select(Differenced)];
        double trace = 0, second = 0, square = 0;
        for (int i = 0; i < Rank; i++)
        {
            trace += Dot(_basis[i], applied[i]).High;
            second += Dot(applied[i], applied[i]).High;
            for (int j = 0; j < Rank; j++)
            {
                square += Square(Dot(_basis[i], applied[j])).High;
            }
        }
        values["dw"] = [d];
        values["dw_normal"] = Tails(DurbinWatson.Normal(d, Rows, Rank, trace, second, square));
        if (Rows < 100)
        {
            values["dw_exact"] = Tails(DurbinWatson.Exact(d, DurbinWatson.Eigenvalues([.. _basis.Select(static b => b.Select(static v => v.High).ToArray())], Rows)));
        }
        values["lb1"] = Chi(LjungBox.Test(products.AsSpan(0, 2), Rows));
        values["lb4"] = Chi(LjungBox.Test(products, Rows));
        values["boxpierce4"] = Chi(LjungBox.BoxPierce(products, Rows));
        DoubleDouble[][] lagged = [.. Enumerable.Range(1, 4).Select(lag => Enumerable.Repeat<DoubleDouble>(0, lag).Concat(_residuals[..^lag]).ToArray())];
        DoubleDouble one = GramSchmidt.Rest(GramSchmidt.Extend(_basis, lagged[..1]), _residuals), four = GramSchmidt.Rest(GramSchmidt.Extend(_basis, lagged), _residuals);
        values["bg1"] = Chi(AuxiliaryTests.BreuschGodfrey(_rss, one, Rows, 1));
        values["bg4"] = Chi(AuxiliaryTests.BreuschGodfrey(_rss, four, Rows, 4));
        values["bg4_f"] = Four(AuxiliaryTests.BreuschGodfreyF(_rss, four, Rows, Rank, 4));
        AddChow(values);
    }

    private void AddChow(Dictionary<string, double[]> values)
    {
        int half = Rows / 2, ranks = 0;
        DoubleDouble parts = 0;
        foreach (Range part in new[] { ..half, half.. })
        {
            // Residuals of the response in a part are those of e: they differ by a combination of the columns.
            DoubleDouble[][] own = GramSchmidt.Extend([], [.. _columns.Select(c => c[part])]);
            ranks += own.Length;
            parts += GramSchmidt.Rest(own, _residuals[part]);
        }
        TestValue chow = AuxiliaryTests.Chow(_rss, parts, Rows, Rank, ranks);
        values["chow"] = [chow.Statistic, chow.P];
    }

    private void AddSpecification(Dictionary<string, double[]> values)
    {
        DoubleDouble[] square = [.. _fitted.Select(Square)], cube = [.. _fitted.Select(static v => v * Square(v))];
        DoubleDouble[][] wider = GramSchmidt.Extend(_basis, [square, cube]);
        values["reset"] = Four(AuxiliaryTests.Reset(_rss, GramSchmidt.Rest(wider, _residuals), Rows, Rank, wider.Length - Rank));
        DoubleDouble variance = _rss / Rows;
        DoubleDouble[] spread = [.. _residuals.Select(e => (e * e) - variance)];
        DoubleDouble tss = Dot(spread, spread);
        DoubleDouble[] one = [.. Enumerable.Repeat<DoubleDouble>(1, Rows)];
        DoubleDouble[][] z = GramSchmidt.Extend(_basis, [one]);
        DoubleDouble rest = GramSchmidt.Rest(z, spread);
        values["bp"] = Chi(AuxiliaryTests.Studentized(tss, rest, Rows, z.Length));
        values["bp_classic"] = Chi(AuxiliaryTests.Classic(tss, rest, _rss, Rows, z.Length));
        if (_golden.Judge.TryGetProperty("white", out _))
        {
            DoubleDouble[][] products = [.. _columns.SelectMany((a, i) => _columns.Skip(i).Select(b => a.Zip(b, static (u, v) => u * v).ToArray()))];
            DoubleDouble[][] all = GramSchmidt.Extend([], [one, .. products]);
            values["white"] = Chi(AuxiliaryTests.Studentized(tss, GramSchmidt.Rest(all, spread), Rows, all.Length));
        }
    }

    private void AddNormality(Dictionary<string, double[]> values)
    {
        double[] sorted = [.. _residuals.Select(static e => e.High).Order()];
        var jb = JarqueBera.Of(sorted);
        values["jb"] = [jb.Skewness, jb.Kurtosis, jb.Test.Statistic, jb.Test.P];
        values["ad"] = Pair(AndersonDarling.Test(sorted));
        if (Rows <= 5000)
        {
            values["sw"] = Pair(ShapiroWilk.Test(sorted));
        }
    }

    private void AddInflation(Dictionary<string, double[]> values)
    {
        int[] assign = [.. _golden.Model.R.GetProperty("assign").EnumerateArray().Select(static a => a.GetInt32())];
        if (_golden.Judge.TryGetProperty("vif", out _))
        {
            var measures = new CollinearityMeasures(_parts.Solution.Geometry.Root<DoubleDouble>(), _parts.Origin.HasIntercept);
            values["vif"] = [.. assign.Where(static t => t > 0).Distinct().Select(t => measures.Inflation([.. Enumerable.Range(0, assign.Length).Where(j => assign[j] == t)]))];
        }
    }

    private void AddInfluence(Dictionary<string, double[]> values)
    {
        double nearest = Math.ScaleB(Rank * _parts.Solution.Geometry.Condition, -92);
        var measures = new InfluenceMeasures(_rss, Rows, Rank, nearest);
        DoubleDouble[][] root = _parts.Solution.Geometry.Root<DoubleDouble>();
        var all = new List<double>();
        foreach (int number in _golden.Rows)
        {
            int i = _numbers.IndexOf(number);
            double weight = _weights[i];
            DoubleDouble w = DoubleDouble.Sqrt(weight), e = _residuals[i] / w;
            RowInfluence row = measures.Of(e, weight, _leverages[i]);
            var moves = new double[Rank];
            measures.Dfbetas(moves, e, weight, _leverages[i], [.. _basis.Select(b => b[i] / w)], root);
            all.AddRange([_leverages[i].High, row.Standardized, row.Studentized, row.CooksDistance, row.Dffits, row.CovarianceRatio, .. moves]);
        }
        values["influence"] = [.. all];
        double[] students = [.. _residuals.Select((e, i) => measures.Of(e / DoubleDouble.Sqrt(_weights[i]), _weights[i], _leverages[i]).Studentized)];
        double largest = students.Where(static t => !double.IsNaN(t)).Max(Math.Abs);
        values["outlier"] = [largest, measures.OutlierP(largest, 1), measures.OutlierP(largest, students.Count(static t => !double.IsNaN(t)))];
    }

    private static double[] Tails(DurbinWatsonP p) => [p.Positive, p.Negative];

    private static double[] Chi(TestValue test) => [test.Statistic, test.Df, test.P];

    private static double[] Four(TestValue test) => [test.Statistic, test.Df, test.DenominatorDf, test.P];

    private static double[] Pair(TestValue test) => [test.Statistic, test.P];

    private static DoubleDouble Square(DoubleDouble value) => value * value;

    private static DoubleDouble Dot(DoubleDouble[] x, DoubleDouble[] y) => GramSchmidt.Dot(x, y);

    /// <summary>A v, with 1, 2, …, 2, 1 on the diagonal of A and −1 beside it.</summary>
    private static DoubleDouble[] Differenced(DoubleDouble[] v) =>
        [.. v.Select((x, i) => (i > 0 ? x - v[i - 1] : 0) + (i < v.Length - 1 ? x - v[i + 1] : 0))];
}
