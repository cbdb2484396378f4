using System.Text.Json;

namespace Granary.Silo.Operator;

/// <summary>The body of a command: nothing, or a JSON object with a reason and who gives it.</summary>
/// <param name="Reason">Why; empty when none was given.</param>
/// <param name="Who">Who; <see cref="WhoDefault"/> when nobody was named. The token says that it may be done, not by whom.</param>
public sealed record CommandRequest(string Reason, string Who)
{
    /// <summary>Whoever has the token.</summary>
    public const string WhoDefault = "operator";

    /// <summary>Characters that a name may have.</summary>
    public const int WhoCharsMax = 40;

    /// <summary>Bytes that a body may have.</summary>
    public const int BytesMax = 4_096;

    /// <summary>Characters that a reason may have.</summary>
    public const int ReasonCharsMax = 200;

    /// <summary>Reads it.</summary>
    /// <exception cref="OperatorProblem">413 when the body is too long, 400 when it is not of the form {"reason":"...","who":"..."}.</exception>
    public static async Task<CommandRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[BytesMax + 1];
        var length = 0;
        int read;
        while (length < buffer.Length && (read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0) length += read;
        if (length > BytesMax) throw new OperatorProblem(StatusCodes.Status413PayloadTooLarge, "Body too long", $"the body may have {BytesMax} bytes");
        return length == 0 ? new CommandRequest("", WhoDefault) : Parse(buffer.AsMemory(0, length));
    }

    private static CommandRequest Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Wrong();
            var who = Text(json.RootElement, "who", WhoCharsMax);
            return new CommandRequest(Text(json.RootElement, "reason", ReasonCharsMax), who.Length == 0 ? WhoDefault : who);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is how the parser reports text that is not valid Unicode.
            throw Wrong();
        }
    }

    private static string Text(JsonElement json, string name, int charsMax)
    {
        if (!json.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null) return "";
        if (element.ValueKind != JsonValueKind.String) throw Wrong();
        var text = element.GetString()!.Trim();
        if (text.Length > charsMax) throw OperatorProblem.BadRequest($"the {name} has {text.Length} characters; allowed are {charsMax}");
        return text.Any(char.IsControl) ? throw OperatorProblem.BadRequest($"the {name} has control characters; write it on one line") : text;
    }

    private static OperatorProblem Wrong() => OperatorProblem.BadRequest("the body must be empty or of the form {\"reason\":\"...\",\"who\":\"...\"}");
}
