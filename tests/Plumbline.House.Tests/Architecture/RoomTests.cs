using Microsoft.CodeAnalysis.CSharp;

namespace Plumbline.House.Tests.Architecture;

public sealed class RoomTests
{
    private static readonly string s_library = Repository.At("src", "Plumbline");

    [Fact]
    public void A_room_of_the_library_uses_only_the_rooms_listed_above_it()
    {
        CSharpCompilation compilation = Rooms.Compile(s_library);
        Expect.None(Rooms.Errors(compilation));
        Expect.None(Rooms.Breaches(compilation, s_library));
    }

    [Fact]
    public void Every_file_of_the_library_lies_in_a_room() => Expect.None(Rooms.Homeless(s_library));

    [Fact]
    public void A_use_of_a_lower_room_is_allowed()
    {
        using FakeTree tree = new(
            ("Numerics/Sum.cs", "namespace N; public static class Sum { public static int Of(int a) => a; }"),
            ("Models/Model.cs", "namespace N; public class Model { public int X => Sum.Of(1); }"));
        Expect.None(tree.Breaches());
    }

    [Theory]
    [InlineData("Model? F;", "Model")]
    [InlineData("object F() => new Model();", "Model.Model()")]
    [InlineData("object F() { var m = Maker.Make(); return m; }", "Maker")]
    [InlineData("System.Collections.Generic.List<Model>? F;", "Model")]
    [InlineData("string F() => nameof(Model.Size);", "Model")]
    [InlineData("int F(int a) => a.Twice();", "Extensions.Twice(int)")]
    [InlineData("class Child : Model { }", "Model")]
    [InlineData("int F() => this.Later();", "Low.Later()")]
    public void A_use_of_a_higher_room_is_found_with_file_line_and_symbol(string member, string symbol)
    {
        using FakeTree tree = new(
            ("Data/Low.cs", $"namespace N;\npublic partial class Low\n{{\n    {member}\n}}\n"),
            ("Models/Low.Later.cs", "namespace N; public partial class Low { public int Later() => 1; }"),
            ("Models/Model.cs", """
                namespace N;
                public class Model { public int Size; }
                public static class Maker { public static Model Make() => new(); }
                public static class Extensions { public static int Twice(this int a) => 2 * a; }
                """));
        Assert.Contains(new Breach("Data/Low.cs:4", "Data", "Models", symbol), tree.Breaches());
    }

    [Fact]
    public void A_documentation_comment_may_point_anywhere()
    {
        using FakeTree tree = new(
            ("Data/Low.cs", "namespace N;\n/// <summary>See <see cref=\"Model\"/>.</summary>\npublic class Low;"),
            ("Models/Model.cs", "namespace N; public class Model;"));
        Expect.None(tree.Breaches());
    }

    [Fact]
    public void A_file_outside_the_rooms_is_found()
    {
        using FakeTree tree = new(("Loose.cs", ""), ("Attic/Box.cs", ""), ("Data/Fine.cs", ""), ("obj/Made.cs", ""));
        Assert.Equal(["Attic/Box.cs", "Loose.cs"], Rooms.Homeless(tree.Folder));
    }

    /// <summary>A source tree made for one test.</summary>
    private sealed class FakeTree : IDisposable
    {
        public FakeTree(params (string Path, string Text)[] files)
        {
            Folder = Directory.CreateTempSubdirectory("plumbline-rooms-").FullName;
            foreach ((string path, string text) in files)
            {
                string full = Path.Combine(Folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
            }
        }

        public string Folder { get; }

        public IReadOnlyList<Breach> Breaches()
        {
            CSharpCompilation compilation = Rooms.Compile(Folder);
            Expect.None(Rooms.Errors(compilation));
            return Rooms.Breaches(compilation, Folder);
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
