using System.Text;

namespace Plumbline.Files;

/// <summary>The texts that mean "missing", ready to be compared with bytes.</summary>
internal sealed class NullTexts
{
    private readonly bool[] _first = new bool[256];
    private readonly byte[][] _texts;
    private readonly bool _empty;

    /// <summary>The texts, as an option gives them.</summary>
    public NullTexts(IEnumerable<string> texts)
    {
        _texts = [.. texts.Where(text => text.Length > 0).Select(Encoding.UTF8.GetBytes)];
        _empty = texts.Any(text => text.Length == 0);
        foreach (byte[] text in _texts)
        {
            _first[text[0]] = true;
        }
    }

    /// <summary>Whether the text of a field means that its value is missing.</summary>
    public bool Contains(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return _empty;
        }
        return _first[field[0]] && Among(field);
    }

    private bool Among(ReadOnlySpan<byte> field)
    {
        foreach (byte[] text in _texts)
        {
            if (field.SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }
}
