using System.CommandLine;

namespace Plumbline.Cli.CommandLine;

/// <summary>The options that say how rows are divided for validation.</summary>
internal sealed class FoldChoice
{
    private readonly Option<string?> _folds = Values.Text("--folds", "K", "Cross-validate with K folds.");
    private readonly Option<string?> _holdout = Values.Text("--holdout", "SHARE", "Validate on this share of the rows instead, e.g. 0.2.");
    private readonly Option<string?> _test = Values.Text("--test", "SHARE", "Beside --holdout: leave this share alone until the end.");
    private readonly Option<string?> _group = Values.Text("--group", "COLUMN", "Rows with one value of this column stay together: patients, shops.");
    private readonly Option<string?> _stratify = Values.Text("--stratify", "COLUMN", "Every part has the values of this column in like proportion.");
    private readonly Option<string?> _order = Values.Text("--order", "COLUMN", "Train on earlier rows, validate on later ones.");
    private readonly Option<string?> _seed = Values.Text("--seed", "N", "The seed of the division, which depends on the values of rows, not on their order. [0]");

    /// <summary>Makes them options of a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_folds, _holdout, _test, _group, _stratify, _order, _seed])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Whether folds or a holdout are asked for.</summary>
    public bool IsThere(ParseResult line) => new[] { _folds, _holdout, _test, _group, _stratify, _order }.Any(option => line.GetValue(option) is not null);

    /// <summary>Reads the parsed line.</summary>
    /// <exception cref="PlumblineException">A value is wrong, or options exclude one another.</exception>
    public FoldOptions Read(ParseResult line, Command verb)
    {
        if (line.GetValue(_folds) is not null && line.GetValue(_holdout) is not null)
        {
            throw Mistakes.Usage("--folds and --holdout exclude each other: validate on every fold in turn, or on one part.", verb);
        }
        string?[] columns = [line.GetValue(_group), line.GetValue(_stratify), line.GetValue(_order)];
        if (columns.Count(static c => c is not null) > 1)
        {
            throw Mistakes.Usage("--group, --stratify and --order exclude one another.", verb);
        }
        double holdout = Share(_holdout), test = Share(_test);
        if (test > 0 && holdout == 0)
        {
            throw Mistakes.Usage("--test stands beside --holdout: give the share to validate on, too.", verb);
        }
        if (holdout + test >= 1)
        {
            throw Mistakes.Usage($"--holdout and --test take {holdout + test} of all rows: nothing is left to train on.", verb);
        }
        return new FoldOptions
        {
            Folds = verb.Whole(line.GetValue(_folds), "--folds", 2, 1000) ?? FoldOptions.Default.Folds,
            Holdout = holdout,
            Test = test,
            Group = columns[0],
            Stratify = columns[1],
            Order = columns[2],
            Seed = verb.Seed(line.GetValue(_seed)),
        };

        double Share(Option<string?> option) => verb.Number(line.GetValue(option), option.Name, "a share strictly between 0 and 1, e.g. 0.2", static v => v is > 0 and < 1) ?? 0;
    }
}
