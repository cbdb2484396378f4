using System.Text.Json;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Grains.Explanations;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Strategies;
using Granary.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Symbols;

/// <summary>What a closed bar and a trade lead to: questions, protection, proposals.</summary>
public sealed partial class SymbolGrain
{
    /// <summary>Volume of live trades since the start, base units times 10^8.</summary>
    private Int128 _tradedE8;

    private async Task OnBarAsync(FeatureBar bar, TradeBatch batch)
    {
        using var span = EngineTraces.Bar(Symbol);
        if (batch.IsLive) _metrics.TickToBarMs.Record(_time.GetElapsedTime(batch.ReceivedTimestamp).TotalMilliseconds);
        _guardInputs.Add(bar);
        _measures.OnBar(bar);
        foreach (var symbol in _confirms)
            await GrainFactory.GetGrain<ISymbolGrain>(symbol).OnRelatedBar(new RelatedBar(Symbol, bar.Bar.CloseTimeMs, bar.Features.Ofi));
        _metrics.Bars.Add(1, new KeyValuePair<string, object?>("symbol", Symbol));
        var stopped = new List<ProtectedPosition>();
        var guardBar = _guardInputs.ToGuardBar(bar);
        foreach (var guarded in _guards.Values.ToArray())
        {
            if (guarded.OnBar(bar.Bar, guardBar) is not { } exit) continue;
            stopped.Add(guarded);
            await ProposeExitAsync(guarded, exit.Reason.ToString(), exit.Price, null, batch.ReceivedTimestamp);
        }

        if (batch.IsLive) TellExecution();
        var round = await _strategies.AskAsync(bar);
        _lastRound = round;
        await LeaveAsync(round, bar, stopped, batch.ReceivedTimestamp);
        if (batch.IsLive && EntryIntent.Of(round.Regime, round.Combined, bar, _decision) is { } entry) await ProposeEntryAsync(entry, round, bar, batch.ReceivedTimestamp);
        if (batch.IsLive) _metrics.TickToDecisionMs.Record(_time.GetElapsedTime(batch.ReceivedTimestamp).TotalMilliseconds);
    }

    /// <summary>
    /// The strategies' own exits. As with the stops, a bar that was fetched later counts when the position was opened before its close.
    /// </summary>
    private async Task LeaveAsync(SignalRound round, FeatureBar bar, List<ProtectedPosition> stopped, long receivedTimestamp)
    {
        foreach (var guarded in _guards.Values.ToArray())
        {
            if (!stopped.Contains(guarded) && guarded.SignalExit(round.Action, round.Reversion, round.Rules, bar.Bar) is { } reason)
                await ProposeExitAsync(guarded, reason, bar.Bar.Close, round, receivedTimestamp);
        }
    }

    /// <summary>One proposal to each account.</summary>
    private async Task ProposeEntryAsync(EntryIntent entry, SignalRound round, FeatureBar bar, long receivedTimestamp)
    {
        var why = JsonSerializer.Serialize(round, WhyJson.Options);
        var features = JsonSerializer.Serialize(bar.Features, WhyJson.Options);
        foreach (var account in _symbol.Accounts)
        {
            var leverage = _settings.Accounts.First(a => a.Name == account).Leverage.Of(_measures.Volatility);
            await ProposeAsync(entry.ToProposal(account, Symbol, leverage.Leverage, _symbol.ExitsAreMaker, why), features, receivedTimestamp);
        }
    }

    /// <summary>The stops on every trade, before the trade joins its bar.</summary>
    private async Task GuardAsync(AggTrade trade, long receivedTimestamp)
    {
        foreach (var guarded in _guards.Values)
        {
            var exit = guarded.OnTrade(trade.TimeMs, trade.Price);
            if (exit is null && guarded.ExitReason.Length == 0) continue;
            await ProposeExitAsync(guarded, exit?.Reason.ToString() ?? guarded.ExitReason, trade.Price, null, receivedTimestamp);

            // The enumeration ends here: a notice may have changed the guards while this waited. The next trade looks again.
            return;
        }
    }

