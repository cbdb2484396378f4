using System.Text;

namespace Orleans.Runtime;

/// <summary>Which stream of a provider: a namespace and a key.</summary>
[Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, ISpanFormattable
{
    private readonly IdSpan _namespace;
    private readonly IdSpan _key;

    private StreamId(IdSpan streamNamespace, IdSpan key)
    {
        _namespace = streamNamespace;
        _key = key;
    }

    /// <summary>The key's bytes.</summary>
    public ReadOnlyMemory<byte> Key => _key.Value;

    /// <summary>The namespace's bytes.</summary>
    public ReadOnlyMemory<byte> Namespace => _namespace.Value;

    /// <summary>Whether both are equal.</summary>
    /// <param name="s1">Left side.</param>
    /// <param name="s2">Right side.</param>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Whether they differ.</summary>
    /// <param name="s1">Left side.</param>
    /// <param name="s2">Right side.</param>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <summary>Makes one.</summary>
    /// <param name="ns">Namespace, or null.</param>
    /// <param name="key">Key.</param>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new StreamId(string.IsNullOrEmpty(ns) ? default : IdSpan.Create(ns), IdSpan.Create(key));
    }

    /// <summary>Makes one.</summary>
    /// <param name="ns">Namespace, or null.</param>
    /// <param name="key">Key.</param>
    public static StreamId Create(string? ns, Guid key) => Create(ns, key.ToString("N"));

    /// <summary>Makes one.</summary>
    /// <param name="ns">Namespace, or null.</param>
    /// <param name="key">Key.</param>
    public static StreamId Create(string? ns, long key) => Create(ns, key.ToString("X", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Compares namespace, then key.</summary>
    /// <param name="other">Other side.</param>
    public int CompareTo(StreamId other)
    {
        var order = _namespace.CompareTo(other._namespace);
        return order != 0 ? order : _key.CompareTo(other._key);
    }

    /// <inheritdoc/>
    public bool Equals(StreamId other) => _key.Equals(other._key) && _namespace.Equals(other._namespace);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((_namespace.GetHashCode() * 31) + _key.GetHashCode());

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => _key.ToString();

    /// <summary>The namespace as text, or null.</summary>
    public string? GetNamespace() => _namespace.IsDefault ? null : _namespace.ToString();

    /// <summary>namespace/key.</summary>
    public override string ToString() => $"{GetNamespace() ?? "null"}/{_key}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{ToString()}", out charsWritten);
}
