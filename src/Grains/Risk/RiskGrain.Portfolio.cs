using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Risk;
using Granary.Engine.Sizing;
using Granary.Grains.Interfaces.Risk;

namespace Granary.Grains.Risk;

/// <summary>The risk of the live book, and what of it limits the next entry: costs, and the symbol's share under risk parity.</summary>
public sealed partial class RiskGrain
{
    /// <summary>Funding due within this long counts as a cost of an entry: an hour.</summary>
    private const long FundingSoonMs = 3_600_000;

    /// <inheritdoc/>
    public ValueTask<RiskReport> GetReport() => ValueTask.FromResult(MakeReport());

    private ReturnHistory NewReturns() => new(_settings.ReturnPeriodMinutes, _settings.ReturnPeriods);

    private RiskReport MakeReport()
    {
        var gate = _gate.View();
        var positions = gate.Symbols.Where(s => s.Quantity != 0).Select(s => new PortfolioPosition(s.Symbol, s.Quantity * (Known(s.Symbol) ?? s.MarkPrice ?? s.EntryPrice)))
            .ToArray();
        var history = _returns.Of(positions.Length == 0 ? _symbols : [.. positions.Select(p => p.Symbol)]);
        var report = PortfolioReport.Of(
            positions, history, gate.Equity ?? 0, _ladders, _own.Limits.MaintenanceRate, StressScenarios.Of(_symbols, _settings.Scenarios));
        var stop = gate.Stop;
        return new RiskReport(
            _account, gate.State.ToString(), StateReason(), stop.Action.ToString(), stop.Action == StopAction.None ? "" : stop.Scope.ToString(), IsFlattenDue,
            gate.Equity, report.Exposure.Long, report.Exposure.Short, gate.ReservedNotional, report.MarginRatio, gate.LiquidationDistance, gate.DayLossRatio,
            gate.Drawdown, gate.LossStreak, gate.SizeMultiplier, gate.EntriesHaltedUntilMs, gate.PausedUntilMs > _marketTimeMs ? gate.PausedUntilMs : null,
            gate.IsDrawdownStopped, _settings.ReturnPeriodMinutes, history.Count == 0 ? 0 : history[0].Returns.Count, [.. Tails(report, history.Count == 0 ? 0 : history[0].Returns.Count)],
            [.. report.Scenarios.Select(s => new RiskScenario(s.Name, s.Profit))], [.. gate.Limits.Select(l => new RiskLimitUse(l.Name, l.Used, l.Max))],
            SymbolRisks(positions), _own.Limits.MakerFeeRate, _own.Limits.TakerFeeRate, NowMs);
    }

    /// <summary>A tail needs so many returns that one of them is beyond it: 20 for 95 %, 100 for 99 %.</summary>
    private static int ReturnsMin(double confidence) => (int)Math.Round(1 / (1 - confidence));

    private static IEnumerable<RiskTail> Tails(PortfolioReport report, int returns)
    {
        foreach (var (method, confidence, tail) in new[]
        {
            ("Historical", PortfolioTailLevel.P95, report.Historical95), ("Historical", PortfolioTailLevel.P99, report.Historical99),
            ("Parametric", PortfolioTailLevel.P95, report.Parametric95), ("Parametric", PortfolioTailLevel.P99, report.Parametric99),
        })
        {
            if (tail is { } known && returns >= ReturnsMin(confidence.Confidence)) yield return new RiskTail(method, confidence.Confidence, known.ValueAtRisk, known.ExpectedShortfall);
        }
    }

    private SymbolRisk[] SymbolRisks(PortfolioPosition[] positions)
    {
        var weights = ParityWeights();
        var risks = new SymbolRisk[_symbols.Length];
        for (var i = 0; i < risks.Length; i++)
        {
            var symbol = _symbols[i];
            var told = _markets.GetValueOrDefault(symbol);
            var notional = positions.FirstOrDefault(p => p.Symbol == symbol).Notional;
            var slippage = told is { Mark: > 0, PriceImpact: { } impact } ? SlippageEstimate.Share(told.Mark, Math.Abs(notional) / told.Mark, impact) : (decimal?)null;
            var funding = told is { Mark: > 0, NextFundingTimeMs: > 0 } && notional != 0
                ? FundingDue.Of(notional / told.Mark, told.Mark, told.FundingRate)
                : (decimal?)null;
            risks[i] = new SymbolRisk(symbol, notional, told?.Volatility, weights?[i].Weight, slippage, funding, told?.NextFundingTimeMs ?? 0);
        }

        return risks;
    }

