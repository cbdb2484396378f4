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
/// Bybit v5 linear topics: publicTrade, orderbook.1, orderbook.50 and tickers. Changes of a book are numbered one by one (u); a whole book may come at any time
/// and replaces what was there, as after a restart of the venue, which numbers it 1. Trades have no number of their own, so that they are numbered as they
/// come.
/// Tickers after the first say only what changed.
/// </summary>
internal sealed class BybitDialect : IFeedDialect
{
    /// <summary>Levels a side of the book.</summary>
    public const int BookLevels = 50;

    private const int ArgumentsPerMessageMax = 30;
    private readonly (int Index, Instrument Instrument)[] _symbols;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly BookChain[] _chains;
    private readonly BookTicker[] _tickers;
    private readonly long[] _tradeIds;
    private readonly (decimal Mark, decimal Index, decimal? Rate, long NextFundingMs)[] _marks;
    private readonly List<BookLevel> _bids = [];
    private readonly List<BookLevel> _asks = [];

    /// <param name="symbols">The symbols of this connection with their positions in the handler's list.</param>
    /// <param name="hasDepth">Whether changes of the books are wanted.</param>
    public BybitDialect(IEnumerable<(int Index, Instrument Instrument)> symbols, bool hasDepth)
    {
        _symbols = [.. symbols];
        _chains = new BookChain[_symbols.Length];
        _tickers = new BookTicker[_symbols.Length];
        _tradeIds = new long[_symbols.Length];
        _marks = new (decimal, decimal, decimal?, long)[_symbols.Length];
        var topics = new List<string>();
        for (var slot = 0; slot < _symbols.Length; slot++)
        {
            var name = _symbols[slot].Instrument.VenueName;
            _slots.Add(name, slot);
            topics.AddRange([$"publicTrade.{name}", $"orderbook.1.{name}", $"tickers.{name}"]);
            if (hasDepth) topics.Add(BookTopic(name));
        }
        Subscriptions = [.. topics.Chunk(ArgumentsPerMessageMax).Select((chunk, i) => Message("subscribe", chunk, i + 1))];
    }

    /// <inheritdoc />
    public string Path => "/v5/public/linear";

    /// <inheritdoc />
    public IReadOnlyList<byte[]> Subscriptions { get; }

    /// <inheritdoc />
    public int AnswersExpected => Subscriptions.Count;

    /// <inheritdoc />
    public byte[] Ping { get; } = [.. """{"op":"ping"}"""u8];

    /// <inheritdoc />
    public TimeSpan PingInterval => TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public IReadOnlyList<byte[]> RenewBook(int symbolIndex)
    {
        string[] topics = [BookTopic(_symbols.Single(symbol => symbol.Index == symbolIndex).Instrument.VenueName)];
        return [Message("unsubscribe", topics, 0), Message("subscribe", topics, 0)];
    }

    /// <inheritdoc />
    public void Restart()
    {
        foreach (ref var chain in _chains.AsSpan()) chain.Reset();
        Array.Clear(_tickers);
        Array.Clear(_marks);
    }

