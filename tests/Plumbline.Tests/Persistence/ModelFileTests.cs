using System.Text;
using System.Text.Json;
using CsCheck;

namespace Plumbline.Tests;

public class ModelFileTests
{
    private static readonly Table _few = Table.FromColumns(
        ("x", [1, 2, 3, 4, 5, 6]), ("z", [2, 1, 4, 3, 6, 8]), ("t", [3, 3, 7, 7, 11, 14]), ("y", [1.5, 2.25, 2.75, 4.5, 4.75, double.NaN]), ("w", [1, 2, 1, 2, 1, 1]));

    private static readonly LinearModel _model = LinearRegression.Fit("log(y) ~ x + z + t + I(x^2)", _few, new FitOptions { Weights = "w", Level = 0.9 });

    public static TheoryData<string> Formulas() => ["y ~ x", "y ~ .", "y ~ 0 + x", "y ~ 1", "y ~ 0", "log(y) ~ x*z", "y ~ x + z + t", "y ~ x + I(x^2) + I(x^3) + z + w"];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_model_that_was_read_writes_the_same_bytes_and_predicts_the_same_bits(string formula)
    {
        LinearModel model = LinearRegression.Fit(formula, _few);
        byte[] file = ModelFile.Write(model);
        LinearModel again = ModelFile.Read(file, "m.json");
        Assert.Equal(Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(ModelFile.Write(again)));
        var options = new PredictionOptions { Interval = PredictionInterval.Prediction };
        Assert.Equal(model.Predict(_few, options).Rows, again.Predict(_few, options).Rows);
    }

    [Fact]
    public void Models_of_matrices_of_fast_sums_and_of_moments_come_back_too()
    {
        double[] x = [1, 2, 3, 5], y = [1, 2, 4, 4];
        foreach (LinearModel model in (LinearModel[])
            [_model, LeastSquares.Solve(x, y), LeastSquares.Solve([1, 2], [1, 2]), LinearRegression.Fit("y ~ x", _few, new FitOptions { Arithmetic = Arithmetic.Fast })])
        {
            byte[] file = ModelFile.Write(model);
            LinearModel again = ModelFile.Read(file, "m.json");
            Assert.Equal(file, ModelFile.Write(again));
            Assert.Equal(model.Design is null, again.Design is null);
        }
    }

    [Fact]
    public void White_space_and_line_ends_are_no_edit()
    {
        byte[] file = ModelFile.Write(_model);
        using JsonDocument document = JsonDocument.Parse(file);
        string compact = JsonSerializer.Serialize(document.RootElement);
        string windows = "\uFEFF" + Encoding.UTF8.GetString(file).Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(file, ModelFile.Write(ModelFile.Read(Encoding.UTF8.GetBytes(compact), "compact.json")));
        Assert.Equal(file, ModelFile.Write(ModelFile.Read(Encoding.UTF8.GetBytes(windows), "windows.json")));
    }

    [Fact]
    public void Any_changed_digit_or_letter_is_noticed()
    {
        byte[] file = ModelFile.Write(_model);
        int[] places = [.. Enumerable.Range(0, file.Length).Where(i => char.IsAsciiLetterOrDigit((char)file[i]))];
        Gen.Select(Gen.Int[0, places.Length - 1], Gen.Char['0', '9']).Sample((at, digit) =>
        {
            int place = places[at];
            byte[] edited = [.. file];
            edited[place] = edited[place] == (byte)digit ? (byte)'7' : (byte)digit;
            if (edited[place] != file[place])
            {
                PlumblineException error = Assert.Throws<PlumblineException>(() => ModelFile.Read(edited, "m.json"));
                Assert.True(error.Code is "edited-model" or "damaged-model" or "not-a-model" or "newer-model", error.Code);
            }
        });
    }

