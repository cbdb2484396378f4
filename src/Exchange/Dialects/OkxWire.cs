using System.Globalization;
using System.Text.Json;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Dialects;

/// <summary>OKX v5: sizes in contracts of <see cref="CoinsPerContract"/> coins, books chained by prevSeqId.</summary>
internal sealed class OkxWire : IDialectWire
{
    /// <summary>Coins in a contract of every symbol.</summary>
    public const decimal CoinsPerContract = 0.01m;

    private static readonly (string Channel, DialectTopic Topic)[] _channels =
    [
        ("trades", DialectTopic.Trades), ("bbo-tbt", DialectTopic.Quote), ("books", DialectTopic.Book), ("mark-price", DialectTopic.Mark),
        ("index-tickers", DialectTopic.Index), ("funding-rate", DialectTopic.Funding),
    ];

    /// <inheritdoc/>
    public string Path => "/ws/v5/public";

    /// <inheritdoc/>
    public DialectCommand Read(string text)
    {
        if (text == "ping") return new DialectCommand([], [], ["pong"]);
        try
        {
            using var document = JsonDocument.Parse(text);
            var operation = document.RootElement.GetProperty("op").GetString();
            if (operation is not ("subscribe" or "unsubscribe")) return Error("Illegal request");
            List<(string, DialectTopic)> topics = [];
            List<string> answers = [];
            foreach (var argument in document.RootElement.GetProperty("args").EnumerateArray())
            {
                var (channel, name) = (argument.GetProperty("channel").GetString(), argument.GetProperty("instId").GetString()!);
                var at = Array.FindIndex(_channels, item => item.Channel == channel);
                if (at < 0) return Error($"channel:{channel} doesn't exist");
                topics.Add((name.Replace("-SWAP", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), _channels[at].Topic));
                answers.Add($"{{\"event\":\"{operation}\",\"arg\":{argument.GetRawText()},\"connId\":\"0\"}}");
            }
            return operation == "subscribe" ? new DialectCommand(topics, [], answers) : new DialectCommand([], topics, answers);
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Error("Illegal request");
        }
    }

    /// <inheritdoc/>
    public string Trade(string symbol, in AggTrade trade) => Data("trades", Name(symbol), Invariant(
        $"{{\"instId\":\"{Name(symbol)}\",\"tradeId\":\"{trade.LastTradeId}\",\"px\":\"{trade.Price}\",\"sz\":\"{Size(trade.QuantityE8)}\",\"side\":\"{(trade.IsBuyerMaker ? "sell" : "buy")}\",\"ts\":\"{trade.TimeMs}\",\"count\":\"{trade.TradeCount}\"}}"));

    /// <inheritdoc/>
    public string Quote(string symbol, in BookTicker ticker) => Data("bbo-tbt", Name(symbol), Invariant(
        $"{{\"asks\":{Best(ticker.AskPriceE8, ticker.AskQuantityE8)},\"bids\":{Best(ticker.BidPriceE8, ticker.BidQuantityE8)},\"ts\":\"{ticker.TimeMs}\",\"seqId\":{ticker.UpdateId}}}"));

    /// <inheritdoc/>
    public string Book(string symbol, long previousId, long id, long number, long timeMs, IEnumerable<DepthLevel> bids, IEnumerable<DepthLevel> asks) =>
        Invariant(
        $"{{\"arg\":{{\"channel\":\"books\",\"instId\":\"{Name(symbol)}\"}},\"action\":\"{(previousId < 0 ? "snapshot" : "update")}\",\"data\":[{{\"asks\":{Levels(asks)},\"bids\":{Levels(bids)},\"ts\":\"{timeMs}\",\"checksum\":0,\"prevSeqId\":{Math.Max(previousId, -1)},\"seqId\":{id}}}]}}");

    /// <inheritdoc/>
    public string? Mark(string symbol, DialectTopic topic, in MarkPrice mark) => topic switch
    {
        DialectTopic.Mark => Data("mark-price", Name(symbol),
            Invariant($"{{\"instType\":\"SWAP\",\"instId\":\"{Name(symbol)}\",\"markPx\":\"{mark.Mark}\",\"ts\":\"{mark.TimeMs}\"}}")),
        DialectTopic.Index => Data("index-tickers", Name(symbol)[..^5],
        Invariant($"{{\"instId\":\"{Name(symbol)[..^5]}\",\"idxPx\":\"{mark.Index}\",\"ts\":\"{mark.TimeMs}\"}}")),
        DialectTopic.Funding => Data("funding-rate", Name(symbol), Invariant(
            $"{{\"instType\":\"SWAP\",\"instId\":\"{Name(symbol)}\",\"fundingRate\":\"{mark.FundingRate}\",\"fundingTime\":\"{mark.NextFundingTimeMs}\",\"ts\":\"{mark.TimeMs}\"}}")),
        _ => null,
    };

    /// <inheritdoc/>
    public string? Rest(string path, IReadOnlyList<SymbolRules> symbols, long nowMs) => path switch
    {
        "/api/v5/public/time" => Invariant($"{{\"code\":\"0\",\"msg\":\"\",\"data\":[{{\"ts\":\"{nowMs}\"}}]}}"),
        "/api/v5/public/instruments" => Invariant($"{{\"code\":\"0\",\"msg\":\"\",\"data\":[{string.Join(',', symbols.Select(Instrument))}]}}"),
        _ => null,
    };

    private static string Instrument(SymbolRules rules) => Invariant(
        $"{{\"instId\":\"{Name(rules.Symbol)}\",\"ctType\":\"linear\",\"settleCcy\":\"USDT\",\"ctVal\":\"{CoinsPerContract}\",\"ctMult\":\"1\",\"ctValCcy\":\"{rules.Symbol[..^4]}\",\"tickSz\":\"{rules.TickSize}\",\"lotSz\":\"{rules.StepSize / CoinsPerContract}\",\"minSz\":\"{rules.QuantityMin / CoinsPerContract}\",\"state\":\"live\"}}");

    private static DialectCommand Error(string message) =>
        new([], [], [$"{{\"event\":\"error\",\"code\":\"60018\",\"msg\":{JsonSerializer.Serialize(message)},\"connId\":\"0\"}}"]);

    private static string Data(string channel, string name, string item) =>
        $"{{\"arg\":{{\"channel\":\"{channel}\",\"instId\":\"{name}\"}},\"data\":[{item}]}}";

    private static string Best(long priceE8, long quantityE8) => priceE8 == 0 ? "[]" : Levels([new DepthLevel(priceE8, quantityE8)]);

    private static string Levels(IEnumerable<DepthLevel> levels) =>
        $"[{string.Join(',', levels.Select(static level => Invariant($"[\"{Fixed8.ToDecimal(level.PriceE8)}\",\"{Size(level.QuantityE8)}\",\"0\",\"1\"]")))}]";

    // BTCUSDT is BTC-USDT-SWAP.
    private static string Name(string symbol) => $"{symbol[..^4]}-USDT-SWAP";

    private static decimal Size(long quantityE8) => Fixed8.ToDecimal(quantityE8) / CoinsPerContract;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
