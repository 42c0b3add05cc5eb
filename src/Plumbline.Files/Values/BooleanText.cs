namespace Plumbline.Files;

/// <summary>Booleans as programs write them: <c>true</c>, <c>True</c>, <c>TRUE</c> and the like; spaces around count for nothing.</summary>
internal static class BooleanText
{
    /// <summary>The code of the level: 0 is false, 1 is true.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double code)
    {
        text = text.Trim((byte)' ');
        bool isTrue = text.SequenceEqual("true"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("True"u8);
        bool isFalse = text.SequenceEqual("false"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("False"u8);
        code = isTrue ? 1 : isFalse ? 0 : double.NaN;
        return isTrue || isFalse;
    }
}
