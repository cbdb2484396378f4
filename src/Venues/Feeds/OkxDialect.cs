using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Ports;

namespace Granary.Venues.Feeds;

/// <summary>
/// OKX v5 public channels: trades, bbo-tbt, books, mark-price, index-tickers and funding-rate. Sizes are contracts. Each change of a book names the one before
/// (prevSeqId); when nothing happens for a minute one comes whose two ids are equal. The checksum is not used: the venue sends 0.
/// </summary>
internal sealed class OkxDialect : IFeedDialect
{
    private const int ArgumentsPerMessageMax = 30;
    private static readonly string[] _channels = ["trades", "bbo-tbt", "mark-price", "funding-rate"];
    private readonly (int Index, Instrument Instrument)[] _symbols;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _slotsOfIndex = new(StringComparer.Ordinal);
    private readonly BookChain[] _chains;
    private readonly (decimal? Index, decimal? Rate, long NextFundingMs)[] _marks;
    private readonly List<BookLevel> _bids = [];
    private readonly List<BookLevel> _asks = [];

    /// <param name="symbols">The symbols of this connection with their positions in the handler's list.</param>
    /// <param name="hasDepth">Whether changes of the books are wanted.</param>
    public OkxDialect(IEnumerable<(int Index, Instrument Instrument)> symbols, bool hasDepth)
    {
        _symbols = [.. symbols];
        _chains = new BookChain[_symbols.Length];
        _marks = new (decimal?, decimal?, long)[_symbols.Length];
        var arguments = new List<string>();
        for (var slot = 0; slot < _symbols.Length; slot++)
        {
            var name = _symbols[slot].Instrument.VenueName;
            _slots.Add(name, slot);
            foreach (var channel in _channels) arguments.Add(Argument(channel, name));
            if (hasDepth) arguments.Add(Argument("books", name));
            var index = IndexName(name);
            if (!_slotsOfIndex.TryGetValue(index, out var slots))
            {
                _slotsOfIndex[index] = slots = [];
                arguments.Add(Argument("index-tickers", index));
            }
            slots.Add(slot);
        }
        AnswersExpected = arguments.Count;
        Subscriptions = [.. arguments.Chunk(ArgumentsPerMessageMax).Select(chunk => Message("subscribe", chunk))];
    }

    /// <inheritdoc />
    public string Path => "/ws/v5/public";

    /// <inheritdoc />
    public IReadOnlyList<byte[]> Subscriptions { get; }

    /// <inheritdoc />
    public int AnswersExpected { get; }

    /// <inheritdoc />
    public byte[] Ping { get; } = [.. "ping"u8];

    /// <inheritdoc />
    public TimeSpan PingInterval => TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public IReadOnlyList<byte[]> RenewBook(int symbolIndex)
    {
        string[] arguments = [Argument("books", _symbols.Single(symbol => symbol.Index == symbolIndex).Instrument.VenueName)];
        return [Message("unsubscribe", arguments), Message("subscribe", arguments)];
    }

    /// <inheritdoc />
    public void Restart()
    {
        foreach (ref var chain in _chains.AsSpan()) chain.Reset();
    }