    /// <inheritdoc />
    public FeedFrame Read(ReadOnlyMemory<byte> bytes, IMarketDataHandler handler, long receivedTimestamp)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.TryGet("op", out _)) return ReadAnswer(root);
        var topic = root.Text("topic");
        var at = topic.LastIndexOf('.');
        if (at < 0 || !_slots.TryGetValue(topic[(at + 1)..], out var slot)) return new FeedFrame(FeedFrameKind.Unhandled, "a topic that was not asked for");
        var isWhole = root.TextOrEmpty("type") == "snapshot";
        switch (topic[..at])
        {
            case "publicTrade":
                foreach (var data in root.ItemsOf("data")) HandTrade(slot, data, handler, receivedTimestamp);
                return new FeedFrame(FeedFrameKind.Event);
            case "orderbook.1":
                HandTicker(slot, isWhole, root, handler, receivedTimestamp);
                return new FeedFrame(FeedFrameKind.Event);
            case "orderbook.50":
                return TryHandBook(slot, isWhole, root, handler, receivedTimestamp)
                    ? new FeedFrame(FeedFrameKind.Event)
                    : new FeedFrame(FeedFrameKind.BookGap, "", _symbols[slot].Index);
            case "tickers":
                HandMark(slot, root, handler);
                return new FeedFrame(FeedFrameKind.Event);
            default:
                return new FeedFrame(FeedFrameKind.Unhandled, $"topic {topic[..at]}");
        }
    }

    private static FeedFrame ReadAnswer(JsonElement root)
    {
        var operation = root.Text("op");
        if (operation is "ping" or "pong") return new FeedFrame(FeedFrameKind.Pong);
        if (!root.Flag("success")) return new FeedFrame(FeedFrameKind.Refused, root.TextOrEmpty("ret_msg"));
        // Renewals of a book carry the id 0: they do not belong to the first subscriptions.
        return operation == "subscribe" && root.TextOrEmpty("req_id") != "0" ? new FeedFrame(FeedFrameKind.Subscribed) : new FeedFrame(FeedFrameKind.Event);
    }

    private void HandTrade(int slot, JsonElement data, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        var (price, quantity) = (instrument.PriceE8(data.Number("p")), instrument.QuantityE8(data.Number("v")));
        if (price <= 0 || quantity <= 0) throw new FormatException("a trade has a price or size that is not above 0");
        var isSell = data.Text("S") switch
        {
            "Buy" => false,
            "Sell" => true,
            var side => throw new FormatException($"field S is {side}"),
        };
        var id = ++_tradeIds[slot];
        handler.OnAggTrade(index, new AggTrade(id, data.Integer("T"), price, quantity, id, 1, isSell), receivedTimestamp);
    }

    private void HandTicker(int slot, bool isWhole, JsonElement root, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        var data = Levels(root, instrument);
        var ticker = isWhole ? default : _tickers[slot];
        // A change of the best price names the new one, and the old one with size 0.
        var (bid, ask) = (_bids.LastOrDefault(static level => level.QuantityE8 > 0), _asks.LastOrDefault(static level => level.QuantityE8 > 0));
        if (bid.PriceE8 > 0) ticker = ticker with { BidPriceE8 = bid.PriceE8, BidQuantityE8 = bid.QuantityE8 };
        if (ask.PriceE8 > 0) ticker = ticker with { AskPriceE8 = ask.PriceE8, AskQuantityE8 = ask.QuantityE8 };
        ticker = ticker with { UpdateId = data.Integer("u"), TimeMs = Time(root) };
        var isSame = ticker.UpdateId == _tickers[slot].UpdateId;
        _tickers[slot] = ticker;
        // Sent again after three quiet seconds under the same number.
        if (!isSame || !isWhole) handler.OnBookTicker(index, ticker, receivedTimestamp);
    }

    private bool TryHandBook(int slot, bool isWhole, JsonElement root, IMarketDataHandler handler, long receivedTimestamp)
    {
        var (index, instrument) = _symbols[slot];
        var data = Levels(root, instrument);
        var (id, timeMs) = (data.Integer("u"), Time(root));
        if (isWhole || id == 1)
        {
            _chains[slot].Begin(id);
            handler.OnBook(index, new BookSnapshot(id, timeMs, [.. _bids], [.. _asks], BookLevels), receivedTimestamp);
            return true;
        }
        var step = _chains[slot].Step(id - 1, id);
        if (step == ChainStep.Follows)
            handler.OnDepth(index, new BookDiff(id - 1, id, id - 1, timeMs, CollectionsMarshal.AsSpan(_bids), CollectionsMarshal.AsSpan(_asks)),
                receivedTimestamp);
        return step != ChainStep.Gap;
    }

    private void HandMark(int slot, JsonElement root, IMarketDataHandler handler)
    {
        if (!root.TryGet("data", out var data)) throw new FormatException("field data is missing");
        var (index, instrument) = _symbols[slot];
        ref var known = ref _marks[slot];
        var before = known;
        if (data.NumberOrZero("markPrice") is > 0 and var mark) known.Mark = mark * instrument.CoinsPerLot;
        if (data.NumberOrZero("indexPrice") is > 0 and var underlying) known.Index = underlying * instrument.CoinsPerLot;
        if (data.TextOrEmpty("fundingRate").Length > 0) known.Rate = data.Number("fundingRate");
        if (data.IntegerOrZero("nextFundingTime") is > 0 and var next) known.NextFundingMs = next;
        if (known == before || known is not { Mark: > 0, Index: > 0, Rate: { } rate }) return;
        handler.OnMarkPrice(index, new MarkPrice(root.Integer("ts"), known.Mark, known.Index, rate, known.NextFundingMs));
    }

    private JsonElement Levels(JsonElement root, Instrument instrument)
    {
        if (!root.TryGet("data", out var data)) throw new FormatException("field data is missing");
        FeedLevels.Read(data, "b", instrument, _bids);
        FeedLevels.Read(data, "a", instrument, _asks);
        return data;
    }

    // The matching engine's time where it is sent, else the gateway's.
    private static long Time(JsonElement root) => root.IntegerOrZero("cts") is > 0 and var time ? time : root.Integer("ts");

    private static string BookTopic(string name) => string.Create(CultureInfo.InvariantCulture, $"orderbook.{BookLevels}.{name}");

    private static byte[] Message(string operation, IEnumerable<string> topics, int id) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{{\"req_id\":\"{id}\",\"op\":\"{operation}\",\"args\":[{string.Join(',', topics.Select(topic => $"\"{topic}\""))}]}}"));
}
