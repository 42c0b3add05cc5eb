using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics;

public class SingularValuesTests
{
    private static readonly Gen<double[][]> _matrix =
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 6]).SelectMany(static (k, more) => Gen.Double[-1, 1].Array[k + more].Array[k]);

    [Fact]
    public void Columns_turned_by_the_vectors_are_orthogonal_and_as_long_as_the_values() =>
        _matrix.Sample(columns =>
        {
            (DoubleDouble[] values, DoubleDouble[][] vectors) = SingularValues.Of(Wide(columns), withVectors: true);
            for (int a = 0; a < values.Length; a++)
            {
                Assert.True(a == 0 || values[a].High <= values[a - 1].High);
                for (int b = 0; b < values.Length; b++)
                {
                    double expected = a == b ? (values[a] * values[a]).High : 0;
                    Assert.Equal(expected, Dot(Turn(columns, vectors[a]), Turn(columns, vectors[b])), 1e-28);
                    Assert.Equal(a == b ? 1 : 0, Dot(vectors[a], vectors[b]), 1e-28);
                }
            }
        });

    [Fact]
    public void Small_values_are_right_relative_to_themselves()
    {
        // Läuchli's columns (1, e), (1, 0, e): the squared values are 2 + e² and e², for any small e.
        double e = Math.ScaleB(1, -45);
        (DoubleDouble[] values, _) = SingularValues.Of(Wide([[1, e, 0], [1, 0, e]]), withVectors: false);
        Assert.Equal(1, values[1].High / e, 1e-15);
        Assert.Equal(Math.Sqrt(2), values[0].High, 1e-15);
    }

    private static DoubleDouble[][] Wide(double[][] columns) => [.. columns.Select(static c => c.Select(static v => DoubleDouble.From(v)).ToArray())];

    private static DoubleDouble[] Turn(double[][] columns, DoubleDouble[] vector) =>
        [.. columns[0].Select((_, i) => columns.Select((c, j) => vector[j] * c[i]).Aggregate(static (x, y) => x + y))];

    private static double Dot(DoubleDouble[] x, DoubleDouble[] y) => x.Zip(y, static (a, b) => a * b).Aggregate(static (a, b) => a + b).High;
}
