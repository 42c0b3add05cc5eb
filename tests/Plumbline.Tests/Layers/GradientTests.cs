using Plumbline.Layers;

namespace Plumbline.Tests.Layers;

/// <summary>Backpropagation against finite differences: central, with an error of h² beside the rounding of ε/h.</summary>
public class GradientTests
{
    private const double Step = 1e-5;
    private const double Agreement = 1e-8;

    private static readonly double[] _features = Random(12, 1);
    private static readonly double[] _targets = Random(8, 2);

    public static TheoryData<string> Losses() => ["mse", "squared", "absolute", "huber"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_of_a_loss_is_its_difference_quotient(string name)
    {
        Loss loss = LossOf(name);
        var predicted = new Batch(Random(8, 3), 2);
        var target = new Batch(_targets, 2);
        var gradient = new Batch(0, 0);
        loss.Gradient(predicted, target, gradient);
        for (int n = 0; n < 8; n++)
        {
            double at = predicted.Values[n];
            double difference = Difference(h =>
            {
                predicted.Values[n] = at + h;
                return loss.Value(predicted, target);
            });
            predicted.Values[n] = at;
            Assert.Equal(difference, gradient.Values[n], Agreement);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_of_all_parameters_and_inputs_of_a_deep_net_are_difference_quotients(string name)
    {
        Loss loss = LossOf(name);
        var network = new Sequential(new Dense(3, 5, 0.6), new Tanh(), new Dense(5, 4, 0.6), new Relu(), new Dense(4, 2, 0.6));
        network.Initialize(7);
        var input = new Batch(_features, 3);
        var target = new Batch(_targets, 2);
        var outputGradient = new Batch(0, 0);
        loss.Gradient(network.Forward(input), target, outputGradient);
        double[] byInput = network.Backward(outputGradient).Values.ToArray();
        double[][] byParameter = [.. network.Parameters.Select(p => p.Gradient.ToArray())];

        Func<double> value = () => loss.Value(network.Forward(input), target);
        for (int p = 0; p < byParameter.Length; p++)
        {
            double[] values = network.Parameters[p].Values;
            for (int n = 0; n < values.Length; n++)
            {
                double at = values[n];
                double difference = Difference(h =>
                {
                    values[n] = at + h;
                    return value();
                });
                values[n] = at;
                Assert.Equal(difference, byParameter[p][n], Agreement);
            }
        }
        for (int n = 0; n < byInput.Length; n++)
        {
            double at = input.Values[n];
            double difference = Difference(h =>
            {
                input.Values[n] = at + h;
                return value();
            });
            input.Values[n] = at;
            Assert.Equal(difference, byInput[n], Agreement);
        }
    }

    [Fact]
    public void A_loss_has_the_value_of_its_formula()
    {
        var predicted = new Batch([1.0, 5], 1);
        var target = new Batch([2.0, 2], 1);
        Assert.Equal(5, new MeanSquaredError().Value(predicted, target));
        Assert.Equal(2.5, new SquaredLoss().Value(predicted, target));
        Assert.Equal(2, new AbsoluteLoss().Value(predicted, target));
        Assert.Equal(1.5, new HuberLoss(1).Value(predicted, target));
        Assert.Throws<ArgumentException>(() => new SquaredLoss().Value(predicted, new Batch([1.0], 1)));
    }

    private static double Difference(Func<double, double> f) => (f(Step) - f(-Step)) / (2 * Step);

    private static Loss LossOf(string name) => name switch
    {
        "mse" => new MeanSquaredError(),
        "squared" => new SquaredLoss(),
        "absolute" => new AbsoluteLoss(),
        _ => new HuberLoss(0.7),
    };

    private static double[] Random(int count, ulong seed)
    {
        var random = new NormalGenerator(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next())];
    }
}
