using System.Globalization;
using CsCheck;
using Plumbline.Numerics;

namespace Plumbline.Tests.Testing;

/// <summary>Hypotheses as text: what is read, what is refused, and what the test then says.</summary>
public class HypothesisTests
{
    private static readonly string[] s_names =
    [
        "(Intercept)", "x", "x1", "x:z", "age", "species[versicolor]", "species[a = b, \"c\"]", "poly(x, 2)[1]", "I(x^2)", "`1st floor`", "size (m²)", "log(price)", "f[\n]", "f[]]]", ".L",
    ];

    [Theory]
    [InlineData("age", "age=0")]
    [InlineData("age = 0", "age=0")]
    [InlineData("age == 3", "age=3")]
    [InlineData(" 2 * age - x = x1 + 0.1 ", "-1 x + -1 x1 + 2 age=1/10")]
    [InlineData("age = 200, x = 1e3", "age=200; x=1000")]
    [InlineData("-(age - 2*(x + 1))/4 = 1", "1/2 x + -1/4 age=1/2")]
    [InlineData("x:z + x + x1", "x + x1 + x:z=0")]
    [InlineData("x : z = 0", "x:z=0")]
    [InlineData("(Intercept) = 1.50", "(Intercept)=3/2")]
    [InlineData("species[versicolor] = x", "-1 x + species[versicolor]=0")]
    [InlineData("species[a = b, \"c\"] = 1, x", "species[a = b, \"c\"]=1; x=0")]
    [InlineData("poly(x,2)[1]=0", "poly(x, 2)[1]=0")]
    [InlineData("I(x ^ 2) - 3", "I(x^2)=3")]
    [InlineData("`1st floor` = 2", "`1st floor`=2")]
    [InlineData("`size (m²)` + 2 * `x`", "2 x + size (m²)=0")]
    [InlineData("size (m²) + f[\n] = 1", "size (m²) + f[\n]=1")]
    [InlineData("`f[\\n]` = f[]]]", "f[\n] + -1 f[]]]=0")]
    [InlineData("+age--x", "x + age=0")]
    [InlineData(".5*age + 1. = .L", "1/2 age + -1 .L=-1")]
    [InlineData("3 = age", "-1 age=-3")]
    [InlineData("age * 1e-2 * 5", "1/20 age=0")]
    public void Text_is_read_as_equations(string text, string expected)
    {
        IEnumerable<string> read = HypothesisParser.Parse(text, new CoefficientNames(s_names, [])).Select(static e =>
            string.Join(" + ", e.Form.Factors.Select(static f => f.Value == Fraction.From(1) ? s_names[f.Key] : $"{Show(f.Value)} {s_names[f.Key]}")) + "=" + Show(-e.Form.Constant));
        Assert.Equal(expected, string.Join("; ", read));
    }

    [Theory]
    [InlineData("", 0, "Here the text ends, and a number or the name of a coefficient was expected.")]
    [InlineData("age =", 5, "Here the text ends, and a number or the name")]
    [InlineData("age = 0,", 8, "Here the text ends, and a number or the name")]
    [InlineData("age = = 0", 6, "Here `=` stands, and a number")]
    [InlineData("age = 0 = x", 8, "A hypothesis has one `=`.")]
    [InlineData("age x = 0", 4, "Here `x` stands, and an operator, `=` or a comma was expected.")]
    [InlineData("2age = 0", 1, "Here `a` stands")]
    [InlineData("age * x = 0", 4, "Two coefficients are multiplied")]
    [InlineData("1 / age = 0", 2, "The divisor is a coefficient")]
    [InlineData("age / 0 = 0", 4, "The divisor is 0")]
    [InlineData("(age = 0", 0, "The parenthesis that opens here is not closed.")]
    [InlineData("age) = 0", 3, "Here `)` stands")]
    [InlineData("age = 1e999", 6, "The number has too many digits, or is out of the range")]
    [InlineData("`age = 0", 0, "The name that starts here never ends.")]
    public void Text_that_is_no_hypothesis_is_shown_where(string text, int position, string says)
    {
        PlumblineException error = Refused(text);
        Assert.Equal(("hypothesis", position), (error.Code, error.Position));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains('^', error.Message);
    }

