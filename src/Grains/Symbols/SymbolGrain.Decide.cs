using System.Text.Json;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Grains.Explanations;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Strategies;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Symbols;

/// <summary>What a closed bar and a trade lead to: questions, protection, proposals.</summary>
public sealed partial class SymbolGrain
{
    private async Task OnBarAsync(FeatureBar bar, TradeBatch batch)
    {
        _history.Add(bar);
        _guardInputs.Add(bar);
        _metrics.Bars.Add(1, new KeyValuePair<string, object?>("symbol", Symbol));
        foreach (var guarded in _guards.Values.ToArray())
        {
            if (bar.Bar.OpenTimeMs < guarded.SinceMs) continue;
            var guardBar = new GuardBar(bar.Bar.Open, bar.Bar.High, bar.Bar.Low, bar.Bar.Close, _guardInputs.EmaOfi, _guardInputs.Slope);
            if (guarded.Guard.OnBar(guardBar) is { } exit) await ProposeExitAsync(guarded, exit, batch.ReceivedTimestamp);
        }

        foreach (var name in _symbol.Strategies)
        {
            if (await TryAskAsync(name, bar) is not { } answer) continue;
            _lastDecision = answer.Why;
            if (batch.IsLive && bar.Bar.IsComplete && answer.Side is { } side) await ProposeEntryAsync(answer, side, bar, batch.ReceivedTimestamp);
        }

        if (batch.IsLive) _metrics.TickToDecisionMs.Record(_time.GetElapsedTime(batch.ReceivedTimestamp).TotalMilliseconds);
    }

    /// <summary>A strategy that fails does not hold the market up; it is given the bars that it missed when it answers again.</summary>
    private async Task<StrategyAnswer?> TryAskAsync(string name, FeatureBar bar)
    {
        try
        {
            return await AskAsync(name, bar);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogStrategyFailed(e, Symbol, name, bar.Bar.Index);
            return null;
        }
    }

    /// <summary>Asks a strategy about the bar; when it lacks bars before it, those are given as far as they are still held.</summary>
    private async Task<StrategyAnswer> AskAsync(string name, FeatureBar bar)
    {
        var strategy = StrategyNames.Resolve(GrainFactory, name, Symbol);
        var answer = await strategy.Evaluate(new BarBatch([bar], restart: false));
        if (answer.Taken) return answer;
        var restart = answer.NextBarIndex < _history.FirstIndex;
        return await strategy.Evaluate(new BarBatch(_history.From(answer.NextBarIndex), restart));
    }

    private async Task ProposeEntryAsync(StrategyAnswer answer, OrderSide side, FeatureBar bar, long receivedTimestamp)
    {
        foreach (var account in _symbol.Accounts)
        {
            var proposal = new Proposal(
                account, Symbol, answer.Strategy, $"{answer.Strategy}/{Symbol}/{bar.Bar.Index}/entry", ProposalKind.Entry, side, answer.Strength,
                bar.Features.Atr, bar.Bar.Close, bar.Bar.CloseTimeMs, bar.Bar.Index, null, answer.Why);
            await ProposeAsync(proposal, JsonSerializer.Serialize(bar.Features, WhyJson.Options), receivedTimestamp);
        }
    }

    /// <summary>The stops on every trade, before the trade joins its bar.</summary>
    private async Task GuardAsync(AggTrade trade, long receivedTimestamp)
    {
        foreach (var guarded in _guards.Values)
        {
            if (trade.TimeMs < guarded.SinceMs || guarded.Guard.OnTrade(trade.Price) is not { } exit) continue;
            await ProposeExitAsync(guarded, exit, receivedTimestamp);

            // The enumeration ends here: a notice may have changed the guards while this waited. The next trade looks again.
            return;
        }
    }

    private async Task ProposeExitAsync(GuardedPosition guarded, GuardExit exit, long receivedTimestamp)
    {
        if (!guarded.IsConfirmed || !guarded.TryAsk(NowMs)) return;
        var side = guarded.Guard.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        var why = JsonSerializer.Serialize(
            new { reason = exit.Reason.ToString(), price = exit.Price, stop = guarded.Guard.Stop, best = guarded.Guard.Best, bars = guarded.Guard.BarsHeld },
            WhyJson.Options);

        // With the epoch in it, an activation that lost count of its attempts never repeats the intent of an order that was made before.
        var proposal = new Proposal(
            guarded.Account, Symbol, guarded.Strategy,
            $"{guarded.Strategy}/{Symbol}/{guarded.OpeningId}/exit/{guarded.Version}-{_epoch.Number}.{guarded.Attempts}",
            ProposalKind.Exit, side, 1, null, exit.Price, _pipeline.LastTradeTimeMs, _pipeline.BarCount, null, why);
        if (!await ProposeAsync(proposal, "", receivedTimestamp)) guarded.Refused(NowMs);
    }

    /// <summary>Asks risk.</summary>
    /// <returns>Whether an order was made of it.</returns>
    private async Task<bool> ProposeAsync(Proposal proposal, string features, long receivedTimestamp)
    {
        var market = new MarketState(
            _pipeline.LastPrice, _ticker.BidPriceE8 > 0 ? _ticker.BidPrice : null, _ticker.AskPriceE8 > 0 ? _ticker.AskPrice : null,
            _mark.TimeMs > 0 ? _mark.Mark : null, DataAgeMs(), proposal.MarketTimeMs);
        try
        {
            var answer = await GrainFactory.GetGrain<IRiskGrain>(proposal.Account)
                .Propose(new ProposalMessage(proposal, market, features, receivedTimestamp));
            if (answer.Approved) LogApproved(proposal.IntentId, answer.ClientOrderId);
            else LogRefused(proposal.IntentId, answer.Reason, answer.Detail);
            return answer.Approved;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The market goes on. Whether an order came of it is in the journal; exits are asked for again, entries are not.
            LogProposeFailed(e, proposal.IntentId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol}: strategy {Strategy} failed on bar {BarIndex}; the market goes on without its answer")]
    private partial void LogStrategyFailed(Exception exception, string symbol, string strategy, long barIndex);

    [LoggerMessage(Level = LogLevel.Information, Message = "{IntentId} approved as {ClientOrderId}")]
    private partial void LogApproved(string intentId, string clientOrderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{IntentId} refused: {Reason} {Detail}")]
    private partial void LogRefused(string intentId, string reason, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "{IntentId}: the risk grain did not answer")]
    private partial void LogProposeFailed(Exception exception, string intentId);
}
