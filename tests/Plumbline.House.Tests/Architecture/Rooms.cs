using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plumbline.House.Tests.Architecture;

/// <summary>A use that goes against the order of the rooms.</summary>
/// <param name="Place">File and line: <c>Data/Table.cs:12</c>.</param>
/// <param name="From">The room that uses.</param>
/// <param name="To">The room that is used.</param>
/// <param name="Symbol">What is used.</param>
internal sealed record Breach(string Place, string From, string To, string Symbol)
{
    public override string ToString() => $"{Place}: {From} may not use {To} ({Symbol})";
}

/// <summary>
/// The order of the library's rooms (its first-level folders) and who breaks it. A room may use itself and what is
/// listed above it. Every name and operator is resolved by the compiler, so a use cannot hide behind <c>var</c>, an
/// alias or an extension method. What a documentation comment points to is no use.
/// </summary>
internal static class Rooms
{
    /// <summary>From the ground up.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "Numerics", "Data", "Formulas", "Moments", "Solvers", "Inference",
        "Models", "Diagnostics", "Descent", "Layers", "Selection", "Persistence",
    ];

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles the sources below a folder as one library, in memory.</summary>
    public static CSharpCompilation Compile(string folder)
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        IEnumerable<SyntaxTree> trees = Repository.SourceFiles(folder)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options));
        // The runtime and the packages of these tests, but not what is being compiled.
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).Split('.')[0] is not ("Plumbline" or "plumb"))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Rooms",
            trees,
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>The errors of a compilation: with any, names may not resolve and breaches may hide.</summary>
    public static IReadOnlyList<string> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString())
            .ToList();

    /// <summary>Files that lie in no room.</summary>
    public static IReadOnlyList<string> Homeless(string folder) =>
        Repository.SourceFiles(folder)
            .Where(path => RoomOf(path, folder) is null)
            .Select(path => Repository.Shown(path, folder))
            .ToList();

    /// <summary>Every use of a room by one that stands above it in the list.</summary>
    public static IReadOnlyList<Breach> Breaches(CSharpCompilation compilation, string folder)
    {
        SortedSet<(string Path, int Line, string To, string Symbol)> found = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (RoomOf(tree.FilePath, folder) is not { } from)
            {
                continue;
            }
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(node => node is ExpressionSyntax or ConstructorInitializerSyntax))
            {
                if (Used(model, node) is { } symbol && HomeOf(symbol, folder) is { } to && Rank(to) > Rank(from))
                {
                    int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    found.Add((tree.FilePath, line, to, symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
                }
            }
        }
        return found
            .Select(use => new Breach($"{Repository.Shown(use.Path, folder)}:{use.Line}", RoomOf(use.Path, folder)!, use.To, use.Symbol))
            .ToList();
    }

    private static int Rank(string room) => Order.Index().First(entry => entry.Item == room).Index;

    private static ISymbol? Used(SemanticModel model, SyntaxNode node)
    {
        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        return symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol
            ? null
            : symbol.OriginalDefinition;
    }

    // A type in parts belongs to the lowest room that holds a part; its members belong where they are written.
    private static string? HomeOf(ISymbol symbol, string folder) =>
        (symbol.DeclaringSyntaxReferences.IsEmpty && symbol.ContainingType is { } type ? type : symbol)
            .DeclaringSyntaxReferences
            .Select(reference => RoomOf(reference.SyntaxTree.FilePath, folder))
            .OfType<string>()
            .MinBy(Rank);

    private static string? RoomOf(string path, string folder)
    {
        if (path.Length == 0)
        {
            return null;
        }
        string first = Repository.Shown(path, folder).Split('/')[0];
        return Order.Contains(first, StringComparer.Ordinal) ? first : null;
    }
}
