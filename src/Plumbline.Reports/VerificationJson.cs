namespace Plumbline.Reports;

/// <summary>A verification that holds, as one JSON object, schema <c>plumbline/verify/1</c>.</summary>
public static class VerificationJson
{
    /// <summary>The object as UTF-8, indented, with a line end.</summary>
    public static byte[] Render(Verification verification, LinearModel model)
    {
        ArgumentNullException.ThrowIfNull(verification);
        ArgumentNullException.ThrowIfNull(model);
        return JsonWriting.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", "plumbline/verify/1");
            json.WriteString("plumbline", ProductVersion.Text);
            json.WriteString("fitted_by", model.Version);
            json.WriteString("formula", model.Formula);
            json.WriteString("source", verification.Data);
            json.WriteBoolean("holds", verification.Holds);
            json.WriteBoolean("moments_compared", verification.MomentsCompared);
            json.WriteStartObject("rows");
            json.WriteNumber("read", verification.Rows.Read);
            json.WriteNumber("used", verification.Rows.Used);
            json.WriteNumber("dropped", verification.Rows.Dropped);
            json.WriteEndObject();
            json.WriteStartArray("differences");
            foreach (VerificationDifference difference in verification.Differences)
            {
                json.WriteStartObject();
                json.WriteString("what", difference.What);
                json.WriteString("stored", difference.Stored);
                json.WriteString("found", difference.Found);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
