using System.Globalization;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes the events as Binance spells them. E is the protocol clock, T the market's.</summary>
internal static class StreamEvents
{
    /// <summary>Decimals of mark prices, rates and money.</summary>
    private const int MoneyScale = 8;

    public static WireWriter AggTrade(WireWriter w, SymbolFormat f, in AggTrade trade, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"aggTrade\""u8).Name("E"u8).Number(nowMs).Name("s"u8).Text(f.Symbol).Name("a"u8).Number(trade.Id)
        .Name("p"u8).E8(trade.PriceE8, f.PriceScale).Name("q"u8).E8(trade.QuantityE8, f.QuantityScale).Name("nq"u8).E8(trade.QuantityE8, f.QuantityScale)
        .Name("f"u8).Number(trade.FirstTradeId).Name("l"u8).Number(trade.LastTradeId).Name("T"u8).Number(trade.TimeMs).Name("m"u8).Bool(trade.IsBuyerMaker)
        .Name("st"u8).Number(1).EndObject();

    /// <summary>The aggregate as one trade under its last id: single fills are not published by the core.</summary>
    public static WireWriter Trade(WireWriter w, SymbolFormat f, in AggTrade trade, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"trade\""u8).Name("E"u8).Number(nowMs).Name("T"u8).Number(trade.TimeMs).Name("s"u8).Text(f.Symbol)
        .Name("t"u8).Number(trade.LastTradeId).Name("p"u8).E8(trade.PriceE8, f.PriceScale).Name("q"u8).E8(trade.QuantityE8, f.QuantityScale)
        .Name("X"u8).Value("\"MARKET\""u8).Name("m"u8).Bool(trade.IsBuyerMaker).EndObject();

    public static WireWriter BookTicker(WireWriter w, SymbolFormat f, in BookTicker ticker, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"bookTicker\""u8).Name("u"u8).Number(ticker.UpdateId).Name("E"u8).Number(nowMs).Name("T"u8).Number(ticker.TimeMs)
        .Name("s"u8).Text(f.Symbol).Name("ps"u8).Text(f.Symbol)
        .Name("b"u8).E8(ticker.BidPriceE8, f.PriceScale).Name("B"u8).E8(ticker.BidQuantityE8, f.QuantityScale)
        .Name("a"u8).E8(ticker.AskPriceE8, f.PriceScale).Name("A"u8).E8(ticker.AskQuantityE8, f.QuantityScale).Name("st"u8).Number(1).EndObject();

    public static WireWriter MarkPrice(WireWriter w, SymbolFormat f, in MarkPrice mark, long nowMs) => MarkPriceObject(w.Reset(), f, mark, nowMs);

    public static WireWriter MarkPriceObject(WireWriter w, SymbolFormat f, in MarkPrice mark, long nowMs) => w.BeginObject()
        .Name("e"u8).Value("\"markPriceUpdate\""u8).Name("E"u8).Number(nowMs).Name("s"u8).Text(f.Symbol)
        .Name("p"u8).Decimal(mark.Mark, MoneyScale).Name("ap"u8).Decimal(mark.Mark, MoneyScale).Name("i"u8).Decimal(mark.Index, MoneyScale)
        .Name("P"u8).Decimal(mark.Mark, MoneyScale).Name("r"u8).Decimal(mark.FundingRate, MoneyScale).Name("T"u8).Number(mark.NextFundingTimeMs)
        .Name("st"u8).Number(1).EndObject();

    public static WireWriter Depth(
        WireWriter w, SymbolFormat f, DepthDiff ids, IEnumerable<DepthLevel> bids, IEnumerable<DepthLevel> asks, long nowMs) => Levels(
            Levels(
                w.Reset().BeginObject().Name("e"u8).Value("\"depthUpdate\""u8).Name("E"u8).Number(nowMs).Name("T"u8).Number(ids.TimeMs)
                    .Name("s"u8).Text(f.Symbol).Name("ps"u8).Text(f.Symbol)
                    .Name("U"u8).Number(ids.FirstUpdateId).Name("u"u8).Number(ids.LastUpdateId).Name("pu"u8).Number(ids.PreviousUpdateId).Name("b"u8),
                f,
                bids).Name("a"u8),
            f,
            asks).Name("st"u8).Number(1).EndObject();

