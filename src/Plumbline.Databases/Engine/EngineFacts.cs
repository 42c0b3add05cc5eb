namespace Plumbline.Databases;

/// <summary>What has to be known before sums can be asked for: how many rows are kept, ranges, and about where the values lie.</summary>
internal sealed class EngineFacts
{
    private const int ShiftBits = 16;       // a shift is a multiple of the range over 2¹⁶, so that few bits of x − c are lost

    private EngineFacts(long read, long kept, long used, Dictionary<string, long> dropped, ValueRange[] ranges, double[] shifts, double[] atomShifts, double sumLogWeights)
    {
        Rows = new RowCounts(read, used, read - kept, dropped);
        Kept = kept;
        Ranges = ranges;
        Shifts = shifts;
        AtomShifts = atomShifts;
        SumLogWeights = sumLogWeights;
    }

    /// <summary>What becomes of the rows.</summary>
    public RowCounts Rows { get; }

    /// <summary>Rows that miss nothing, those of weight 0 among them.</summary>
    public long Kept { get; }

    /// <summary>For each input the range in the rows that are kept.</summary>
    public ValueRange[] Ranges { get; }

    /// <summary>For each part a number near its mean; 0 for the constant.</summary>
    public double[] Shifts { get; }

    /// <summary>For each atom of the design a number near its mean; 0 for those that are in no part.</summary>
    public double[] AtomShifts { get; }

    /// <summary>Σ log w.</summary>
    public double SumLogWeights { get; }

    /// <summary>Asks for them.</summary>
    public static EngineFacts Read(SqlDesign sql, EngineQueries queries, DatabaseSource source, FitOptions options)
    {
        long read = 0;
        queries.One([new("count(*)", WireType.Integer)], null, row => read += row.Integer(0));
        var spread = new Spread(sql, queries, source, options);
        Dictionary<string, long> dropped = read == spread.Kept ? [] : Dropped(sql, queries, source.Dialect);
        if (options.Missing == MissingValues.Fail && read > spread.Kept)
        {
            string columns = string.Join(", ", dropped.Select(static d => $"{d.Key}: {d.Value}"));
            throw new PlumblineException(
                "missing-value", $"{source.Name}: {read - spread.Kept} of {read} rows miss a value ({columns}). Leave such rows out, or have them dropped and counted.");
        }
        return new EngineFacts(read, spread.Kept, spread.Used, dropped, spread.Ranges, spread.Shifts(sql), spread.AtomShifts(sql), spread.SumLogWeights);
    }

    private static Dictionary<string, long> Dropped(SqlDesign sql, EngineQueries queries, Dialect dialect)
    {
        var values = new List<(string Name, string Condition)>();
        values.AddRange(sql.Design.Inputs.Select((name, i) => (name, sql.IsMissing(i))));
        values.AddRange(sql.Losses().Select(l => (l.Name, $"{sql.HasInputs} AND {l.IsLost}")));
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        queries.One(
            [.. values.Select(v => new SelectedValue(dialect.Count(v.Condition), WireType.Integer))],
            null,
            row =>
            {
                for (int i = 0; i < values.Count; i++)
                {
                    long count = row.IsNull(i) ? 0 : row.Integer(i);
                    if (count > 0)
                    {
                        counts[values[i].Name] = counts.GetValueOrDefault(values[i].Name) + count;
                    }
                }
            });
        return new Dictionary<string, long>(counts, StringComparer.Ordinal);
    }

    /// <summary>The spread of inputs and parts over the rows that are kept.</summary>
    private sealed class Spread
    {
        private readonly Dictionary<string, (ValueRange Range, double Sum)> _measured = new(StringComparer.Ordinal);

