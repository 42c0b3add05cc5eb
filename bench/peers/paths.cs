#:project ../../src/Plumbline/Plumbline.csproj
#:property TreatWarningsAsErrors=false
#:property PublishAot=false

// Writes data for glmnet and scikit-learn, then times Plumbline on them: args are rows, columns, repeats, folder.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Plumbline;

int n = int.Parse(args[0], CultureInfo.InvariantCulture), p = int.Parse(args[1], CultureInfo.InvariantCulture), repeat = int.Parse(args[2], CultureInfo.InvariantCulture);
var random = new Random(1);
double[] common = Normals(), y = Normals();
Table table = new("paths");
using (FileStream x = File.Create(Path.Combine(args[3], "x.bin")))
{
    for (int j = 0; j < p; j++)
    {
        double[] column = Normals();
        for (int i = 0; i < n; i++)
        {
            column[i] += 0.5 * common[i];       // columns correlate by 0.2
            y[i] += j < p / 4 ? column[i] / (1 + j) : 0;
        }
        x.Write(MemoryMarshal.AsBytes(column.AsSpan()));
        table = table.With($"x{j + 1}", column);
    }
}
File.WriteAllBytes(Path.Combine(args[3], "y.bin"), MemoryMarshal.AsBytes(y.AsSpan()));
table = table.With("y", y);

PenalizedFit path = null!, cv = null!;
Time("path", () => path = PenalizedRegression.Fit("y ~ .", table));
Time("cv", () => cv = PenalizedRegression.Fit("y ~ .", table, null, new FoldOptions { Folds = 10 }));
PathStep middle = path.Path.Steps[50];
File.WriteAllText(Path.Combine(args[3], "plumbline.txt"), string.Create(CultureInfo.InvariantCulture, $"{middle.Lambda:R} {string.Join(' ', middle.Coefficients.Select(static b => b.ToString("R", CultureInfo.InvariantCulture)))}"));

double[] Normals()
{
    double[] values = new double[n];
    for (int i = 0; i < n; i++)
    {
        values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
    return values;
}

void Time(string what, Action work)
{
    double best = double.PositiveInfinity, first = 0;
    for (int i = 0; i < repeat; i++)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        best = Math.Min(best, seconds);
        first = i == 0 ? seconds : first;
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Plumbline 0.1.0\tfirst {what}\t{first:F4}\nPlumbline 0.1.0\t{what}\t{best:F4}"));
}
