using Plumbline.Reports;

namespace Plumbline.Cli.Tests.Reports;

public sealed class FitTextTests
{
    [Fact]
    public void The_houses_read_as_in_the_golden_file() => Golden.Check("houses.txt", FitText.Render(SampleModels.Houses));

    [Fact]
    public void A_degenerate_fit_reads_as_in_the_golden_file() => Golden.Check("degenerate.txt", FitText.Render(SampleModels.Degenerate));

    [Fact]
    public void Robust_errors_are_named_with_their_factor_and_degrees_of_freedom()
    {
        Golden.Check("clustered.txt", FitText.Render(SampleModels.Clustered, new FitReportOptions { Width = 80 }));
        string resampled = FitText.Render(SampleModels.Resampled);
        Assert.Contains("\nexact: every digit shown of estimates is proven; standard errors are bootstrap:1000\n", resampled, StringComparison.Ordinal);
        Assert.Contains("\nStd. errors          bootstrap:1000; 1,000 resamples of the rows, 12 of them failed, seed 7; normal distribution (as Stata)\n", resampled, StringComparison.Ordinal);
        Assert.Contains("\nF (Wald)             85.2500 on 3 and ∞ degrees of freedom", resampled, StringComparison.Ordinal);
        LinearModel ordered = SampleModels.Houses with { CovarianceDetails = new CovarianceDetails { Kind = "newey-west:4", Order = "day", Convention = CovarianceConvention.Sandwich } };
        Assert.Contains("newey-west:4; rows in the order of day; t with n − k = 21,609 degrees of freedom (as sandwich)", FitText.Render(ordered), StringComparison.Ordinal);
    }

    [Fact]
    public void At_80_columns_the_table_is_cut_into_blocks_and_nothing_is_wider()
    {
        string text = FitText.Render(SampleModels.Houses, new FitReportOptions { Width = 80 });
        Golden.Check("houses-80.txt", text);
        Assert.All(text.Split('\n'), line => Assert.True(TerminalText.Width(line) <= 80, line));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(120)]
    public void Nothing_is_wider_than_the_page(int width)
    {
        LinearModel model = SampleModels.Named("a_very_long_name_of_a_column_that_someone_made:crossed_with_another_one_just_as_long");
        string text = FitText.Render(model, new FitReportOptions { Width = width });
        Assert.All(
            text.Split('\n').Where(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => word.Length < width - 23)),
            line => Assert.True(TerminalText.Width(line) <= width, line));
        Assert.Contains("…", FitText.Render(SampleModels.Named(new string('x', 1000)), new FitReportOptions { Width = width }), StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_digits_of_an_estimate_are_shown_than_are_right()
    {
        LinearModel model = SampleModels.Houses with
        {
            Coefficients = [SampleModels.Houses.Coefficients[1] with { Digits = 4, StandardErrorDigits = 2 }],
        };
        FitSummaryRow row = FitSummary.Of(model, 17).Rows[0];
        Assert.Equal("276.8", row.Estimate);
        Assert.Equal("3.9", row.StandardError);
        Assert.Equal("71", row.T);
        Assert.Equal("2", row.Digits);
        Assert.Equal("276.846872432993", FitSummary.Of(SampleModels.Houses, 15).Rows[1].Estimate);
    }

    [Fact]
    public void A_whole_part_longer_than_the_proven_digits_is_written_with_an_exponent()
    {
        LinearModel model = SampleModels.Houses with
        {
            Coefficients = [SampleModels.Houses.Coefficients[0] with { Digits = 3 }],
        };
        Assert.Equal("-2.13e5", FitSummary.Of(model, 6).Rows[0].Estimate);
    }

    [Fact]
    public void The_guarantee_is_given_only_where_it_holds()
    {
        Assert.StartsWith("exact: every digit shown", FitSummary.Of(SampleModels.Houses, 6).Guarantee, StringComparison.Ordinal);
        LinearModel unproven = SampleModels.Houses with { Coefficients = [SampleModels.Houses.Coefficients[0] with { Digits = 0 }] };
        Assert.StartsWith("exact, but 1 of 1 coefficients", FitSummary.Of(unproven, 6).Guarantee, StringComparison.Ordinal);
        LinearModel fast = SampleModels.Houses with { Arithmetic = Arithmetic.Fast };
        Assert.StartsWith("fast: digits are an estimate", FitSummary.Of(fast, 6).Guarantee, StringComparison.Ordinal);
        Assert.Equal(("Digits est.", "15"), (FitSummary.Of(fast, 6).DigitsHeading, FitSummary.Of(fast, 6).Rows[0].Digits));
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("\u001b]0;title\u0007")]
    [InlineData("\u009b2J")]
    [InlineData("line\nbreak\r\n\u2028and\u0085more")]
    [InlineData("\u202eright to left")]
    [InlineData("[red]markup[/]")]
    [InlineData("bro\ud800ken")]
    public void Names_from_the_data_cannot_command_the_terminal(string name)
    {
        string text = FitText.Render(SampleModels.Named(name), new FitReportOptions { Width = 100 });
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u2028' or '\u202e' || char.IsSurrogate(c)));
        int lines = text.Count(c => c == '\n');
        Assert.Equal(FitText.Render(SampleModels.Named("plain"), new FitReportOptions { Width = 100 }).Count(c => c == '\n'), lines);
        if (name.StartsWith('['))
        {
            Assert.Contains("[red]markup[/]", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("größe", 5)]
    [InlineData("面積", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("🏠", 2)]
    public void Width_is_what_a_terminal_shows(string text, int width) => Assert.Equal(width, TerminalText.Width(text));

    [Fact]
    public void An_equation_says_signs_multipliers_and_doubt()
    {
        AliasedColumn column = new("d", [], [new AliasTerm("a", -2), new AliasTerm("b", 0.5), new AliasTerm("(Intercept)", -1)], IsExact: false);
        LinearModel model = SampleModels.Houses with { Aliased = [column] };
        Assert.Equal("d = 0.5 × b − 2 × a − 1 (to the rounding of the data)", FitSummary.Of(model, 6).Aliased[0]);
        Assert.Equal("zero = 0", FitSummary.Of(SampleModels.Degenerate, 6).Aliased[0]);
    }

    [Fact]
    public void Each_note_and_dropped_row_is_in_every_output_once()
    {
        string text = FitText.Render(SampleModels.Houses);
        string markdown = FitMarkdown.Render(SampleModels.Houses);
        foreach (string output in new[] { text, markdown })
        {
            Assert.Contains("x^2 in a formula crosses", output, StringComparison.Ordinal);
            Assert.Equal(2, output.Split("age in 7").Length);
        }
    }
}
