using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Venues.Binance;

/// <summary>HMAC-SHA256 signatures over a request's parameters. The key is prepared once; a signature
/// allocates the resulting string and nothing else.</summary>
internal sealed class BinanceSigner(Secret secret)
{
    private const string SignatureName = "&signature=";
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
    private readonly byte[] _hash = new byte[HMACSHA256.HashSizeInBytes];
    private readonly Lock _gate = new();

    /// <summary>Appends recvWindow, timestamp and signature to encoded parameters (which may be empty).</summary>
    public string Sign(string parameters, int recvWindowMs, long timestampMs)
    {
        Span<char> suffix = stackalloc char[80];
        var length = 0;
        Append(parameters.Length == 0 ? "recvWindow=" : "&recvWindow=", recvWindowMs, suffix, ref length);
        Append("&timestamp=", timestampMs, suffix, ref length);
        return Sign(parameters, suffix[..length]);

        // Interpolation into a span allocates, this does not.
        static void Append(string name, long value, Span<char> text, ref int length)
        {
            name.CopyTo(text[length..]);
            length += name.Length;
            value.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
        }
    }

    /// <summary>Appends the signature to the two parts of an encoded text.</summary>
    public string Sign(ReadOnlySpan<char> text, ReadOnlySpan<char> suffix)
    {
        var length = text.Length + suffix.Length;
        char[]? rented = null;
        var chars = length <= 512 ? stackalloc char[512] : rented = ArrayPool<char>.Shared.Rent(length);
        chars = chars[..length];
        text.CopyTo(chars);
        suffix.CopyTo(chars[text.Length..]);

        // Parameters are percent-encoded, hence ASCII; three bytes a character leave room for a caller that did not encode.
        byte[]? rentedBytes = null;
        var bytes = length <= 512 ? stackalloc byte[512 * 3] : rentedBytes = ArrayPool<byte>.Shared.Rent(length * 3);
        var byteCount = Encoding.UTF8.GetBytes(chars, bytes);
        Span<char> hex = stackalloc char[HMACSHA256.HashSizeInBytes * 2];
        lock (_gate)
        {
            _hmac.AppendData(bytes[..byteCount]);
            _hmac.GetHashAndReset(_hash);
            Convert.TryToHexStringLower(_hash, hex, out _);
        }
        var signed = string.Concat(chars, SignatureName, hex);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        if (rentedBytes is not null) ArrayPool<byte>.Shared.Return(rentedBytes);
        return signed;
    }
}
