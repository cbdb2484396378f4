using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class StreamDepthTests
{
    private static DepthLevel Level(decimal price, decimal quantity) => new(Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity));

    private static DepthDiff Diff(int number, DepthLevel[] bids, DepthLevel[] asks) =>
        new(100 + (number * 10) + 1, 100 + ((number + 1) * 10), 100 + (number * 10), FakeExchange.Start + (number * 100), bids, asks);

    [Fact]
    public void Diffs_at_100_ms_pass_through()
    {
        var rig = new ProtocolRig();
        using var session = rig.Streams.Open("/public/ws/btcusdt@depth@100ms");
        rig.Streams.OnDepth("BTCUSDT", Diff(0, [Level(60000m, 1m), Level(59999.9m, 0m)], []));
        rig.Streams.OnDepth("BTCUSDT", Diff(1, [], [Level(60000.1m, 2.5m)]));
        ProtocolRig.Drain(session).ShouldBe(
            [
                """{"e":"depthUpdate","E":1700000000000,"T":1700000000000,"s":"BTCUSDT","ps":"BTCUSDT","U":101,"u":110,"pu":100,"b":[["60000.00","1.000"],["59999.90","0.000"]],"a":[],"st":1}""",
                """{"e":"depthUpdate","E":1700000000000,"T":1700000000100,"s":"BTCUSDT","ps":"BTCUSDT","U":111,"u":120,"pu":110,"b":[],"a":[["60000.10","2.500"]],"st":1}""",
            ]);
    }

    [Fact]
    public void Slower_diffs_are_merged_with_the_newest_quantity()
    {
        var rig = new ProtocolRig();
        using var session = rig.Streams.Open("/public/ws/btcusdt@depth@500ms");
        for (var i = 0; i <= 5; i++) rig.Streams.OnDepth("BTCUSDT", Diff(i, [Level(60000m, i + 1), Level(50000m + i, 1m)], []));
        var frames = ProtocolRig.Drain(session);
        frames.Count.ShouldBe(2);
        using var merged = JsonDocument.Parse(frames[1]);
        (merged.RootElement.GetProperty("U").GetInt64(), merged.RootElement.GetProperty("u").GetInt64(), merged.RootElement.GetProperty("pu").GetInt64()).ShouldBe((111, 160, 110));
        merged.RootElement.GetProperty("b")[0].GetRawText().ShouldBe("""["60000.00","6.000"]""");
        merged.RootElement.GetProperty("b").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public void A_lull_does_not_hold_the_last_change_back()
    {
        var rig = new ProtocolRig();
        using var session = rig.Streams.Open("/public/ws/btcusdt@depth");
        rig.Streams.OnDepth("BTCUSDT", Diff(0, [Level(60000m, 1m)], []));
        rig.Streams.OnDepth("BTCUSDT", Diff(1, [Level(60000m, 2m)], []));
        ProtocolRig.Drain(session).Count.ShouldBe(1);
        rig.Streams.OnMarkPrice("BTCUSDT", rig.Exchange.Mark with { TimeMs = FakeExchange.Start + 1000 });
        ProtocolRig.Drain(session).ShouldHaveSingleItem().ShouldContain("""["60000.00","2.000"]""");
        rig.Streams.OnMarkPrice("BTCUSDT", rig.Exchange.Mark with { TimeMs = FakeExchange.Start + 2000 });
        ProtocolRig.Drain(session).ShouldBeEmpty();
    }

    [Fact]
    public void A_partial_book_starts_from_the_snapshot()
    {
        var rig = new ProtocolRig();
        using var session = rig.Streams.Open("/public/stream?streams=btcusdt@depth5@100ms");
        rig.Exchange.Calls.ShouldBe(["GetDepth BTCUSDT 1000"]);
        rig.Streams.OnDepth("BTCUSDT", Diff(0, [Level(60000m, 0m), Level(59990m, 3m)], [Level(60000.2m, 4m)]));
        ProtocolRig.Drain(session).ShouldBe(
            ["""{"stream":"btcusdt@depth5@100ms","data":{"e":"depthUpdate","E":1700000000000,"T":1700000000000,"s":"BTCUSDT","ps":"BTCUSDT","U":101,"u":110,"pu":100,"b":[["59990.00","3.000"]],"a":[["60000.10","0.002"],["60000.20","4.000"]],"st":1}}"""]);
    }

    [Fact]
    public void A_gap_in_the_diffs_is_healed_by_a_new_snapshot_taken_by_the_reader()
    {
        var rig = new ProtocolRig();
        using var session = rig.Streams.Open("/public/ws/btcusdt@depth5@100ms");
        rig.Streams.OnDepth("BTCUSDT", Diff(0, [Level(59999m, 1m)], []));
        ProtocolRig.Drain(session).Count.ShouldBe(1);
        rig.Streams.OnDepth("BTCUSDT", Diff(5, [Level(59998m, 1m)], []));
        ProtocolRig.Drain(session).ShouldBeEmpty();
        rig.Exchange.Depth = rig.Exchange.Depth with { LastUpdateId = 160, Bids = [Level(59997m, 7m)] };
        _ = session.ReadAsync(default).AsTask();
        rig.Exchange.Calls.Count.ShouldBe(2);
        using var reader = rig.Streams.Open("/public/ws/btcusdt@depth5@100ms");
        rig.Streams.OnDepth("BTCUSDT", Diff(6, [Level(59996m, 2m)], []));
        ProtocolRig.Drain(reader).ShouldHaveSingleItem().ShouldContain("""[["59997.00","7.000"],["59996.00","2.000"]]""");
    }

    /// <summary>
    /// Random books and diffs: at every speed the client that follows the venue's rules (pu chain from a snapshot) holds the same book as the exchange, and every
    /// partial book is the top of it.
    /// </summary>
    [Fact]
    public void Followers_of_any_speed_rebuild_the_book()
    {
        var change = from price in Gen.Choose(1, 12) from quantity in Gen.Choose(0, 3) from isBid in Gen.Elements(true, false) select (price, quantity, isBid);
        Prop.ForAll(Arb.From(change.ArrayOf(4).ListOf(40)), script =>
        {
            var rig = new ProtocolRig();
            rig.Exchange.Depth = new DepthSnapshot(100, 0, [], []);
            using var session = rig.Streams.Open(
                "/public/stream?streams=btcusdt@depth@100ms/btcusdt@depth/btcusdt@depth@500ms/btcusdt@depth5@100ms/btcusdt@depth20@500ms");
            var truth = new Book();
            var followers = new[] { "btcusdt@depth@100ms", "btcusdt@depth", "btcusdt@depth@500ms" }.ToDictionary(name => name, _ => new Book { LastUpdateId = 100 });
            var number = 0;
            foreach (var step in script)
            {
                var levels = step.DistinctBy(level => (level.price, level.isBid)).ToArray();
                var diff = Diff(
                    number++,
                    [.. levels.Where(level => level.isBid).Select(level => Level(100 - level.price, level.quantity))],
                    [.. levels.Where(level => !level.isBid).Select(level => Level(100 + level.price, level.quantity))]);
                truth.Apply(diff.Bids, diff.Asks);
                rig.Streams.OnDepth("BTCUSDT", diff);
                foreach (var frame in ProtocolRig.Drain(session)) Follow(followers, truth, frame);
            }
            rig.Streams.OnMarkPrice("BTCUSDT", rig.Exchange.Mark with { TimeMs = FakeExchange.Start + 1_000_000 });
            foreach (var frame in ProtocolRig.Drain(session)) Follow(followers, truth, frame);
            foreach (var follower in followers.Values) follower.Text().ShouldBe(truth.Text());
        }).QuickCheckThrowOnFailure();
    }

    private static void Follow(Dictionary<string, Book> followers, Book truth, string frame)
    {
        using var json = JsonDocument.Parse(frame);
        var data = json.RootElement.GetProperty("data");
        var (bids, asks) = (Levels(data.GetProperty("b")), Levels(data.GetProperty("a")));
        if (!followers.TryGetValue(json.RootElement.GetProperty("stream").GetString()!, out var follower))
        {
            var depth = json.RootElement.GetProperty("stream").GetString()!.Contains("depth5") ? 5 : 20;
            bids.ShouldBe(truth.Bids.Reverse().Take(depth).Select(level => new DepthLevel(level.Key, level.Value)));
            asks.ShouldBe(truth.Asks.Take(depth).Select(level => new DepthLevel(level.Key, level.Value)));
            return;
        }
        data.GetProperty("pu").GetInt64().ShouldBe(follower.LastUpdateId);
        data.GetProperty("U").GetInt64().ShouldBe(follower.LastUpdateId + 1);
        follower.LastUpdateId = data.GetProperty("u").GetInt64();
        follower.Apply(bids, asks);
    }

    private static List<DepthLevel> Levels(JsonElement side) =>
        [.. side.EnumerateArray().Select(level => Level(Number(level[0]), Number(level[1])))];

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private sealed class Book
    {
        public SortedDictionary<long, long> Bids { get; } = [];

        public SortedDictionary<long, long> Asks { get; } = [];

        public long LastUpdateId { get; set; }

        public void Apply(IReadOnlyList<DepthLevel> bids, IReadOnlyList<DepthLevel> asks)
        {
            Apply(Bids, bids);
            Apply(Asks, asks);
        }

        public string Text() => string.Join(' ', Bids.Concat(Asks).Select(level => $"{level.Key}:{level.Value}"));

        private static void Apply(SortedDictionary<long, long> side, IReadOnlyList<DepthLevel> levels)
        {
            foreach (var level in levels)
            {
                if (level.QuantityE8 == 0) side.Remove(level.PriceE8);
                else side[level.PriceE8] = level.QuantityE8;
            }
        }
    }
}
