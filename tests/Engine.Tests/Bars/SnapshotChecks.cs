using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Bars;

/// <summary>What every kernel's snapshot must stand.</summary>
internal static class SnapshotChecks
{
    public delegate T Reading<out T>(ref SnapshotReader reader);

    public static byte[] Bytes(Action<SnapshotWriter> write)
    {
        var writer = new SnapshotWriter();
        write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads a snapshot to its last byte.</summary>
    public static T Read<T>(byte[] bytes, Reading<T> read)
    {
        var reader = new SnapshotReader(bytes);
        var value = read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return value;
    }

    /// <summary>Cuts and alters the snapshot at many places: it is read, or refused with the one exception for damaged snapshots.</summary>
    public static void Damage<T>(byte[] bytes, Reading<T> read)
    {
        var refused = 0;
        var random = new Random(bytes.Length);
        for (var i = 0; i < 400; i++)
        {
            var damaged = bytes.ToArray();
            if (i % 4 == 0) damaged = damaged[..random.Next(bytes.Length)];
            else damaged[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var reader = new SnapshotReader(damaged);
                read(ref reader);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        refused.ShouldBeGreaterThanOrEqualTo(100);
    }
}
