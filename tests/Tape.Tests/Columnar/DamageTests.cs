using System.Buffers.Binary;
using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests.Columnar;

/// <summary>Torn and damaged tapes: never a wrong row, never another exception than a <see cref="TapeException"/>.</summary>
public sealed class DamageTests : IDisposable
{
    private const int BlockRows = 50, Rows = 420;

    private static readonly AggTrade[] Sample = Samples.Trades(Rows);
    private readonly TempTape _tape = new();
    private readonly byte[] _bytes;
    private readonly string _path;

    public DamageTests()
    {
        _path = _tape.Path("rows");
        using (var writer = ColumnarWriter<AggTrade>.Create(_path, "APEUSDT", new ColumnarWriterOptions { BlockRows = BlockRows })) writer.Append(Sample);
        _bytes = File.ReadAllBytes(_path);
    }

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void A_tape_that_was_cut_at_any_byte_of_its_last_block_keeps_the_others_and_can_be_gone_on_with()
    {
        var last = Offsets()[^1];
        for (var length = last; length < _bytes.Length; length++)
        {
            File.WriteAllBytes(_path, _bytes[..length]);
            using (var reader = new ColumnarReader<AggTrade>(_path))
            {
                ReadAll(reader).ShouldBe(Sample[..400]);
                reader.Report.TornBytes.ShouldBe(length - last);
                reader.Report.SkippedBlocks.ShouldBe(0);
            }
            using (var writer = Open())
            {
                writer.TruncatedBytes.ShouldBe(length - last);
                writer.Rows.ShouldBe(400);
                writer.IdMax.ShouldBe(Sample[399].Id);
                writer.Append(Sample.AsSpan(400));
            }
            File.ReadAllBytes(_path).ShouldBe(_bytes);
        }
    }

    [Fact]
    public void A_tape_that_was_cut_within_its_header_begins_anew()
    {
        for (var length = 0; length < 64; length++)
        {
            File.WriteAllBytes(_path, _bytes[..length]);
            Should.Throw<TapeException>(() => new ColumnarReader<AggTrade>(_path));
            using (var writer = Open())
            {
                writer.TruncatedBytes.ShouldBe(length);
                writer.Append(Sample);
            }
            File.ReadAllBytes(_path).ShouldBe(_bytes);
        }
    }

    [Fact]
    public void What_a_power_cut_leaves_is_cut_off()
    {
        // The length was written and the data were not.
        File.WriteAllBytes(_path, [.. _bytes, .. new byte[5_000]]);
        using (var reader = new ColumnarReader<AggTrade>(_path))
        {
            ReadAll(reader).ShouldBe(Sample);
            reader.Report.TornBytes.ShouldBe(5_000);
        }
        using (var writer = Open()) writer.TruncatedBytes.ShouldBe(5_000);
        File.ReadAllBytes(_path).ShouldBe(_bytes);

        // The header of the last block was written and its data were not.
        var last = Offsets()[^1];
        var half = _bytes.ToArray();
        half.AsSpan(last + 64).Clear();
        File.WriteAllBytes(_path, half);
        Should.Throw<TapeException>(() => ColumnarTape.Read<AggTrade>(_path).Count()).Message.ShouldContain("block 8 at byte");
        using (var writer = Open())
        {
            writer.TruncatedBytes.ShouldBe(_bytes.Length - last);
            writer.Append(Sample.AsSpan(400));
        }
        File.ReadAllBytes(_path).ShouldBe(_bytes);
    }

    [Fact]
    public void Every_flipped_bit_is_found_and_read_around()
    {
        var offsets = Offsets();
        for (var at = 64; at < _bytes.Length; at += 5)
        {
            var damaged = _bytes.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(_path, damaged);
            var block = offsets.Count(o => o <= at) - 1;

            var error = Should.Throw<TapeException>(() => ColumnarTape.Read<AggTrade>(_path).Count());
            error.Defect.ShouldBe(TapeDefect.FileDamaged);
            error.Message.ShouldContain(FormattableString.Invariant($"block {block} at byte {offsets[block]}:"));

            using var reader = new ColumnarReader<AggTrade>(_path, TapeChecks.Lenient);
            ReadAll(reader).ShouldBe([.. Sample[..(block * BlockRows)], .. Sample.Skip((block + 1) * BlockRows)]);
            reader.Report.SkippedBlocks.ShouldBe(1);
            reader.Report.Faults.Single().ShouldBe(error.Message);
        }
    }

    [Fact]
    public void Missing_doubled_and_foreign_blocks_are_found()
    {
        var offsets = Offsets();
        var (second, third) = (offsets[1], offsets[2]);
        File.WriteAllBytes(_path, [.. _bytes[..second], .. _bytes[third..]]);
        ExpectFault("block 1 at byte", "missing", Sample.Where((_, i) => i / BlockRows != 1));

        File.WriteAllBytes(_path, [.. _bytes[..third], .. _bytes[second..]]);
        ExpectFault("block 1 at byte", "second time", Sample);

        // The same rows in the tape of another symbol.
        var other = _tape.Path("other");
        using (var writer = ColumnarWriter<AggTrade>.Create(other, "LTCUSDT", new ColumnarWriterOptions { BlockRows = BlockRows })) writer.Append(Sample);
        File.WriteAllBytes(_path, [.. _bytes[..second], .. File.ReadAllBytes(other)[second..third], .. _bytes[third..]]);
        ExpectFault("block 1 at byte", "damaged", Sample.Where((_, i) => i / BlockRows != 1));
        Should.Throw<TapeException>(Open).Message.ShouldContain("move it away");
    }

