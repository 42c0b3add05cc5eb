using System.Numerics;
using Plumbline.Numerics;

namespace Plumbline;

/// <summary>Σ factor · coefficient + constant, without rounding.</summary>
internal sealed class LinearForm
{
    private readonly SortedDictionary<int, Fraction> _factors = [];

    /// <summary>The factor of each coefficient that has one, by the coefficient's place; none is 0.</summary>
    public IReadOnlyDictionary<int, Fraction> Factors => _factors;

    /// <summary>The constant.</summary>
    public Fraction Constant { get; private set; } = Fraction.From(0);

    /// <summary>Whether there is no coefficient in it.</summary>
    public bool IsConstant => _factors.Count == 0;

    /// <summary>A number.</summary>
    public static LinearForm Of(Fraction constant) => new() { Constant = constant };

    /// <summary>A coefficient.</summary>
    public static LinearForm Of(int coefficient)
    {
        var form = new LinearForm();
        form._factors.Add(coefficient, Fraction.From(BigInteger.One));
        return form;
    }

    /// <summary>this + factor · other.</summary>
    public LinearForm Plus(LinearForm other, Fraction factor)
    {
        var sum = new LinearForm { Constant = Constant + (other.Constant * factor) };
        foreach ((int coefficient, Fraction own) in _factors)
        {
            sum._factors.Add(coefficient, own);
        }
        foreach ((int coefficient, Fraction more) in other._factors)
        {
            Fraction total = sum._factors.GetValueOrDefault(coefficient, Fraction.From(0)) + (more * factor);
            if (total.IsZero)
            {
                sum._factors.Remove(coefficient);
            }
            else
            {
                sum._factors[coefficient] = total;
            }
        }
        return sum;
    }

    /// <summary>factor · this.</summary>
    public LinearForm Times(Fraction factor) => new LinearForm().Plus(this, factor);
}