    private async Task ProposeExitAsync(ProtectedPosition guarded, string reason, decimal price, SignalRound? signals, long receivedTimestamp)
    {
        if (!guarded.IsConfirmed || !guarded.TryAsk(NowMs)) return;
        var why = JsonSerializer.Serialize(
            new { reason, price, stop = guarded.Guard.Stop, best = guarded.Guard.Best, bars = guarded.Guard.BarsHeld, signals },
            WhyJson.Options);
        var proposal = guarded.Exit(Symbol, _epoch.Number, price, _pipeline.LastTradeTimeMs, _pipeline.BarCount, why) with
        {
            IsPatient = reason == ProtectedPosition.BackAtVwap,
        };
        if (!await ProposeAsync(proposal, "", receivedTimestamp)) guarded.Refused(NowMs);
    }

    /// <summary>
    /// Prices for the execution of each account, the stop of its position, which it mirrors at the venue, and what was last heard of it. Told of no position
    /// either: the notice of a new one may be what got lost.
    /// </summary>
    private void TellExecution()
    {
        foreach (var account in _symbol.Accounts)
        {
            var guarded = _guards.TryGetValue(account, out var known) && known.IsConfirmed ? known : null;
            _ = GrainFactory.GetGrain<IExecutionGrain>($"{account}/{Symbol}").OnMarket(
                new MarketNotice(
                    _ticker.BidPriceE8 > 0 ? _ticker.BidPrice : null, _ticker.AskPriceE8 > 0 ? _ticker.AskPrice : null, _pipeline.LastPrice,
                    _mark.TimeMs > 0 ? _mark.Mark : null, guarded?.OpeningId ?? "", guarded?.Guard.RestingStop ?? 0)
                {
                    HeardVersion = _noticed.GetValueOrDefault(account),
                    Traded = _tradedE8 > 0 ? (decimal)_tradedE8 / Fixed8.One : null,
                });
        }
    }

    /// <summary>The stops on a backup venue's price, while the primary's trades are not trusted or do not come.</summary>
    private async Task GuardByBackupAsync(decimal price)
    {
        foreach (var guarded in _guards.Values)
        {
            if (guarded.Guard.OnTrade(price) is not { } exit) continue;
            await ProposeExitAsync(guarded, exit.Reason.ToString(), price, null, 0);

            // As above: the next price looks again.
            return;
        }
    }

    /// <summary>How long what led here has waited, milliseconds: new quotes do not make a bar of old trades new.</summary>
    private long WaitedMs(long receivedTimestamp) => receivedTimestamp == 0 ? 0 : (long)_time.GetElapsedTime(receivedTimestamp).TotalMilliseconds;

    /// <summary>Asks risk.</summary>
    /// <returns>Whether an order was made of it.</returns>
    private async Task<bool> ProposeAsync(Proposal proposal, string features, long receivedTimestamp)
    {
        var market = new MarketState(
            _pipeline.LastPrice, _ticker.BidPriceE8 > 0 ? _ticker.BidPrice : null, _ticker.AskPriceE8 > 0 ? _ticker.AskPrice : null,
            _mark.TimeMs > 0 ? _mark.Mark : null, Math.Max(DataAgeMs(), WaitedMs(receivedTimestamp)), proposal.MarketTimeMs,
            _pipeline.LastBar is { } last ? _measures.IntensityShare(last, _pipeline.OpenTradeCount, _pipeline.LastTradeTimeMs) : null,
            _related.AsOf(proposal.MarketTimeMs), _feed is { Doubt.Length: > 0 } feed ? feed.Doubt : _silentStreams, Depth());
        using var span = EngineTraces.Propose(proposal.IntentId, proposal.Account);
        try
        {
            var (risk, message) = (GrainFactory.GetGrain<IRiskGrain>(proposal.Account), new ProposalMessage(proposal, market, features, receivedTimestamp));
            var answer = proposal.Kind == ProposalKind.Exit ? await risk.ProposeExit(message) : await risk.Propose(message);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{IntentId} approved as {ClientOrderId}")]
    private partial void LogApproved(string intentId, string clientOrderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{IntentId} refused: {Reason} {Detail}")]
    private partial void LogRefused(string intentId, string reason, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "{IntentId}: the risk grain did not answer")]
    private partial void LogProposeFailed(Exception exception, string intentId);
}
