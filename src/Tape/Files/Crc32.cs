using System.Buffers.Binary;

namespace Granary.Tape.Files;

/// <summary>
/// The checksum of zip archives (CRC-32, polynomial EDB88320), eight bytes at a step. The framework's zip reader does not compare it, and the package
/// System.IO.Hashing would be a dependency for forty lines.
/// </summary>
internal struct Crc32
{
    private static readonly uint[] Table = MakeTable();
    private uint _state;

    /// <summary>The checksum of what was appended so far.</summary>
    public readonly uint Value => _state;

    public void Append(ReadOnlySpan<byte> data)
    {
        var table = Table;
        var crc = ~_state;
        while (data.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = table[(7 * 256) + (int)(low & 0xFF)] ^ table[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ table[(5 * 256) + (int)((low >> 16) & 0xFF)] ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + (int)(high & 0xFF)] ^ table[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ table[256 + (int)((high >> 16) & 0xFF)] ^ table[(int)(high >> 24)];
            data = data[8..];
        }
        foreach (var value in data) crc = (crc >> 8) ^ table[(int)((crc ^ value) & 0xFF)];
        _state = ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }
        for (var i = 256; i < table.Length; i++) table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        return table;
    }
}
