using Plumbline.Cli.Moments;
using Plumbline.Cli.Work;
using Plumbline.Files;

namespace Plumbline.Cli;

/// <summary>The tool's fitter: a file, read block by block, into the library's front door.</summary>
internal sealed class FitPipeline : IFitter
{
    /// <inheritdoc/>
    public LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation)
    {
        if (request.IsMoments)
        {
            return MomentsFiles.Fit(request);
        }
        // The threads of the options read and sum; the exact result does not depend on them.
        using FileSource source = FileSource.Open(request.Data, new FileSourceOptions { Where = request.Where, TextColumns = request.TextColumns });
        try
        {
            return LinearRegression.Fit(request.Formula, source, request.Options, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source.Name, request.Where);
        }
    }
}
