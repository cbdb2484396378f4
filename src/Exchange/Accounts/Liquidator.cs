using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Accounts;

/// <summary>
/// Liquidation (FAQ 360033525271): when a margin balance is at or below its maintenance margin, the orders in scope end, waiting conditional ones too (those
/// without a trigger yet and those whose order is not placed yet), and positions are closed step by step:
/// a position above its first bracket is first cut to the bracket below. Each step is an immediate limit order at the bankruptcy price; what the
/// market does not take there goes to the insurance fund at that price, or to accounts on the other side when the fund cannot bear it.
/// Scope is one isolated position, or all crossed positions of the account.
/// </summary>
internal sealed class Liquidator(Ledger ledger, ConditionalBook conditionals, IMarketHost host, PendingEvents events)
{
    private readonly Deleveraging _deleveraging = new(ledger);

    /// <summary>Holds every account against its margin; true when something was liquidated, which may have moved other accounts.</summary>
    public bool Run(long timeMs)
    {
        var any = false;
        foreach (var account in ledger.Accounts)
        {
            var isIdle = true;
            foreach (var book in account.Symbols)
            {
                if (book.IsFlat) continue;
                isIdle = false;
                if (!book.IsIsolated) continue;
                foreach (var leg in book.Legs) any |= !leg.IsFlat && HoldIsolated(leg, timeMs);
            }
            any |= !isIdle && HoldCross(account, timeMs);
            // A closing trade may cost more than the account had.
            if (isIdle && account.Balance < 0) ledger.ClearInsurance(account, null, "", -account.Balance, timeMs);
        }
        return any;
    }

    private bool HoldIsolated(PositionState leg, long timeMs)
    {
        var (balance, maintenance) = (leg.IsolatedBalance, leg.Maintenance);
        if (IsDue(balance, maintenance))
        {
            Liquidate(leg.Account, leg, timeMs);
            return true;
        }
        var isNear = maintenance >= balance * host.Options.MarginCallRatio;
        if (isNear && !leg.IsWarned) events.MarginCall(leg.Account.Name, new MarginCall(null, [MarginModel.ToContract(leg)], timeMs));
        leg.IsWarned = isNear;
        return false;
    }

    private bool HoldCross(AccountState account, long timeMs)
    {
        var (balance, maintenance) = MarginModel.Cross(account);
        if (maintenance == 0) return false;
        if (IsDue(balance, maintenance))
        {
            Liquidate(account, null, timeMs);
            return true;
        }
        var isNear = maintenance >= balance * host.Options.MarginCallRatio;
        if (isNear && !account.IsWarned)
        {
            var positions = CrossLegs(account).Select(MarginModel.ToContract).ToArray();
            events.MarginCall(account.Name, new MarginCall(MarginModel.CrossBalance(account), positions, timeMs));
        }
        account.IsWarned = isNear;
        return false;
    }

    private static bool IsDue(decimal balance, decimal maintenance) => maintenance > 0 && balance <= maintenance;

    private static (decimal Balance, decimal Maintenance) Margin(AccountState account, PositionState? isolated) =>
        isolated is null ? MarginModel.Cross(account) : (isolated.IsolatedBalance, isolated.Maintenance);

    private void Liquidate(AccountState account, PositionState? isolated, long timeMs)
    {
        EndOrders(account, isolated, timeMs);
        while (true)
        {
            var (balance, maintenance) = Margin(account, isolated);
            if (!IsDue(balance, maintenance)) break;
            var leg = isolated ?? CrossLegs(account).MaxBy(l => l.Maintenance)!;
            Step(leg, isolated, balance * leg.Maintenance / maintenance, timeMs);
        }
        if (isolated is { IsFlat: true })
        {
            if (isolated.IsolatedWallet < 0) ledger.ClearInsurance(account, isolated, isolated.Symbol.Name, -isolated.IsolatedWallet, timeMs);
            if (isolated.IsolatedWallet > 0) ledger.MoveMargin(isolated, -isolated.IsolatedWallet, timeMs);
        }
        if (isolated is not null || CrossLegs(account).Any()) return;
        var wallet = MarginModel.CrossBalance(account);
        if (wallet < 0) ledger.ClearInsurance(account, null, "", -wallet, timeMs);
    }