    /// <summary>Shares of the account's symbols, in their order; null where risk parity is off.</summary>
    private ParityWeight[]? ParityWeights()
    {
        if (!_own.RiskParity) return null;
        var volatilities = new double?[_symbols.Length];
        for (var i = 0; i < volatilities.Length; i++) volatilities[i] = _markets.GetValueOrDefault(_symbols[i])?.Volatility;
        return RiskParity.Weights(volatilities);
    }

    /// <summary>The proposal, its position kept within the symbol's share of the account's gross notional.</summary>
    private Proposal WithinParity(Proposal proposal)
    {
        if (proposal.Kind != ProposalKind.Entry || ParityWeights() is not { } weights) return proposal;
        var at = Array.IndexOf(_symbols, proposal.Symbol);
        var share = at < 0 ? 0 : (decimal)weights[at].Weight * _own.Limits.GrossNotionalEquityMax;
        return proposal with { LeverageCap = Math.Min(proposal.LeverageCap ?? share, share) };
    }

    /// <summary>What a position of this side would pay at a funding that is near, a share of the notional; what it would receive is no reason to enter.</summary>
    private static decimal FundingShare(MarkNotice? told, OrderSide side, long timeMs) =>
        told is not null && told.NextFundingTimeMs > timeMs && told.NextFundingTimeMs - timeMs <= FundingSoonMs
            ? Math.Max(-FundingDue.Of((int)side, 1, told.FundingRate), 0)
            : 0;

    private void ShowMetrics()
    {
        var report = MakeReport();
        var account = new KeyValuePair<string, object?>("account", _account);
        if (report.Equity is { } equity) _metrics.Equity.Record((double)equity, account);
        _metrics.Exposure.Record((double)report.LongNotional, account, new("side", "long"));
        _metrics.Exposure.Record((double)report.ShortNotional, account, new("side", "short"));
        foreach (var tail in report.Tails)
        {
            var (method, level) = (new KeyValuePair<string, object?>("method", tail.Method.ToLowerInvariant()), new KeyValuePair<string, object?>("confidence", tail.Confidence));
            _metrics.ValueAtRisk.Record(tail.ValueAtRisk, account, method, level);
            _metrics.ExpectedShortfall.Record(tail.ExpectedShortfall, account, method, level);
        }

        foreach (var scenario in report.Scenarios) _metrics.Stress.Record((double)scenario.Profit, account, new("scenario", scenario.Name));
        foreach (var limit in report.Limits) _metrics.LimitUse.Record(limit.Max == 0 ? 0 : (double)(limit.Used / limit.Max), account, new("limit", limit.Name));

        // Without equity nothing covers the margin; without a position nothing can be liquidated.
        _metrics.MarginRatio.Record((double?)report.MarginRatio ?? double.PositiveInfinity, account);
        _metrics.LiquidationDistance.Record((double?)report.LiquidationDistance ?? double.PositiveInfinity, account);
        _metrics.Drawdown.Record((double)report.Drawdown, account);
        _metrics.Stop.Record((int)_gate.Stop.Action, account);
        var view = MakeView();
        _metrics.UnknownOrders.Record(view.UnknownOrders, account);
        _metrics.LiveOrders.Record(view.LiveOrders, account);
        _metrics.Profit.Record((double)view.RealizedPnl, account, new("kind", "realized"));
        _metrics.Profit.Record((double)view.UnrealizedPnl, account, new("kind", "unrealized"));
        _metrics.Profit.Record((double)view.DayPnl, account, new("kind", "day"));
        _metrics.Fees.Record((double)view.Fees, account);
    }
}
