using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void Everything_comes_back_bit_for_bit()
    {
        var writer = new SnapshotWriter();
        writer.Section("test", 2);
        writer.Write(true);
        writer.Write(int.MinValue);
        writer.Write(long.MaxValue);
        writer.Write(Int128.MinValue);
        writer.Write(-0.0);
        writer.Write(double.NaN);
        writer.Write(1.500m);
        writer.WriteOptional(0.25);
        writer.WriteOptional((double?)null);
        writer.WriteOptional(-7.0m);
        writer.WriteOptional((decimal?)null);
        writer.Write("Größe");
        writer.Write([1, 2, 3]);

        var reader = new SnapshotReader(writer.Written);
        reader.Section("test", 2).ShouldBe(2);
        reader.ReadBoolean().ShouldBeTrue();
        reader.ReadInt32().ShouldBe(int.MinValue);
        reader.ReadInt64().ShouldBe(long.MaxValue);
        reader.ReadInt128().ShouldBe(Int128.MinValue);
        BitConverter.DoubleToInt64Bits(reader.ReadDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(-0.0));
        double.IsNaN(reader.ReadDouble()).ShouldBeTrue();
        decimal.GetBits(reader.ReadDecimal()).ShouldBe(decimal.GetBits(1.500m));
        reader.ReadOptionalDouble().ShouldBe(0.25);
        reader.ReadOptionalDouble().ShouldBeNull();
        reader.ReadOptionalDecimal().ShouldBe(-7.0m);
        reader.ReadOptionalDecimal().ShouldBeNull();
        reader.ReadString().ShouldBe("Größe");
        reader.ReadBytes().ToArray().ShouldBe([1, 2, 3]);
        reader.AtEnd.ShouldBeTrue();
    }

    [Fact]
    public void A_foreign_section_is_refused_by_name()
    {
        var bytes = Bytes(writer => writer.Section("ours", 1));
        Error(bytes, "theirs", 1).ShouldBe("snapshot section was 'ours', expected 'theirs'");
    }

    [Fact]
    public void A_newer_section_is_refused_by_version()
    {
        var bytes = Bytes(writer => writer.Section("ours", 3));
        Error(bytes, "ours", 2).ShouldBe("snapshot section 'ours' has version 3, this build reads 1 to 2");
    }

    [Fact]
    public void A_snapshot_cut_anywhere_is_refused()
    {
        var bytes = Bytes(writer =>
        {
            writer.Section("ours", 1);
            writer.Write(1.5m);
            writer.Write("text");
            writer.Write(long.MaxValue);
        });
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() => ReadAll(cut)).Message.ShouldBe("snapshot is truncated or damaged");
        }
        ReadAll(bytes);
    }

    [Fact]
    public void Impossible_values_are_refused()
    {
        Should.Throw<InvalidDataException>(() => new SnapshotReader([2]).ReadBoolean()).Message.ShouldContain("boolean was 2");
        var words = Bytes(writer =>
        {
            for (var i = 0; i < 4; i++) writer.Write(-1);
        });
        Should.Throw<InvalidDataException>(() => new SnapshotReader(words).ReadDecimal()).Message.ShouldContain("decimal");
        Should.Throw<InvalidDataException>(() => new SnapshotReader(words).ReadString());
    }

    [Fact]
    public void A_reset_writer_starts_afresh()
    {
        var writer = new SnapshotWriter();
        writer.Write(1L);
        writer.Reset();
        writer.Write(2);
        writer.ToArray().ShouldBe([2, 0, 0, 0]);
    }

    private static byte[] Bytes(Action<SnapshotWriter> write)
    {
        var writer = new SnapshotWriter();
        write(writer);
        return writer.ToArray();
    }

    private static string Error(byte[] bytes, string section, int versionMax) =>
        Should.Throw<InvalidDataException>(() => new SnapshotReader(bytes).Section(section, versionMax)).Message;

    private static void ReadAll(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        reader.Section("ours", 1);
        reader.ReadDecimal();
        reader.ReadString();
        reader.ReadInt64();
    }
}