    [Fact]
    public void Mutated_tapes_give_rows_of_the_original_or_a_named_error()
    {
        var known = Sample.ToHashSet();
        var read = 0;
        Mutate(new Random(17), 1_500, checksums: false, () =>
        {
            foreach (var checks in Enum.GetValues<TapeChecks>())
            {
                var rows = Survive(checks);
                rows.ShouldAllBe(r => known.Contains(r));
                read += rows.Count;
            }
        });
        read.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Tapes_with_wrong_contents_under_right_checksums_give_rows_or_a_named_error()
    {
        var errors = 0;
        Mutate(new Random(19), 1_500, checksums: true, () =>
        {
            foreach (var checks in Enum.GetValues<TapeChecks>())
                if (Survive(checks).Count < Rows) errors++;
        });
        errors.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_tape_of_another_kind_symbol_or_version_is_refused_by_name()
    {
        Should.Throw<TapeException>(() => new ColumnarReader<Kline>(_path)).Message.ShouldContain("holds AggTrades, not Klines");
        Should.Throw<TapeException>(() => ColumnarWriter<AggTrade>.Open(_path, "LTCUSDT")).Message.ShouldContain("is of APEUSDT, not of LTCUSDT");
        Should.Throw<TapeException>(() => new ColumnarReader<AggTrade>(_tape.Path("nowhere"))).Defect.ShouldBe(TapeDefect.FileMissing);
        Should.Throw<TapeException>(() => new ColumnarReader<AggTrade>(_tape.Csv("id,price"))).Message.ShouldContain("does not begin like a columnar tape");
        var newer = _bytes.ToArray();
        newer[8] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(newer.AsSpan(60), Checksum.Of(newer.AsSpan(0, 60)));
        File.WriteAllBytes(_path, newer);
        Should.Throw<TapeException>(() => new ColumnarReader<AggTrade>(_path)).Message.ShouldContain("version 2");
        File.ReadAllBytes(_path).ShouldBe(newer);
    }

    [Fact]
    public void Only_one_writer_holds_a_tape_and_readers_do_not_mind()
    {
        using var writer = Open();
        Should.Throw<IOException>(Open);
        Should.Throw<IOException>(() => ColumnarWriter<AggTrade>.Create(_path, "APEUSDT"));
        ColumnarTape.Read<AggTrade>(_path).ShouldBe(Sample);
        writer.Append(Sample[0] with { Id = 9_999_999 });
        ColumnarTape.Read<AggTrade>(_path).ShouldBe(Sample);
        writer.Flush(durable: true);
        ColumnarTape.Read<AggTrade>(_path).Count().ShouldBe(Rows + 1);
    }

    private void ExpectFault(string place, string words, IEnumerable<AggTrade> rest)
    {
        var error = Should.Throw<TapeException>(() => new ColumnarReader<AggTrade>(_path));
        error.Message.ShouldContain(place);
        error.Message.ShouldContain(words);
        using var reader = new ColumnarReader<AggTrade>(_path, TapeChecks.Lenient);
        ReadAll(reader).ShouldBe(rest);
        reader.Report.SkippedBlocks.ShouldBe(1);
    }

    private List<AggTrade> Survive(TapeChecks checks)
    {
        var rows = new List<AggTrade>();
        try
        {
            using var reader = new ColumnarReader<AggTrade>(_path, checks);
            while (reader.Read(out var block)) rows.AddRange(block);
            reader.SeekTime(Sample[200].TimeMs);
            while (reader.ReadColumns(out var block)) block.Integers(5);
        }
        catch (TapeException error)
        {
            error.Message.ShouldStartWith(_path);
        }
        return rows;
    }

    private void Mutate(Random random, int rounds, bool checksums, Action check)
    {
        var offsets = Offsets();
        for (var round = 0; round < rounds; round++)
        {
            var mutated = _bytes.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                // With right checksums only bytes are changed, of the column headers above all: that is where a reader can be led astray.
                var at = checksums ? offsets[random.Next(offsets.Count)] + 64 + random.Next(random.Next(2) == 0 ? 7 * 32 : 280) : random.Next(mutated.Count);
                switch (checksums ? 0 : random.Next(4))
                {
                    case 0: mutated[at] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256); break;
                    case 1: mutated.RemoveRange(at, Math.Min(random.Next(1, 200), mutated.Count - at)); break;
                    case 2: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 400), mutated.Count - at))); break;
                    default: mutated.RemoveRange(at, random.Next(8) == 0 ? mutated.Count - at : 0); break;
                }
                if (mutated.Count == 0) mutated.Add(0);
            }
            var bytes = mutated.ToArray();
            if (checksums) foreach (var offset in offsets) Repair(bytes.AsSpan(offset));
            File.WriteAllBytes(_path, bytes);
            check();
        }
    }

    private static void Repair(Span<byte> block)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(block[4..]);
        BinaryPrimitives.WriteUInt32LittleEndian(block[48..], Checksum.Of(block[64..length]));
        BinaryPrimitives.WriteUInt32LittleEndian(block[60..], Checksum.Of(block[..60]));
    }

    private List<int> Offsets()
    {
        var offsets = new List<int>();
        for (var at = 64; at < _bytes.Length; at += BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at + 4))) offsets.Add(at);
        return offsets;
    }

    private ColumnarWriter<AggTrade> Open() => ColumnarWriter<AggTrade>.Open(_path, "APEUSDT", new ColumnarWriterOptions { BlockRows = BlockRows });

    private static List<AggTrade> ReadAll(ColumnarReader<AggTrade> reader)
    {
        var all = new List<AggTrade>();
        while (reader.Read(out var rows)) all.AddRange(rows);
        return all;
    }
}
