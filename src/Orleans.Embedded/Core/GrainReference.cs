using Orleans.Embedded.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or observer; two references to the same grain are equal.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>, ISpanFormattable
{
    private readonly IdSpan _key;

    private protected GrainReference(ReferenceShared shared, IdSpan key)
    {
        Shared = shared;
        _key = key;
    }

    /// <summary>Which grain it is.</summary>
    public GrainId GrainId => new(Shared.GrainType, _key);

    /// <summary>Full name of the interface.</summary>
    public virtual string InterfaceName => Shared.InterfaceType.FullName ?? Shared.InterfaceType.Name;

    internal ReferenceShared Shared { get; }

    internal IdSpan Key => _key;

    /// <summary>Whether both refer to the same grain.</summary>
    /// <param name="reference1">Left side.</param>
    /// <param name="reference2">Right side.</param>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether they refer to different grains.</summary>
    /// <param name="reference1">Left side.</param>
    /// <param name="reference2">Right side.</param>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <summary>A reference by another interface of the same grain.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => this.AsReference<TGrainInterface>();

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <summary>Id and interface.</summary>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{ToString()}", out charsWritten);
}
