using Granary.Engine.Orders;
using Granary.Engine.Sizing;

namespace Granary.Engine.Risk;

/// <content>How a proposal is judged: the account and symbol, then the rules of entries or of exits; the first rule broken is the refusal.</content>
public sealed partial class RiskGate
{
    private Refusal? Identity(Proposal proposal, MarketContext market)
    {
        if (proposal.Account != Account) return new Refusal(RefusalReason.AccountMismatch, $"account={proposal.Account} gate={Account}");
        if (market.Rules.Symbol != proposal.Symbol || proposal.Symbol.Length == 0)
            return new Refusal(RefusalReason.UnknownSymbol, $"symbol={proposal.Symbol} rules={market.Rules.Symbol}");
        if (!ClientOrderId.IsValid(EngineId, Account, proposal.Strategy, out var problem)) return new Refusal(RefusalReason.NameInvalid, problem);
        if (!market.Rules.IsTrading) return new Refusal(RefusalReason.SymbolNotTrading, $"symbol={proposal.Symbol} status={market.Rules.Status}");
        return _intents.Contains(proposal.IntentId) ? new Refusal(RefusalReason.DuplicateIntent, $"intent={proposal.IntentId}") : null;
    }

    private Refusal? Entry(Proposal proposal, MarketContext market, SymbolExposure symbol, decimal price, out decimal quantity)
    {
        quantity = 0;
        var refusal = StateRefusal() ?? MarketRefusal(market, price) ?? LossRefusal(market.MarketTimeMs) ?? HeldRefusal(proposal, symbol);
        if (refusal is not null) return refusal;
        if (Equity is not > 0) return new Refusal(RefusalReason.EquityUnknown, $"equity={(Equity is { } known ? Number.Text(known) : "unknown")}");
        var equity = Equity.Value;
        var use = _book.Use(proposal.Symbol, proposal.Side, price);
        refusal = EntryQuantity(proposal, market, price, equity, in use, out quantity);
        if (refusal is not null) return refusal;
        var request = Request(proposal, quantity, reduceOnly: false);
        return OrderChecks.Check(request, market.Rules, market) ?? LimitChecks.Check(
            request, price, in use, equity, _wallet.Balance!.Value, _book.OpenOrders, _book.SymbolOrders(proposal.Symbol), market, _limits);
    }

    /// <summary>
    /// The proposal's quantity as it is, or the size by ATR. A size is kept within one order's largest notional and the venue's largest quantity; a given
    /// quantity is not touched, the checks judge it.
    /// </summary>
    private Refusal? EntryQuantity(Proposal proposal, MarketContext market, decimal price, decimal equity, in ExposureUse use, out decimal quantity)
    {
        quantity = proposal.Quantity ?? 0;
        if (proposal.Quantity is not null) return null;
        var rules = market.Rules;
        var size = AtrSizer.Size(new SizingInput(equity, Decimal(proposal.Atr ?? 0), price, rules.StepSize, rules.NotionalMin, use.Direction)
        {
            PositionNotional = use.Position,
            StopAtrMultiple = _limits.StopAtrMultiple,
            RegimeFactor = Decimal(proposal.RegimeFactor),
            Strength = Decimal(proposal.Strength),
            KellyFactor = Decimal(Kelly(proposal.Strategy)),
            SizeMultiplier = SizeMultiplier,
            RiskPerTrade = _limits.RiskPerTrade,
            PositionEquityShareMax = _limits.PositionEquityShareMax,
            DirectionEquityShareMax = _limits.DirectionEquityShareMax,
        });
        var max = proposal.OrderType == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax;
        quantity = Math.Min(size.Quantity, LotRounding.FloorToStep(Math.Min(_limits.NotionalMaxPerOrder / price, max), rules.StepSize));
        return Sized(size, proposal, price);
    }

    private static Refusal? Sized(SizingResult size, Proposal proposal, decimal price)
    {
        var detail = $"size={Number.Text(size.Capped)} binding={size.Binding} price={Number.Text(price)}";
        return size.Refusal switch
        {
            SizingRefusal.None => null,
            SizingRefusal.NoAtr => new Refusal(RefusalReason.NoAtr, FormattableString.Invariant($"atr={proposal.Atr}")),
            SizingRefusal.NoEquity => new Refusal(RefusalReason.EquityUnknown, detail),
            SizingRefusal.NoPrice => new Refusal(RefusalReason.NoPrice, detail),
            SizingRefusal.PositionFull => new Refusal(RefusalReason.PositionLimit, detail),
            SizingRefusal.DirectionFull => new Refusal(RefusalReason.DirectionLimit, detail),
            SizingRefusal.BelowStep => new Refusal(RefusalReason.QuantityBelowMin, detail),
            SizingRefusal.BelowNotionalMin => new Refusal(RefusalReason.NotionalBelowMin, detail),
            _ => new Refusal(RefusalReason.SizeZero, FormattableString.Invariant($"strength={proposal.Strength} regime={proposal.RegimeFactor}")),
        };
    }

