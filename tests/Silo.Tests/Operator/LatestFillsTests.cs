using FsCheck;
using FsCheck.Fluent;
using Granary.Silo.Operator;

namespace Granary.Silo.Tests.Operator;

public sealed class LatestFillsTests
{
    [Fact]
    public void They_are_the_last_ones_whatever_the_positions_are()
    {
        var positions = Gen.Choose(1, 2_000).ArrayOf().Select(a => a.Distinct().Select(p => (long)p * p).Order().ToArray());

        Prop.ForAll(positions.ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (given, limit) =>
        {
            var journal = new MemoryJournal();
            foreach (var position in given) journal.Records.Add(Views.Fill("main", "BTCUSDT", position));
            journal.Records.Add(Views.Fill("alt", "BTCUSDT", 5_000_000));

            var latest = LatestFills.ReadAsync(journal.Reader, "main", null, limit, default).GetAwaiter().GetResult();

            latest.Select(f => f.Position).ShouldBe(given.Reverse().Take(limit));
            return journal.FillReads < 60;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_long_history_takes_few_reads()
    {
        var journal = new MemoryJournal();
        for (var i = 1; i <= 20_000; i++) journal.Records.Add(Views.Fill("main", i % 7 == 0 ? "ETHUSDT" : "BTCUSDT", i * 13L));

        var latest = await LatestFills.ReadAsync(journal.Reader, "main", "ETHUSDT", 100, default);

        latest.Count.ShouldBe(100);
        latest[0].Position.ShouldBe(19_999 * 13L);
        journal.FillReads.ShouldBeLessThan(30);
    }
}
