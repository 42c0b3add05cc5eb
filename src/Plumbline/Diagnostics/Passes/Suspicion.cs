using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// What the first look makes likely, so that each check can be judged by what remains when the others' causes are taken away: a wild row also bends
/// the line, a curve also looks like a change of regime, unequal variances also look like heavy tails.
/// </summary>
internal sealed class Suspicion
{
    private const double RealP = 5e-3;              // a fault is taken for real below this p, and from the share on
    private const double RealShare = 0.01;
    private const double VarianceP = 0.01;

    private readonly CheckLayout _layout;
    private readonly long _read;
    private VarianceModel? _variance;
    private double[]? _even;                // the mean beside unequal variances, on z and the term's columns
    private int[] _evenColumns = [];
    private double[][] _repairs = [];       // one for all rows, or before and after the cut; on z and products
    private double[]? _log;
    private double _logScale = 1;
    private double _logCenter;
    private double _logSpread;
    private int _cut;

    private Suspicion(CheckLayout layout, Causes? causes)
    {
        _layout = layout;
        Causes = causes;
        _read = layout.Parts.Origin.Rows.Read;
    }

    /// <summary>The wild rows.</summary>
    public IReadOnlyList<CheckRow> Wild { get; private set; } = [];

    /// <summary>Their numbers.</summary>
    public HashSet<long> Excluded { get; private set; } = [];

    /// <summary>Moments without the wild rows.</summary>
    public AuxiliaryMoments Whole { get; private set; } = null!;

    /// <summary>The same without weights, and with whitened residuals.</summary>
    public AuxiliaryMoments Plain { get; private set; } = null!;

    /// <summary>The same with ω as weights.</summary>
    public AuxiliaryMoments Scores { get; private set; } = null!;

    /// <summary>Of each eighth of the rows.</summary>
    public AuxiliaryMoments[] Eighths { get; private set; } = [];

    /// <summary>How many rows are left.</summary>
    public double Rows => _layout.Rows - Wild.Sum(r => _layout.IsFrequency ? r.Weight : 1);

    /// <summary>Terms that the model lacks, what explains most first.</summary>
    public TermGain[] Gains { get; private set; } = [];

    /// <summary>Breaks at borders of eighths.</summary>
    public BreakGain[] Breaks { get; private set; } = [];

    /// <summary>The missing term that is taken for real, or null.</summary>
    public TermGain? Term { get; private set; }

    /// <summary>What it explains when separate fits are made before and after the break.</summary>
    public double TermShare { get; private set; }

    /// <summary>The break that is taken for real, or null.</summary>
    public BreakGain? Break { get; private set; }

    /// <summary>What it explains when the term is in the model.</summary>
    public double BreakShare { get; private set; }

    /// <summary>Whether residuals are repaired by the term, by the break.</summary>
    public (bool Term, bool Break) Repairs { get; private set; }

    /// <summary>What tells causes apart; null when too few rows are kept.</summary>
    public Causes? Causes { get; }

    /// <summary>The laws of the errors beside the repairs; null when they were not fitted.</summary>
    public Laws? Laws { get; private set; }

    /// <summary>Whether residuals are looked at otherwise than they are.</summary>
    public bool IsRepaired => Repairs is not (false, false) || Wild.Count > 0;

    /// <summary>Whether normality is judged over the deviation that the columns let expect.</summary>
    public bool IsEvened => _variance is not null;

    /// <summary>The columns and the last row before the border that the repairs add.</summary>
    public (IReadOnlyList<int> Added, long Last) Repaired => (Repairs.Term ? Columns(Term!) : [], Repairs.Break ? Border(Break!.Cut) : 0);

    /// <summary>Looks.</summary>
    public static Suspicion Of(CheckLayout layout, FirstLook look, bool isOrdered)
    {
        var suspicion = new Suspicion(layout, Causes.Of(layout, look.Kept, isOrdered));
        suspicion.Exclude(look, WildRows.Find(
            look.Outlying, layout, rows => suspicion.PlainWithout(look, rows), plain => VarianceModel.Of(layout, plain, layout.Rows), suspicion.Causes));
        suspicion.FindTerm();
        if (suspicion.Term is { } term && suspicion.Wild.Count > 0)
        {
            CheckRow[] still = [.. suspicion.Wild.Where(row => suspicion.IsWildBeside(row, term))];
            if (still.Length < suspicion.Wild.Count)
            {
                suspicion.Exclude(look, still);
                suspicion.FindTerm();
            }
        }
        suspicion.FindBreak();
        suspicion.Decide();
        suspicion.FitLog(look);
        return suspicion;
    }