        public Spread(SqlDesign sql, EngineQueries queries, DatabaseSource source, FitOptions options)
        {
            Dialect dialect = source.Dialect;
            int[] inputs = [.. sql.Inputs.Index().Where(i => sql.IsNumeric[i.Index]).Select(static i => i.Index)];
            var values = new List<SelectedValue> { new("count(*)", WireType.Integer) };
            values.AddRange(inputs.SelectMany(i => Bounds(sql.Inputs[i])));
            string[] measured = [.. sql.Parts.Skip(1).Concat(sql.AtomsInUse.Select(a => sql.Atoms[a].Sql)).Distinct(StringComparer.Ordinal)];
            values.AddRange(measured.SelectMany(number => Bounds(number).Append(new($"sum({number})", WireType.Double))));
            if (sql.Weight is string weight)
            {
                string logarithm = dialect.Function("log", weight) ?? throw new NotSupportedException($"{dialect.Name} has no logarithm.");
                values.Add(new(dialect.Count($"{weight} <> 0"), WireType.Integer));
                values.Add(new($"sum(CASE WHEN {weight} > 0 THEN {logarithm} ELSE {dialect.Literal(0.0)} END)", WireType.Double));
                values.Add(new(dialect.Count($"{weight} <> floor({weight})"), WireType.Integer));
            }
            Ranges = [.. sql.Inputs.Select(static _ => ValueRange.Empty)];
            long notWhole = 0;
            queries.One(values, sql.IsKept, row =>
            {
                long kept = row.Integer(0);
                Kept += kept;
                if (kept == 0)
                {
                    return;
                }
                int at = 1;
                foreach (int i in inputs)
                {
                    Ranges[i] = ValueRange.Union(Ranges[i], new(row.Double(at), row.Double(at + 1)));
                    at += 2;
                }
                foreach (string number in measured)
                {
                    (ValueRange range, double sum) = _measured.GetValueOrDefault(number, (ValueRange.Empty, 0));
                    _measured[number] = (ValueRange.Union(range, new(row.Double(at), row.Double(at + 1))), sum + row.Double(at + 2));
                    at += 3;
                }
                if (sql.Weight is not null)
                {
                    Used += row.Integer(at);
                    SumLogWeights += row.Double(at + 1);
                    notWhole += row.Integer(at + 2);
                }
            });
            Used = sql.Weight is null ? Kept : Used;
            Check(sql, source, options, notWhole);
        }

        public long Kept { get; private set; }

        public long Used { get; private set; }

        public double SumLogWeights { get; private set; }

        public ValueRange[] Ranges { get; }

        /// <summary>Near the means; whole for whole numbers, else with few bits.</summary>
        public double[] Shifts(SqlDesign sql) => [0, .. sql.Parts.Skip(1).Zip(sql.WholeParts.Skip(1), Shift)];

        /// <summary>The same for atoms.</summary>
        public double[] AtomShifts(SqlDesign sql) => [.. sql.Atoms.Select(a => Shift(a.Sql, a.IsWhole))];

        private static SelectedValue[] Bounds(string number) => [new($"min({number})", WireType.Double), new($"max({number})", WireType.Double)];

        private double Shift(string number, bool isWhole)
        {
            if (Kept == 0 || !_measured.TryGetValue(number, out (ValueRange Range, double Sum) measured))
            {
                return 0;
            }
            ValueRange range = measured.Range;
            double mean = Math.Clamp(measured.Sum / Kept, range.Least, range.Largest);     // a sum that overflowed, too
            double width = range.Largest - range.Least;
            if (isWhole)
            {
                return Math.Round(mean);
            }
            if (width == 0 || !double.IsFinite(width))
            {
                return width == 0 ? range.Least : 0;
            }
            double unit = Math.ScaleB(1, Math.ILogB(width) - ShiftBits);
            double shift = Math.Round(mean / unit) * unit;
            return double.IsFinite(shift) ? shift : mean;
        }

        private void Check(SqlDesign sql, DatabaseSource source, FitOptions options, long notWhole)
        {
            Design design = sql.Design;
            IEnumerable<(string Name, ValueRange Range)> all = design.Inputs.Zip(Ranges).Concat(sql.Design.Plan.Parts.Select((p, i) => (p.Name, Kept == 0 ? ValueRange.Empty : _measured[sql.Parts[i + 1]].Range)));
            foreach ((string name, ValueRange range) in Kept == 0 ? [] : all)
            {
                if (double.IsNegativeInfinity(range.Least) || double.IsPositiveInfinity(range.Largest))
                {
                    throw new PlumblineException(
                        "infinite-value", $"{source.Name}: `{name}` is infinite in some row; least squares needs finite numbers. Correct the value, or leave the row out with a condition.")
                    {
                        Column = name,
                    };
                }
            }
            if (design.Weights is not string weights || Kept == 0)
            {
                return;
            }
            double least = Ranges[design.Plan.Weights!.Value].Least;
            if (least < 0)
            {
                throw new PlumblineException("negative-weight", $"{source.Name}: the weight `{weights}` is {least:R} in some row; weights are 0 or more.") { Column = weights };
            }
            if (options.WeightKind == WeightKind.Frequency && notWhole > 0)
            {
                throw new PlumblineException(
                    "not-a-frequency",
                    $"{source.Name}: the weight `{weights}` is no whole number in {notWhole} rows. A frequency says how many equal rows one row stands for. For weights that tell precision, choose that kind.")
                {
                    Column = weights,
                };
            }
        }
    }
}
