using Plumbline.Cli.Moments;
using Plumbline.Cli.Work;
using Plumbline.Databases;

namespace Plumbline.Cli;

/// <summary>The tool's fitter: files or a table of a database, read block by block, into the library's front door; or the database sums.</summary>
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
        using DataRows data = DataRows.Open(request.Data, request.Where, request.TextColumns, request.Database, cancellation);
        try
        {
            return request.InEngine
                ? EngineRegression.Fit(request.Formula, data.Database!, request.Options, progress, cancellation)
                : LinearRegression.Fit(request.Formula, data.Rows, request.Options, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, data.Rows.Name, request.Where);
        }
    }
}
