using System.Text;
using Plumbline.Cli.Output;
using Plumbline.Cli.Work;
using Plumbline.Databases;
using Plumbline.Files;
using Plumbline.Reports;

namespace Plumbline.Cli.Predict;

/// <summary><c>plumb predict</c>: row after row from the data to the output, in constant memory; what there is to say of all of them goes to standard error.</summary>
internal static class PredictRun
{
    public static int Run(PredictRequest request, Surroundings surroundings)
    {
        using Interrupts interrupts = new(surroundings.Error);
        OutputFile? file = request.OutputPath is null ? null : OutputFile.At(request.OutputPath);
        if (file is { IsDevice: true } && request.Format == PredictFormat.Parquet)
        {
            throw new PlumblineException("output", $"'{request.OutputPath}' is a device or a pipe, and Parquet needs a file. Write CSV there.");
        }
        LinearModel model = ModelFile.Load(request.Model, request.AcceptEdited);
        // A bar would be drawn across the rows when both go to the terminal.
        bool mayDraw = surroundings.ErrorIsTerminal && (file is not null || surroundings.OutputWidth() is null);
        PredictionSummary? summary;
        try
        {
            summary = Worker.Run((progress, cancellation) => Work(request, model, file, surroundings, progress, cancellation), mayDraw, interrupts.Token);
        }
        catch (StreamedOutput.ReaderGoneException)
        {
            return ExitCode.Done;
        }
        if (summary is not null && request.Format != PredictFormat.Json)
        {
            StandardError(surroundings, PredictionText.Render(summary));
        }
        return ExitCode.Done;
    }

    private static PredictionSummary? Work(
        PredictRequest request, LinearModel model, OutputFile? file, Surroundings surroundings, IProgress<double> progress, CancellationToken cancellation)
    {
        using DataRows data = DataRows.Open([request.Data], request.Where, ModelColumns.Text(model, predictorsOnly: true), cancellation: cancellation);
        IRowSource source = data.Rows;
        PredictionSummary? summary = null;
        void Stream(Stream stream, string name)
        {
            using StreamedOutput output = new(stream, name);
            summary = request.Format == PredictFormat.Json
                ? Json(request, model, source, output, progress, cancellation)
                : Csv(request, model, source, output, progress, cancellation);
            output.Flush();
        }
        if (file is null)
        {
            Stream(surroundings.Output, StandardOutput.Name);
        }
        else if (request.Format == PredictFormat.Parquet)
        {
            (string, ColumnType)[] columns = [("row", ColumnType.Integer), ("estimate", ColumnType.Number), ("std_error", ColumnType.Number), ("lower", ColumnType.Number), ("upper", ColumnType.Number)];
            ParquetOutput.Replace(
                file,
                stream =>
                {
                    Stream(stream, request.OutputPath!);
                    return request.Options.Interval == PredictionInterval.None ? columns[..3] : columns;
                },
                cancellation);
        }
        else
        {
            file.Write(stream => Stream(stream, request.OutputPath!), cancellation);
        }
        return summary;
    }

    private static PredictionSummary Csv(
        PredictRequest request, LinearModel model, IRowSource source, Stream output, IProgress<double> progress, CancellationToken cancellation)
    {
        PredictionCsv csv = new(output, request.Options.Interval);
        PredictionSummary summary = Predict(request, model, source, csv.Add, progress, cancellation);
        csv.Flush();
        return summary;
    }

    private static PredictionSummary Json(
        PredictRequest request, LinearModel model, IRowSource source, Stream output, IProgress<double> progress, CancellationToken cancellation)
    {
        using PredictionJson json = new(output, model, source.Name, request.Options);
        PredictionSummary summary = Predict(request, model, source, json.Add, progress, cancellation);
        json.End(summary);
        return summary;
    }

    private static PredictionSummary Predict(
        PredictRequest request, LinearModel model, IRowSource source, Action<ReadOnlySpan<Prediction>> take, IProgress<double> progress, CancellationToken cancellation)
    {
        try
        {
            return model.Predict(source, take, request.Options, progress, cancellation);
        }
        catch (PlumblineException error) when (RowFault.Is(error))
        {
            throw RowFault.InFile(error, source is DatabaseSource ? source.Name : request.Data, request.Where);
        }
    }

    private static void StandardError(Surroundings surroundings, string text)
    {
        try
        {
            surroundings.Error.Write(Encoding.UTF8.GetBytes(text));
            surroundings.Error.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody listens there; the predictions are written.
        }
    }
}
