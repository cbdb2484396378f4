using Granary.Engine.Orders;
using Granary.Engine.Positions;
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
        if (_nextSequence > ClientOrderId.SequenceMax)
            return new Refusal(RefusalReason.NameInvalid, $"sequence={_nextSequence} max={ClientOrderId.SequenceMax}");
        if (Signals(proposal.Signals) is { } signals) return signals;
        if (!market.Rules.IsTrading) return new Refusal(RefusalReason.SymbolNotTrading, $"symbol={proposal.Symbol} status={market.Rules.Status}");
        if (_intents.Contains(proposal.IntentId)) return new Refusal(RefusalReason.DuplicateIntent, $"intent={proposal.IntentId}");
        return proposal is { Kind: ProposalKind.Entry, GoodTillMs: { } till } && till < market.MarketTimeMs
            ? new Refusal(RefusalReason.ProposalExpired, $"late_ms={market.MarketTimeMs - till} good_till={Number.Time(till)}")
            : null;
    }

    private static Refusal? Signals(IReadOnlyList<ProposalSignal> signals)
    {
        if (signals.Count > Proposal.SignalsMax) return new Refusal(RefusalReason.SignalsInvalid, $"signals={signals.Count} max={Proposal.SignalsMax}");
        for (var i = 0; i < signals.Count; i++)
        {
            if (string.IsNullOrEmpty(signals[i].Strategy)) return new Refusal(RefusalReason.SignalsInvalid, $"signal={i} strategy=none");
        }
        return null;
    }

    private Refusal? Entry(Proposal proposal, MarketContext market, SymbolExposure symbol, decimal price, out OrderDraft draft)
    {
        draft = default;
        var known = Equity;
        if (known is { } observed) _day.Observe(observed);
        var refusal = StateRefusal() ?? MarketChecks.Check(proposal.Side, price, market, _limits) ?? LossRefusal(market.MarketTimeMs, known)
            ?? PaceRefusal(market.MarketTimeMs, isEntry: true) ?? HeldRefusal(proposal, market, symbol);
        if (refusal is not null) return refusal;
        if (known is not { } equity || equity <= 0)
            return new Refusal(RefusalReason.EquityUnknown, $"equity={(known is { } negative ? Number.Text(negative) : "unknown")}");
        var use = _book.Use(symbol, proposal.Side, price, _limits.MaintenanceRate);
        var leverageMax = Math.Min(proposal.LeverageCap ?? _limits.SymbolLeverageMax, _limits.SymbolLeverageMax);
        refusal = EntryQuantity(proposal, market, price, equity, leverageMax, in use, out var quantity);
        if (refusal is not null) return refusal;
        draft = Draft(proposal, quantity, reduceOnly: false);
        var entry = new EntryCase
        {
            Book = _book,
            Symbol = symbol,
            Market = market,
            Side = proposal.Side,
            Price = price,
            Notional = quantity * price,
            Equity = equity,
            Wallet = _wallet.Balance!.Value,
            LeverageMax = leverageMax,
            Use = use,
        };
        return OrderChecks.Check(in draft, market) ?? LimitChecks.Check(in draft, in entry, _limits) ?? ProfitRefusal(proposal, market, in draft);
    }

    /// <summary>
    /// The proposal's quantity as it is, or the size by the stop distance. A size is kept within one order's largest notional, what the position's absolute and
    /// leverage caps leave, and the venue's largest quantity; where they leave nothing, it stays and the check of the cap refuses it. A given quantity is not
    /// touched, the checks judge it.
    /// </summary>
    private Refusal? EntryQuantity(
        Proposal proposal, MarketContext market, decimal price, decimal equity, decimal leverageMax, in ExposureUse use, out decimal quantity)
    {
        quantity = proposal.Quantity ?? 0;
        if (proposal.Quantity is not null) return null;
        var rules = market.Rules;
        var size = Size(proposal, new SizingInput(equity, Decimal(proposal.Atr ?? 0), price, rules.StepSize, rules.NotionalMin, use.Direction)
        {
            PositionNotional = use.Position,
            StopAtrMultiple = market.Guard.StopAtrMultiple,
            StopPriceShare = market.Guard.StopPriceShare,
            RegimeFactor = Decimal(proposal.RegimeFactor),
            Strength = Decimal(proposal.Strength),
            KellyFactor = Decimal(Kelly(proposal.Strategy)),
            SizeMultiplier = SizeMultiplier,
            RiskPerTrade = _limits.RiskPerTrade,
            PositionEquityShareMax = _limits.PositionEquityShareMax,
            DirectionEquityShareMax = _limits.DirectionEquityShareMax,
        });
        var left = Math.Min(LimitChecks.PositionNotionalMax(proposal.Symbol, _limits), leverageMax * equity) - use.Position;
        var max = proposal.OrderType == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax;
        var bound = LotRounding.FloorToStep(Math.Min(Math.Min(_limits.NotionalMaxPerOrder, left) / price, max), rules.StepSize);
        quantity = bound > 0 ? Math.Min(size.Quantity, bound) : size.Quantity;
        return size.Refusal == SizingRefusal.None ? null : Unsized(in size, proposal, market, price, in use);
    }

    private SizingResult Size(Proposal proposal, in SizingInput input)
    {
        var signals = proposal.Signals;
        if (signals.Count == 0) return AtrSizer.Size(in input);
        Span<SignalSize> sizes = stackalloc SignalSize[Proposal.SignalsMax];
        for (var i = 0; i < signals.Count; i++)
            sizes[i] = new SignalSize(Decimal(signals[i].Strength), Decimal(Kelly(signals[i].Strategy)), Decimal(signals[i].SizeFactor));
        return AtrSizer.Size(in input, sizes[..signals.Count]);
    }

    private Refusal Unsized(in SizingResult size, Proposal proposal, MarketContext market, decimal price, in ExposureUse use)
    {
        var detail = $"size={Number.Text(size.Capped)} binding={size.Binding} price={Number.Text(price)}";
        return size.Refusal switch
        {
            SizingRefusal.NoAtr => new Refusal(RefusalReason.NoAtr, $"atr={Number.Text(proposal.Atr)}"),
            SizingRefusal.PositionFull => new Refusal(RefusalReason.PositionLimit, $"notional={Number.Text(use.Position)} left=0"),
            SizingRefusal.DirectionFull => new Refusal(RefusalReason.DirectionLimit, $"notional={Number.Text(use.Direction)} left=0"),
            SizingRefusal.BelowStep => new Refusal(RefusalReason.QuantityBelowMin, $"{detail} step={Number.Text(market.Rules.StepSize)}"),
            SizingRefusal.BelowNotionalMin => new Refusal(RefusalReason.NotionalBelowMin, $"{detail} min={Number.Text(market.Rules.NotionalMin)}"),
            _ => new Refusal(
                RefusalReason.SizeZero,
                $"strength={Number.Text(proposal.Strength)} regime={Number.Text(proposal.RegimeFactor)} signals={proposal.Signals.Count} "
                + $"kelly={Number.Text(Kelly(proposal.Strategy))} multiplier={Number.Text(SizeMultiplier)}"),
        };
    }

    private Refusal? Exit(Proposal proposal, MarketContext market, SymbolExposure symbol, out OrderDraft draft)
    {
        draft = default;
        var position = symbol.Ledger.Quantity;
        if (position == 0) return new Refusal(RefusalReason.ReduceOnlyNoPosition, $"symbol={proposal.Symbol}");
        if (Math.Sign(position) != -(int)proposal.Side)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"side={proposal.Side} position={Number.Text(position)}");
        var held = Math.Abs(position);
        var inFlight = ExitsInFlight(symbol, proposal.Side);
        var free = held - inFlight;
        if (proposal.Quantity is { } wanted && wanted > held)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"quantity={Number.Text(wanted)} position={Number.Text(position)}");
        if (free <= 0 || proposal.Quantity > free)
            return new Refusal(RefusalReason.OrderInFlight, $"position={Number.Text(position)} exits_in_flight={Number.Text(inFlight)}");
        var max = proposal.OrderType == OrderType.Market ? market.Rules.MarketQuantityMax : market.Rules.QuantityMax;
        draft = Draft(proposal, proposal.Quantity ?? LotRounding.FloorToStep(Math.Min(free, max), market.Rules.StepSize), reduceOnly: true);
        return OrderChecks.Check(in draft, market)
            ?? (draft.Type == OrderType.Limit ? LimitChecks.Distance(in draft, market, _limits) : null)
            ?? LimitChecks.SelfTrade(in draft, symbol, market)
            ?? LimitChecks.Venue(ExposureBook.OpenOrdersOf(symbol), market)
            ?? PaceRefusal(market.MarketTimeMs, isEntry: false);
    }

    private static decimal ExitsInFlight(SymbolExposure symbol, OrderSide side)
    {
        var inFlight = 0m;
        foreach (var order in symbol.Orders)
        {
            if (!order.IsExternal && order.ReduceOnly && order.Side == side) inFlight += order.Remaining;
        }
        return inFlight;
    }

    private Refusal? StateRefusal() => State switch
    {
        TradingState.Active => null,
        TradingState.Halted => new Refusal(RefusalReason.StateHalted, $"reason={StateReason}"),
        TradingState.ReduceOnly => new Refusal(RefusalReason.StateReduceOnly, $"reason={StateReason}"),
        _ => new Refusal(RefusalReason.StateRecovering, $"reason={StateReason}"),
    };

    private Refusal? LossRefusal(long timeMs, decimal? equity)
    {
        var start = _day.StartEquity ?? 0;
        if (_day.HaltedUntilMs is { } until)
            return new Refusal(RefusalReason.DailyLoss, $"realized={Number.Text(_day.RealizedPnl)} start_equity={Number.Text(start)} until={Number.Time(until)}");
        if (_day.IsTotalHalted)
        {
            return new Refusal(
                RefusalReason.DailyTotalLoss,
                $"equity={Number.Text(equity ?? 0)} start_equity={Number.Text(start)} until={Number.Time(_day.DayStartMs + DayLossRule.DayMs)}");
        }
        if (_drawdown.IsStopped)
        {
            return new Refusal(
                RefusalReason.DrawdownStop,
                $"drawdown={Number.Text(decimal.Round(_drawdown.Drawdown, 6))} restore_at={Number.Text(_limits.DrawdownRestoreAt)}");
        }
        return timeMs < _streak.PausedUntilMs
            ? new Refusal(RefusalReason.LossStreakPause, $"losses={_streak.Streak} until={Number.Time(_streak.PausedUntilMs)}")
            : null;
    }

    /// <summary>The venue's rates hold for every order; entries leave a reserve of them to exits.</summary>
    private Refusal? PaceRefusal(long timeMs, bool isEntry)
    {
        var (standingMinute, standing10) = StandingPace();
        var short10 = standing10 + _pace.Count(timeMs, OrderPace.TenSecondsMs);
        var minute = standingMinute + _pace.Count(timeMs, OrderPace.MinuteMs);
        if (short10 >= _limits.OrdersPer10sMax || minute >= _limits.OrdersPerMinuteMax)
        {
            return new Refusal(
                RefusalReason.VenueOrderRate,
                $"in_10s={short10} max={_limits.OrdersPer10sMax} in_minute={minute} max_minute={_limits.OrdersPerMinuteMax}");
        }
        if (!isEntry) return null;
        if (short10 >= _limits.EntryOrdersPer10sMax || minute >= _limits.EntryOrdersPerMinuteMax)
        {
            return new Refusal(
                RefusalReason.OrderRate,
                $"in_10s={short10} max={_limits.EntryOrdersPer10sMax} in_minute={minute} max_minute={_limits.EntryOrdersPerMinuteMax}");
        }
        return _cancels.IsAbove(timeMs)
            ? new Refusal(
                RefusalReason.CancelFillRatio,
                $"unfilled={_cancels.Unfilled} filled={_cancels.Filled} ratio_max={Number.Text(_limits.CancelFillRatioMax)}")
            : null;
    }

    private Refusal? HeldRefusal(Proposal proposal, MarketContext market, SymbolExposure symbol)
    {
        foreach (var order in symbol.Orders)
        {
            if (!order.IsExternal)
                return new Refusal(RefusalReason.OrderInFlight, $"order={order.ClientOrderId} remaining={Number.Text(order.Remaining)}");
        }
        if (symbol.Standing is { } standing) return new Refusal(RefusalReason.OrderInFlight, $"standing={standing.Sequence}");
        var position = symbol.Ledger.Quantity;
        if (position == 0 || DustRule.IsDust(position, DustRule.QuantityMin(market.Rules))) return null;
        if (Math.Sign(position) == (int)proposal.Side && symbol.Entries < _limits.EntriesPerSymbolMax) return null;
        return new Refusal(
            RefusalReason.PositionAlreadyOpen, $"position={Number.Text(position)} entries={symbol.Entries} max={_limits.EntriesPerSymbolMax}");
    }

    /// <summary>Formulas §4.5: a multiple of the fees, and on top of them once what slippage and the next funding would take.</summary>
    private Refusal? ProfitRefusal(Proposal proposal, MarketContext market, in OrderDraft draft)
    {
        if (proposal.ExpectedProfit is not { } expected) return null;
        var isMaker = draft.IsPostOnly || proposal.IsEntryMaker;
        var fees = _limits.ProfitToFeesMin * (market.Fees ?? _limits.Fees).RoundTrip(isMaker, proposal.IsExitMaker);

        // A book that is better than its mid price is no profit.
        var slippage = isMaker ? 0 : Math.Max(market.Slippage(draft.Side, draft.Quantity)?.Share ?? 0, 0);
        var min = fees + slippage + market.FundingShare;
        return Decimal(expected) >= min
            ? null
            : new Refusal(
                RefusalReason.ProfitBelowFees,
                FormattableString.Invariant($"profit={expected} min={min} fees_times={_limits.ProfitToFeesMin} slippage={slippage} funding={market.FundingShare}"));
    }

    private GateDecision Mint(Proposal proposal, MarketContext market, decimal price, in OrderDraft draft)
    {
        var stop = draft.ReduceOnly ? null : StopPrice(proposal, draft.Price ?? market.LastPrice, market);
        var approval = new Approval(proposal, new ClientOrderId(EngineId, Account, proposal.Strategy, _nextSequence), draft.Quantity, stop);
        _book.Reserve(in approval, price);
        _intents.Add(proposal.IntentId);
        _pace.Add(market.MarketTimeMs);
        _nextSequence++;
        return new GateDecision(in approval);
    }

    /// <summary>
    /// L1 of formulas §4.3 or §11.1, on the tick nearer to the entry so that rounding never risks more; null without a distance, and when it reaches below
    /// zero.
    /// </summary>
    private static decimal? StopPrice(Proposal proposal, decimal entry, MarketContext market)
    {
        decimal distance;
        if (market.Guard.StopPriceShare is { } share) distance = share * entry;
        else if (proposal.Atr is > 0 and { } atr) distance = market.Guard.StopAtrMultiple * Decimal(atr);
        else return null;
        var stop = entry - ((int)proposal.Side * distance);
        return stop <= 0 ? null : proposal.Side == OrderSide.Buy ? market.Rules.CeilingPrice(stop) : market.Rules.FloorPrice(stop);
    }

    private static OrderDraft Draft(Proposal proposal, decimal quantity, bool reduceOnly) => new(
        proposal.Symbol, proposal.Side, proposal.OrderType, proposal.TimeInForce, quantity,
        proposal.OrderType == OrderType.Limit ? proposal.LimitPrice : null, reduceOnly);

    private double Kelly(string strategy) => _kelly.TryGetValue(strategy, out var window) ? window.Factor : _limits.Kelly.Initial;

    /// <summary>Statistics become decimals here; one that no size can be made of (not finite, or beyond 10^12) counts as 0.</summary>
    private static decimal Decimal(double value) => Math.Abs(value) < 1e12 ? (decimal)value : 0;
}
