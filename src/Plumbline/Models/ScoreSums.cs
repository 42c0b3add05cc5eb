using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Sums for RMSE, MAE and R², in double-double, so that the mean of the responses need not be known beforehand.</summary>
internal sealed class ScoreSums
{
    private long _rows;
    private double _shift;          // the first response: sums are about it
    private DoubleDouble _y;
    private DoubleDouble _yy;
    private DoubleDouble _ee;
    private DoubleDouble _e;

    /// <summary>Takes in a row; one without a response or a prediction is passed over.</summary>
    public void Add(double response, double estimate)
    {
        if (double.IsNaN(response) || double.IsNaN(estimate))
        {
            return;
        }
        if (_rows++ == 0)
        {
            _shift = response;
        }
        DoubleDouble y = DoubleDouble.From(response) - DoubleDouble.From(_shift);
        DoubleDouble e = DoubleDouble.From(response) - DoubleDouble.From(estimate);
        _y += y;
        _yy += y * y;
        _ee += e * e;
        _e += e.High < 0 ? -e : e;
    }

    /// <summary>The scores; null without a row.</summary>
    public PredictionScores? Scores()
    {
        if (_rows == 0)
        {
            return null;
        }
        DoubleDouble n = DoubleDouble.From(_rows);
        double total = (_yy - (_y * _y / n)).High;
        double rSquared = total > 0 ? (DoubleDouble.From(1) - (_ee / DoubleDouble.From(total))).High : double.NaN;
        return new PredictionScores(_rows, Math.Sqrt((_ee / n).High), (_e / n).High, rSquared);
    }
}
