using System.Xml.Linq;

namespace Plumbline.House.Tests.Architecture;

public sealed class VersionTests
{
    [Fact]
    public void The_version_that_models_and_reports_state_is_the_one_that_is_built()
    {
        string built = XDocument.Load(Repository.At("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(ProductVersion.Text, built);
    }
}
