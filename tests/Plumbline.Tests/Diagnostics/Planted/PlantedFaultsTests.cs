namespace Plumbline.Tests.Planted;

public class PlantedFaultsTests
{
    [Theory]
    [InlineData(50, 200)]
    [InlineData(1_000, 100)]
    [InlineData(20_000, 10)]
    public void Clean_data_are_never_called_broken(int rows, int sets)
    {
        for (int set = 1; set <= sets; set++)
        {
            // Seeds of their own: the page's tables use 1, 2 …
            Assert.Empty(PlantedTrials.Outcome(Fault.None, 1, rows, 10_000 + (ulong)set).Broken);
        }
    }

    [Theory]
    [InlineData(Fault.Autocorrelation)]
    [InlineData(Fault.Curvature)]
    [InlineData(Fault.GrowingVariance)]
    [InlineData(Fault.HeavyTails)]
    [InlineData(Fault.WildPoint)]
    [InlineData(Fault.Regime)]
    [InlineData(Fault.Collinearity)]
    public void A_strong_fault_is_named_first_and_called_broken(Fault fault)
    {
        ModelCheck check = PlantedTrials.Check(fault, 3, 2_000, 77);
        Assert.Equal(PlantedTrials.BrokenBy(fault), check.Checks[0].Assumption);
        Assert.Equal(CheckVerdict.Broken, check.Checks[0].Verdict);
    }
}
