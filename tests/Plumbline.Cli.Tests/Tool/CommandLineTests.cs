using System.Text;
using System.Text.Json;
using Plumbline.Cli.CommandLine;
using Plumbline.Cli.Output;

namespace Plumbline.Cli.Tests.Tool;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("fti", "'fti' is no command of plumb. Did you mean 'fit'?")]
    [InlineData("zzz", "'zzz' is no command of plumb. See")]
    [InlineData("--vresion", "'--vresion' is no option of plumb. Did you mean '--version'?")]
    [InlineData("fit --jsn d y~x", "'--jsn' is no option of plumb fit. Did you mean '--json'?")]
    [InlineData("fit d y~x --mark", "'--mark' is no option of plumb fit. Did you mean '--markdown'?")]
    [InlineData("fit d y~x --lvel=0.9", "'--lvel' is no option of plumb fit. Did you mean '--level'?")]
    [InlineData("fit d price ~ x", "'~' stands alone. A formula with blanks needs quotes")]
    [InlineData("fit d y~x e", "'e' stands after the formula 'y~x', which must be the last argument.")]
    [InlineData("fit y~x d", "'d' stands after the formula 'y~x', which must be the last argument.")]
    [InlineData("fit d e f", "FORMULA is missing: the last argument, 'f', has no ~.")]
    [InlineData("fit d  y~x", "DATA is empty.")]
    [InlineData("fit", "DATA and FORMULA are missing.")]
    [InlineData("fit d", "FORMULA is missing. Expected: plumb fit data.csv \"y ~ x\".")]
    [InlineData("fit d y~x --level 95", "--level '95': expected a number between 0 and 1, e.g. 0.95.")]
    [InlineData("fit d y~x --level 0,9", "--level '0,9': expected a number between 0 and 1")]
    [InlineData("fit d y~x --level NaN", "--level 'NaN': expected a number between 0 and 1")]
    [InlineData("fit d y~x --level", "--level needs a value: --level LEVEL.")]
    [InlineData("fit d y~x --level .9 --level .8", "--level may be given once")]
    [InlineData("fit d y~x --arithmetic exct", "--arithmetic 'exct': expected exact or fast. Did you mean 'exact'?")]
    [InlineData("fit d y~x --missing skip", "--missing 'skip': expected drop or fail.")]
    [InlineData("fit d y~x --threads 0", "--threads '0': expected a whole number from 1 to 1024.")]
    [InlineData("fit d y~x --cov HC9", "--cov 'HC9': expected classical, HC0 to HC4, CR0:COLUMN")]
    [InlineData("fit d y~x --cov CR1", "--cov 'CR1': after the colon stands the column of the clusters")]
    [InlineData("fit d y~x --cov bootstrap:0", "--cov 'bootstrap:0': after the colon stands the number of resamples, 2 or more")]
    [InlineData("fit d y~x --cov HC3 --convention sas", "--convention 'sas': expected stata, sandwich or statsmodels.")]
    [InlineData("fit d y~x --convention stata", "--convention is of use with --cov only")]
    [InlineData("fit d y~x --cov HC3 --order t", "--order is of use with --cov newey-west:LAGS only.")]
    [InlineData("fit d y~x --cov HC3 --seed 1", "--seed is of use with --cov bootstrap:N only.")]
    [InlineData("fit d y~x --cov bootstrap:9 --seed -1", "--seed '-1': expected a whole number, 0 or more.")]
    [InlineData("fit d y~x --digits 18", "--digits '18': expected a whole number from 1 to 17.")]
    [InlineData("fit d y~x -o fit.csv", "-o 'fit.csv': a fit is written as .json, .md or .txt.")]
    [InlineData("fit d y~x -o /no/such/folder/fit.md", "there is no folder '/no/such/folder'")]
    [InlineData("fit d y~x -o ", "-o needs the name of a file.")]
    [InlineData("fit d y~x --json=yes -o x", "'yes' stands after the formula")]
    [InlineData("--level=0.9 fit d y~x", "'--level=0.9' does not stand where it can: options go after the command's name")]
    [InlineData("fit d y~x -o /", "'/' is a folder")]
    public void A_wrong_command_is_told_what_is_wrong_and_exits_with_2(string line, string expected)
    {
        (int exit, string output, string error) = Run(new CannedFitter(), line.Split(' '));
        Assert.Equal(ExitCode.Wrong, exit);
        Assert.Empty(output);
        Assert.StartsWith("plumb: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error, '\n');
    }

    [Fact]
    public void Options_reach_the_fitter()
    {
        CannedFitter fitter = new();
        Run(fitter, "fit", "d.csv", "y ~ x", "--where", "-x > 1", "--weights", "w", "--contrasts", "sum", "--level", "0.9", "--missing", "fail", "--arithmetic", "fast", "--threads", "3");
        FitRequest request = fitter.Request!;
        Assert.Equal(("d.csv", "y ~ x", "-x > 1"), (Assert.Single(request.Data), request.Formula, request.Where));
        Assert.Equal(new FitOptions { Weights = "w", Contrasts = ContrastKind.Sum, Level = 0.9, Missing = MissingValues.Fail, Arithmetic = Arithmetic.Fast, Threads = 3 }, request.Options);
        Run(fitter, "fit", "d.csv", "y ~ x");
        Assert.Equal(FitOptions.Default, fitter.Request!.Options);
        Run(fitter, "fit", "d.csv", "y ~ x", "--cov", "cr1:firm,year", "--convention", "sandwich");
        Assert.Equal(new CovarianceOptions { Estimator = CovarianceEstimator.CR1, Clusters = ["firm", "year"], Convention = CovarianceConvention.Sandwich }, fitter.Request!.Options.Covariance);
        Run(fitter, "fit", "d.csv", "y ~ x", "--cov", "newey-west:4", "--order", "day");
        Assert.Equal(new CovarianceOptions { Estimator = CovarianceEstimator.NeweyWest, Lags = 4, Order = "day" }, fitter.Request!.Options.Covariance);
        Run(fitter, "fit", "d.csv", "y ~ x", "--cov", "bootstrap:99", "--seed", "18446744073709551615");
        Assert.Equal(new CovarianceOptions { Estimator = CovarianceEstimator.Bootstrap, Replicates = 99, Seed = ulong.MaxValue }, fitter.Request!.Options.Covariance);
        Run(fitter, "fit", "a.csv", "--level", "0.8", "b.csv", "c.csv", "y ~ x", "--threads", "2");
        Assert.Equal(["a.csv", "b.csv", "c.csv"], fitter.Request!.Data);
        Assert.Equal("y ~ x", fitter.Request.Formula);
        Run(fitter, "fit", "--", "-d", "-y ~ x");
        Assert.Equal(("-d", "-y ~ x"), (Assert.Single(fitter.Request!.Data), fitter.Request.Formula));
    }

    [Theory]
    [InlineData("", "price ~")]
    [InlineData("--json", "{")]
    [InlineData("--markdown", "# `price")]
    public void The_form_is_as_asked(string option, string start)
    {
        (int exit, string output, string error) = Run(new CannedFitter(), [.. "fit d f".Split(' '), .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.StartsWith(start, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_reach_the_report()
    {
        Assert.Contains("276.84687243299", Run(new CannedFitter(), "fit", "d", "f", "--digits", "14").Output, StringComparison.Ordinal);
        Assert.Contains("277 ", Run(new CannedFitter(), "fit", "d", "f", "--digits", "3").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option_and_fits_80_columns()
    {
        (int exit, string output, _) = Run(new CannedFitter(), "fit", "--help");
        Assert.Equal(ExitCode.Done, exit);
        Assert.All(new Root().Subcommands.Single(c => c.Name == "fit").Options, o => Assert.Contains(o.Name, output, StringComparison.Ordinal));
        Assert.Contains("plumb fit data/houses.csv \"price ~ sqft_living + age\"", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), l => Assert.True(l.Length <= 80, l));
        Assert.Contains("fit ", Run(new CannedFitter(), "--help").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Wrong, Run(new CannedFitter()).Exit);
        Assert.Equal("plumb 0.1.0\n", Run(new CannedFitter(), "--version").Output);
    }

    [Fact]
    public void With_json_an_error_is_an_object()
    {
        foreach (string[] line in new string[][] { ["fit", "d", "--json"], ["fit", "d", "y~x", "--json", "--markdown"], ["fit", "unknown", "y~x", "--json"] })
        {
            (int exit, string output, string error) = Run(new HostFitterOf("unknown-column"), line);
            Assert.Equal((ExitCode.Wrong, ""), (exit, output));
            Assert.Equal(JsonValueKind.String, JsonDocument.Parse(error).RootElement.GetProperty("error").GetProperty("message").ValueKind);
        }
    }

    [Fact]
    public void An_error_in_the_formula_is_shown_at_its_place()
    {
        PlumblineException error = new("formula", "a term was expected") { Position = 4 };
        Assert.Equal("plumb: a term was expected\n  y ~ + x\n      ^\n", ErrorReport.Text(error, "y ~ + x"));
        Assert.Equal("plumb: a term was expected\n  面 ~ + x\n       ^\n", ErrorReport.Text(error, "面 ~ + x"));
        Assert.Equal("plumb: a term was expected\n  y ~\n     ^\n", ErrorReport.Text(new PlumblineException("formula", "a term was expected") { Position = 99 }, "y ~"));
        string formula = "y ~ " + string.Join(" + ", Enumerable.Range(0, 500).Select(i => $"x{i}")) + " + )";
        string[] lines = ErrorReport.Text(new PlumblineException("formula", "m") { Position = formula.Length - 1 }, formula).Split('\n');
        Assert.Equal(')', lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)]);
        Assert.True(lines[1].Length < 80);
        Assert.DoesNotContain('\u001b', ErrorReport.Text(error, "y ~ \u001b[2J x"));
        PlumblineException shown = new("formula", "A term was expected.\n    y ~ + x\n        ^\nWrite one.") { Position = 4 };
        Assert.Equal("plumb: A term was expected.\n    y ~ + x\n        ^\nWrite one.\n", ErrorReport.Text(shown, "y ~ + x"));
    }

    [Fact]
    public void The_place_is_added_where_the_message_leaves_it_out()
    {
        PlumblineException error = new("not-a-number", "'abc' in column 'age' is not a number.") { File = "h.csv", Line = 1234, Column = "age" };
        Assert.Equal("plumb: 'abc' in column 'age' is not a number.\n  at h.csv, line 1234\n", ErrorReport.Text(error, null));
        Assert.Equal("plumb: h.csv is empty.\n", ErrorReport.Text(new PlumblineException("empty", "h.csv is empty.") { File = "h.csv" }, null));
    }

    [Fact]
    public void An_unexpected_error_is_one_line_without_a_stack_trace()
    {
        (int exit, _, string error) = Run(new HostFitterOf("bug"), "fit", "d", "f");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Equal("plumb: internal error, InvalidOperationException: the cat sat on it This is a bug in plumb 0.1.0: please report it with the command that led here.\n", error);
        (_, _, error) = Run(new HostFitterOf("bug"), "fit", "d", "f", "--json");
        Assert.Equal("internal", JsonDocument.Parse(error).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("fti", "fit")]
    [InlineData("Fit", "fit")]
    [InlineData("xyzzy", null)]
    public void Nearest_finds_what_is_near(string word, string? expected) => Assert.Equal(expected, Nearest.To(word, ["fit", "predict", "check"]));

    internal static (int Exit, string Output, string Error) Run(IFitter fitter, params string[] args)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        int exit = Plumb.Run(args, new Surroundings(fitter, output, error, () => null, ErrorIsTerminal: false));
        return (exit, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private sealed class CannedFitter : IFitter
    {
        public FitRequest? Request { get; private set; }

        public LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation)
        {
            Request = request;
            return SampleModels.Houses;
        }
    }

    private sealed class HostFitterOf(string behavior) : IFitter
    {
        public LinearModel Fit(FitRequest request, IProgress<double> progress, CancellationToken cancellation) =>
            new HostFitter().Fit(request with { Data = [behavior] }, progress, cancellation);
    }
}