    public static WireWriter Levels(WireWriter w, SymbolFormat f, IEnumerable<DepthLevel> levels)
    {
        w.BeginArray();
        foreach (var level in levels) w.BeginArray().E8(level.PriceE8, f.PriceScale).E8(level.QuantityE8, f.QuantityScale).EndArray();
        return w.EndArray();
    }

    public static WireWriter TradeLite(WireWriter w, SymbolFormat f, ExchangeOrder order, ExchangeFill fill, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"TRADE_LITE\""u8).Name("E"u8).Number(nowMs).Name("T"u8).Number(fill.TimeMs).Name("s"u8).Text(f.Symbol)
        .Name("q"u8).Decimal(order.Quantity, f.QuantityScale).Name("p"u8).Decimal(order.Price, f.PriceScale).Name("m"u8).Bool(fill.IsMaker)
        .Name("c"u8).Text(order.ClientOrderId).Name("S"u8).Value(VenueWords.Quoted(order.Side))
        .Name("L"u8).Decimal(fill.Price, f.PriceScale).Name("l"u8).Decimal(fill.Quantity, f.QuantityScale)
        .Name("t"u8).Number(fill.TradeId).Name("i"u8).Number(order.OrderId).EndObject();

    public static WireWriter Order(WireWriter w, SymbolFormat f, ExecutionEvent execution, long nowMs)
    {
        var (order, fill) = (execution.Order, execution.Fill);
        var timeMs = fill?.TimeMs ?? order.UpdatedMs;
        w.Reset().BeginObject().Name("e"u8).Value("\"ORDER_TRADE_UPDATE\""u8).Name("T"u8).Number(timeMs).Name("E"u8).Number(nowMs).Name("o"u8).BeginObject()
            .Name("s"u8).Text(f.Symbol).Name("c"u8).Text(order.ClientOrderId).Name("S"u8).Value(VenueWords.Quoted(order.Side))
            .Name("o"u8).Value(VenueWords.EventType(order)).Name("f"u8).Value(VenueWords.Force(order.TimeInForce, order.Terms))
            .Name("q"u8).Decimal(order.Quantity, f.QuantityScale).Name("p"u8).Decimal(order.Price, f.PriceScale)
            .Name("ap"u8).Decimal(f.AveragePrice(order.ExecutedQuote, order.ExecutedQuantity), f.AverageScale).Name("sp"u8).Decimal(order.Terms.StopPrice, f.PriceScale)
            .Name("x"u8).Text(execution.Kind).Name("X"u8).Value(VenueWords.Status(order)).Name("i"u8).Number(order.OrderId)
            .Name("l"u8).Decimal(fill?.Quantity ?? 0, f.QuantityScale).Name("z"u8).Decimal(order.ExecutedQuantity, f.QuantityScale)
            .Name("L"u8).Decimal(fill?.Price ?? 0, f.PriceScale);
        if (fill is not null) w.Name("N"u8).Text(f.FeeAssetOf(fill)).Name("n"u8).Decimal(fill.Fee, MoneyScale);
        return w.Name("T"u8).Number(timeMs).Name("t"u8).Number(fill?.TradeId ?? 0).Name("b"u8).Value("\"0\""u8).Name("a"u8).Value("\"0\""u8)
            .Name("m"u8).Bool(fill?.IsMaker ?? false).Name("R"u8).Bool(order.ReduceOnly).Name("wt"u8).Value("\"CONTRACT_PRICE\""u8)
            .Name("ot"u8).Value(VenueWords.OriginalType(order)).Name("ps"u8).Value(VenueWords.Quoted(order.PositionSide)).Name("cp"u8).Bool(order.Terms.ClosePosition)
            .Name("AP"u8).Value("\"0\""u8).Name("cr"u8).Value("\"0\""u8).Name("pP"u8).Bool(false).Name("si"u8).Number(0).Name("ss"u8).Number(0)
            .Name("rp"u8).Decimal(fill?.RealizedPnl ?? 0, MoneyScale).Name("V"u8).Value(VenueWords.Quoted(order.Terms.SelfTrade))
            .Name("pm"u8).Value(VenueWords.Quoted(order.Terms.PriceMatch))
            .Name("gtd"u8).Number(order.Terms.GoodTillMs).Name("er"u8).Text(execution.ExpireReason.ToString(CultureInfo.InvariantCulture)).EndObject().EndObject();
    }

