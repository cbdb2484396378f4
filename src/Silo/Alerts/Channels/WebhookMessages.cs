using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Granary.Silo.Alerts.Channels;

/// <summary>What the receivers of webhooks want to be sent, and how they say that they took it.</summary>
internal static class WebhookMessages
{
    /// <summary>Longest text that all of them take: Telegram's 4,096 characters.</summary>
    private const int TextCharsMax = 4_000;

    /// <summary>The body.</summary>
    /// <param name="kind">Kind of the receiver.</param>
    /// <param name="notice">What is told.</param>
    /// <param name="engine">Name of the engine that tells it.</param>
    /// <param name="chat">Telegram's chat.</param>
    public static byte[] Body(AlertChannelKind kind, AlertNotice notice, string engine, string chat)
    {
        var line = notice.ToLine(engine);
        if (line.Length > TextCharsMax) line = line[..TextCharsMax];
        return kind switch
        {
            // Slack reads these three as markup.
            AlertChannelKind.Slack => JsonSerializer.SerializeToUtf8Bytes(new
            {
                text = line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
            }),
            AlertChannelKind.Telegram => JsonSerializer.SerializeToUtf8Bytes(new { chat_id = chat, text = line, disable_web_page_preview = true }),
            AlertChannelKind.DingTalk => JsonSerializer.SerializeToUtf8Bytes(new { msgtype = "text", text = new { content = line } }),
            _ => JsonSerializer.SerializeToUtf8Bytes(new
            {
                engine,
                state = notice.State.ToString(),
                rule = notice.Rule,
                scope = notice.Scope,
                severity = notice.Severity.ToString(),
                text = notice.Text,
                count = notice.Count,
                sinceMs = notice.SinceMs,
                timeMs = notice.TimeMs,
            }),
        };
    }

    /// <summary>
    /// DingTalk's signed address: the signature is the Base64 of HMAC-SHA256, keyed with the signing key, over timestamp, line feed and signing key; it is
    /// taken for an hour around the timestamp.
    /// </summary>
    public static Uri Signed(AlertAddress address, long nowMs)
    {
        if (address.SigningKey.Length == 0) return address.Url;
        var timestamp = nowMs.ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(address.SigningKey);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{timestamp}\n{address.SigningKey}")));
        var separator = address.Url.Query.Length == 0 ? '?' : '&';
        return new Uri($"{address.Url.AbsoluteUri}{separator}timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}");
    }

    /// <summary>What a receiver that answered with success says was wrong all the same, or null: DingTalk and Telegram say it in the body.</summary>
    public static string? Complaint(AlertChannelKind kind, ReadOnlyMemory<byte> answer)
    {
        var (field, isRight) = kind switch
        {
            AlertChannelKind.DingTalk => ("errcode", (Func<JsonElement, bool>)(static e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var code) && code == 0)),
            AlertChannelKind.Telegram => ("ok", static e => e.ValueKind == JsonValueKind.True),
            _ => ("", static _ => true),
        };
        if (field.Length == 0) return null;
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field, out var said))
                return isRight(said) ? null : $"it answered {field} {said}";
        }
        catch (JsonException)
        {
            // Not what this receiver answers with: said below.
        }

        return $"it answered without {field}";
    }
}