    private Refusal? Exit(Proposal proposal, MarketContext market, SymbolExposure symbol, out decimal quantity)
    {
        quantity = 0;
        var position = symbol.Ledger.Quantity;
        if (position == 0) return new Refusal(RefusalReason.ReduceOnlyNoPosition, $"symbol={proposal.Symbol}");
        if (Math.Sign(position) == (int)proposal.Side)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"side={proposal.Side} position={Number.Text(position)}");
        var held = Math.Abs(position);
        var inFlight = _book.Own(proposal.Symbol).Where(order => order.ReduceOnly && order.Side == proposal.Side).Sum(order => order.Remaining);
        var free = held - inFlight;
        if (proposal.Quantity is { } wanted && wanted > held)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"quantity={Number.Text(wanted)} position={Number.Text(position)}");
        if (free <= 0 || proposal.Quantity > free)
            return new Refusal(RefusalReason.OrderInFlight, $"position={Number.Text(position)} exits_in_flight={Number.Text(inFlight)}");
        var max = proposal.OrderType == OrderType.Market ? market.Rules.MarketQuantityMax : market.Rules.QuantityMax;
        quantity = proposal.Quantity ?? Math.Min(free, LotRounding.FloorToStep(max, market.Rules.StepSize));
        var request = Request(proposal, quantity, reduceOnly: true);
        return OrderChecks.Check(request, market.Rules, market)
            ?? (request.Type == OrderType.Limit ? LimitChecks.Distance(request, market, _limits) : null)
            ?? LimitChecks.Venue(_book.SymbolOrders(proposal.Symbol), market);
    }

    private Refusal? StateRefusal() => State switch
    {
        TradingState.Active => null,
        TradingState.Halted => new Refusal(RefusalReason.StateHalted, $"reason={StateReason}"),
        TradingState.ReduceOnly => new Refusal(RefusalReason.StateReduceOnly, $"reason={StateReason}"),
        _ => new Refusal(RefusalReason.StateRecovering, $"reason={StateReason}"),
    };

    private Refusal? MarketRefusal(MarketContext market, decimal price)
    {
        if (market.LastPrice <= 0 || price <= 0) return new Refusal(RefusalReason.NoPrice, $"symbol={market.Rules.Symbol}");
        return market.DataAgeMs > _limits.DataAgeMsMax
            ? new Refusal(RefusalReason.StaleData, $"age_ms={market.DataAgeMs} max_ms={_limits.DataAgeMsMax}")
            : null;
    }

    private Refusal? LossRefusal(long timeMs)
    {
        if (_day.HaltedUntilMs is { } until)
        {
            return new Refusal(
                RefusalReason.DailyLoss,
                $"realized={Number.Text(_day.RealizedPnl)} start_equity={Number.Text(_day.StartEquity ?? 0)} until_ms={until}");
        }
        return timeMs < _streak.PausedUntilMs
            ? new Refusal(RefusalReason.LossStreakPause, $"losses={_streak.Streak} until_ms={_streak.PausedUntilMs}")
            : null;
    }

    private Refusal? HeldRefusal(Proposal proposal, SymbolExposure symbol)
    {
        if (_book.Own(proposal.Symbol).FirstOrDefault() is { } inFlight)
            return new Refusal(RefusalReason.OrderInFlight, $"order={inFlight.ClientOrderId} remaining={Number.Text(inFlight.Remaining)}");
        var position = symbol.Ledger.Quantity;
        if (position == 0 || (Math.Sign(position) == (int)proposal.Side && symbol.Entries < _limits.EntriesPerSymbolMax)) return null;
        return new Refusal(
            RefusalReason.PositionAlreadyOpen, $"position={Number.Text(position)} entries={symbol.Entries} max={_limits.EntriesPerSymbolMax}");
    }

    private GateDecision Mint(Proposal proposal, MarketContext market, decimal price, decimal quantity)
    {
        var isEntry = proposal.Kind == ProposalKind.Entry;
        var request = Request(proposal, quantity, !isEntry);
        var stop = isEntry && proposal.Atr is > 0 and { } atr ? StopPrice(proposal.Side, request.Price ?? market.LastPrice, Decimal(atr), market) : null;
        var order = new Order(
            request, Account, proposal.Strategy, proposal.IntentId, proposal.Kind, proposal.Atr, stop, proposal.MarketTimeMs);
        _book.Reserve(order, price);
        _intents.Add(proposal.IntentId);
        _nextSequence++;
        return new GateDecision(new Approved<Order>(order), null);
    }

    /// <summary>L1 of formulas §4.3, on the tick nearer to the entry so that rounding never risks more; null when the ATR reaches below zero.</summary>
    private decimal? StopPrice(OrderSide side, decimal entry, decimal atr, MarketContext market)
    {
        var stop = entry - ((int)side * _limits.StopAtrMultiple * atr);
        return stop <= 0 ? null : side == OrderSide.Buy ? market.Rules.CeilingPrice(stop) : market.Rules.FloorPrice(stop);
    }

    private OrderRequest Request(Proposal proposal, decimal quantity, bool reduceOnly) => new(
        ClientOrderId.Format(EngineId, Account, proposal.Strategy, _nextSequence), proposal.Symbol, proposal.Side, proposal.OrderType, proposal.TimeInForce,
        quantity, proposal.OrderType == OrderType.Limit ? proposal.LimitPrice : null, reduceOnly);

    private double Kelly(string strategy) => (_kelly.GetValueOrDefault(strategy) ?? new KellyWindow()).Factor;

    /// <summary>Statistics become decimals here; one that no size can be made of (not finite, or beyond 10^12) counts as 0.</summary>
    private static decimal Decimal(double value) => Math.Abs(value) < 1e12 ? (decimal)value : 0;
}
