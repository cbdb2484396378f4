using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>Builds the operator's view of a gate.</summary>
internal static class RiskViews
{
    internal static AccountRiskView Build(
        string account, TradingState state, string reason, RiskLimits limits, ExposureBook book, decimal? wallet, DayLossRule day, LossStreakRule streak,
        DrawdownRule drawdown, decimal sizeMultiplier, long nextSequence)
    {
        var symbols = book.Symbols.Select(symbol => Symbol(symbol, book)).ToArray();
        var unrealized = book.UnrealizedPnl;
        var equity = wallet + unrealized;
        var gross = symbols.Sum(symbol => Math.Max(symbol.LongNotional, symbol.ShortNotional));
        var reserved = book.Reservations.Where(order => !order.ReduceOnly)
            .Sum(order => order.Remaining * Math.Max(order.Price, book.Symbol(order.Symbol).Price));
        var net = book.Symbols.Sum(symbol => symbol.Ledger.Quantity * symbol.Price);
        var longs = symbols.Sum(symbol => symbol.LongNotional);
        var shorts = symbols.Sum(symbol => symbol.ShortNotional);
        return new AccountRiskView(
            account, state, reason, wallet, unrealized, equity, longs, shorts, gross, net, reserved, book.OpenOrders,
            day.DayStartMs, day.StartEquity, day.RealizedPnl, day.LossRatio, day.HaltedUntilMs, streak.Streak, streak.PausedUntilMs,
            drawdown.Drawdown, sizeMultiplier, nextSequence, symbols,
            Limits(limits, symbols, equity, wallet, longs, shorts, gross, book.OpenOrders, day.LossRatio));
    }

    private static SymbolRiskView Symbol(SymbolExposure symbol, ExposureBook book) => new(
        symbol.Symbol, symbol.Ledger.Quantity, symbol.Ledger.EntryPrice, symbol.Mark, symbol.UnrealizedPnl, symbol.Ledger.RealizedPnl, symbol.Ledger.Fees,
        symbol.Strategy, InFlight(symbol, book, OrderSide.Buy), InFlight(symbol, book, OrderSide.Sell), book.LongNotional(symbol, symbol.Price),
        book.ShortNotional(symbol, symbol.Price), symbol.Ledger.LastTradeId);

    private static decimal InFlight(SymbolExposure symbol, ExposureBook book, OrderSide side) => book.Reservations
        .Where(order => order.Symbol == symbol.Symbol && order.Side == side && !order.ReduceOnly).Sum(order => order.Remaining);

    private static LimitUse[] Limits(
        RiskLimits limits, SymbolRiskView[] symbols, decimal? equity, decimal? wallet, decimal longs, decimal shorts, decimal gross, int openOrders,
        decimal dayLoss)
    {
        var largest = symbols.Select(symbol => Math.Max(symbol.LongNotional, symbol.ShortNotional)).DefaultIfEmpty().Max();
        return
        [
            new(nameof(RiskLimits.PositionEquityShareMax), Share(largest, equity), limits.PositionEquityShareMax),
            new(nameof(RiskLimits.DirectionEquityShareMax), Share(Math.Max(longs, shorts), equity), limits.DirectionEquityShareMax),
            new(nameof(RiskLimits.GrossNotionalEquityMax), Share(gross, equity), limits.GrossNotionalEquityMax),
            new(nameof(RiskLimits.LeverageMax), Share(gross, equity < wallet ? equity : wallet), limits.LeverageMax),
            new(nameof(RiskLimits.OpenOrdersMax), openOrders, limits.OpenOrdersMax),
            new(nameof(RiskLimits.DailyLossMax), dayLoss, limits.DailyLossMax),
        ];
    }

    private static decimal Share(decimal notional, decimal? of) => of is > 0 and { } amount ? notional / amount : 0;
}
