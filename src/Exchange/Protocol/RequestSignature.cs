using System.Security.Cryptography;
using System.Text;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Verifies HMAC-SHA256 signatures: over the raw query text followed directly by the raw body text, each with its signature parameter cut out.
/// Hexadecimal digits of either case are accepted.
/// </summary>
internal static class RequestSignature
{
    private const string Parameter = "signature=";

    /// <summary>The text that the client signed.</summary>
    public static string SignedText(string query, string body) => Cut(query) + Cut(body);

    /// <summary>Whether the signature belongs to the text; compared in constant time.</summary>
    public static bool Verify(string secret, string signedText, string signature)
    {
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Length != 2 * sent.Length) return false;
        if (Convert.FromHexString(signature, sent, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        Span<byte> due = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signedText), due);
        return CryptographicOperations.FixedTimeEquals(sent, due);
    }

    /// <summary>Cuts every signature parameter, and the ampersand that joined it, out of a parameter text.</summary>
    private static string Cut(string text)
    {
        if (!text.Contains(Parameter, StringComparison.Ordinal)) return text;
        var kept = text.Split('&').Where(pair => !pair.StartsWith(Parameter, StringComparison.Ordinal));
        return string.Join('&', kept);
    }
}
