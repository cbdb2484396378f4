using System.Diagnostics;

namespace Granary.Venues.Binance;

/// <summary>
/// A text that must not reach a log, an exception or an API answer. It has no public way back to the text: only the code that signs and sends reads it.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Keeps a text.</summary>
    /// <param name="value">The text; blanks at either end are cut off, as they come from files and environment variables.</param>
    /// <exception cref="ArgumentException">Empty, or with characters that cannot stand in an HTTP header; the message does not repeat it.</exception>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
        if (_value.Length == 0) throw new ArgumentException("a secret is empty", nameof(value));
        foreach (var c in _value)
            if (c is <= ' ' or >= (char)127)
                throw new ArgumentException("a secret has a blank, a control or a non-ASCII character inside", nameof(value));
    }

    internal string Reveal() => _value;

    /// <summary>Three asterisks.</summary>
    public override string ToString() => "***";

    /// <summary>Replaces every occurrence of the secret in a text, for text that comes from outside.</summary>
    internal static string Redact(string text, params ReadOnlySpan<Secret?> secrets)
    {
        foreach (var secret in secrets)
            if (secret is not null)
                text = text.Replace(secret._value, "***", StringComparison.Ordinal);
        return text;
    }
}
