using System.Text.Json;

namespace Granary.Silo.Operator;

/// <summary>Reads the body of a command: nothing, or a JSON object with a reason.</summary>
public static class CommandRequest
{
    /// <summary>Bytes that a body may have.</summary>
    public const int BytesMax = 4_096;

    /// <summary>Characters that a reason may have.</summary>
    public const int ReasonCharsMax = 200;

    /// <summary>Reads the reason; empty when none was given.</summary>
    /// <exception cref="OperatorProblem">413 when the body is too long, 400 when it is not of the form {"reason":"..."}.</exception>
    public static async Task<string> ReadReasonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[BytesMax + 1];
        var length = 0;
        int read;
        while (length < buffer.Length && (read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0) length += read;
        if (length > BytesMax) throw new OperatorProblem(StatusCodes.Status413PayloadTooLarge, "Body too long", $"the body may have {BytesMax} bytes");
        return length == 0 ? "" : Parse(buffer.AsMemory(0, length));
    }

    private static string Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Wrong();
            if (!json.RootElement.TryGetProperty("reason", out var element) || element.ValueKind == JsonValueKind.Null) return "";
            if (element.ValueKind != JsonValueKind.String) throw Wrong();
            var reason = element.GetString()!.Trim();
            if (reason.Length > ReasonCharsMax) throw OperatorProblem.BadRequest($"the reason has {reason.Length} characters; allowed are {ReasonCharsMax}");
            return reason.Any(char.IsControl) ? throw OperatorProblem.BadRequest("the reason has control characters; write it on one line") : reason;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is how the parser reports text that is not valid Unicode.
            throw Wrong();
        }
    }

    private static OperatorProblem Wrong() => OperatorProblem.BadRequest("the body must be empty or of the form {\"reason\":\"...\"}");
}
