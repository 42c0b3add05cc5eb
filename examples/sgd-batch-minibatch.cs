// Stochastic, minibatch and batch gradient descent compared (Dive into Deep Learning, 3.1.1.4), each given the same number of
// passes over the rows. Run it: dotnet run examples/sgd-batch-minibatch.cs
//
// One example a step (stochastic) moves often, with much noise; all examples a step (batch) moves without noise, but
// once a pass; a minibatch is between the two. Since the exact minimum is known, the last column is how far each still is from it.
#:project ../src/Plumbline/Plumbline.csproj
using Plumbline;
using Plumbline.Layers;

Table table = new SyntheticData([2, -3.4], bias: 4.2, noise: 0.5, rows: 1000, seed: 1).ToTable();
double least = LinearRegression.Fit("y ~ x1 + x2", table).Rss / (2 * 1000);
const int passes = 20;

Console.WriteLine($"exact minimum of the loss: {least:F6}; {passes} passes over 1,000 rows");
Console.WriteLine("descent       batch   rate    steps    excess loss");
foreach ((string name, int batch, double rate) in new[]
{
    ("stochastic", 1, 0.01),
    ("minibatch", 32, 0.1),
    ("batch", 1000, 0.5),
})
{
    var optimizer = new Sgd(rate);
    var trainer = new Trainer(new Dense(2, 1), new SquaredLoss(), optimizer);
    TrainingResult result = trainer.Fit(new DataLoader(table, ["x1", "x2"], "y", batch, seed: 1), passes);
    Console.WriteLine($"{name,-13} {batch,5}   {rate,4}   {optimizer.Steps,6}    {result.Epochs[^1].Loss - least:E1}");
}
Console.WriteLine("With a constant rate the noise of single examples keeps stochastic descent from settling at the minimum; the batch's does not exist.");
