using Granary.Engine.Market;
using Granary.Exchange.Markets;
using Granary.Exchange.State;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.State;

public sealed class FileTradeHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_serves_any_range_of_what_it_keeps()
    {
        var random = new SeededRandom(1);
        var all = new List<AggTrade>();
        using var history = Open();
        for (var i = 0; i < 60; i++)
        {
            var batch = Trades(all.Count + 1, (int)random.Between(1, 9));
            all.AddRange(batch);
            history.Append(batch);
        }
        var kept = history.Read(0, int.MaxValue);
        kept.ShouldBe(all[^kept.Count..]);
        kept.Count.ShouldBeInRange(41, 60);
        for (var i = 0; i < 200; i++)
        {
            var from = random.Between(kept[0].Id, all[^1].Id + 3);
            var limit = (int)random.Between(0, 30);
            history.Read(from, limit).ShouldBe(all.Where(t => t.Id >= from).Take(limit));
        }
        history.Read(-1, 7).ShouldBe(all[^7..]);
    }

    [Fact]
    public void A_tail_cut_at_any_byte_ends_with_the_last_whole_record()
    {
        var trades = Trades(1, 50);
        using (var history = Open()) history.Append(trades);
        var newest = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Last();
        var bytes = File.ReadAllBytes(newest);
        for (var cut = bytes.Length; cut >= 0; cut -= 7)
        {
            File.WriteAllBytes(newest, bytes[..cut]);
            using var history = Open();
            history.Last!.Value.Id.ShouldBe(40 + (cut / 48));
            history.Append(Trades(history.Last.Value.Id + 1, 3));
            history.Read(-1, 4).Select(t => t.Id).ShouldBe(Enumerable.Range((int)history.Last.Value.Id - 3, 4).Select(i => (long)i));
        }
    }

    [Fact]
    public void A_hole_begins_the_history_anew()
    {
        using var history = Open();
        history.Append(Trades(1, 30));
        history.Append(Trades(100, 2));
        history.Read(0, 100).Select(t => t.Id).ShouldBe([100L, 101L]);
    }

    private static AggTrade[] Trades(long firstId, int count)
    {
        var trades = new AggTrade[count];
        for (var i = 0; i < count; i++) trades[i] = new AggTrade(firstId + i, 1000 + i, 5 * firstId, 7, 3 * firstId, 1 + (i % 3), i % 2 == 0);
        return trades;
    }

    private FileTradeHistory Open() => new(_folder.Path, "TSTUSDT", 20, 3);
}
