using Plumbline.Numerics;

namespace Plumbline;

/// <summary>temporary</summary>
internal static class ExactDecision
{
    public static (ExactInterval[] Estimates, ExactInterval Rss) Settle(ScaledColumns columns, ExactInterval[] estimates, ExactInterval rss)
        => (estimates, rss);
}