    /// <inheritdoc />
    public FeedFrame Read(ReadOnlyMemory<byte> bytes, IMarketDataHandler handler, long receivedTimestamp)
    {
        if (bytes.Span.SequenceEqual("pong"u8)) return new FeedFrame(FeedFrameKind.Pong);
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.TryGet("event", out _)) return ReadAnswer(root);
        if (!root.TryGet("arg", out var argument)) throw new FormatException("field arg is missing");
        var (channel, name) = (argument.Text("channel"), argument.Text("instId"));
        if (channel == "index-tickers") return ReadIndex(root, name);
        if (!_slots.TryGetValue(name, out var slot)) return new FeedFrame(FeedFrameKind.Unhandled, "an instrument that was not asked for");
        foreach (var data in root.ItemsOf("data"))
        {
            switch (channel)
            {
                case "trades":
                    HandTrade(slot, data, handler, receivedTimestamp);
                    break;
                case "bbo-tbt":
                    HandTicker(slot, data, handler, receivedTimestamp);
                    break;
                case "books":
                    if (!TryHandBook(slot, root.TextOrEmpty("action"), data, handler, receivedTimestamp)) return new FeedFrame(FeedFrameKind.BookGap, "",
                        _symbols[slot].Index);
                    break;
                case "funding-rate":
                    _marks[slot].Rate = data.Number("fundingRate");
                    _marks[slot].NextFundingMs = data.Integer("fundingTime");
                    break;
                case "mark-price":
                    HandMark(slot, data, handler);
                    break;
                default:
                    return new FeedFrame(FeedFrameKind.Unhandled, $"channel {channel}");
            }
        }
        return new FeedFrame(FeedFrameKind.Event);
    }

    private static FeedFrame ReadAnswer(JsonElement root) => root.Text("event") switch
    {
        "subscribe" => new FeedFrame(FeedFrameKind.Subscribed),
        "unsubscribe" or "channel-conn-count" => new FeedFrame(FeedFrameKind.Event),
        "error" or "channel-conn-count-error" => new FeedFrame(FeedFrameKind.Refused, $"code {root.TextOrEmpty("code")}: {root.TextOrEmpty("msg")}"),
        // The venue announces that it will close the connection, for example before an upgrade; then it does.
        var name => new FeedFrame(FeedFrameKind.Unhandled, $"event {name}"),
    };

    private FeedFrame ReadIndex(JsonElement root, string name)
    {
        if (!_slotsOfIndex.TryGetValue(name, out var slots)) return new FeedFrame(FeedFrameKind.Unhandled, "an index that was not asked for");
        foreach (var data in root.ItemsOf("data"))
            foreach (var slot in slots)
                _marks[slot].Index = data.Number("idxPx") * _symbols[slot].Instrument.CoinsPerLot;
        return new FeedFrame(FeedFrameKind.Event);
    }

    /// <summary>A trade of this channel may stand for several of one taker order at one price: the id is that of the last, count how many.</summary>
    private void HandTrade(int slot, JsonElement data, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        var id = data.Integer("tradeId");
        var count = (int)Math.Clamp(data.IntegerOrZero("count"), 1, int.MaxValue);
        var (price, quantity) = (instrument.PriceE8(data.Number("px")), instrument.QuantityE8(data.Number("sz")));
        if (price <= 0 || quantity <= 0) throw new FormatException($"trade {id} has a price or size that is not above 0");
        var isSell = data.Text("side") switch
        {
            "buy" => false,
            "sell" => true,
            var side => throw new FormatException($"field side is {side}"),
        };
        handler.OnAggTrade(index, new AggTrade(id, data.Integer("ts"), price, quantity, id - count + 1, count, isSell), receivedTimestamp);
    }

    private void HandTicker(int slot, JsonElement data, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        FeedLevels.Read(data, "bids", instrument, _bids);
        FeedLevels.Read(data, "asks", instrument, _asks);
        // A side may be empty, and then has nothing to say.
        var (bid, ask) = (_bids.Count > 0 ? _bids[0] : default, _asks.Count > 0 ? _asks[0] : default);
        handler.OnBookTicker(
            index, new BookTicker(data.Integer("seqId"), data.Integer("ts"), bid.PriceE8, bid.QuantityE8, ask.PriceE8, ask.QuantityE8), receivedTimestamp);
    }

    private bool TryHandBook(int slot, string action, JsonElement data, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        var (id, previous, timeMs) = (data.Integer("seqId"), data.Integer("prevSeqId"), data.Integer("ts"));
        FeedLevels.Read(data, "bids", instrument, _bids);
        FeedLevels.Read(data, "asks", instrument, _asks);
        if (action == "snapshot")
        {
            _chains[slot].Begin(id);
            handler.OnBook(index, new BookSnapshot(id, timeMs, [.. _bids], [.. _asks], OkxMarketClient.BookLevelsMax), receivedTimestamp);
            return true;
        }
        var step = _chains[slot].Step(previous, id);
        if (step == ChainStep.Follows)
            handler.OnDepth(index, new BookDiff(previous, id, previous, timeMs, CollectionsMarshal.AsSpan(_bids), CollectionsMarshal.AsSpan(_asks)),
                receivedTimestamp);
        return step != ChainStep.Gap;
    }

    private void HandMark(int slot, JsonElement data, IMarketDataHandler handler)
    {
        var mark = data.Number("markPx") * _symbols[slot].Instrument.CoinsPerLot;
        if (mark <= 0) throw new FormatException("field markPx is not above 0");
        // Three channels make one mark price; the other two are sent at once when subscribed.
        if (_marks[slot] is not { Index: { } underlying, Rate: { } rate } parts) return;
        handler.OnMarkPrice(_symbols[slot].Index, new MarkPrice(data.Integer("ts"), mark, underlying, rate, parts.NextFundingMs));
    }

    // BTC-USDT-SWAP has the index BTC-USDT.
    private static string IndexName(string name) => name.EndsWith("-SWAP", StringComparison.Ordinal) ? name[..^5] : name;

    private static string Argument(string channel, string name) => $"{{\"channel\":\"{channel}\",\"instId\":\"{name}\"}}";

    private static byte[] Message(string operation, string[] arguments) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"op\":\"{operation}\",\"args\":[{string.Join(',', arguments)}]}}"));
}
