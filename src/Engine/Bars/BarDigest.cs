using System.Buffers.Binary;
using System.Security.Cryptography;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// A fingerprint of all bars closed so far: SHA-256 over the base columns, chained in blocks of 32 bars, each block's digest being that of the digest before
/// it and the bars of the block. Two runs over the same trades have the same fingerprint, whatever was snapshot, restored or delivered in
/// other batches on the way. Neither features nor <see cref="Bar.IsComplete"/> enter it. Allocation-free per bar.
/// </summary>
public sealed class BarDigest
{
    private const int BlockBars = 32;
    private const int BarBytes = 128;

    // The chain of the full blocks, then the bars of the running one: what the fingerprint is the hash of.
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes + (BlockBars * BarBytes)];
    private int _length = SHA256.HashSizeInBytes;

    /// <summary>The fingerprint: 64 lower-case hex digits, all 0 before the first bar.</summary>
    public string Hex => Convert.ToHexStringLower(_length == SHA256.HashSizeInBytes ? _block.AsSpan(0, _length) : SHA256.HashData(_block.AsSpan(0, _length)));

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer) => writer.Write(_block.AsSpan(0, _length));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static BarDigest Read(ref SnapshotReader reader)
    {
        var digest = new BarDigest();
        var block = reader.ReadBytes();
        if (block.Length < SHA256.HashSizeInBytes || block.Length >= digest._block.Length || (block.Length - SHA256.HashSizeInBytes) % BarBytes != 0)
            throw new InvalidDataException($"snapshot of a bar digest has {block.Length} bytes, expected {SHA256.HashSizeInBytes} and {BarBytes} for each of up to {BlockBars - 1} bars");
        block.CopyTo(digest._block);
        digest._length = block.Length;
        return digest;
    }

    /// <summary>Adds a closed bar.</summary>
    internal void Append(in BarTotals bar)
    {
        Encode(bar, _block.AsSpan(_length, BarBytes));
        _length += BarBytes;
        if (_length < _block.Length) return;
        SHA256.HashData(_block, _block.AsSpan(0, SHA256.HashSizeInBytes));
        _length = SHA256.HashSizeInBytes;
    }

    private static void Encode(in BarTotals bar, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt128LittleEndian(bytes[112..], bar.BuyQuoteVolume);
        BinaryPrimitives.WriteInt128LittleEndian(bytes[96..], bar.QuoteVolume);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[92..], bar.BuyTradeCount);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[88..], bar.TradeCount);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[80..], bar.BuyVolume);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[72..], bar.Volume);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[64..], bar.Close);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[56..], bar.Low);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], bar.High);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], bar.Open);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], bar.CloseTimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], bar.OpenTimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], bar.LastId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], bar.FirstId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bar.Index);
    }
}
