using Granary.Tape.Columnar;

namespace Granary.Tape.Tests.Columnar;

public sealed class BitPackingTests
{
    [Fact]
    public void Values_of_every_width_come_back_and_only_their_own_bits_are_read()
    {
        var random = new Random(23);
        for (var width = 0; width <= 64; width++)
        {
            var mask = width == 0 ? 0 : ulong.MaxValue >> (64 - width);
            foreach (var count in new[] { 1, 7, 8, 9, 100 })
            {
                var values = Enumerable.Range(0, count).Select(i => i % 3 == 0 ? mask : (ulong)random.NextInt64(long.MinValue, long.MaxValue) & mask).ToArray();
                var packed = new byte[BitPacking.Bytes(count, width) + 8];
                Array.Fill(packed, (byte)0xFF);
                BitPacking.Pack(values, width, packed.AsSpan(0, packed.Length - 8));
                var unpacked = new long[(count + 7) & ~7];

                BitPacking.Unpack(packed, width, -3, unpacked);

                unpacked.Take(count).ShouldBe(values.Select(v => (long)v - 3), $"width {width}, {count} values");
                unpacked.Skip(count).ShouldAllBe(v => v == -3);
            }
        }
    }

    [Fact]
    public void The_order_of_the_bits_is_the_documented_one()
    {
        var packed = new byte[3];
        BitPacking.Pack([1, 2, 3, 4, 5, 6, 7, 0], 3, packed);

        packed.ShouldBe([0b11_010_001, 0b0_101_100_0, 0b000_111_11]);
    }

    [Fact]
    public void The_checksum_is_the_known_one()
    {
        Checksum.Of("123456789"u8).ShouldBe(0xE3069283);
        Checksum.Of([]).ShouldBe(0u);
        Checksum.Of(new byte[32]).ShouldBe(0x8A9136AAu);
    }
}
