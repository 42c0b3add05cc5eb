using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

public readonly partial struct QuadDouble
{
    /// <summary>The sum.</summary>
    public static QuadDouble operator +(QuadDouble a, QuadDouble b)
    {
        Span<double> left = [a._0, a._1, a._2, a._3];
        Span<double> right = [b._0, b._1, b._2, b._3];
        Span<double> merged = stackalloc double[8];
        int i = 0, j = 0;
        for (int k = 0; k < 8; k++)
        {
            bool takeLeft = j == 4 || (i < 4 && Math.Abs(left[i]) >= Math.Abs(right[j]));
            merged[k] = takeLeft ? left[i++] : right[j++];
        }
        return Renormalize(merged);
    }

    /// <summary>The product.</summary>
    public static QuadDouble operator *(QuadDouble a, QuadDouble b)
    {
        // Orders by magnitude: p and the error q one order below it.
        double p00 = ErrorFree.TwoProduct(a._0, b._0, out double q00);
        double p01 = ErrorFree.TwoProduct(a._0, b._1, out double q01);
        double p10 = ErrorFree.TwoProduct(a._1, b._0, out double q10);
        double p02 = ErrorFree.TwoProduct(a._0, b._2, out double q02);
        double p11 = ErrorFree.TwoProduct(a._1, b._1, out double q11);
        double p20 = ErrorFree.TwoProduct(a._2, b._0, out double q20);
        double third = (a._0 * b._3) + (a._3 * b._0) + ((a._1 * b._2) + (a._2 * b._1)) + (q02 + q20 + q11);

        // First order: p01 + p10 + q00 = x1 + e0 + e1.
        double x1 = ErrorFree.TwoSum(p01, p10, out double e0);
        x1 = ErrorFree.TwoSum(x1, q00, out double e1);
        // Second order: p02 + p20 + p11 + q01 + q10 + e0 + e1 = x2 + rest.
        double s = ErrorFree.TwoSum(p02, p20, out double r0);
        s = ErrorFree.TwoSum(s, p11, out double r1);
        double t = ErrorFree.TwoSum(q01, q10, out double r2);
        double v = ErrorFree.TwoSum(e0, e1, out double r3);
        s = ErrorFree.TwoSum(s, t, out double r4);
        double x2 = ErrorFree.TwoSum(s, v, out double r5);
        third += (r0 + r1) + (r2 + r3) + (r4 + r5);

        // No cancellation: |p00| exceeds the rest. Two sweeps bring the four orders to normal form.
        double y2 = ErrorFree.TwoSum(x2, third, out double y3);
        double y1 = ErrorFree.TwoSum(x1, y2, out y2);
        double y0 = ErrorFree.FastTwoSum(p00, y1, out y1);
        y2 = ErrorFree.TwoSum(y2, y3, out y3);
        y1 = ErrorFree.TwoSum(y1, y2, out y2);
        y2 = ErrorFree.TwoSum(y2, y3, out y3);
        return new QuadDouble(y0, y1, y2, y3);
    }

    /// <summary>
    /// Brings parts of roughly falling magnitude to four that hardly overlap: a sweep from the end that leaves
    /// (nearly) the sum in front and its errors behind, then one from the front that keeps what is not zero.
    /// Both are exact but for what lies beyond the fourth part.
    /// </summary>
    private static QuadDouble Renormalize(Span<double> parts)
    {
        if (!double.IsFinite(parts[0]))
        {
            return From(parts[0]);
        }
        for (int sweep = 0; sweep < 2; sweep++)
        {
            for (int k = parts.Length - 2; k >= 0; k--)
            {
                parts[k] = ErrorFree.TwoSum(parts[k], parts[k + 1], out parts[k + 1]);
            }
        }
        Span<double> result = stackalloc double[5];
        result.Clear();
        int kept = 0;
        double current = parts[0];
        for (int k = 1; k < parts.Length && kept < 4; k++)
        {
            double sum = ErrorFree.TwoSum(current, parts[k], out double rest);
            if (rest != 0)
            {
                result[kept++] = sum;
                current = rest;
            }
            else
            {
                current = sum;
            }
        }
        result[kept] = current;
        if (result[4] != 0)
        {
            result[3] += result[4];
        }
        return new QuadDouble(result[0], result[1], result[2], result[3]);
    }
}
