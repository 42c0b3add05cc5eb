using Plumbline.Bench;
foreach (var (n, k) in new[] { (4096, 12), (8192, 52), (2048, 202) })
{
    Plumbline.Numerics.Prof.T[0] = Plumbline.Numerics.Prof.T[1] = Plumbline.Numerics.Prof.T[2] = long.MaxValue;Plumbline.Numerics.Prof.T[3]=Plumbline.Numerics.Prof.T[4]=0;
    GramBench.Run(n, k, "normal", 50);
    var t = Plumbline.Numerics.Prof.T;
    Console.WriteLine($"per block of 128: gather+scan {t[0]} ns, cut {t[1]}, multiply {t[2]}, slow avg {t[3] / t[4]}");
}
return 0;
