using System.Collections.Immutable;
using System.Text.Json;

namespace Plumbline;

/// <summary>A value of a model file that is read strictly: what is missing or of the wrong kind is told with its place.</summary>
/// <param name="value">The value; undefined when it is missing.</param>
/// <param name="path">Its place, e.g. <c>coefficients[2].estimate</c>.</param>
/// <param name="file">What the file is called.</param>
internal readonly struct JsonField(JsonElement value, string path, JsonFileKind file)
{
    private const int LongestShown = 40;

    /// <summary>Whether the value is <c>null</c>.</summary>
    public bool IsNull => value.ValueKind == JsonValueKind.Null;

    /// <summary>Whether the member was there, and not <c>null</c>.</summary>
    public bool IsThere => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A member, missing or not: what is asked of it will tell.</summary>
    public JsonField this[string name]
    {
        get
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                throw Expected("an object");
            }
            bool found = value.TryGetProperty(name, out JsonElement member);
            return new JsonField(found ? member : default, path.Length == 0 ? name : $"{path}.{name}", file);
        }
    }

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<JsonField> Items()
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Expected("an array");
        }
        string at = path;
        JsonFileKind name = file;
        return [.. value.EnumerateArray().Select((element, i) => new JsonField(element, $"{at}[{i}]", name))];
    }

    /// <summary>The members of an object, in order.</summary>
    public IReadOnlyList<(string Name, JsonField Value)> Members()
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Expected("an object");
        }
        string at = path;
        JsonFileKind name = file;
        return [.. value.EnumerateObject().Select(member => (member.Name, new JsonField(member.Value, $"{at}.{member.Name}", name)))];
    }

    /// <summary>A text.</summary>
    public string Text() => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Expected("a text");

    /// <summary>A text or null.</summary>
    public string? TextOrNull() => IsNull ? null : Text();

    /// <summary>A text, or null when the member is missing or null.</summary>
    public string? TextIfThere() => value.ValueKind == JsonValueKind.Undefined ? null : TextOrNull();

    /// <summary>A number; NaN for null, and the infinities.</summary>
    public double Number() => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String when value.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when value.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => throw Expected("a number"),
    };

    /// <summary>Numbers.</summary>
    public ImmutableArray<double> Numbers() => [.. Items().Select(static i => i.Number())];

    /// <summary>A whole number, 0 or more.</summary>
    public long Whole() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0 ? number : throw Expected("a whole number, 0 or more");

    /// <summary>A whole number of 64 bits without a sign: a seed.</summary>
    public ulong Bits() => value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) ? number : throw Expected("a whole number, 0 or more");

    /// <summary>A whole number below a bound: a place in a list.</summary>
    public int Place(int count) => Whole() is long place && place < count ? (int)place : throw Expected(count == 0 ? "no place: the list is empty" : $"a place from 0 to {count - 1}");

    /// <summary>Texts.</summary>
    public string[] Texts() => [.. Items().Select(static i => i.Text())];

    /// <summary>A small whole number or null.</summary>
    public int? CountOrNull() => IsNull ? null : Whole() is <= int.MaxValue and long count ? (int)count : throw Expected("a small whole number");

    /// <summary>True or false.</summary>
    public bool Flag() => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Expected("true or false");

    /// <summary>One of several words.</summary>
    public T OneOf<T>(params ReadOnlySpan<(string Word, T Value)> choices)
    {
        string text = Text();
        List<string> words = [];
        foreach ((string word, T choice) in choices)
        {
            if (text == word)
            {
                return choice;
            }
            words.Add(word);
        }
        throw Expected(string.Join(", ", words));
    }

    /// <summary>The error that something else was expected here.</summary>
    public PlumblineException Expected(string what)
    {
        string found = value.ValueKind == JsonValueKind.Undefined ? "is missing" : $"is {Shown()}";
        return new PlumblineException(
            file.IsMoments ? "damaged-moments" : "damaged-model",
            $"{file.Name}: `{FormulaError.Clean(path)}` {found}; expected {what}. "
            + (file.IsMoments ? "The file is not as Plumbline writes moments: build it again, or take an unchanged copy."
                : "The file is not as Plumbline writes models: fit again, or take an unchanged copy."))
        {
            File = file.Name,
        };
    }

    private string Shown()
    {
        string text = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => value.GetRawText(),
        };
        return FormulaError.Clean(text.Length > LongestShown ? text[..LongestShown] + "…" : text);
    }
}

/// <summary>What a file is meant to be, for errors.</summary>
/// <param name="Name">What the file is called, fit for a message.</param>
/// <param name="IsMoments">Whether it is a file of moments; otherwise it is a model file.</param>
internal sealed record JsonFileKind(string Name, bool IsMoments)
{
    /// <summary>A model file.</summary>
    public static implicit operator JsonFileKind(string name) => new(name, IsMoments: false);
}