    [Theory]
    [InlineData("agee = 0", 0, "There is no coefficient `agee` in this model.", "Did you mean `age`?")]
    [InlineData("age = Intercept", 6, "There is no coefficient `Intercept`", "Did you mean `(Intercept)`?")]
    [InlineData("x:age", 0, "There is no coefficient `x:age`", "")]
    [InlineData("species[virginica] - age = 0", 0, "There is no coefficient `species[virginica]`", "Those of that variable are `species[versicolor]`, `species[a = b, \"c\"]`.")]
    [InlineData("log(age, 2) = 0", 0, "There is no coefficient `log(age, 2)`", "")]
    [InlineData("`2` = 0", 0, "There is no coefficient `2`", "")]
    [InlineData("gone = 0", 0, "`gone` has no coefficient: columns before it determine it.", "")]
    public void A_name_without_a_coefficient_is_answered_with_the_nearest(string text, int position, string says, string near)
    {
        PlumblineException error = Refused(text);
        Assert.Equal(("no-coefficient", position), (error.Code, error.Position));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(near, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_length_have_bounds()
    {
        Assert.Equal("hypothesis", Refused(new string('(', 10_000) + "age").Code);
        Assert.Equal("hypothesis", Refused(new string('-', 10_000) + "age").Code);
        Assert.Equal("hypothesis", Refused("age = " + new string('9', 5000)).Code);
        Assert.Equal("hypothesis", Refused("age" + new string(' ', 1_000_000)).Code);
    }

    [Fact]
    public void Whatever_is_typed_is_read_or_refused_in_words() => Gen.Char["(Intercept)x1:z age[]`\\=+-*/,.0123456789e\n\"é𝔸"].Array[0, 30].Select(static c => new string(c)).Sample(static text =>
    {
        try
        {
            HypothesisParser.Parse(text, new CoefficientNames(s_names, ["gone"]));
        }
        catch (PlumblineException error)
        {
            Assert.True(error.Code is "hypothesis" or "no-coefficient");
        }
    }, iter: 20_000);

    [Theory]
    [InlineData("age = 0, age = 0", 1, "age = 0")]
    [InlineData("age + x = 1, x = 0.7, 2 * age = 0.6", 2, "2 * age = 0.6")]
    [InlineData("0.1 * age + 0.2 * x = 0.3, age + 2 * x = 3", 1, "age + 2 * x = 3")]
    public void Equations_that_follow_from_others_are_named_and_left_out(string text, int left, string redundant)
    {
        var equations = HypothesisEquations.Of(HypothesisParser.Parse(text, new CoefficientNames(s_names, [])));
        Assert.Equal(left, equations.Rows.Count);
        Assert.Equal([redundant], equations.Redundant);
    }

    [Theory]
    [InlineData("age = 0, age = 1", "`age = 1` contradicts the equations before it")]
    [InlineData("age + x = 1, age - x = 1, 3 * x = 2, age = 1", "`3 * x = 2` contradicts")]
    [InlineData("age = age", "There is no coefficient left in `age = age`")]
    [InlineData("1 = 0", "There is no coefficient left in `1 = 0`")]
    public void Equations_that_contradict_or_say_nothing_are_refused(string text, string says)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => HypothesisEquations.Of(HypothesisParser.Parse(text, new CoefficientNames(s_names, []))));
        Assert.Equal("hypothesis", error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redundant_equation_does_not_change_the_test_and_is_noted()
    {
        LinearModel model = LinearRegression.Fit("Fertility ~ Education + Catholic + Agriculture", TestGolden.Of("swiss").Data);
        HypothesisTest one = model.TestHypothesis("Education = 0, Catholic = 0"), two = model.TestHypothesis("Education = 0, Catholic = 0, Education = 2 * Catholic");
        Assert.Equal((one.F, one.ChiSquared), (two.F, two.ChiSquared));
        Assert.Equal("Education = 2 * Catholic follows from the equations before, and adds nothing to the test.", Assert.Single(two.Notes).Text);
        Assert.Equal("redundant-hypothesis", two.Notes[0].Code);
    }

    [Fact]
    public void The_test_does_not_depend_on_how_the_equations_are_written()
    {
        LinearModel model = LinearRegression.Fit("Fertility ~ Education + Catholic + Agriculture", TestGolden.Of("swiss").Data);
        HypothesisTest plain = model.TestHypothesis("Education = -1, Catholic = 0.1");
        HypothesisTest mixed = model.TestHypothesis("1000 * Education + Catholic = -999.9, (Education - Catholic) / 7e5 = -1.1 / 7e5");
        Assert.Equal(plain.F.Value, mixed.F.Value, 1e-9 * plain.F.Value);
    }

    [Fact]
    public void One_equation_is_a_t_test()
    {
        LinearModel model = LinearRegression.Fit("Fertility ~ Education + Catholic", TestGolden.Of("swiss").Data);
        HypothesisTest test = model.TestHypothesis("Education = 0");
        HypothesisEquation equation = Assert.Single(test.Equations);
        Coefficient coefficient = model.Coefficients[1];
        Assert.Equal(("Education", 0.0, coefficient.Estimate), (equation.Combination, equation.Value, equation.Estimate));
        Assert.Equal(coefficient.StandardError, equation.StandardError, 1e-14);
        Assert.Equal(coefficient.T, equation.T, 1e-12);
        Assert.Equal(coefficient.P, equation.P, 1e-12 * coefficient.P);
        Assert.Equal(coefficient.P, test.F.P, 1e-10 * coefficient.P);
        Assert.Equal(coefficient.Lower, equation.Lower, 1e-14);
        Assert.Equal(coefficient.Upper, equation.Upper, 1e-14);
        Assert.Equal("2 × Education − 0.5 × Catholic", model.TestHypothesis("2*Education = Catholic / 2").Equations[0].Combination);
    }

    [Fact]
    public void Coefficients_that_hang_together_keep_their_digits()
    {
        // The condition of the covariance is some 10⁹ when scaled to a unit diagonal.
        LinearModel model = LinearRegression.Fit("Employed ~ .", TestGolden.Of("longley").Data);
        HypothesisTest all = model.TestHypothesis("GNP.deflator = 0, GNP = 0, Unemployed = 0, Armed.Forces = 0, Population = 0, Year = 0");
        Assert.Equal(model.F.Value, all.F.Value, 1e-10 * model.F.Value);
        Assert.Equal(model.F.P, all.F.P, 1e-8 * model.F.P);
    }

    [Fact]
    public void With_the_normal_distribution_the_joint_test_is_chi_squared()
    {
        FitOptions options = new() { Covariance = new CovarianceOptions { Estimator = CovarianceEstimator.HC1, Convention = CovarianceConvention.Statsmodels } };
        HypothesisTest test = LinearRegression.Fit("Fertility ~ Education + Catholic", TestGolden.Of("swiss").Data, options).TestHypothesis("Education = -1, Catholic = 0.1");
        Assert.Equal(double.PositiveInfinity, test.F.Df2);
        Assert.Equal(test.ChiSquaredP, test.F.P);
        Assert.Equal(Normal.UpperTail(Math.Abs(test.Equations[0].T)) * 2, test.Equations[0].P, 1e-12);
    }

    [Fact]
    public void A_model_from_its_file_is_tested_to_the_same_bits()
    {
        LinearModel model = LinearRegression.Fit("conformity ~ fcategory * partner.status", TestGolden.Of("moore").Data);
        TestOptions tests = new() { Hypotheses = ["fcategory[low] = fcategory[medium], partner.status[low] = 1"], Profiles = ["partner.status[low]"] };
        TestResults own = ModelTests.Run(model, tests), read = ModelTests.Run(ModelFile.Read(ModelFile.Write(model), "model.json"), tests);
        Assert.Equal((own.Hypotheses[0].F, own.Hypotheses[0].ChiSquaredP), (read.Hypotheses[0].F, read.Hypotheses[0].ChiSquaredP));
        Assert.Equal(own.Hypotheses[0].Equations, read.Hypotheses[0].Equations);
        Assert.Equal(own.Profiles[0].Points, read.Profiles[0].Points);
        Assert.Equal(own.Likelihood, read.Likelihood);
        Assert.Equal("needs-rows", Assert.Throws<PlumblineException>(() => ModelTests.Run(model, new TestOptions { Anova = AnovaType.Partial })).Code);
    }

    [Fact]
    public void A_singular_covariance_is_no_joint_test()
    {
        LinearModel model = LinearRegression.Fit("Fertility ~ Education + Catholic", TestGolden.Of("swiss").Data);
        LinearModel one = model with { InverseRoot = [], Covariance = [[1, 0, 0], [0, 4, 2], [0, 2, 1]] };
        HypothesisTest test = one.TestHypothesis("Education = 0, Catholic = 0");
        Assert.Equal((double.NaN, double.NaN), (test.F.Value, test.F.P));
        Assert.Equal("singular-covariance", Assert.Single(test.Notes).Code);
        Assert.All(test.Equations, static e => Assert.True(double.IsFinite(e.P)));
    }

    private static PlumblineException Refused(string text) =>
        Assert.Throws<PlumblineException>(() => HypothesisParser.Parse(text, new CoefficientNames(s_names, ["gone"])));

    private static string Show(Fraction value) => value.Denominator.IsOne ? value.Numerator.ToString(CultureInfo.InvariantCulture) : $"{value.Numerator}/{value.Denominator}";
}
