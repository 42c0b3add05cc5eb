using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Tests;

/// <summary>What a moments file holds comes out again to the last bit, and what it does not hold is refused.</summary>
public sealed class MomentsFileTests : IDisposable
{
    private static readonly string[] s_refusals = ["damaged-moments", "not-moments", "newer-moments"];

    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-moments").FullName;

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string formula in MomentsRows.Formulas)
        {
            for (int kind = 0; kind < 4; kind++)
            {
                cases.Add(formula, kind);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_read_fits_as_the_rows_do_to_the_last_byte(string formula, int kind)
    {
        FitOptions options = MomentsRows.Options(kind);
        Table data = MomentsRows.Table(1, 0, 300);
        DesignMoments moments = DesignMoments.Read(formula, data, options);
        byte[] file = MomentsFile.Write(moments);
        DesignMoments again = MomentsFile.Read(file, "f.moments");
        Assert.Equal(file, MomentsFile.Write(again));
        Assert.Equal(MomentsChecksum.Of(moments.ToMoments()), MomentsChecksum.Of(again.ToMoments()));
        if (kind != 3)      // robust errors need rows
        {
            Assert.Equal(Encoding.UTF8.GetString(ModelFile.Write(LinearRegression.Fit(formula, data, options))), Encoding.UTF8.GetString(ModelFile.Write(again.Fit(options with { Contrasts = null }))));
        }
    }

    [Theory]
    [InlineData("y ~ x * f + g + poly(z, 2)", 0)]
    [InlineData("y ~ x * f + g", 1)]
    [InlineData("y ~ f:g + scale(x)", 2)]
    public void Parts_merged_in_any_order_have_one_checksum(string formula, int kind)
    {
        FitOptions options = MomentsRows.Options(kind);
        const int parts = 20, rows = 40;
        byte[][] files = [.. Enumerable.Range(0, parts).Select(p => MomentsFile.Write(DesignMoments.Read(formula, MomentsRows.Table(2, p * rows, rows, $"part {p}"), options)))];
        DesignMoments whole = DesignMoments.Read(formula, MomentsRows.Table(2, 0, parts * rows), options);
        string checksum = MomentsFile.ChecksumOf(whole);
        byte[]? merged = null;
        for (int order = 0; order < 20; order++)
        {
            int[] shuffled = [.. Enumerable.Range(0, parts)];
            new Random(order).Shuffle(shuffled);
            DesignMoments sum = DesignMoments.Merge(shuffled.Select(p => MomentsFile.Read(files[p], $"{p}.moments")));
            Assert.Equal(checksum, MomentsFile.ChecksumOf(sum));
            merged ??= MomentsFile.Write(sum);
            Assert.Equal(merged, MomentsFile.Write(sum));        // history and all
        }
    }

    [Fact]
    public void Rows_taken_out_leave_the_checksum_of_the_rest_and_no_level_of_theirs()
    {
        Table first = MomentsRows.Table(3, 0, 200), second = MomentsRows.Table(3, 200, 100).With("h", (string?[])[.. Enumerable.Repeat("only here", 100)]);
        first = first.With("h", (string?[])[.. Enumerable.Range(0, 200).Select(static i => i % 2 == 0 ? "a" : "b")]);
        DesignMoments a = DesignMoments.Read("y ~ x:h + f", first), b = DesignMoments.Read("y ~ x:h + f", second);
        DesignMoments whole = MomentsFile.Read(MomentsFile.Write(DesignMoments.Merge(a, b)), "whole");
        DesignMoments rest = DesignMoments.Subtract(whole, MomentsFile.Read(MomentsFile.Write(b), "b"));
        Assert.Equal(["a", "b", "only here"], whole.LevelsOf("h"));
        Assert.Equal(["a", "b"], rest.LevelsOf("h"));
        Assert.Equal(MomentsFile.ChecksumOf(a), MomentsFile.ChecksumOf(rest));
        Assert.Equal(MomentsFile.ChecksumOf(a), MomentsFile.ChecksumOf(MomentsFile.Read(MomentsFile.Write(rest), "rest")));
        Assert.Equal("not-a-part", Assert.Throws<PlumblineException>(() => DesignMoments.Subtract(rest, b)).Code);
    }

    [Fact]
    public void The_checksum_tells_moments_apart_and_forgets_the_spelling()
    {
        Table data = MomentsRows.Table(4, 0, 50);
        string checksum = Of("y ~ x + f");
        Assert.Equal(checksum, Of("y~f+x"));
        Assert.Equal(checksum, Of("(y) ~ (f) + C(f, sum) + 0 + x"));
        string[] others = [Of("y ~ x"), Of("y ~ x * f"), Of("y ~ x + f", 1), Of("y ~ x + f", 2), Of("y ~ z + f"), Of("z ~ x + f"), MomentsFile.ChecksumOf(DesignMoments.Read("y ~ x + f", MomentsRows.Table(5, 0, 50)))];
        Assert.DoesNotContain(checksum, others, StringComparer.Ordinal);
        Assert.Equal(others.Length, others.Distinct(StringComparer.Ordinal).Count());

        string Of(string formula, int kind = 0) => MomentsFile.ChecksumOf(DesignMoments.Read(formula, data, MomentsRows.Options(kind)));
    }

    [Fact]
    public void Every_byte_that_is_changed_and_every_end_that_is_missing_is_noticed()
    {
        byte[] file = MomentsFile.Write(DesignMoments.Read("y ~ x + f", MomentsRows.Table(6, 0, 20)));
        for (int i = 0; i < file.Length; i++)
        {
            foreach (byte flip in (byte[])[0x01, 0x10, 0x80, 0xFF])
            {
                byte[] changed = [.. file];
                changed[i] ^= flip;
                Refused(changed);
            }
            Refused(file[..i]);
        }
        Refused([.. file, 0]);
    }

    [Fact]
    public void A_change_that_a_new_digest_hides_is_refused_or_changes_no_sum()
    {
        DesignMoments moments = DesignMoments.Read("y ~ x + f", MomentsRows.Table(7, 0, 20), MomentsRows.Options(1));
        byte[] file = MomentsFile.Write(moments);
        string checksum = MomentsFile.ChecksumOf(moments);
        int read = 0;
        for (int i = 0; i < file.Length - 32; i++)
        {
            foreach (byte flip in (byte[])[0x01, 0x02, 0x80])
            {
                byte[] changed = [.. file];
                changed[i] ^= flip;
                SHA256.HashData(changed.AsSpan(0, file.Length - 32), changed.AsSpan(file.Length - 32));
                try
                {
                    Assert.Equal(checksum, MomentsFile.ChecksumOf(MomentsFile.Read(changed, "changed")));
                    read++;
                }
                catch (PlumblineException error)
                {
                    Assert.Contains(error.Code, s_refusals, StringComparer.Ordinal);
                }
            }
        }
        Assert.True(read > 0);      // names of sources, counts of rows that were left out …
    }

    [Theory]
    [InlineData("", "not-moments", "it is empty")]
    [InlineData("x,y\n1,2\n", "not-moments", "from rows moments are built")]
    [InlineData("{\"schema\": \"plumbline/fit/1\"}", "not-moments", "a model has no moments")]
    [InlineData("plumbline-moments 2 whatever comes then\n…", "newer-moments", "in form 2")]
    [InlineData("plumbline-moments 1\n", "damaged-moments", "its first line")]
    [InlineData("plumbline-moments 1 10 10\nabc", "damaged-moments", "after 29 of 78 bytes")]
    public void What_is_no_moments_file_is_told_apart(string content, string code, string says)
    {
        string path = Path.Combine(_folder, "f.moments");
        File.WriteAllText(path, content);
        PlumblineException error = Assert.Throws<PlumblineException>(() => MomentsFile.Load(path));
        Assert.Equal((code, path), (error.Code, error.File));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moments_file_is_no_model_and_the_message_says_what_to_do() => Assert.Contains(
        "`plumb fit` makes a model of them",
        Assert.Throws<PlumblineException>(() => ModelFile.Read(MomentsFile.Write(DesignMoments.Read("y ~ x", MomentsRows.Table(9, 0, 9))), "m")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_file_is_replaced_whole()
    {
        string path = Path.Combine(_folder, "f.moments");
        DesignMoments moments = DesignMoments.Read("y ~ x", MomentsRows.Table(8, 0, 20));
        moments.Save(path);
        DesignMoments.Merge(moments, moments).Save(path);
        Assert.Equal(40, MomentsFile.Load(path).Rows.Read);
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Equal("file-not-found", Assert.Throws<PlumblineException>(() => MomentsFile.Load(path + "x")).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Refused(byte[] content) => Assert.Contains(
        Assert.Throws<PlumblineException>(() => MomentsFile.Read(content, "changed")).Code, s_refusals, StringComparer.Ordinal);
}
