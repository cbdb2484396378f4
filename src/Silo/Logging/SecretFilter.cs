using System.Text.RegularExpressions;

namespace Granary.Silo.Logging;

/// <summary>
/// Takes secrets out of text: those it was told, and whatever has their form. The last line of defence of the log; the code that logs does not hand it
/// secrets in the first place. All members may be called from any thread.
/// </summary>
public sealed partial class SecretFilter
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>Shorter texts are words that may well stand elsewhere.</summary>
    private const int SecretCharsMin = 8;

    private readonly Lock _gate = new();
    private volatile string[] _secrets = [];

    /// <summary>Keys, secrets, listen keys, tokens and signatures of Binance and of this program are 64 letters and digits.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }

    /// <summary>What follows these words is secret whatever its form.</summary>
    [GeneratedRegex(@"(?i)(?<name>\bBearer\s+|\b(?:listenKey|signature|apiKey|apiSecret|access_token|X-MBX-APIKEY|sign)[""']?\s*[=:]\s*[""']?)(?<value>[^\s""'&,;})]{8,})", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    /// <summary>Adds a secret; one of less than eight characters is left out.</summary>
    public void Add(string secret)
    {
        if (secret.Length < SecretCharsMin) return;
        lock (_gate)
        {
            if (_secrets.Contains(secret)) return;

            // The longest first: one may be part of another.
            _secrets = [.. _secrets.Append(secret).OrderByDescending(static s => s.Length)];
        }
    }

    /// <summary>The text without secrets; the same object when it has none.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets)
            if (text.Contains(secret, StringComparison.Ordinal)) text = text.Replace(secret, Mask, StringComparison.Ordinal);
        if (Form.IsMatch(text)) text = Form.Replace(text, Mask);
        return Named.IsMatch(text) ? Named.Replace(text, "${name}" + Mask) : text;
    }
}
