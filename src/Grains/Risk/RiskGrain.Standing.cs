using Granary.Engine.Grid;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal.Records;

namespace Granary.Grains.Risk;

/// <summary>
/// Standing approvals of the symbols' grids: decided with every audit, so that what the account may do reaches a grid within seconds, and told to execution. Each
/// holds for a few audits; execution that hears nothing any more withdraws what opens.
/// </summary>
public sealed partial class RiskGrain
{
    /// <summary>How long an approval holds: half a dozen audits.</summary>
    private const long StandingMs = 30_000;

    /// <summary>Symbols whose execution has heard that nothing is approved.</summary>
    private readonly SortedSet<string> _standingEnded = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _standingTold = new(StringComparer.Ordinal);

    private IEnumerable<SymbolSettings> Grids => _settings.Symbols.Where(s => s.Grid.Enabled && s.Accounts.Contains(_account));

    private async Task StandAsync()
    {
        foreach (var symbol in Grids)
        {
            var decision = Stand(symbol);
            await RecordStandingAsync(symbol, decision);
            GiveBack(symbol.Symbol, decision);
            var message = new StandingMessage(
                decision.Approved, _gate.State.ToString(), decision.Refusal is { } refusal ? $"{refusal.Reason} {refusal.Detail}" : "", _gate.Equity ?? 0);
            try
            {
                await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol.Symbol}").OnStanding(message);
                if (decision.Refusal is null) _standingEnded.Remove(symbol.Symbol);
                else _standingEnded.Add(symbol.Symbol);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // It is said again, and runs out where it is not heard.
                LogReconcileFailed(e, _account, $"{symbol.Symbol}: standing approval");
            }
        }
    }

    /// <summary>
    /// Gives a refused grid's reserve back, once execution has heard of the refusal in an earlier round and what it showed since has no entry left: nothing can
    /// come of it any more.
    /// </summary>
    private void GiveBack(string symbol, StandingDecision decision)
    {
        if (decision.Refusal is null || !_standingEnded.Contains(symbol) || !_books.TryGetValue(symbol, out var books)) return;
        if (books.LiveOrders.All(order => order.ReduceOnly || !_gate.IsCovered(symbol, order.ClientOrderId))) _gate.EndStanding(symbol);
    }

    private StandingDecision Stand(SymbolSettings symbol)
    {
        if (_catalog.Find(symbol.Symbol) is not { } rules)
            return new StandingDecision(null, new Refusal(RefusalReason.UnknownSymbol, $"symbol={symbol.Symbol} the venue does not list it"));
        var grid = symbol.Grid;
        var market = new MarketContext(rules, 0, null, null, Known(symbol.Symbol), 0, _marketTimeMs > 0 ? _marketTimeMs : NowMs);
        return _gate.Stand(
            new StandingRequest(
                _account, symbol.Symbol, RungOrderId.Strategy, grid.Ladder.Mode != GridMode.Short, grid.Ladder.Mode != GridMode.Long, grid.NotionalMax,
                rules.NotionalMin, grid.Ladder.OrdersMax, grid.OrdersPerMinuteMax, NowMs + StandingMs),
            market);
    }

    /// <summary>Durable before it is used, when it is another than before; renewals of the same are not worth a line.</summary>
    private async Task RecordStandingAsync(SymbolSettings symbol, StandingDecision decision)
    {
        var told = decision.Approved is { } approved ? $"{approved.Value.Sequence}" : decision.Refusal!.Reason.ToString();
        if (_standingTold.GetValueOrDefault(symbol.Symbol) == told) return;
        var terms = decision.Approved?.Value;
        var detail = terms is null ? decision.Refusal!.Detail : new ClientOrderId(_settings.EngineId, _account, RungOrderId.Strategy, terms.Sequence).ToString();
        var why = terms is null ? "" : Invariant($"long {terms.LongNotionalMax:0.##}, short {terms.ShortNotionalMax:0.##}, {terms.OrdersMax} orders, {terms.OrdersPerMinuteMax} a minute");
        var record = new DecisionRecord(
            _account, symbol.Symbol, RungOrderId.Strategy, $"{RungOrderId.Strategy}/{symbol.Symbol}/standing", "Standing", symbol.Grid.Ladder.Mode.ToString(), 1, -1,
            terms is null ? "Refused" : Approved, decision.Refusal?.Reason.ToString() ?? "", detail, why, "", _marketTimeMs, NowMs);
        if (terms is null) await _journal.EnqueueAsync([record], _epoch);
        else await _journal.AppendAsync([record, MakeSnapshot()], _epoch);
        _standingTold[symbol.Symbol] = told;
    }

    /// <summary>What a symbol's grid had reserved before it was switched off is given back.</summary>
    private void EndStandings()
    {
        foreach (var symbol in _settings.Symbols.Select(s => s.Symbol).Except(Grids.Select(s => s.Symbol))) _gate.EndStanding(symbol);
    }
}
