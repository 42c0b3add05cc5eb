using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline;

/// <summary>
/// The smallest and largest value of each input among rows that count (weight above 0), so that a prediction outside them
/// can be told. One vectorized look at values that are in the cache anyway; order does not matter.
/// </summary>
internal sealed class InputRanges(int inputs)
{
    private readonly double[] _minimum = Filled(inputs, double.PositiveInfinity);
    private readonly double[] _maximum = Filled(inputs, double.NegativeInfinity);

    /// <summary>The range of an input; NaN before the first row.</summary>
    public (double Minimum, double Maximum) this[int input] =>
        _minimum[input] <= _maximum[input] ? (_minimum[input], _maximum[input]) : (double.NaN, double.NaN);

    /// <summary>Takes in the rows of a block, none of them NaN.</summary>
    /// <param name="columns">The inputs.</param>
    /// <param name="weights">Their weights; empty for none.</param>
    public void Add(ReadOnlySpan<NumberColumn> columns, ReadOnlySpan<double> weights)
    {
        bool someWeightless = weights.Contains(0.0);
        for (int i = 0; i < columns.Length; i++)
        {
            if (someWeightless)
            {
                AddWeighted(i, columns[i].High, weights);
            }
            else
            {
                Add(i, columns[i].High);
            }
        }
    }

    /// <summary>Takes in what another saw.</summary>
    public void Add(InputRanges other)
    {
        for (int i = 0; i < _minimum.Length; i++)
        {
            _minimum[i] = Math.Min(_minimum[i], other._minimum[i]);
            _maximum[i] = Math.Max(_maximum[i], other._maximum[i]);
        }
    }

    private void Add(int input, ReadOnlySpan<double> values)
    {
        double least = _minimum[input], most = _maximum[input];
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        if (vectors.Length > 0)
        {
            Vector<double> low = vectors[0], high = low;
            foreach (Vector<double> vector in vectors)
            {
                low = Vector.MinNative(low, vector);
                high = Vector.MaxNative(high, vector);
            }
            for (int lane = 0; lane < Vector<double>.Count; lane++)
            {
                least = Math.Min(least, low[lane]);
                most = Math.Max(most, high[lane]);
            }
        }
        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        (_minimum[input], _maximum[input]) = (least, most);
    }

    private void AddWeighted(int input, ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (weights[i] > 0)
            {
                _minimum[input] = Math.Min(_minimum[input], values[i]);
                _maximum[input] = Math.Max(_maximum[input], values[i]);
            }
        }
    }

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
