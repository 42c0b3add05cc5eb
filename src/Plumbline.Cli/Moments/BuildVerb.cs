using System.CommandLine;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Work;

namespace Plumbline.Cli.Moments;

/// <summary><c>plumb moments build DATA... FORMULA -o FILE</c>: reads the rows once, and keeps what a fit needs of them.</summary>
internal sealed class BuildVerb : Verb
{
    private readonly DataAndFormula _arguments = new();

    private readonly Option<string?> _where = Values.Text("--where", "SQL", "Use only the rows that fulfil this SQL condition.");
    private readonly Option<string?> _text = Values.Text("--text", "COLUMN[,COLUMN]", "Read these columns as text, whatever they look like: codes, 01 and 1.");
    private readonly Option<string?> _weights = Values.Text("--weights", "COLUMN", "A weight for each row, 0 or more.");
    private readonly Option<string?> _weightKind = Values.Text("--weight-kind", "precision|frequency|sampling", "What they mean: variance σ²/weight; equal rows; 1/probability. [precision]");
    private readonly Option<string?> _contrasts = Values.Text("--contrasts", "treatment|sum|helmert|poly", "How a fit makes columns of levels, unless it is told otherwise. [treatment]");
    private readonly Option<string?> _missing = Values.Text("--missing", "drop|fail", "Rows with a missing value: drop and count them, or fail. [drop]");
    private readonly Option<string?> _threads = Values.Text("--threads", "N", "Threads at most; the file does not depend on it. [all cores]");
    private readonly MomentsOutput _output = new();

    public BuildVerb()
        : base("build", "Sum what a fit needs of the rows, exactly, into a file.")
    {
        _arguments.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_where, _text, _weights, _weightKind, _contrasts, _missing, _threads])
        {
            Options.Add(option);
        }
        _output.AddTo(this);
    }

    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("plumb moments build may.csv \"price ~ area + C(zip)\" -o may.moments", "later: plumb fit may.moments"),
        ("plumb moments build may.csv \"price ~ area + C(zip)\" --min-rows 10 -o may.moments", "refused when a zip code has fewer than 10 rows"),
    ];

    /// <inheritdoc/>
    public override string? FormulaOn(ParseResult line) => _arguments.FormulaOn(line);

    /// <inheritdoc/>
    public override int Run(ParseResult line, Surroundings surroundings)
    {
        if (_arguments.ReadMoments(line, this) is { } moments)
        {
            throw Mistakes.Usage($"'{moments.Files[0]}' holds moments already, and they are built of rows. Moments are put together with plumb moments merge.", this);
        }
        (IReadOnlyList<string> data, string formula) = _arguments.Read(line, this);
        string? where = line.GetValue(_where), weights = line.GetValue(_weights);
        IReadOnlyList<string> text = this.Names(line.GetValue(_text), "--text");
        FitOptions options = new()
        {
            Missing = this.OneOf(line.GetValue(_missing), "--missing", ("drop", MissingValues.Drop), ("fail", MissingValues.Fail)),
            Weights = weights,
            WeightKind = this.WeightKind(line.GetValue(_weightKind), weights),
            Contrasts = this.Contrasts(line.GetValue(_contrasts)),
            Threads = this.Whole(line.GetValue(_threads), "--threads", 1, 1024) ?? 0,
        };
        return _output.Write(line, this, surroundings, (progress, cancellation) =>
        {
            using DataRows opened = DataRows.Open(data, where, text, cancellation: cancellation);
            IRowSource source = opened.Rows;
            try
            {
                return DesignMoments.Read(formula, source, options, progress, cancellation);
            }
            catch (PlumblineException error) when (RowFault.Is(error))
            {
                throw RowFault.InFile(error, source.Name, where);
            }
        });
    }
}