    /// <summary>Tries to sell or buy back one step of a position in the market; hands the whole of it over when the market does not take the step.</summary>
    /// <param name="leg">The position.</param>
    /// <param name="isolated">The scope.</param>
    /// <param name="share">What of the scope's margin balance this position may lose.</param>
    /// <param name="timeMs">Market time.</param>
    private void Step(PositionState leg, PositionState? isolated, decimal share, long timeMs)
    {
        var symbol = leg.Symbol;
        var rules = symbol.Rules;
        var bankruptcy = Math.Max(rules.TickSize, decimal.Round(symbol.MarkOrLast - (share / leg.Quantity), 8));
        var quantity = StepQuantity(leg);
        var limit = leg.Quantity > 0 ? rules.CeilingPrice(bankruptcy) : Math.Max(rules.TickSize, rules.FloorPrice(bankruptcy));
        var order = ledger.AcceptForced(leg, quantity, limit, OrderOrigin.Liquidation, timeMs);
        symbol.Venue!.Submit(order, Fixed8.FromDecimal(limit), Fixed8.FromDecimal(quantity));
        host.PublishTicker(symbol, symbol.Venue.Ticker(timeMs));
        ChargeFee(leg, isolated, order, timeMs);
        if (order.Status == OrderStatus.Filled || leg.IsFlat) return;
        var (balance, maintenance) = Margin(leg.Account, isolated);
        if (IsDue(balance, maintenance)) HandOver(leg, balance * leg.Maintenance / maintenance, timeMs);
    }

    /// <summary>The whole position in its first bracket, else what brings it down to the bracket below.</summary>
    private static decimal StepQuantity(PositionState leg)
    {
        var whole = Math.Abs(leg.Quantity);
        var bracket = leg.Owner.Brackets.Of(leg.Notional);
        if (bracket.NotionalFloor == 0) return whole;
        var step = leg.Symbol.Rules.StepSize;
        var excess = decimal.Ceiling((leg.Notional - bracket.NotionalFloor) / leg.Symbol.MarkOrLast / step) * step;
        return Math.Min(whole, excess);
    }

    /// <summary>The liquidation fee, as far as the margin suffices.</summary>
    private void ChargeFee(PositionState leg, PositionState? isolated, AccountOrder order, long timeMs)
    {
        if (order.ExecutedE8 == 0) return;
        var left = isolated is null ? MarginModel.Cross(leg.Account).Balance : isolated.IsolatedBalance;
        var fee = Math.Min(decimal.Round(order.ExecutedQuote * host.Options.LiquidationFee, 8), Math.Max(0, decimal.Round(left, 8, MidpointRounding.ToZero)));
        ledger.ClearInsurance(leg.Account, leg, leg.Symbol.Name, -fee, timeMs);
    }

    /// <summary>The position ends at its bankruptcy price, outside the market.</summary>
    private void HandOver(PositionState leg, decimal share, long timeMs)
    {
        var mark = leg.Symbol.MarkOrLast;
        var price = Math.Max(leg.Symbol.Rules.TickSize, decimal.Round(mark - (share / leg.Quantity), 8));
        var order = ledger.AcceptForced(leg, Math.Abs(leg.Quantity), price, OrderOrigin.Liquidation, timeMs);
        if (host.Options.Deleverages && ledger.House.Insurance + (leg.Quantity * (mark - price)) < 0) _deleveraging.Fill(order, price, timeMs);
        if (order.RemainingE8 != 0) ledger.Settle(order, price, mark, order.RemainingE8, timeMs);
    }

    private void EndOrders(AccountState account, PositionState? isolated, long timeMs)
    {
        foreach (var book in account.Symbols)
        {
            if (isolated is null ? book.IsIsolated : book != isolated.Owner) continue;
            foreach (var order in book.Orders.ToArray())
            {
                order.Symbol.Venue!.Remove(order);
                ledger.End(order, OrderStatus.Expired, ExpireReason.Liquidation, timeMs);
            }
            conditionals.Expire(account.Name, book.Symbol, "the account was liquidated", timeMs);
            host.PublishTicker(book.Symbol, book.Symbol.Venue!.Ticker(timeMs));
        }
    }

    private static IEnumerable<PositionState> CrossLegs(AccountState account)
    {
        foreach (var book in account.Symbols)
        {
            if (book.IsIsolated) continue;
            foreach (var leg in book.Legs)
                if (!leg.IsFlat) yield return leg;
        }
    }
}
