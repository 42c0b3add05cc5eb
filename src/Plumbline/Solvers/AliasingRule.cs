using Plumbline.Numerics;

namespace Plumbline;

internal sealed record AliasingResult(List<int> Kept, List<AliasEquation> Aliased, List<NearAlias> NearlyAliased);

/// <summary>temporary</summary>
internal static class AliasingRule
{
    public static AliasingResult Apply(Moments moments, int[] candidates) => new([.. candidates], [], []);
}
