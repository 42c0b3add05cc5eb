using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Plumbline.Cli.Tests;

/// <summary>
/// The entry of the test program. Started as <c>plumb-host …</c> it is plumb itself, with the whole of its command line,
/// signals, streams and files, but with <see cref="HostFitter"/> in the place of the reader of files; otherwise it is xunit's.
/// </summary>
internal static class PlumbHost
{
    public const string Verb = "plumb-host";

    public static int Main(string[] args)
    {
        if (args is [Verb, .. string[] line])
        {
            return Plumb.Run(line, Surroundings.OfTheProcess(new HostFitter()));
        }
        return args.Contains("--server", StringComparer.Ordinal) || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }
}

/// <summary>Fits nothing: what it does is told by the name of the data.</summary>
internal sealed class HostFitter : IFitter
{
    public LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
        switch (request.Data[0])
        {
            case "houses":
                return SampleModels.Houses with { Formula = request.Formula };
            case "bug":
                throw new InvalidOperationException("the cat\nsat on it");
            case "unknown-column":
                throw new PlumblineException("unknown-column", "There is no column 'sqft_livin'. Did you mean 'sqft_living'?") { Column = "sqft_livin", Position = 8, File = "houses.csv" };
            case "not-a-number":
                throw new PlumblineException("not-a-number", "'abc' in column 'age' is not a number.") { File = "houses.csv", Line = 1234, Column = "age" };
            case "diverged":
                throw new PlumblineException("diverged", "The work failed.");
            case "waits":           // until it is told to stop
                Console.Error.WriteLine("waiting");
                progress.Report(0.25);
                cancellation.WaitHandle.WaitOne();
                cancellation.ThrowIfCancellationRequested();
                break;
            case "stuck":           // and does not listen
                Console.Error.WriteLine("waiting");
                Thread.Sleep(Timeout.Infinite);
                break;
            default:                // a file or a pipe, read to its end, looking up after each piece
                Console.Error.WriteLine("waiting");
                using (FileStream stream = new(request.Data[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0))
                {
                    byte[] piece = new byte[4096];
                    while (stream.Read(piece) > 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                    }
                }
                break;
        }
        return SampleModels.Houses;
    }
}
