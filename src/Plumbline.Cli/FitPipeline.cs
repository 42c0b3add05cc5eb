#if true
using Plumbline.Files;
#endif

namespace Plumbline.Cli;

/// <summary>The tool's fitter: a file, read block by block, into the library's front door.</summary>
internal sealed class FitPipeline : IFitter
{
    /// <inheritdoc/>
    public LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
#if true
        using FileSource source = FileSource.Open(request.Data, new FileSourceOptions
        {
            Where = request.Where,
            Threads = request.Options.Threads > 0 ? request.Options.Threads : null,
        });
        return LinearRegression.Fit(request.Formula, source, request.Options, progress, cancellation);
#else
        throw new PlumblineException("not-available", "This build of plumb has no reader of files: it was built without PLUMB_PIPELINE.");
#endif
    }
}
