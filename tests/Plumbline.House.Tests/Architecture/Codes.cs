using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Plumbline.House.Tests.Architecture;

/// <summary>The codes that sources give to errors and notes: whatever is passed as a parameter called <c>code</c>.</summary>
/// <param name="Errors">Codes of errors, in ordinal order.</param>
/// <param name="Notes">Codes of notes, in ordinal order.</param>
/// <param name="Hidden">Places where a code is neither a literal nor handed on.</param>
internal sealed record Codes(IReadOnlyList<string> Errors, IReadOnlyList<string> Notes, IReadOnlyList<string> Hidden)
{
    /// <summary>Finds them in a compilation.</summary>
    public static Codes Of(CSharpCompilation compilation)
    {
        SortedSet<string> errors = new(StringComparer.Ordinal);
        SortedSet<string> notes = new(StringComparer.Ordinal);
        SortedSet<string> hidden = new(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (ArgumentSyntax argument in tree.GetRoot().DescendantNodes().OfType<ArgumentSyntax>())
            {
                if (model.GetOperation(argument) is not IArgumentOperation { Parameter: { } parameter } || !IsCode(parameter))
                {
                    continue;
                }
                SortedSet<string> found = parameter.ContainingType.Name == nameof(Note) ? notes : errors;
                string[] literals = Literals(argument.Expression);
                found.UnionWith(literals);
                if (literals.Length == 0 && !IsHandedOn(model.GetSymbolInfo(argument.Expression).Symbol))
                {
                    FileLinePositionSpan place = argument.GetLocation().GetLineSpan();
                    hidden.Add($"{Repository.Shown(place.Path)}:{place.StartLinePosition.Line + 1}: {argument}");
                }
            }
            foreach (ParameterSyntax parameter in tree.GetRoot().DescendantNodes().OfType<ParameterSyntax>())
            {
                if (parameter.Default is { } value && model.GetDeclaredSymbol(parameter) is { } symbol && IsCode(symbol))
                {
                    errors.UnionWith(Literals(value.Value));
                }
            }
        }
        return new Codes([.. errors], [.. notes], [.. hidden]);
    }

    /// <summary>From a parameter, or from an error that is told again: its code was found where that one was made.</summary>
    private static bool IsHandedOn(ISymbol? symbol) => symbol switch
    {
        IParameterSymbol given => IsCode(given),
        IPropertySymbol property => property is { Name: "Code", ContainingType.Name: nameof(PlumblineException) },
        _ => false,
    };

    private static bool IsCode(IParameterSymbol parameter) =>
        parameter.Name is "code" or "Code" && parameter.Type.SpecialType == SpecialType.System_String;

    private static string[] Literals(ExpressionSyntax expression) =>
        [.. expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
            .Select(literal => literal.Token.ValueText)];
}
