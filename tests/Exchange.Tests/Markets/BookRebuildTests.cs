using System.Globalization;
using System.Text.Json;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Exchange.Tests.Doubles;
using Granary.Exchange.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Markets;

/// <summary>
/// A follower that knows the venue's published rules for a local book and nothing of this exchange's code rebuilds the book from diffs and snapshots while
/// diffs are lost, doubled and overtaken and snapshots are stale.
/// </summary>
public sealed class BookRebuildTests
{
    private const string Symbol = "BTCUSDT";
    private const long StartMs = 1_700_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_follower_is_right_or_knows_that_it_is_not(ulong seed)
    {
        var streams = new StreamProtocol(new StreamOptions());
        using var exchange = new ExchangeCore(
            new ExchangeOptions { StartTimeMs = StartMs, Seed = seed, Symbols = [SymbolCatalog.Find(Symbol)!] }, MarketFactory.Create, streams,
            new ManualTime(StartMs), NullLogger<ExchangeCore>.Instance);
        streams.Attach(exchange);
        var rest = new RestProtocol(exchange, streams, new RestOptions { WeightPerMinuteMax = 0 });
        streams.Faults.Add(FaultScript.Parse($$"""
            {"seed":{{seed}},"rules":[
             {"kind":"EventLost","stream":"btcusdt@depth@100ms","probability":0.04},
             {"kind":"EventTwice","stream":"btcusdt@depth@100ms","probability":0.04},
             {"kind":"EventLate","stream":"btcusdt@depth@100ms","probability":0.04,"value":2},
             {"kind":"StaleDepth","request":"GET /fapi/v1/depth","probability":0.4}]}
            """));
        using var session = streams.Open("/public/ws/btcusdt@depth@100ms");
        var follower = new Follower(() =>
        {
            using var json = JsonDocument.Parse(rest.Handle(new RestCall("GET", "/fapi/v1/depth", "symbol=BTCUSDT&limit=1000", "", null, "local")).Body);
            return json.RootElement.Clone();
        });
        var compared = 0;
        while (exchange.MarketTimeMs < StartMs + 180_000)
        {
            exchange.Driver.Step();
            foreach (var frame in ProtocolRig.Drain(session))
            {
                using var json = JsonDocument.Parse(frame);
                follower.Take(json.RootElement);
            }
            var truth = exchange.GetDepth(Symbol, 1000);
            if (!follower.IsLive || follower.LastUpdateId != truth.LastUpdateId) continue;
            compared++;
            follower.Bids.ShouldBe(truth.Bids.Select(Text));
            follower.Asks.ShouldBe(truth.Asks.Select(Text));
        }
        compared.ShouldBeGreaterThan(800);
        follower.Gaps.ShouldBeGreaterThan(50);
        follower.StaleSnapshots.ShouldBeGreaterThan(5);
    }

    private static (decimal, decimal) Text(DepthLevel level) => (level.PriceE8 / 1e8m, level.QuantityE8 / 1e8m);

    private sealed class Follower(Func<JsonElement> ask)
    {
        private readonly SortedDictionary<decimal, decimal> _bids = [];
        private readonly SortedDictionary<decimal, decimal> _asks = [];
        private readonly List<JsonElement> _buffered = [];
        private long _snapshotId = -1;

        public bool IsLive { get; private set; }

        public long LastUpdateId { get; private set; }

        public int Gaps { get; private set; }

        public int StaleSnapshots { get; private set; }

        public IEnumerable<(decimal, decimal)> Bids => _bids.Reverse().Select(l => (l.Key, l.Value));

        public IEnumerable<(decimal, decimal)> Asks => _asks.Select(l => (l.Key, l.Value));

        public void Take(JsonElement diff)
        {
            if (IsLive && Id(diff, "u") <= LastUpdateId) return;
            if (IsLive && Id(diff, "pu") == LastUpdateId)
            {
                Apply(diff);
                return;
            }
            if (IsLive)
            {
                Gaps++;
                IsLive = false;
                _buffered.Clear();
                _snapshotId = -1;
            }
            _buffered.Add(diff.Clone());
            if (_snapshotId < 0) Begin();
            Join();
        }

        private static long Id(JsonElement diff, string name) => diff.GetProperty(name).GetInt64();

        private void Begin()
        {
            var snapshot = ask();
            _bids.Clear();
            _asks.Clear();
            _snapshotId = Id(snapshot, "lastUpdateId");
            Set(_bids, snapshot.GetProperty("bids"));
            Set(_asks, snapshot.GetProperty("asks"));
        }

        /// <summary>The first event that is used spans the snapshot, or follows it without a hole; each later one follows the one before.</summary>
        private void Join()
        {
            _buffered.RemoveAll(d => Id(d, "u") < _snapshotId);
            if (_buffered.Count == 0) return;
            var first = _buffered[0];
            if ((Id(first, "U") > _snapshotId || Id(first, "u") < _snapshotId) && Id(first, "pu") != _snapshotId)
            {
                StaleSnapshots++;
                _snapshotId = -1;
                return;
            }
            IsLive = true;
            var buffered = _buffered.ToArray();
            _buffered.Clear();
            Apply(first);
            foreach (var diff in buffered.Skip(1)) Take(diff);
        }

        private void Apply(JsonElement diff)
        {
            Set(_bids, diff.GetProperty("b"));
            Set(_asks, diff.GetProperty("a"));
            LastUpdateId = Id(diff, "u");
        }

        private static void Set(SortedDictionary<decimal, decimal> side, JsonElement levels)
        {
            foreach (var level in levels.EnumerateArray())
            {
                var (price, quantity) = (Number(level[0]), Number(level[1]));
                if (quantity == 0) side.Remove(price);
                else side[price] = quantity;
            }
        }

        private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
    }
}
