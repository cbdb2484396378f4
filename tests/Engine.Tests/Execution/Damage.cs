using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution;

/// <summary>Snapshots that were cut off or had a byte changed.</summary>
internal static class Damage
{
    public delegate object Reading(ref SnapshotReader reader);

    /// <summary>Every cut is refused as damaged; every changed byte is either refused as that or is another state.</summary>
    public static void ShouldBeNamed(byte[] bytes, Reading read)
    {
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(cut);
                read(ref reader);
            });
        }
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var mask in (byte[])[0x01, 0x80, 0xFF])
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= mask;
                try
                {
                    var reader = new SnapshotReader(changed);
                    read(ref reader);
                }
                catch (InvalidDataException)
                {
                    // As it should.
                }
            }
        }
    }
}
