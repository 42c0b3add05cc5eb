namespace Plumbline.Databases;

/// <summary>An expression as a polynomial in atoms, and as SQL.</summary>
internal sealed record SqlPolynomial(Polynomial Value, string Sql);

/// <summary>What is not taken apart: a column, a function, a quotient.</summary>
/// <param name="Sql">As the database computes it.</param>
/// <param name="IsWhole">Whether its values are whole numbers.</param>
internal sealed record SqlAtom(string Sql, bool IsWhole);

/// <summary>
/// Expressions of a formula as polynomials in atoms. A database then sums products of atoms about their means, and sums of powers and products follow
/// without rounding: x² and x³ of an x far from 0 are nearly the same column, (x − c)² and (x − c)³ are not.
/// Method      products and whole powers, and sums of one atom and numbers, are multiplied out; functions, quotients, sums of several
///             and what would have very many terms are atoms of their own.
/// Source      Chan, Golub, LeVeque, Algorithms for computing the sample variance, The American Statistician 37 (1983), for the shift.
/// Fails when  a power of a difference underflows; databases make it 0, or an error (PostgreSQL). Powers are bounded for that.
/// </summary>
internal sealed class SqlPolynomials(SqlExpressions sql, Func<int, SqlPolynomial> columns, List<SqlAtom> atoms) : IExpressionAlgebra<SqlPolynomial>
{
    private const int LargestPower = 6;         // of one atom; sums have twice that
    private const int MostMonomials = 64;       // of what is multiplied out, with all that divide them

    public SqlPolynomial Column(int input) => columns(input);

    public SqlPolynomial Constant(double value) => double.IsFinite(value) ? new(Polynomial.Constant(value), sql.Constant(value)) : Atom(sql.Constant(value));

    public SqlPolynomial Negated(SqlPolynomial operand) => new(-operand.Value, sql.Negated(operand.Sql));

    public SqlPolynomial Sum(SqlPolynomial left, SqlPolynomial right, bool minus)
    {
        string text = sql.Sum(left.Sql, right.Sql, minus);
        Polynomial sum = left.Value + (minus ? -right.Value : right.Value);
        // The spread of a − b may be far less than that of a and of b: it is summed as it is.
        return sum.Atoms().Count > 1 ? Atom(text) : Bounded(sum, text);
    }

    public SqlPolynomial Product(SqlPolynomial left, SqlPolynomial right) =>
        Bounded(left.Value * right.Value, sql.Product(left.Sql, right.Sql));

    public SqlPolynomial Quotient(SqlPolynomial left, SqlPolynomial right) => Atom(sql.Quotient(left.Sql, right.Sql));

    public SqlPolynomial Power(SqlPolynomial operand, int exponent)
    {
        string text = sql.Power(operand.Sql, exponent);
        return exponent > LargestPower || operand.Value.Terms.Count > MostMonomials / exponent ? Atom(text) : Bounded(operand.Value.Power(exponent), text);
    }

    public SqlPolynomial RealPower(SqlPolynomial operand, SqlPolynomial exponent) => Atom(sql.RealPower(operand.Sql, exponent.Sql));

    public SqlPolynomial Function(string name, SqlPolynomial argument, double? logarithmBase) => Atom(sql.Function(name, argument.Sql, logarithmBase));

    /// <summary>An atom; the same text is the same atom.</summary>
    public static SqlPolynomial Atom(List<SqlAtom> atoms, string text, bool isWhole)
    {
        int place = atoms.FindIndex(a => a.Sql == text);
        if (place < 0)
        {
            place = atoms.Count;
            atoms.Add(new SqlAtom(text, isWhole));
        }
        return new SqlPolynomial(Polynomial.Atom(place), text);
    }

    private SqlPolynomial Atom(string text) => Atom(atoms, text, isWhole: false);

    private SqlPolynomial Bounded(Polynomial value, string text) =>
        value.Terms.Keys.Any(static m => m.LargestPower() > LargestPower) || value.Terms.Keys.Sum(static m => m.Divisors()) > MostMonomials
            ? Atom(text) : new SqlPolynomial(value, text);
}