    /// <summary>A change of the balance or of positions; cr is the position's accumulated realised PnL before fees.</summary>
    public static WireWriter Account(WireWriter w, Func<string, SymbolFormat?> formats, AccountEvent change, long nowMs)
    {
        w.Reset().BeginObject().Name("e"u8).Value("\"ACCOUNT_UPDATE\""u8).Name("T"u8).Number(change.TimeMs).Name("E"u8).Number(nowMs)
            .Name("a"u8).BeginObject().Name("m"u8).Text(change.Reason).Name("B"u8).BeginArray().BeginObject()
            .Name("a"u8).Value("\"USDT\""u8).Name("wb"u8).Decimal(change.Wallet.Balance, MoneyScale).Name("cw"u8).Decimal(change.Wallet.CrossBalance, MoneyScale)
            .Name("bc"u8).Decimal(change.BalanceChange, MoneyScale).EndObject().EndArray().Name("P"u8).BeginArray();
        foreach (var position in change.Positions)
        {
            var f = formats(position.Symbol);
            var scale = f?.AverageScale ?? MoneyScale;
            w.BeginObject().Name("s"u8).Text(position.Symbol).Name("pa"u8).Decimal(position.Quantity, f?.QuantityScale ?? 0)
                .Name("ep"u8).Decimal(position.EntryPrice, scale).Name("bep"u8).Decimal(position.BreakEvenPrice, scale)
                .Name("cr"u8).Decimal(position.RealizedPnl, MoneyScale)
                .Name("up"u8).Decimal(position.UnrealizedPnl, MoneyScale).Name("mt"u8).Value(VenueWords.OfPosition(position.MarginType)).Name("iw"u8);
            PositionJson.IsolatedWallet(w, position).Name("ps"u8).Value(VenueWords.Quoted(position.PositionSide)).EndObject();
        }
        return w.EndArray().EndObject().EndObject();
    }

    /// <summary>A new leverage; the margin type is told by ACCOUNT_UPDATE.</summary>
    public static WireWriter Settings(WireWriter w, MarginSettings settings, long timeMs, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"ACCOUNT_CONFIG_UPDATE\""u8).Name("E"u8).Number(nowMs).Name("T"u8).Number(timeMs).Name("ac"u8).BeginObject()
        .Name("s"u8).Text(settings.Symbol).Name("l"u8).Number((long)settings.Leverage).EndObject().EndObject();

    public static WireWriter MarginCall(WireWriter w, Func<string, SymbolFormat?> formats, MarginCall call, long nowMs)
    {
        w.Reset().BeginObject().Name("e"u8).Value("\"MARGIN_CALL\""u8).Name("E"u8).Number(nowMs);
        if (call.CrossBalance is { } cross) w.Name("cw"u8).Decimal(cross, MoneyScale);
        w.Name("p"u8).BeginArray();
        foreach (var position in call.Positions)
        {
            w.BeginObject().Name("s"u8).Text(position.Symbol).Name("ps"u8).Value(VenueWords.Quoted(position.PositionSide))
                .Name("pa"u8).Decimal(position.Quantity, formats(position.Symbol)?.QuantityScale ?? 0)
                .Name("mt"u8).Value(VenueWords.Quoted(position.MarginType)).Name("iw"u8);
            PositionJson.IsolatedWallet(w, position).Name("mp"u8).Decimal(position.MarkPrice, MoneyScale)
                .Name("up"u8).Decimal(position.UnrealizedPnl, MoneyScale).Name("mm"u8).Decimal(position.MaintenanceMargin, MoneyScale).EndObject();
        }
        return w.EndArray().EndObject();
    }

    public static WireWriter ListenKeyExpired(WireWriter w, string key, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"listenKeyExpired\""u8).Name("E"u8).Number(nowMs).Name("listenKey"u8).Text(key).EndObject();
}
