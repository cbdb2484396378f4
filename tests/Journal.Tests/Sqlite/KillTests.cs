using System.Diagnostics;
using System.Globalization;
using Granary.Journal.Sqlite;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Sqlite;

/// <summary>A writing process killed without warning loses no acknowledged append, and its lock goes with it.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledged_appends_survive_kills_at_random_moments()
    {
        var random = new Random(7);
        var place = _folder["a"];
        long floor = 0;
        for (var round = 0; round < 5; round++)
        {
            var acknowledged = await WriteAndKillAsync(place, floor + random.Next(1, 800));
            acknowledged.ShouldBeGreaterThan(floor);
            await using var journal = SqliteJournal.Open(new SqliteJournalOptions(place), TimeProvider.System);
            var held = await journal.Reader.GetOrderSequenceMaxAsync("main");
            held.ShouldBeGreaterThanOrEqualTo(acknowledged);
            var sequences = (await journal.Reader.GetOrdersAsync("main", null, 100_000)).Select(o => o.Sequence);
            sequences.ShouldBe(Enumerable.Range(1, (int)held).Reverse().Select(i => (long)i));
            (await journal.Reader.GetFillsAsync("main", null, 0, 100_000)).Count.ShouldBe((int)held);
            (await journal.Reader.GetPositionAsync("main", "BTCUSDT")).ShouldNotBeNull().Quantity.ShouldBe(held);
            (await journal.Reader.GetSnapshotAsync("owner")).ShouldNotBeNull().Bytes.Length.ShouldBe((int)(held % 5_000));
            // An equity point was queued before each append, so at most the one of the unfinished append may be there besides.
            (await journal.Reader.GetEquityAsync("main", 100_000)).Select(e => (long)e.Wallet).Distinct().Count().ShouldBeInRange((int)held, (int)held + 1);
            floor = held;
        }
    }

    /// <returns>The last number that the process acknowledged.</returns>
    private static async Task<long> WriteAndKillAsync(string place, long killAfter)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { typeof(WriterProgram).Assembly.Location, WriterProgram.Command, place }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start).ShouldNotBeNull();
        long acknowledged = 0;
        try
        {
            // While it writes, nobody else can.
            while (acknowledged < killAfter)
            {
                var line = (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull("the writing process ended by itself");
                if (acknowledged == 0)
                {
                    var refusal = Should.Throw<JournalException>(() => SqliteJournal.Open(new SqliteJournalOptions(place), TimeProvider.System));
                    refusal.Message.ShouldContain($"process {process.Id}");
                }
                acknowledged = long.Parse(line, CultureInfo.InvariantCulture);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var last) && last == acknowledged + 1) acknowledged = last;
        }
        return acknowledged;
    }
}
