using Plumbline.Numerics;

namespace Plumbline;

/// <summary>
/// The norms of the columns that have a coefficient: column i stands for (what was solved for)/√Nᵢ, so that its coefficient is
/// √Nᵢ times the one found. Enclosures, so that digits stay proven; nothing at all is done where N is 1.
/// </summary>
internal sealed class ColumnNorms
{
    private readonly ExactInterval?[] _squares;
    private readonly ExactInterval?[] _roots;
    private readonly (DoubleDouble Value, int Power)[] _factors;

    public ColumnNorms(ModelMoments model, ScaledColumns columns)
    {
        ExactInterval?[] squares = [.. Enumerable.Range(0, columns.Count)
            .Select(i => model.NormSquared[columns.Column(i)])
            .Select(static n => n == ExactMath.One ? (ExactInterval?)null : new ExactInterval(n))];
        _squares = squares;
        _roots = Array.ConvertAll(squares, static n => n is { } square ? ExactInterval.Sqrt(square) : (ExactInterval?)null);
        _factors = [.. Enumerable.Range(0, columns.Count).Select(i => Root(model.NormSquared[columns.Column(i)]))];
    }

    /// <summary>√N as a double-double from 1 to 2 times a power of two.</summary>
    public static (DoubleDouble Value, int Power) Root(ExactValue square)
    {
        if (square == ExactMath.One)
        {
            return (DoubleDouble.From(1), 0);
        }
        ExactValue root = ExactMath.SqrtDown(square, ExactInterval.Bits);
        return (DoubleDouble.From(root.Scale(-root.Magnitude)), root.Magnitude);
    }

    /// <summary>value·√Nᵢ.</summary>
    public ExactInterval Times(int i, ExactInterval value) => _roots[i] is { } root ? value * root : value;

    /// <summary>value·√Nᵢ, to more bits than a double-double has.</summary>
    public ExactValue Times(int i, ExactValue value) =>
        _roots[i] is { } root ? ExactMath.RoundDown(value * root.Low, ExactInterval.Bits) : value;

    /// <summary>value·Nᵢ.</summary>
    public ExactInterval TimesSquare(int i, ExactInterval value) => _squares[i] is { } square ? value * square : value;

    /// <summary>√Nᵢ as <see cref="Root"/> gives it.</summary>
    public (DoubleDouble Value, int Power) Factor(int i) => _factors[i];

    /// <summary>The equation between columns over their norms, from the one between the columns.</summary>
    public static AliasEquation Normalized(AliasEquation alias, ModelMoments model)
    {
        ExactValue own = model.NormSquared[alias.Column];
        return alias with
        {
            Parts = [.. alias.Parts.Select(part =>
            {
                ExactValue other = model.NormSquared[part.Column];
                return own == other ? part : part with
                {
                    Multiplier = (ExactInterval.From(part.Multiplier) * ExactInterval.Sqrt(ExactInterval.Quotient(other, own))).ToDouble(),
                };
            })],
        };
    }
}