    [Fact]
    public void An_edited_file_is_refused_and_when_accepted_says_so()
    {
        string edited = Encoding.UTF8.GetString(ModelFile.Write(_model)).Replace("\"level\": 0.9,", "\"level\": 0.8,", StringComparison.Ordinal);
        byte[] file = Encoding.UTF8.GetBytes(edited);
        PlumblineException error = Assert.Throws<PlumblineException>(() => ModelFile.Read(file, "m.json"));
        Assert.Equal("edited-model", error.Code);
        Assert.Equal("m.json", error.File);
        LinearModel accepted = ModelFile.Read(file, "m.json", acceptEdited: true);
        Assert.Equal(0.8, accepted.Level);
        Assert.Contains(accepted.Notes, static n => n.Code == "edited-model");
        Assert.Contains(accepted.Predict(_few).Summary.Notes, static n => n.Code == "edited-model");
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_told_to_be_cut_off()
    {
        byte[] file = ModelFile.Write(_model);
        for (int length = 2; length < file.Length - 2; length += 7)
        {
            PlumblineException error = Assert.Throws<PlumblineException>(() => ModelFile.Read(file.AsMemory(0, length), "m.json"));
            Assert.Equal("damaged-model", error.Code);
            Assert.Contains("ends too early", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "not-a-model", "it is empty")]
    [InlineData("a,b\n1,2\n", "not-a-model", "not a JSON object")]
    [InlineData("[1]", "not-a-model", "not a JSON object")]
    [InlineData("{}", "not-a-model", "does not name a schema")]
    [InlineData("{\"schema\": 3}", "not-a-model", "does not name a schema")]
    [InlineData("{\"schema\": \"plumbline/predict/1\"}", "not-a-model", "its schema is 'plumbline/predict/1'")]
    [InlineData("{\"schema\": \"plumbline/fit/1\"}", "not-a-model", "without the state")]
    [InlineData("{\"schema\": \"plumbline/fit/2\", \"plumbline\": \"3.1.4\"}", "newer-model", "was written by Plumbline 3.1.4")]
    [InlineData("{\"schema\": \"plumbline/fit/1\", \"plumbline\": \"0.9.0\", \"model\": {\"format\": 2}}", "newer-model", "Plumbline 0.9.0")]
    [InlineData("{\"schema\": \"plumbline/fit/1\", \"model\": {\"format\": 1}}", "damaged-model", "`checksum` is missing; expected a text")]
    [InlineData("{\"schema\": \"plumbline/fit/1\", \"model\": {\"format\": \"one\"}}", "damaged-model", "`model.format` is \"one\"; expected a whole number")]
    [InlineData("{\"schema\": \"plumbline/fit/1\", \"schema\": 2}", "damaged-model", "is not JSON in line 1")]
    [InlineData("{\"schema\": \"plumbline/fit/1\",\n oops}\n\n", "damaged-model", "is not JSON in line 2")]
    public void What_is_no_model_is_told_apart(string content, string code, string says)
    {
        PlumblineException error = Assert.Throws<PlumblineException>(() => ModelFile.Read(Encoding.UTF8.GetBytes(content), "m.json"));
        Assert.Equal(code, error.Code);
        Assert.StartsWith("m.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"estimate\": ", "\"guess\": ", "`coefficients[0].estimate` is missing; expected a number")]
    [InlineData("\"rank\": 4", "\"rank\": 5", "`rank` is 5; expected 4, the number of coefficients")]
    [InlineData("\"arithmetic\": \"exact\"", "\"arithmetic\": \"rough\"", "`arithmetic` is \"rough\"; expected exact, fast")]
    [InlineData("\"unit\": ", "\"unit\": [1], \"old\": ", "`model.design.inputs[0].unit` is an array; expected a number")]
    [InlineData("\"df_residual\": 1", "\"df_residual\": -1", "`df_residual` is -1; expected a whole number, 0 or more")]
    [InlineData("\"columns\": [", "\"columns\": [], \"old\": [", "`model.design.columns` is an array; expected 4 columns, one a coefficient")]
    [InlineData("\"variable\": 0,", "\"variable\": 9,", "`model.design.columns[1].factors[0].variable` is 9; expected a place from 0 to 3")]
    [InlineData("\"expression\": \"x\"", "\"expression\": \"x +\"", "`model.design.variables[0].expression` is \"x +\"; expected an expression of a formula")]
    public void A_member_that_is_wrong_is_named_even_when_the_checksum_is_right(string old, string wrong, string says)
    {
        string text = Encoding.UTF8.GetString(ModelFile.Write(_model));
        Assert.Contains(old, text, StringComparison.Ordinal);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        byte[] edited = Encoding.UTF8.GetBytes(text[..at] + wrong + text[(at + old.Length)..]);
        string signed = Encoding.UTF8.GetString(edited);
        int sum = signed.IndexOf("sha256:", StringComparison.Ordinal);
        signed = string.Concat(signed.AsSpan(0, sum), ContentChecksum.Of(edited), signed.AsSpan(sum + 7 + 64));
        PlumblineException error = Assert.Throws<PlumblineException>(() => ModelFile.Read(Encoding.UTF8.GetBytes(signed), "m.json"));
        Assert.Equal("damaged-model", error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote\" back\\slash")]
    [InlineData("[red]x[/] <b> & \u001b[31m \r\n\t")]
    [InlineData("größe 面積 🏠 ' -- ;")]
    public void Names_come_back_as_they_were(string name)
    {
        Table table = Table.FromColumns((name, [1, 2, 3, 5]), ("y", [1, 2, 4, 4])).Named(name);
        LinearModel model = LinearRegression.Fit("y ~ .", table);
        byte[] file = ModelFile.Write(model);
        Assert.DoesNotContain(Encoding.UTF8.GetString(file), static c => c != '\n' && char.IsControl(c));
        LinearModel again = ModelFile.Read(file, name);
        Assert.Equal(name, again.Design!.Inputs[0].Column.Name);
        Assert.Equal(model.Coefficients[1].Name, again.Coefficients[1].Name);
        Assert.Equal(model.Predict(table).Rows, again.Predict(table).Rows);
    }

    [Fact]
    public void No_value_of_a_row_is_in_the_file_but_the_ends_of_ranges()
    {
        double[] secret = [1.000123, 271828.1828, 314159.2653, 141421.3562, 999999.5];
        LinearModel model = LinearRegression.Fit("y ~ x", Table.FromColumns(("x", secret), ("y", [1, 3, 2, 5, 4])));
        string file = Encoding.UTF8.GetString(ModelFile.Write(model));
        foreach (double inner in secret[1..4])
        {
            Assert.DoesNotContain(inner.ToString("R"), file, StringComparison.Ordinal);
        }
        Assert.Contains("\"least\": 1.000123", file, StringComparison.Ordinal);
        Assert.Contains("\"largest\": 999999.5", file, StringComparison.Ordinal);
        Assert.True(file.Length < 8192);
    }

    [Fact]
    public void A_file_is_saved_whole_and_an_older_one_replaced()
    {
        string folder = Directory.CreateTempSubdirectory("plumbline-model-").FullName;
        try
        {
            string path = Path.Combine(folder, "m.json");
            File.WriteAllText(path, "old");
            _model.Save(path);
            Assert.Equal(ModelFile.Write(_model), File.ReadAllBytes(path));
            Assert.Single(Directory.GetFileSystemEntries(folder));
            Assert.Equal(_model.Coefficients.Select(static c => c.Estimate), ModelFile.Load(path).Coefficients.Select(static c => c.Estimate));
            Assert.Equal("file-not-found", Assert.Throws<PlumblineException>(() => ModelFile.Load(Path.Combine(folder, "none.json"))).Code);
            Assert.Equal("file-unreadable", Assert.Throws<PlumblineException>(() => ModelFile.Load(folder)).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_checksum_of_moments_does_not_depend_on_order_parts_or_threads()
    {
        double[] x = [0.1, 1e-300, 3, -4e300, 5, 6.5], y = [1, 2, 3, 4, 5, 6];
        string? sum = LinearRegression.Fit("y ~ x", Table.FromColumns(("x", x), ("y", y))).MomentsChecksum;
        int[] order = [3, 5, 1, 0, 4, 2];
        Table mixed = Table.FromColumns(("y", [.. order.Select(i => y[i])]), ("x", [.. order.Select(i => x[i])]));
        Assert.Equal(sum, LinearRegression.Fit("y ~ x", mixed, new FitOptions { Threads = 1 }).MomentsChecksum);
        x[2] = Math.BitIncrement(x[2]);
        string? other = LinearRegression.Fit("y ~ x", Table.FromColumns(("x", x), ("y", y))).MomentsChecksum;
        Assert.False(sum == other);
    }

    [Theory]
    [InlineData("classical", WeightKind.Precision)]
    [InlineData("classical", WeightKind.Frequency)]
    [InlineData("classical", WeightKind.Sampling)]
    [InlineData("HC2", WeightKind.Precision)]
    [InlineData("CR1:g", WeightKind.Precision)]
    [InlineData("newey-west:2", WeightKind.Precision)]
    [InlineData("bootstrap:20", WeightKind.Precision)]
    public void Options_of_the_fit_are_kept_so_that_the_same_fit_verifies_it(string covariance, WeightKind kind)
    {
        Table table = new Table()
            .With("g", ["a", "b", "c", "a", "b", "c", "d", "d"]).With("h", ["u", "u", "v", "v", "u", "v", "u", "v"])
            .With("x", [1.0, 2, 4, 3, 7, 5, 6, 9]).With("y", [1.0, 3, 2, 5, 6, 5, 8, 7]).With("w", [1.0, 2, 1, 3, 1, 2, 2, 1]);
        var options = new FitOptions
        {
            Covariance = CovarianceOptions.Parse(covariance),
            Weights = covariance == "classical" ? "w" : null,
            WeightKind = kind,
            Contrasts = ContrastKind.Sum,
        };
        byte[] file = ModelFile.Write(LinearRegression.Fit("y ~ poly(x, 2) + h", table, options));
        LinearModel model = ModelFile.Read(file, "m.json");
        Assert.Equal(file, ModelFile.Write(model));
        Verification verification = model.Verify(table);
        Assert.True(verification.Holds, string.Join('\n', verification.Differences));
    }

    [Fact]
    public void A_model_is_verified_by_its_data_and_by_no_other()
    {
        LinearModel model = ModelFile.Read(ModelFile.Write(_model), "m.json");
        Verification same = model.Verify(_few);
        Assert.True(same.Holds && same.MomentsCompared);
        Table other = _few.Named("other");
        double[] x = [1, 2, 3, 4, Math.BitIncrement(5.0), 6];
        other = Table.FromColumns(("x", x), ("z", [2, 1, 4, 3, 6, 8]), ("t", [3, 3, 7, 7, 11, 14]), ("y", [1.5, 2.25, 2.75, 4.5, 4.75, double.NaN]), ("w", [1, 2, 1, 2, 1, 1]));
        Verification differs = model.Verify(other);
        Assert.False(differs.Holds);
        Assert.Contains(differs.Differences, static d => d.What == "checksum of the moments");
        Verification coefficient = (model with { Coefficients = [model.Coefficients[0] with { Estimate = Math.BitIncrement(model.Coefficients[0].Estimate) }, .. model.Coefficients.Skip(1)] }).Verify(_few);
        Assert.Equal("estimate of (Intercept)", Assert.Single(coefficient.Differences).What);
    }
}
