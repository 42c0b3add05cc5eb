namespace Plumbline;

/// <summary>What the header of a moments file says, and what its sums are then.</summary>
/// <param name="Design">The formula, bound to the columns.</param>
/// <param name="Layout">The order of the sums.</param>
/// <param name="Levels">For each category of the design its levels, with their rows.</param>
/// <param name="Kind">What weights mean.</param>
/// <param name="Rows">What became of the rows.</param>
/// <param name="Observations">The rows that they stand for.</param>
/// <param name="Ranges">For each input of the design its range.</param>
/// <param name="History">Where the rows came from.</param>
/// <param name="Checksum">What the moments are.</param>
/// <param name="Version">The version that wrote the file.</param>
internal sealed record MomentsHeaderContent(
    Design Design, MomentsLayout Layout, (LevelSet Set, long[] Rows)[] Levels, WeightKind Kind, RowCounts Rows, long Observations, ValueRange[] Ranges,
    RowsHistory History, string Checksum, string Version)
{
    /// <summary>What weights are to the sums.</summary>
    public RowWeights RowWeights => (FitOptions.Default with { WeightKind = Kind }).RowWeights(Design.Weights is not null);
}

/// <summary>Reads what <see cref="MomentsHeader"/> writes, strictly.</summary>
internal static class MomentsHeaderReading
{
    private static readonly Func<string, string, Note> s_stored = static (code, text) => new Note(code, text);      // the code was given where the note was made
    private static readonly (string, ContrastKind)[] s_contrasts = [.. Enum.GetValues<ContrastKind>().Select(static c => (Contrasts.Name(c), c))];

    /// <summary>Reads the header.</summary>
    /// <exception cref="PlumblineException"><c>damaged-moments</c>; and whatever is wrong with the formula.</exception>
    public static MomentsHeaderContent Read(JsonField file)
    {
        file["arithmetic"].OneOf(("exact", true));
        JsonField weights = file["weights"];
        string? weightsColumn = weights.IsNull ? null : weights["column"].Text();
        WeightKind kind = weights.IsNull ? WeightKind.Precision : weights["kind"].OneOf([.. Enum.GetValues<WeightKind>().Select(static k => (WeightKinds.Name(k), k))]);
        ContrastKind? contrasts = file["contrasts"].IsNull ? null : file["contrasts"].OneOf(s_contrasts);
        Note[] notes = [.. file["notes"].Items().Select(static n => s_stored(n["code"].Text(), n["text"].Text()))];
        (ColumnInfo Column, ValueRange Range)[] columns = [.. file["columns"].Items().Select(Column)];
        var design = Design.Create(Formula.Parse(file["formula"].Text()), new Schema([.. columns.Select(static c => c.Column)]), weightsColumn, contrasts, notes);
        if (design.SourceColumns.Count != columns.Length)
        {
            throw file["columns"].Expected($"{design.SourceColumns.Count} columns, those of the formula");
        }
        Dictionary<string, ValueRange> ranges = columns.ToDictionary(static c => c.Column.Name, static c => c.Range, StringComparer.Ordinal);
        JsonField rows = file["rows"];
        var content = new MomentsHeaderContent(
            design, null!, [], kind, FitReading.Rows(rows), rows["observations"].Whole(), [.. design.Inputs.Select(i => ranges[i])],
            new RowsHistory(Origins(file["sources"]), Origins(file["removed"])), file[ContentChecksum.Member].Text(), file["plumbline"].Text());
        content = content with { Layout = MomentsLayout.Of(design, content.RowWeights) };
        CheckLayout(file, content.Layout);
        var levels = new (LevelSet, long[])[design.Plan.Categories.Length];
        foreach ((JsonField category, int place) in file["categories"].Items().Zip(content.Layout.CategoryAt))
        {
            levels[place] = Levels(category);
        }
        return content with { Levels = levels };
    }

    private static (ColumnInfo Column, ValueRange Range) Column(JsonField column)
    {
        double unit = column["unit"].Number() is >= 0 and < 1 and double half ? half : throw column["unit"].Expected("half a unit of rounding, from 0 to less than 1");
        var info = new ColumnInfo(column["name"].Text(), column["type"].OneOf(DesignJson.Types), unit)
        {
            TimeUnit = column["time_unit"].TextOrNull(),
            Evidence = column["evidence"].TextOrNull(),
        };
        return (info, new ValueRange(column["least"].Number(), column["largest"].Number()));
    }

    /// <summary>The sums of the formula are those that the file names.</summary>
    private static void CheckLayout(JsonField file, MomentsLayout layout)
    {
        Require(file["parts"], file["parts"].Texts(), layout.Parts);
        JsonField[] categories = [.. file["categories"].Items()];
        Require(file["categories"], [.. categories.Select(static c => c["name"].Text())], layout.Categories);
        JsonField sums = file["sums"];
        Require(sums["dense"], Places(sums["dense"]), Texts(layout.Dense));
        Require(sums["unweighted"], sums["unweighted"].IsNull ? [] : Places(sums["unweighted"]), layout.Unweighted is { } unweighted ? Texts(unweighted) : []);
        JsonField[] cells = [.. sums["cells"].Items()];
        Require(
            sums["cells"],
            [.. cells.Select(static c => string.Join(' ', Places(c["categories"])) + ": " + string.Join(", ", c["products"].Items().Select(static p => string.Join(' ', Places(p)))))],
            [.. layout.Cells.Select(static c => string.Join(' ', c.Categories) + ": " + string.Join(", ", c.Products.Select(static p => $"{p.A} {p.B}")))]);
    }

    private static string[] Places(JsonField list) => [.. list.Items().Select(static i => i.Whole().ToString())];

    private static string[] Texts(int[] places) => [.. places.Select(static p => p.ToString())];

    private static void Require(JsonField at, IReadOnlyList<string> found, IReadOnlyList<string> expected)
    {
        if (!found.SequenceEqual(expected, StringComparer.Ordinal))
        {
            throw at.Expected("what the formula asks for");
        }
    }

    private static (LevelSet Set, long[] Rows) Levels(JsonField category)
    {
        string[] texts = category["levels"].Texts();
        long[] rows = [.. category["rows"].Items().Select(static r => r.Whole())];
        if (rows.Length != texts.Length)
        {
            throw category["rows"].Expected($"{texts.Length} numbers, one a level");
        }
        var set = new LevelSet();
        foreach (string text in texts)
        {
            set.CodeOf(text);
        }
        bool isInOrder = set.Count == texts.Length && CategoryLevels.Sort(set, rows).Codes.SequenceEqual(Enumerable.Range(0, texts.Length));
        return isInOrder ? (set, rows) : throw category["levels"].Expected("different levels in their order, each with rows");
    }

    private static RowsOrigin[] Origins(JsonField origins) => [.. origins.Items().Select(static o => new RowsOrigin(o["name"].Text(), o["where"].TextOrNull()))];
}
