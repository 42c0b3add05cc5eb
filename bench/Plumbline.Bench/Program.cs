using Plumbline.Bench;

switch (args)
{
    case ["nist", string folder]:
        NistBench.Run(folder);
        return 0;
    case ["time", string file, string n, string p, .. string[] rest]:
        TimeBench.Run(file, int.Parse(n), int.Parse(p), rest.Length > 0 ? int.Parse(rest[0]) : 5);
        return 0;
    case ["descent", string file, string n, string p, string batch, string rate, string epochs, .. string[] rest]:
        DescentBench.Run(
            file, int.Parse(n), int.Parse(p), int.Parse(batch), double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), int.Parse(epochs), rest.Length > 0 ? int.Parse(rest[0]) : 5);
        return 0;
    case ["descent-bandwidth", string gigabytes]:
        DescentBandwidth.Run(double.Parse(gigabytes, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["kernel"]:
        KernelBench.Run();
        return 0;
    case ["kernel", string n, string k, string kind]:
        KernelBench.Repeat(int.Parse(n), int.Parse(k), kind);
        return 0;
    default:
        Console.Error.WriteLine("""
            Plumbline.Bench nist FOLDER              answers to the NIST data sets, a JSON line each (bench/nist.sh)
            Plumbline.Bench time FILE N P [REPEATS]  least squares in memory, a JSON line each (bench/memory.sh)
            Plumbline.Bench descent FILE N P BATCH RATE EPOCHS [REPEATS]
                                                     epochs of gradient descent, a JSON line each (bench/descent.sh)
            Plumbline.Bench descent-bandwidth GB     an epoch over so much memory, beside reading it (bench/descent.sh)
            Plumbline.Bench kernel                   the Gram kernels beside the machine's own limits
            Plumbline.Bench kernel N K KIND          one of them, on one thread, many times: for a profiler
            """);
        return 2;
}
