using System.Runtime.CompilerServices;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The squared error of coefficients on rows that are given by their moments.
/// </summary>
/// <remarks>
/// Method      Σ w(y − xβ)² = vᵀMv for v = (−β, 1), in double-double, columns scaled by powers of two; TSS from the exact moments.
/// Cost        k² multiply–adds for k coefficients that are not 0.
/// Fails when  errors are below 1e-15 of the response: digits are lost, as many as y²/e² has more than 30.
/// What it cannot say: absolute errors, or the errors of single rows. Moments do not know them.
/// </remarks>
internal sealed class ValidationLoss
{
    private readonly DoubleDouble[][] _form;
    private readonly DoubleDouble[] _factors;       // of a coefficient: 2^power/√norm
    private readonly int[] _places;
    private readonly int _responsePower;

    /// <param name="coded">The validation rows, in the columns of the model.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ValidationLoss(CodedMoments coded)
    {
        Moments m = coded.Model.Moments;
        int response = m.Columns.Count - 1;
        _places = [.. Enumerable.Range(0, coded.Design.Columns.Count).Select(coded.Place), response];
        int[] powers = [.. _places.Select(j => m[j, j].IsZero ? 0 : m[j, j].Magnitude >> 1)];
        _responsePower = powers[^1];
        _factors = [.. _places.Select((j, i) => (DoubleDouble.From(1) / DoubleDouble.Sqrt(DoubleDouble.From(coded.Model.NormSquared[j]))).Scale(powers[i] - _responsePower))];
        _form = new DoubleDouble[_places.Length][];
        for (int i = 0; i < _form.Length; i++)
        {
            _form[i] = new DoubleDouble[i + 1];
            for (int j = 0; j <= i; j++)
            {
                _form[i][j] = DoubleDouble.From(m[_places[i], _places[j]].Scale(-powers[i] - powers[j]));
            }
        }
        Weight = m[0, 0].ToDouble();
        Rows = m.Rows;
        ExactValue square = m[response, response], sum = m[0, response];
        Tss = coded.HasIntercept ? ExactInterval.Quotient((square * m[0, 0]) - (sum * sum), m[0, 0]).ToDouble() : square.ToDouble();
    }

    /// <summary>Observations.</summary>
    public long Rows { get; }

    /// <summary>Σw.</summary>
    public double Weight { get; }

    /// <summary>About the mean of these rows with an intercept, about 0 without.</summary>
    public double Tss { get; }

    /// <summary>Σ w(y − xβ)².</summary>
    /// <param name="coefficients">One for each column of the model.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double SumOfSquares(IReadOnlyList<double> coefficients)
    {
        var places = new List<int>();
        var values = new List<DoubleDouble>();
        for (int i = 0; i < coefficients.Count; i++)
        {
            if (coefficients[i] != 0)
            {
                places.Add(i);
                values.Add(DoubleDouble.From(-coefficients[i]) * _factors[i]);
            }
        }
        places.Add(_form.Length - 1);
        values.Add(DoubleDouble.From(1));
        DoubleDouble sum = default;
        for (int a = 0; a < places.Count; a++)
        {
            DoubleDouble[] row = _form[places[a]];
            DoubleDouble part = default;
            for (int b = 0; b < a; b++)
            {
                part += row[places[b]] * values[b];
            }
            sum += values[a] * (part + part + (row[places[a]] * values[a]));
        }
        return Math.Max(0, Math.ScaleB(sum.High, 2 * _responsePower));
    }
}

/// <summary>Means over folds.</summary>
internal static class FoldMeans
{
    /// <summary>The mean of the folds' mean squared errors by their weights, and its standard error as <c>cv.glmnet</c> has it.</summary>
    public static ValidationScore Of(IReadOnlyList<(double Sum, double Weight)> folds)
    {
        double weight = folds.Sum(static f => f.Weight), mean = folds.Sum(static f => f.Sum) / weight;
        if (folds.Count < 2)
        {
            return new ValidationScore(mean, double.NaN);
        }
        double variance = folds.Sum(f => f.Weight * Math.Pow((f.Sum / f.Weight) - mean, 2)) / weight;
        return new ValidationScore(mean, Math.Sqrt(variance / (folds.Count - 1)));
    }
}
