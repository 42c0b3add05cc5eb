// Linear regression from scratch (Dive into Deep Learning, 3.4): plain C#, nothing but arrays.
// Run it: dotnet run examples/linear-regression-from-scratch.cs
//
// The model ŷ = w·x + b, the squared loss ½(ŷ − y)², and minibatch stochastic gradient descent, each in a few lines.

const int rows = 1000, batch = 10, epochs = 3;
const double rate = 0.03;
double[] trueW = [2, -3.4];
const double trueB = 4.2;

// --- data: y = Xw + b + noise -------------------------------------------------------------------------------------------
var random = new Random(1);
double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());   // Box and Muller

double[,] x = new double[rows, 2];
double[] y = new double[rows];
for (int i = 0; i < rows; i++)
{
    (x[i, 0], x[i, 1]) = (Normal(), Normal());
    y[i] = (trueW[0] * x[i, 0]) + (trueW[1] * x[i, 1]) + trueB + (0.01 * Normal());
}

// --- the model, its loss, and where it starts ---------------------------------------------------------------------------
double[] w = [0.01 * Normal(), 0.01 * Normal()];
double b = 0;
double Predict(int i) => (w[0] * x[i, 0]) + (w[1] * x[i, 1]) + b;
double Loss() => Enumerable.Range(0, rows).Average(i => 0.5 * Math.Pow(Predict(i) - y[i], 2));

// --- training -----------------------------------------------------------------------------------------------------------
int[] order = [.. Enumerable.Range(0, rows)];
Console.WriteLine($"epoch 0: loss {Loss():E2}");
for (int epoch = 1; epoch <= epochs; epoch++)
{
    random.Shuffle(order);
    for (int start = 0; start < rows; start += batch)
    {
        // The gradient of the batch's mean loss: the mean, not the sum, so that the rate means the same for any batch size.
        double g0 = 0, g1 = 0, gb = 0;
        for (int n = start; n < start + batch; n++)
        {
            int i = order[n];
            double error = Predict(i) - y[i];
            g0 += error * x[i, 0];
            g1 += error * x[i, 1];
            gb += error;
        }
        w[0] -= rate * g0 / batch;
        w[1] -= rate * g1 / batch;
        b -= rate * gb / batch;
    }
    Console.WriteLine($"epoch {epoch}: loss {Loss():E2}");
}
Console.WriteLine($"errors of w: {w[0] - trueW[0]:E1}, {w[1] - trueW[1]:E1}; of b: {b - trueB:E1}");