    /// <summary>What the repairs take from e/σ̂.</summary>
    public double Repair(double[][] columns, int r, long row)
    {
        if (_repairs.Length == 0)
        {
            return 0;
        }
        double[] coefficients = _repairs.Length == 1 || (row - 1) < (long)_cut * _read / FirstPass.Eighths ? _repairs[0] : _repairs[1];
        double sum = 0;
        for (int j = 0; j < coefficients.Length; j++)
        {
            sum += coefficients[j] * columns[j][r];
        }
        return sum;
    }

    /// <summary>What the law of unequal variances takes from e/σ̂; without one, what the repairs take.</summary>
    public double Even(double[][] columns, int r, long row, double repaired)
    {
        if (_even is null)
        {
            return repaired;
        }
        int offset = Repairs.Break && row > Border(_cut) ? _evenColumns.Length : 0;
        double sum = 0;
        for (int j = 0; j < _evenColumns.Length; j++)
        {
            sum += _even[offset + j] * columns[_evenColumns[j]][r];
        }
        return sum;
    }

    /// <summary>The relative variance of a row's error, as the first look estimates it in two ways; 1 when it does not depend on the columns.</summary>
    public (double Linear, double Log) Variance(double[][] columns, int r) => _variance is null ? (1, 1) : _variance.At(columns, r);

    /// <summary>The residual of log y, in its standard deviations.</summary>
    public double LogResidual(double[][] columns, int r, int log) => (columns[log][r] - FittedLog(columns, r)) / _logScale;

    /// <summary>The fitted value of log y, standardized; 0 when it does not vary.</summary>
    public double LogFitted(double[][] columns, int r) => _logSpread > 0 ? (FittedLog(columns, r) - _logCenter) / _logSpread : 0;

    private double FittedLog(double[][] columns, int r)
    {
        double sum = 0;
        for (int k = 0; k < _layout.Coefficients; k++)
        {
            sum += _log![k] * columns[k][r];
        }
        return sum;
    }

    /// <summary>The auxiliary columns of a term.</summary>
    public int[] Columns(TermGain gain) => [.. gain.Term.Pairs.Select(p => _layout.Products + p)];

    /// <summary>The last row before a border of eighths.</summary>
    public long Border(int cut) => (long)cut * _read / FirstPass.Eighths;

    private void Exclude(FirstLook look, IReadOnlyList<CheckRow> wild)
    {
        Wild = wild;
        Excluded = [.. wild.Select(static r => r.Row)];
        Causes?.Exclude(Excluded, Rows);
        Whole = look.Whole.Without(wild.Select(static r => (r.Columns, r.Weight)));
        Eighths = [.. look.Eighths];
        foreach (CheckRow row in wild)
        {
            int eighth = 0;
            while (eighth + 1 < FirstPass.Eighths && (eighth + 1L) * _read / FirstPass.Eighths <= row.Row - 1)
            {
                eighth++;
            }
            Eighths[eighth] = Eighths[eighth].Without([(row.Columns, row.Weight)]);
        }
        Plain = PlainWithout(look, wild);
        Scores = look.Scores.Without(wild.Select(r => (r.Columns, Omega(r))));
    }

    private AuxiliaryMoments PlainWithout(FirstLook look, IReadOnlyList<CheckRow> rows) => rows.Count == 0 ? look.Plain
        : look.Plain.Without(rows.Select(r => look.Plain == look.Whole ? (r.Columns, r.Weight) : (Whitened(r), 1.0)));

    private double[] Whitened(CheckRow row)
    {
        double[] columns = [.. row.Columns];
        columns[_layout.Residual] *= Math.Sqrt(row.Weight);
        return columns;
    }

    private double Omega(CheckRow row)
    {
        double rest = 1 - row.Leverage;
        return row.Weight * row.Columns[_layout.Square] / (rest * rest);
    }

    private void FindTerm()
    {
        double df = Rows - _layout.Coefficients;
        Gains = TermGains.Of(_layout, Whole, Scores, df);
        Term = Array.Find(Gains, g => g.Classical < RealP && g.Share > RealShare && P(g) < RealP);
    }

    /// <summary>p of a term, the law of the errors allowed for.</summary>
    public double P(TermGain gain)
    {
        int tested = _layout.Terms.Terms.Count;
        return Causes is null ? gain.P : Math.Min(1, tested * Causes.P(gain.Classical / tested, (Columns(gain), 0), ([], 0)));
    }

