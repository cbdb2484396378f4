using System.Security.Cryptography;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// A fingerprint of all bars closed so far: each bar's digest is the SHA-256 of the digest before it and the bar's base columns. Two runs over the same
/// trades have the same fingerprint, whatever was snapshot, restored or delivered in other batches on the way. Neither features nor
/// <see cref="Bar.IsComplete"/> enter it.
/// </summary>
public sealed class BarDigest
{
    private readonly byte[] _chain = new byte[SHA256.HashSizeInBytes];
    private readonly SnapshotWriter _bytes = new();

    /// <summary>The fingerprint: 64 lower-case hex digits, all 0 before the first bar.</summary>
    public string Hex => Convert.ToHexStringLower(_chain);

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer) => writer.Write(_chain.AsSpan());

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static BarDigest Read(ref SnapshotReader reader)
    {
        var digest = new BarDigest();
        var chain = reader.ReadBytes();
        if (chain.Length != SHA256.HashSizeInBytes)
            throw new InvalidDataException($"snapshot of a bar digest has {chain.Length} bytes, expected {SHA256.HashSizeInBytes}");
        chain.CopyTo(digest._chain);
        return digest;
    }

    /// <summary>Adds a closed bar.</summary>
    internal void Append(in BarTotals bar)
    {
        _bytes.Reset();
        _bytes.Write(_chain.AsSpan());
        _bytes.Write(bar.Index);
        bar.WriteTrades(_bytes);
        SHA256.HashData(_bytes.Written, _chain);
    }
}
