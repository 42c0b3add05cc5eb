#:package TorchSharp-cpu
#:property PublishAot=false
// Times epochs of stochastic gradient descent in TorchSharp; a JSON line as descent.py writes them.
//
//     descent FILE N P BATCH RATE EPOCHS REPEATS
//
// The same network, loss, optimizer and way to take rows as "PyTorch, rows by index" there.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int n = int.Parse(args[1]), p = int.Parse(args[2]), batch = int.Parse(args[3]), epochs = int.Parse(args[5]), repeats = int.Parse(args[6]);
double rate = double.Parse(args[4]);
double[] values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(args[0])).ToArray();
set_num_threads(int.Parse(Environment.GetEnvironmentVariable("PEERS_THREADS") ?? "1"));
manual_seed(1);
using Tensor x = tensor(values[..(n * p)], [n, p]), y = tensor(values[(n * p)..], [n, 1]);

double best = double.PositiveInfinity, cpu = double.PositiveInfinity, loss = Train();
for (int i = 0; i < repeats; i++)
{
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    loss = Train();
    best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
}
Console.WriteLine($$"""{"peer": "TorchSharp, rows by index", "version": "{{typeof(torch).Assembly.GetName().Version!.ToString(3)}}", "n": {{n}}, "p": {{p}}, "batch": {{batch}}, "epochs": {{epochs}}, "seconds": {{best / epochs:R}}, "cpu": {{cpu / epochs:R}}, "loss": {{loss:R}}}""");

double Train()
{
    using DisposeScope all = NewDisposeScope();
    var net = nn.Linear(p, 1, dtype: ScalarType.Float64);
    nn.init.normal_(net.weight!, 0, 0.01);
    nn.init.zeros_(net.bias!);
    var mean = nn.MSELoss();
    var optimizer = optim.SGD(net.parameters(), rate / 2);
    for (int epoch = 0; epoch < epochs; epoch++)
    {
        using Tensor order = randperm(n);
        for (int start = 0; start < n; start += batch)
        {
            using DisposeScope step = NewDisposeScope();
            Tensor rows = order[start..Math.Min(n, start + batch)];
            Tensor value = mean.forward(net.forward(x.index_select(0, rows)), y.index_select(0, rows));
            optimizer.zero_grad();
            value.backward();
            optimizer.step();
        }
    }
    return mean.forward(net.forward(x), y).item<double>() / 2;
}