    /// <summary>Whether a row is wild also when the term is in the model.</summary>
    private bool IsWildBeside(CheckRow row, TermGain term)
    {
        int[] columns = [.. _layout.Orthonormal, .. term.Term.Pairs.Select(p => _layout.Products + p)];
        double without = Whole.Sweep(columns, out int rank)[_layout.Residual, _layout.Residual];
        double with = Whole.Without([(row.Columns, -row.Weight)]).Sweep(columns, out _)[_layout.Residual, _layout.Residual];
        double df = Rows - rank;
        return df >= 3 && Rows * StudentT.TwoSided(Math.Sqrt(Math.Max(0, with - without) / (without / df)), df) < VarianceP;
    }

    private void FindBreak()
    {
        Breaks = Plumbline.Breaks.AtEighths(_layout, Eighths, Rows);
        BreakGain? best = Breaks.Where(static b => !double.IsNaN(b.Test.P)).MaxBy(static b => b.Share);
        Break = best is not null && best.Adjusted(Breaks.Length) < RealP && best.Share > RealShare && P(best) * Breaks.Length < RealP ? best : null;
    }

    /// <summary>p of a break, the law of the errors allowed for.</summary>
    public double P(BreakGain gain) => Causes is null ? gain.Test.P : Causes.P(gain.Test.P, ([], Border(gain.Cut)), ([], 0));

    /// <summary>Which of term and break explains what the other does not.</summary>
    private void Decide()
    {
        TermShare = Term?.Share ?? 0;
        BreakShare = Break?.Share ?? 0;
        int[] added = Term is null ? [] : Columns(Term);
        if (Term is not null && Break is not null)
        {
            AuxiliaryMoments[] parts = [AuxiliaryMoments.Sum(Eighths[..Break.Cut]), AuxiliaryMoments.Sum(Eighths[Break.Cut..])];
            (double split, int splitRank) = Plumbline.Breaks.Rss(_layout, parts, []);
            (double term, int termRank) = Plumbline.Breaks.Rss(_layout, [Whole], added);
            (double both, int bothRank) = Plumbline.Breaks.Rss(_layout, parts, added);
            TermShare = TermGains.Share(split, Rows - splitRank, both, Rows - bothRank);
            BreakShare = TermGains.Share(term, Rows - termRank, both, Rows - bothRank);
        }
        Repairs = (Term is not null && (TermShare >= BreakShare || TermShare > RealShare), Break is not null && (BreakShare > TermShare || BreakShare > RealShare));
        int[] columns = [.. _layout.Orthonormal, .. Repairs.Term ? added : []];
        if (Repairs.Break)
        {
            _cut = Break!.Cut;
            _repairs = [Dense(AuxiliaryMoments.Sum(Eighths[.._cut]), columns), Dense(AuxiliaryMoments.Sum(Eighths[_cut..]), columns)];
        }
        else if (Repairs.Term || Wild.Count > 0)
        {
            _repairs = [Dense(Whole, columns)];
        }
        Laws = Causes?.With(Repaired.Added, Repaired.Last);
        _variance = Laws is null
            ? Repairs is (false, false) && VarianceModel.Of(_layout, Plain, Rows) is { Depends: true } variance ? variance : null
            : Laws.IsUneven ? VarianceModel.Of(_layout, Plain, Rows, Laws.Law.LogVariance, Repairs is (false, false)) : null;
        (_even, _evenColumns) = Laws is { IsUneven: true } ? (Laws.Law.Coefficients, columns) : (null, []);
    }

    private double[] Dense(AuxiliaryMoments moments, int[] columns)
    {
        double[] fitted = moments.Fit(_layout.Residual, columns).Coefficients;
        var dense = new double[_layout.FittedPowers];
        for (int c = 0; c < columns.Length; c++)
        {
            dense[columns[c]] = fitted[c];
        }
        return dense;
    }

    private void FitLog(FirstLook look)
    {
        if (_layout.HasLog)
        {
            AuxiliaryMoments whole = look.Whole;
            AuxiliaryFit fit = whole.Fit(_layout.Log, [.. _layout.Orthonormal]);
            double weight = whole[_layout.Constant, _layout.Constant];
            double about = _layout.Parts.Origin.HasIntercept ? whole.Sweep([_layout.Constant], out _)[_layout.Log, _layout.Log] : whole[_layout.Log, _layout.Log];
            _log = fit.Coefficients;
            _logScale = fit.Rss > 0 ? Math.Sqrt(fit.Rss / _layout.DfResidual) : 1;
            _logCenter = _layout.Parts.Origin.HasIntercept ? whole[_layout.Constant, _layout.Log] / weight : 0;
            _logSpread = Math.Sqrt(Math.Max(0, about - fit.Rss) / weight);
        }
    }
}
