namespace Plumbline;

/// <summary>
/// Terms, bound to data → what is computed for a row, and which products of numbers meet which categories.
/// A product that several terms need (x in <c>x + poly(x, 2)</c>) is one part.
/// </summary>
internal sealed class DesignPlanner
{
    private readonly IReadOnlyList<NumberPlan> _numbers;
    private readonly VariablePlan[] _variables;
    private readonly List<PartPlan> _parts = [];
    private readonly Dictionary<(int Number, int Power), int> _powers = [];
    private readonly Dictionary<string, int> _partOf = new(StringComparer.Ordinal);

    private DesignPlanner(VariableBinder binder, VariablePlan[] variables)
    {
        _numbers = binder.Numbers;
        _variables = variables;
    }

    /// <summary>Plans a design.</summary>
    /// <param name="binder">What <paramref name="variables"/> were bound with.</param>
    /// <param name="variables">The variables of the terms, the offsets, the response.</param>
    /// <param name="terms">For each term its name and the variables in it.</param>
    /// <param name="offsets">How many offsets there are.</param>
    /// <param name="weights">The place of the weights among the inputs.</param>
    /// <param name="sources">How many sources of rounding there are.</param>
    public static (DesignPlan Plan, DesignShape Shape) Plan(
        VariableBinder binder, VariablePlan[] variables, IReadOnlyList<(string Name, int[] Variables)> terms, int offsets, int? weights, int sources)
    {
        var planner = new DesignPlanner(binder, variables);
        TermPlan[] planned = [.. terms.Select(t => planner.Term(t.Name, t.Variables))];
        int[] unweighted = planner.Unweighted();
        int? offset = planner.Offset(offsets);
        planner.Response(offset);
        var plan = new DesignPlan(
            [.. binder.Numbers], [.. binder.Categories], variables, [.. planner._parts], planned, offset, weights)
        {
            Powers = planner._powers,
        };
        return (plan, Shape(plan, unweighted, sources));
    }

    private static DesignShape Shape(DesignPlan plan, int[] unweighted, int sources)
    {
        ShapePart[] parts =
        [
            new("(Intercept)", SourceDegrees.None.Over(sources)),
            .. plan.Parts.Select(p => new ShapePart(p.Name, p.Degrees.Over(sources))),
        ];
        var terms = new List<ShapeTerm> { new([0], []) };
        terms.AddRange(plan.Terms.Select(static t => new ShapeTerm([.. t.Parts.Distinct()], t.Categories)));
        if (plan.Offset is int offset)
        {
            terms.Add(new ShapeTerm([offset], []));
        }
        terms.Add(new ShapeTerm([plan.Parts.Length], []));
        return new DesignShape(parts, Array.ConvertAll(plan.Categories, static c => c.Name), terms, unweighted, plan.Offset);
    }

    private TermPlan Term(string name, int[] variables)
    {
        VariablePlan[] numbers = [.. variables.Select(v => _variables[v]).Where(static v => v.Category is null)];
        int[] categories = [.. variables.Select(v => _variables[v]).Where(static v => v.Category is not null).Select(static v => v.Place).Distinct().Order()];
        int combinations = numbers.Aggregate(1, static (n, v) => checked(n * (v.Powers.Last - v.Powers.First + 1)));
        int[] parts = new int[combinations];
        for (int c = 0; c < combinations; c++)
        {
            int rest = c;
            var factors = new List<(int Number, int Power)>(numbers.Length);
            foreach (VariablePlan variable in numbers)
            {
                (int first, int last) = variable.Powers;
                rest = Math.DivRem(rest, last - first + 1, out int step);
                factors.Add((variable.Place, first + step));
            }
            parts[c] = Part(factors);
        }
        return new TermPlan(name, variables, parts, categories);
    }

    private int Part(List<(int Number, int Power)> factors)
    {
        // In the order of first mention; the key does not depend on it.
        (int Number, int Power)[] powers = [.. factors.GroupBy(static f => f.Number).Select(static g => (g.Key, g.Sum(static f => f.Power))).Where(static f => f.Item2 > 0)];
        if (powers.Length == 0)
        {
            return 0;
        }
        string key = string.Join(' ', powers.Order().Select(static f => $"{f.Number}^{f.Power}"));
        if (!_partOf.TryGetValue(key, out int part))
        {
            NumericExpression expression = powers
                .Select(static f => f.Power == 1 ? Column(f.Number) : new PowerExpression(Column(f.Number), f.Power))
                .Aggregate(static (a, b) => new ProductExpression(a, b));
            SourceDegrees degrees = powers.Select(f => _numbers[f.Number].Expression.Degrees.Power(f.Power)).Aggregate(SourceDegrees.Product);
            _parts.Add(new PartPlan(Array.ConvertAll(powers, f => f.Power == 1 ? _numbers[f.Number].Name : $"{_numbers[f.Number].Name}^{f.Power}"), expression, degrees)
            {
                Powers = powers,
            });
            part = _parts.Count;
            _partOf.Add(key, part);
        }
        return part;
    }

    /// <summary>The parts whose unweighted sums <c>poly</c> and <c>scale</c> need: the powers of their numbers.</summary>
    private int[] Unweighted()
    {
        var parts = new SortedSet<int>();
        foreach (VariablePlan variable in _variables)
        {
            if (variable.Spec is PolynomialSpec { Raw: false } or ScaleSpec { Center: null } or ScaleSpec { Scale: null })
            {
                for (int power = 0; power <= variable.Powers.Last; power++)
                {
                    int part = Part([(variable.Place, power)]);
                    _powers[(variable.Place, power)] = part;
                    parts.Add(part);
                }
            }
        }
        return [.. parts];
    }

    private int? Offset(int offsets)
    {
        if (offsets == 0)
        {
            return null;
        }
        VariablePlan[] variables = _variables[(_variables.Length - 1 - offsets)..^1];
        (bool, NumericExpression)[] others = [.. variables.Skip(1).Select(static v => (false, Column(v.Place)))];
        NumericExpression sum = others.Length == 0 ? Column(variables[0].Place) : new SumExpression(Column(variables[0].Place), others);
        SourceDegrees degrees = variables.Select(v => _numbers[v.Place].Expression.Degrees).Aggregate(SourceDegrees.Sum);
        _parts.Add(new PartPlan([string.Join(" + ", variables.Select(static v => v.Spec.Name))], sum, degrees));
        return _parts.Count;
    }

    private void Response(int? offset)
    {
        VariablePlan response = _variables[^1];
        NumericExpression expression = Column(response.Place);
        SourceDegrees degrees = _numbers[response.Place].Expression.Degrees;
        if (offset is int part)
        {
            expression = new SumExpression(expression, [(true, _parts[part - 1].Expression)]);
            degrees = SourceDegrees.Sum(degrees, _parts[part - 1].Degrees);
        }
        _parts.Add(new PartPlan([response.Spec.Name], expression, degrees));
    }

    private static NumericExpression Column(int number) => new ColumnExpression(number, SourceDegrees.None);
}
