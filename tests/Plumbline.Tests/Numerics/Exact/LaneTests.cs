using Plumbline.Numerics;

namespace Plumbline.Tests.Numerics.Exact;

/// <summary>The runs at narrower vectors are what they say.</summary>
public class ExactLaneTests
{
    [Fact]
    public void No_more_lanes_are_in_use_than_this_run_allows()
    {
        int most = int.Parse(Environment.GetEnvironmentVariable("PLUMBLINE_LANES_AT_MOST") ?? "8");
        Assert.InRange(LaneWidth.Best, 1, most);
    }
}
