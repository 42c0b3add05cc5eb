// Linear regression, concisely (Dive into Deep Learning, 3.5): a layer, a loss, an optimizer, a data loader.
// Run it: dotnet run examples/linear-regression-concise.cs
//
// Linear regression is a network of one fully connected layer with one output.
#:project ../src/Plumbline/Plumbline.csproj
using Plumbline;
using Plumbline.Layers;

Table table = new SyntheticData([2, -3.4], bias: 4.2, noise: 0.01, rows: 1000, seed: 1).ToTable();

var data = new DataLoader(table, ["x1", "x2"], "y", batch: 10, seed: 1);
var layer = new Dense(2, 1);
var trainer = new Trainer(layer, new SquaredLoss(), new Sgd(0.03));
TrainingResult result = trainer.Fit(data, epochs: 3);

foreach (EpochResult epoch in result.Epochs)
{
    Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.Loss:E2}");
}
Console.WriteLine($"errors of w: {layer.Weights[0] - 2:E1}, {layer.Weights[1] + 3.4:E1}; of b: {layer.Bias[0] - 4.2:E1}");

// No training can get below the exact least-squares fit; this is how far it still was from it.
LinearModel exact = LinearRegression.Fit("y ~ x1 + x2", table);
Console.WriteLine($"excess loss: {result.Epochs[^1].Loss - (exact.Rss / 2000):E1} above the exact minimum {exact.Rss / 2000:E2}");
