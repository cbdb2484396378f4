using System.Text.Json;

namespace Granary.Silo.Operator.Bodies;

/// <summary>JSON that is kept as text inside a record.</summary>
public static class JsonText
{
    /// <summary>The text as JSON; null when it is empty, a JSON string when it is no JSON.</summary>
    public static JsonElement? ToElement(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
