using System.Security.Cryptography;
using System.Text;
using Granary.Silo.Configuration.Loading;

namespace Granary.Silo.Operator;

/// <summary>The operator token: who has it may give commands. Kept in a file that only its owner may read.</summary>
public sealed class OperatorToken
{
    private const int TokenBytes = 32;
    private readonly byte[] _hash;

    private OperatorToken(string token, string path)
    {
        Path = path;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>The file that holds the token.</summary>
    public string Path { get; }

    /// <summary>Reads the token, or makes one (32 random bytes, hexadecimal) when there is no file yet.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <exception cref="IOException">Others may read the file, it holds no token, or it cannot be written; the message says what to do.</exception>
    public static OperatorToken Open(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        if (!File.Exists(path)) Create(path);
        SecretFile.RequirePrivate(path);
        var token = File.ReadAllText(path).Trim();
        if (token.Length != TokenBytes * 2 || !token.All(char.IsAsciiHexDigitLower))
            throw new IOException($"{path} does not hold an operator token ({TokenBytes * 2} hexadecimal digits): delete it, and the next start makes a new one");
        return new OperatorToken(token, path);
    }

    /// <summary>Whether an Authorization header carries the token. The time taken does not depend on how much of it is right.</summary>
    public bool IsCarriedBy(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || authorization.Length > 1_024 || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        // Hashes have one length, whatever was sent.
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim())), _hash);
    }

    /// <summary>Never the token.</summary>
    public override string ToString() => "***";

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)) + "\n"));
        stream.Flush(flushToDisk: true);
    }
}
