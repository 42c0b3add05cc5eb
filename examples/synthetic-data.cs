// Data whose truth is known: y = Xw + b + ε with w = [2, −3.4], b = 4.2 and noise of standard deviation 0.01
// (Dive into Deep Learning, 3.3). Run it: dotnet run examples/synthetic-data.cs
//
// To see whether a method finds the truth, one must know it. So examples begin with data made from a model: predictors are
// standard normal, and the noise is Gaussian, independent, and the same everywhere: what linear regression assumes.
#:project ../src/Plumbline/Plumbline.csproj
using Plumbline;

Table data = new SyntheticData([2, -3.4], bias: 4.2, noise: 0.01, rows: 1000, seed: 1).ToTable();

Console.WriteLine("The first rows:");
RowBlock block = data.Read(["x1", "x2", "y"], null, CancellationToken.None).First();
for (int i = 0; i < 5; i++)
{
    Console.WriteLine($"  x1 = {block[0].High[i],7:F4}   x2 = {block[1].High[i],7:F4}   y = {block[2].High[i],8:F4}");
}

// The exact least-squares fit is the best that any training on these rows can reach.
LinearModel model = LinearRegression.Fit("y ~ x1 + x2", data);
Console.WriteLine("What the exact fit finds, beside the truth:");
double[] truth = [4.2, 2, -3.4];
foreach ((Coefficient c, double t) in model.Coefficients.Zip(truth))
{
    Console.WriteLine($"  {c.Name,-12} {c.Estimate,9:F5} ± {c.StandardError:F5}   truth {t}");
}
Console.WriteLine($"  noise        {model.Sigma,9:F5}             truth 0.01");
