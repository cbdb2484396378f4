using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>Builds the operator's view of a gate.</summary>
internal static class RiskViews
{
    internal static AccountRiskView Build(
        RiskGate gate, RiskLimits limits, ExposureBook book, decimal? wallet, DayLossRule day, LossStreakRule streak, DrawdownRule drawdown,
        decimal sizeMultiplier, long nextSequence)
    {
        var symbols = book.Symbols.Select(Symbol).ToArray();
        var unrealized = book.UnrealizedPnl;
        var equity = wallet + unrealized;
        var reserved = book.Symbols.Sum(symbol => symbol.InFlight(symbol.Price) is var (buys, sells) ? buys + sells : 0);
        var totals = new Totals(
            symbols.Sum(symbol => symbol.LongNotional), symbols.Sum(symbol => symbol.ShortNotional),
            symbols.Sum(symbol => Math.Max(symbol.LongNotional, symbol.ShortNotional)), book.Symbols.Sum(symbol => symbol.Ledger.Quantity * symbol.Price));
        return new AccountRiskView(
            gate.Account, gate.State, gate.StateReason, wallet, unrealized, equity, totals.Long, totals.Short, totals.Gross, totals.Net, reserved,
            book.OpenOrders, day.DayStartMs, day.StartEquity, day.RealizedPnl, day.LossRatio, day.HaltedUntilMs, streak.Streak, streak.PausedUntilMs,
            drawdown.Drawdown, sizeMultiplier, nextSequence, symbols, Limits(limits, symbols, totals, equity, wallet, book.OpenOrders, day, drawdown))
        {
            Stop = gate.Stop,
            LiquidationDistance = gate.LiquidationDistance,
            IsTotalLossHalted = day.IsTotalHalted,
            IsDrawdownStopped = drawdown.IsStopped,
        };
    }

    private static SymbolRiskView Symbol(SymbolExposure symbol) => new(
        symbol.Symbol, symbol.Ledger.Quantity, symbol.Ledger.EntryPrice, symbol.Mark, symbol.UnrealizedPnl, symbol.Ledger.RealizedPnl, symbol.Ledger.Fees,
        symbol.Strategy, InFlight(symbol, OrderSide.Buy), InFlight(symbol, OrderSide.Sell), symbol.Worst(OrderSide.Buy, symbol.Price),
        symbol.Worst(OrderSide.Sell, symbol.Price), symbol.Ledger.LastTradeId);

    private static decimal InFlight(SymbolExposure symbol, OrderSide side) =>
        symbol.Orders.Where(order => order.Side == side && !order.ReduceOnly).Sum(order => order.Remaining);

    private static LimitUse[] Limits(
        RiskLimits limits, SymbolRiskView[] symbols, Totals totals, decimal? equity, decimal? wallet, int openOrders, DayLossRule day, DrawdownRule drawdown)
    {
        var largest = symbols.Select(symbol => Math.Max(symbol.LongNotional, symbol.ShortNotional)).DefaultIfEmpty().Max();
        var side = Math.Max(symbols.Count(symbol => symbol.LongNotional > 0), symbols.Count(symbol => symbol.ShortNotional > 0));
        return
        [
            new(nameof(RiskLimits.PositionEquityShareMax), Share(largest, equity), limits.PositionEquityShareMax),
            new(nameof(RiskLimits.PositionNotionalMax), largest, limits.PositionNotionalMax),
            new(nameof(RiskLimits.DirectionEquityShareMax), Share(Math.Max(totals.Long, totals.Short), equity), limits.DirectionEquityShareMax),
            new(nameof(RiskLimits.SymbolsPerSideMax), side, limits.SymbolsPerSideMax),
            new(nameof(RiskLimits.GrossNotionalEquityMax), Share(totals.Gross, equity), limits.GrossNotionalEquityMax),
            new(nameof(RiskLimits.GrossNotionalMax), totals.Gross, limits.GrossNotionalMax),
            new(nameof(RiskLimits.NetNotionalMax), Math.Abs(totals.Net), limits.NetNotionalMax),
            new(nameof(RiskLimits.LeverageMax), Share(totals.Gross, equity < wallet ? equity : wallet), limits.LeverageMax),
            new(nameof(RiskLimits.OpenOrdersMax), openOrders, limits.OpenOrdersMax),
            new(nameof(RiskLimits.DailyLossMax), day.LossRatio, limits.DailyLossMax),
            new(nameof(RiskLimits.DailyTotalLossMax), Share(Math.Max(day.StartEquity - equity ?? 0, 0), day.StartEquity), limits.DailyTotalLossMax),
            new(nameof(RiskLimits.DrawdownStopAbove), drawdown.Drawdown, limits.DrawdownStopAbove),
        ];
    }

    private static decimal Share(decimal notional, decimal? of) => of is > 0 and { } amount ? notional / amount : 0;

    private readonly record struct Totals(decimal Long, decimal Short, decimal Gross, decimal Net);
}
