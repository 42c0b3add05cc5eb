using Plumbline.Numerics;

namespace Plumbline;

public sealed partial class Moments
{
    /// <summary>
    /// The moments of some columns and of a new response that is a combination of columns, exactly: for regressions among
    /// the predictors themselves.
    /// </summary>
    /// <param name="predictors">Columns that stay, without the intercept, which is always column 0 of the result.</param>
    /// <param name="response">Columns and what they are multiplied by; the sum is the last column of the result.</param>
    internal Moments Select(IReadOnlyList<int> predictors, params (int Column, double Factor)[] response)
    {
        int[] kept = [0, .. predictors];
        int k = kept.Length + 1;
        var upper = new ExactValue[PackedLength(k)];
        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = i; j < kept.Length; j++)
            {
                upper[PackedIndex(i, j, k)] = this[kept[i], kept[j]];
            }
            ExactValue sum = ExactValue.Zero;
            foreach ((int column, double factor) in response)
            {
                sum += this[kept[i], column] * ExactValue.From(factor);
            }
            upper[PackedIndex(i, k - 1, k)] = sum;
        }
        ExactValue square = ExactValue.Zero;
        foreach ((int a, double left) in response)
        {
            foreach ((int b, double right) in response)
            {
                square += this[a, b] * ExactValue.From(left) * ExactValue.From(right);
            }
        }
        upper[PackedIndex(k - 1, k - 1, k)] = square;
        return new Moments([.. kept.Select(c => Columns[c]), Columns[response[0].Column]], Sources, Rows, SumLogWeights, upper);
    }
}
