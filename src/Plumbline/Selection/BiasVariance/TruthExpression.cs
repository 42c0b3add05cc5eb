using System.Globalization;

namespace Plumbline;

/// <summary>An expression in the language of formulas, of <c>x</c> or of <c>x1</c>, <c>x2</c> …: a function of a point.</summary>
internal sealed class TruthExpression
{
    private const int MostCoordinates = 100;

    private readonly NumericExpression _expression;

    /// <summary>Reads it.</summary>
    /// <exception cref="PlumblineException">Code <c>formula</c>, with the position.</exception>
    public TruthExpression(string text)
    {
        var binding = new Coordinates(text);
        _expression = new ExpressionBuilder(text, binding).Build(Parser.ParseExpression(text));
        Dimensions = binding.Count;
    }

    /// <summary>How many coordinates it needs.</summary>
    public int Dimensions { get; }

    /// <summary>Its value at a point.</summary>
    public double At(double[] x)
    {
        int length = Strip.Padded(1);
        var strip = new Strip { Inputs = Array.ConvertAll(x, static v => new NumberColumn([v], null, 0, 1)), Start = 0, Count = 1 };
        double[] hi = new double[length], lo = new double[length];
        _expression.Evaluate(strip, hi, lo, 0);
        return hi[0];
    }

    private sealed class Coordinates(string text) : ColumnBinding
    {
        private bool _single;

        public int Count { get; private set; }

        public override ColumnExpression? Column(NameNode name)
        {
            int place = name.Name == "x" ? 1 : 0;
            if (place == 0 && name.Name.StartsWith('x') && int.TryParse(name.Name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int k) && k is >= 1 and <= MostCoordinates)
            {
                place = k;
            }
            if (place == 0)
            {
                return name.Name == "pi" ? null : throw FormulaError.At(
                    text, name.Position, $"There is no {FormulaError.Code(name.Name)} here.", "The true function is one of `x`, or of `x1`, `x2` … when there are several.");
            }
            if (Count > 0 && _single != (name.Name == "x"))
            {
                throw FormulaError.At(text, name.Position, "`x` and numbered coordinates stand side by side.", "Write `x1` for the first coordinate.");
            }
            _single = name.Name == "x";
            Count = Math.Max(Count, place);
            return new ColumnExpression(place - 1, SourceDegrees.Of(0));
        }

        public override SourceDegrees Computed(string name, SourceDegrees of) => of;
    }
}
