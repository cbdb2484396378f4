using System.Buffers.Binary;
using Granary.Journal.Records;
using Granary.Journal.Sqlite;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Sqlite;

/// <summary>
/// What a process leaves behind when it dies: the files as they were at that moment, the write-ahead log cut anywhere or its tail garbled. The journal
/// opens, holds a prefix of the appends, each whole, and goes on.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int Appends = 15, WalHeaderBytes = 32, FrameBytes = 24 + 4096;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_cut_at_any_frame_or_byte_leaves_a_prefix_of_whole_appends()
    {
        var (database, log, commits) = await RecordAsync();
        var frames = (log.Length - WalHeaderBytes) / FrameBytes;
        frames.ShouldBeGreaterThan(Appends);
        var random = new Random(5);
        var cuts = Enumerable.Range(0, frames + 1).Select(f => WalHeaderBytes + (f * FrameBytes))
            .Concat(Enumerable.Range(0, 40).Select(_ => random.Next(log.Length))).Append(log.Length).ToList();
        var seen = new HashSet<int>();
        foreach (var cut in cuts)
        {
            // Exactly the appends whose last frame lies before the cut.
            var expected = commits.Count(end => end <= cut);
            seen.Add(expected);
            await ShouldHoldAsync(database, log[..cut], expected, $"cut at {cut}");
        }
        seen.Count.ShouldBe(Appends + 1);
    }

    [Fact]
    public async Task A_garbled_log_leaves_a_prefix_of_whole_appends()
    {
        var (database, log, commits) = await RecordAsync();
        var random = new Random(6);
        for (var round = 0; round < 60; round++)
        {
            var garbled = log.ToArray();
            var at = random.Next(garbled.Length);
            var length = Math.Min(random.Next(1, 6_000), garbled.Length - at);
            for (var i = at; i < at + length; i++) garbled[i] ^= (byte)random.Next(1, 256);
            // Everything committed before the damage is there, and nothing of what came after it.
            await ShouldHoldAsync(database, garbled, commits.Count(end => end <= at), $"garbled {length} bytes at {at}");
        }
    }

    [Fact]
    public async Task The_file_of_a_copy_taken_during_writing_opens()
    {
        await using var journal = SqliteJournal.Open(Options("live"), new FixedTime(Samples.T0));
        for (var i = 0; i < 1_800; i++)
        {
            // Copies fall before, between and after checkpoints.
            await journal.AppendAsync(Append(i), null);
            if (i % 250 != 249) continue;
            var copy = _folder["copy" + i];
            Directory.CreateDirectory(copy);
            foreach (var name in new[] { "granary.db", "granary.db-wal" }) File.Copy(Path.Combine(_folder["live"], name), Path.Combine(copy, name));
            await using var opened = SqliteJournal.Open(Options("copy" + i), new FixedTime(Samples.T0));
            (await opened.Reader.GetOrderSequenceMaxAsync("main")).ShouldBe(i + 1);
            (await opened.Reader.GetContentHashAsync()).ShouldBe(await journal.Reader.GetContentHashAsync());
        }
    }

    private static JournalRecord[] Append(int i) => [Samples.Order("o-" + i, i + 1), Samples.Fill(i + 1), Samples.Position(i)];

    private static int LastCommitFrame(byte[] log) =>
        Enumerable.Range(0, (log.Length - WalHeaderBytes) / FrameBytes)
            .Last(f => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(WalHeaderBytes + (f * FrameBytes) + 4)) != 0);

    /// <returns>The database, its log, and for each append the length of the log after it.</returns>
    private async Task<(byte[] Database, byte[] Log, List<int> Commits)> RecordAsync()
    {
        await using (SqliteJournal.Open(Options("live"), new FixedTime(Samples.T0)))
        {
        }
        await using var journal = SqliteJournal.Open(Options("live"), new FixedTime(Samples.T0));
        var commits = new List<int>();
        for (var i = 0; i < Appends; i++)
        {
            await journal.AppendAsync(Append(i), null);
            commits.Add(WalHeaderBytes + ((LastCommitFrame(ReadShared("granary.db-wal")) + 1) * FrameBytes));
        }
        return (ReadShared("granary.db"), ReadShared("granary.db-wal"), commits);
    }

    private byte[] ReadShared(string name)
    {
        using var stream = new FileStream(Path.Combine(_folder["live"], name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private async Task ShouldHoldAsync(byte[] database, byte[] log, int expected, string what)
    {
        var place = _folder["cut"];
        Directory.CreateDirectory(place);
        await File.WriteAllBytesAsync(Path.Combine(place, "granary.db"), database);
        await File.WriteAllBytesAsync(Path.Combine(place, "granary.db-wal"), log);
        await using (var journal = SqliteJournal.Open(Options("cut"), new FixedTime(Samples.T0)))
        {
            var held = (int)await journal.Reader.GetOrderSequenceMaxAsync("main");
            held.ShouldBe(expected, what);
            var sequences = (await journal.Reader.GetOrdersAsync("main", null, 1_000)).Select(o => o.Sequence);
            sequences.ShouldBe(Enumerable.Range(1, held).Reverse().Select(i => (long)i));
            (await journal.Reader.GetFillsAsync("main", null, 0, 1_000)).Count.ShouldBe(held);
            (await journal.Reader.GetPositionAsync("main", "BTCUSDT"))?.Quantity.ShouldBe(held - 1);
            await journal.AppendAsync(Append(held), null);
            (await journal.Reader.GetOrderSequenceMaxAsync("main")).ShouldBe(held + 1);
        }
        Directory.Delete(place, recursive: true);
    }

    private SqliteJournalOptions Options(string place) =>
        new(_folder[place]) { Mode = JournalMode.Inline, Durability = JournalDurability.Process };
}
