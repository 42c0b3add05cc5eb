namespace Plumbline.Reports;

/// <summary>An error as one JSON object: <c>{"error": {"code", "message", "at": {"file", "line", "column", "position"}}}</c>.</summary>
public static class ErrorJson
{
    /// <summary>The object as UTF-8 with a line end. What is not known of the place is null.</summary>
    /// <param name="error">The error.</param>
    public static byte[] Render(PlumblineException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WriteStartObject("at");
            json.WriteString("file", error.File);
            json.Count("line", error.Line);
            json.WriteString("column", error.Column);
            json.Count("position", error.Position);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
