using System.Text.Json;

namespace Granary.Exchange.Protocol;

/// <summary>A client's message: {"method":...,"params":[...],"id":...}.</summary>
/// <param name="Method">SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, GET_PROPERTY or SET_PROPERTY.</param>
/// <param name="Names">The string parameters, in order.</param>
/// <param name="Flag">The boolean parameter of SET_PROPERTY, or null.</param>
/// <param name="Id">The id as raw JSON, echoed verbatim.</param>
internal sealed record StreamCommand(string Method, IReadOnlyList<string> Names, bool? Flag, string Id)
{
    private const int InvalidRequest = 2;
    private const int InvalidJson = 3;

    /// <summary>Reads a message.</summary>
    /// <returns>The command, or null with the error to answer and the id to echo (null where it could not be read).</returns>
    public static StreamCommand? Parse(ReadOnlyMemory<byte> utf8, out (int Code, string Message, string Id) error)
    {
        error = default;
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement, out error);
        }
        catch (JsonException)
        {
            error = (InvalidJson, "Invalid JSON: the message is not well-formed", "null");
            return null;
        }
    }

    private static StreamCommand? Read(JsonElement root, out (int Code, string Message, string Id) error)
    {
        error = (InvalidRequest, "Invalid request: the message must be an object", "null");
        if (root.ValueKind != JsonValueKind.Object) return null;
        error.Message = "Invalid request: request ID must be an integer or a string";
        if (!root.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Null)) return null;
        error.Id = id.GetRawText();
        error.Message = "Invalid request: method must be SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, GET_PROPERTY or SET_PROPERTY";
        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String) return null;
        var name = method.GetString();
        if (name is not ("SUBSCRIBE" or "UNSUBSCRIBE" or "LIST_SUBSCRIPTIONS" or "GET_PROPERTY" or "SET_PROPERTY")) return null;
        var names = new List<string>();
        bool? flag = null;
        if (root.TryGetProperty("params", out var parameters) && parameters.ValueKind != JsonValueKind.Null)
        {
            error.Message = "Invalid request: params must be an array of strings";
            if (parameters.ValueKind != JsonValueKind.Array) return null;
            foreach (var item in parameters.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String) names.Add(item.GetString() ?? "");
                else if (name == "SET_PROPERTY" && item.ValueKind is JsonValueKind.True or JsonValueKind.False) flag = item.GetBoolean();
                else return null;
            }
        }
        error.Message = "Invalid request: params must not be empty";
        if (name != "LIST_SUBSCRIPTIONS" && names.Count == 0) return null;
        error.Message = "Invalid request: the only property is combined, true or false";
        if (name.EndsWith("PROPERTY", StringComparison.Ordinal) && (names is not ["combined"] || (name == "SET_PROPERTY" && flag is null))) return null;
        error = default;
        return new StreamCommand(name, names, flag, id.GetRawText());
    }
}
