namespace Plumbline;

/// <summary>The version of Plumbline. A test holds it equal to the version that is built.</summary>
public static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public const string Text = "0.1.0";
}
