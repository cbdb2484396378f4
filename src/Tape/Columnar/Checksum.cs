using System.Numerics;
using System.Runtime.InteropServices;

namespace Granary.Tape.Columnar;

/// <summary>CRC-32C (Castagnoli, reflected polynomial 82F63B78), by the processor's instruction where it has one.</summary>
internal static class Checksum
{
    /// <summary>The checksum; 0 for no bytes, E3069283 for the nine digits "123456789".</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var value in data[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
