namespace Plumbline.Databases;

/// <summary>
/// A design carried out as SQL expressions: the same rows are left out, the same numbers computed and the same categories
/// found as by the library's encoder of rows, but for the rounding of each operation to a double.
/// </summary>
internal sealed class SqlDesign
{
    private readonly Dialect _dialect;
    private readonly string[] _missing;         // of each input, whether it is missing
    private readonly string?[] _undefined;      // of each number that is computed
    private readonly string?[] _unlisted;       // of each category that lists its levels

    public SqlDesign(Design design, Dialect dialect, Func<string, DatabaseField> field)
    {
        _dialect = dialect;
        Design = design;
        DesignPlan plan = design.Plan;
        DatabaseField[] inputs = [.. design.Inputs.Select(field)];
        HashSet<string> texts = new(plan.Categories.Where(static c => c.Column is not null).Select(static c => c.Column!), StringComparer.Ordinal);
        Inputs = [.. inputs.Select(f => texts.Contains(f.Info.Name) ? dialect.Row(f.Sql(dialect), f.Type).Sql : dialect.Number(f.Sql(dialect), f.Type))];
        IsNumeric = [.. inputs.Select(f => !texts.Contains(f.Info.Name))];
        _missing = [.. Inputs.Select((sql, i) => IsNumeric[i] && inputs[i].Type is FieldType.Number or FieldType.Single or FieldType.Decimal
            ? dialect.IsMissing(sql) : $"({inputs[i].Sql(dialect)} IS NULL)")];
        Numbers = [.. plan.Numbers.Select(n => n.Expression.Map(new SqlExpressions(dialect, Inputs, n.Name)))];
        _undefined = [.. plan.Numbers.Select((n, i) => n.Expression is ColumnExpression ? null : dialect.IsMissing(Numbers[i]))];
        Parts = [dialect.Literal(1.0), .. plan.Parts.Select(p => p.Expression.Map(new SqlExpressions(dialect, Numbers, p.Name)))];
        Polynomials = AsPolynomials(plan, inputs);
        Categories = [.. plan.Categories.Select(c => SqlCategory.Of(c, inputs, Inputs, dialect))];
        _unlisted = [.. Categories.Select(static c => c.IsUnlisted)];
        WholeParts = [true, .. plan.Parts.Select(p => IsWhole(p, plan, inputs))];
    }

    /// <summary>The design.</summary>
    public Design Design { get; }

    /// <summary>For each input its value: a double, or of a category of text the text.</summary>
    public string[] Inputs { get; }

    /// <summary>Whether an input is a number.</summary>
    public bool[] IsNumeric { get; }

    /// <summary>The numbers of the plan.</summary>
    public string[] Numbers { get; }

    /// <summary>The parts of the shape, the constant first.</summary>
    public string[] Parts { get; }

    /// <summary>The parts as polynomials in <see cref="Atoms"/>, the constant first.</summary>
    public Polynomial[] Polynomials { get; }

    /// <summary>What the polynomials are made of.</summary>
    public List<SqlAtom> Atoms { get; } = [];

    /// <summary>The atoms that are in some part.</summary>
    public IEnumerable<int> AtomsInUse => Polynomials.SelectMany(static p => p.Atoms()).Distinct().Order();

    /// <summary>Whether a part has whole values only.</summary>
    public bool[] WholeParts { get; }

    /// <summary>The categories.</summary>
    public SqlCategory[] Categories { get; }

    /// <summary>The weight of a row; null when there is none.</summary>
    public string? Weight => Design.Plan.Weights is int input ? Inputs[input] : null;

    /// <summary>Whether a row misses input <paramref name="input"/>.</summary>
    public string IsMissing(int input) => _missing[input];

    /// <summary>Whether a row has all inputs; never NULL.</summary>
    public string HasInputs => And(_missing.Select(static m => $"NOT {m}"));

    /// <summary>Whether a row is kept; never NULL.</summary>
    public string IsKept => And(_missing.Concat(_undefined).Concat(_unlisted).Where(static c => c is not null).Select(static c => $"NOT {c}"));

    /// <summary>For each number that is computed and each category that lists its levels: its name and whether a row with all inputs lacks it.</summary>
    public IEnumerable<(string Name, string IsLost)> Losses() =>
        Design.Plan.Numbers.Select(static n => n.Name).Zip(_undefined)
            .Concat(Design.Plan.Categories.Select(static c => c.Name).Zip(_unlisted))
            .Where(static l => l.Second is not null)
            .Select(static l => (l.First, l.Second!));

    /// <summary>A part less its shift.</summary>
    public string Shifted(int part, double shift) => part == 0 ? Parts[0] : shift == 0 ? Parts[part] : $"({Parts[part]} - {_dialect.Literal(shift)})";

    /// <summary>A product of atoms, each less its shift; null for 1.</summary>
    public string? Shifted(Monomial monomial, IReadOnlyList<double> shifts)
    {
        var factors = new List<string>();
        foreach (int atom in monomial.Atoms)
        {
            factors.Add(shifts[atom] == 0 ? Atoms[atom].Sql : $"({Atoms[atom].Sql} - {_dialect.Literal(shifts[atom])})");
        }
        return factors.Count == 0 ? null : string.Join(" * ", factors);
    }

    /// <summary>A product of atoms for people: <c>"area" * "area"</c>.</summary>
    public string Name(Monomial monomial) => string.Join(" * ", monomial.Atoms.ToArray().Select(a => Atoms[a].Sql));

    private Polynomial[] AsPolynomials(DesignPlan plan, DatabaseField[] inputs)
    {
        SqlPolynomial Input(int i) => SqlPolynomials.Atom(Atoms, Inputs[i], IsWhole(inputs[i]));
        SqlPolynomial[] numbers = [.. plan.Numbers.Select(n => n.Expression.Map(new SqlPolynomials(new SqlExpressions(_dialect, Inputs, n.Name), Input, Atoms)))];
        return
        [
            Polynomial.Constant(1),
            .. plan.Parts.Select(p => p.Expression.Map(new SqlPolynomials(new SqlExpressions(_dialect, Numbers, p.Name), n => numbers[n], Atoms)).Value),
        ];
    }

    private static bool IsWhole(DatabaseField field) => field.Type is FieldType.Integer or FieldType.Unsigned or FieldType.Date or FieldType.Seconds;

    private static string And(IEnumerable<string> conditions) => string.Join(" AND ", conditions.DefaultIfEmpty("1 = 1"));

    private static bool IsWhole(PartPlan part, DesignPlan plan, DatabaseField[] inputs) =>
        part.Expression is ColumnExpression number
        && plan.Numbers[number.Input].Expression is ColumnExpression input
        && IsWhole(inputs[input.Input]);
}
