using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Grains.Hosting;
using Granary.Venues.Ports;

namespace Granary.Simulation.Defects;

/// <summary>What is wrong with the ports of an account on purpose.</summary>
internal sealed class DefectPorts(IAccountPorts ports, Defect defect) : IAccountPorts
{
    private readonly DefectAccount _account = new(ports.GetAccount(World.Account), defect);
    private readonly DefectTrading _trading = new(ports.GetTrading(World.Account), defect);

    public IAccountPort GetAccount(string account) => _account;

    public ITradingPort GetTrading(string account) => _trading;

    public IAccountSettingsPort? FindSettings(string account) => ports.FindSettings(account);

    public IAccountHistoryPort? FindHistory(string account) => ports.FindHistory(account);

    private sealed class DefectTrading(ITradingPort port, Defect defect) : ITradingPort
    {
        private int _orders;

        public async ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
        {
            var isThird = ++_orders % 3 == 0;
            if (defect == Defect.SentLarger && isThird && !request.ReduceOnly) request = request with { Quantity = request.Quantity * 2 };
            if (defect == Defect.ExitNotReduceOnly) request = request with { ReduceOnly = false };
            if (defect == Defect.Unapproved && isThird) await port.PlaceAsync(request with { ClientOrderId = request.ClientOrderId + "x" }, cancellationToken);
            var answer = await port.PlaceAsync(request, cancellationToken);
            if (answer.Kind != OrderAnswerKind.Unknown) return answer;
            return defect switch
            {
                Defect.SentAgain => await port.PlaceAsync(request, cancellationToken),
                Defect.TimeoutIsRefusal => answer with { Kind = OrderAnswerKind.NotSent },
                _ => answer,
            };
        }

        public async ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken)
        {
            if (defect != Defect.CancelClaimed) return await port.CancelAsync(symbol, clientOrderId, cancellationToken);
            var answer = await port.QueryAsync(symbol, clientOrderId, cancellationToken);
            return answer.Report is { } report && report.Status.IsLive() ? answer with { Report = report with { Status = OrderStatus.Canceled } } : answer;
        }

        public ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken) =>
            port.QueryAsync(symbol, clientOrderId, cancellationToken);

        public ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
            port.GetOpenOrdersAsync(symbol, cancellationToken);

        public ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken) => port.AmendAsync(request, cancellationToken);

        public ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken) => port.CancelAllAsync(symbol, cancellationToken);

        public ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken) =>
            port.CountdownCancelAllAsync(symbol, timeoutMs, cancellationToken);

        public ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken) =>
            port.PlaceTriggerAsync(request, cancellationToken);

        public ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) =>
            port.CancelTriggerAsync(symbol, clientId, cancellationToken);

        public ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) =>
            port.QueryTriggerAsync(symbol, clientId, cancellationToken);

        public ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken) =>
            port.GetOpenTriggersAsync(symbol, cancellationToken);
    }

    private sealed class DefectAccount(IAccountPort port, Defect defect) : IAccountPort
    {
        public int WeightLimit => port.WeightLimit;

        public ValueTask<IReadOnlyList<PositionReport>> GetPositionsAsync(string? symbol, CancellationToken cancellationToken) =>
            port.GetPositionsAsync(symbol, cancellationToken);

        public ValueTask<IReadOnlyList<BalanceReport>> GetBalancesAsync(CancellationToken cancellationToken) => port.GetBalancesAsync(cancellationToken);

        public ValueTask<IReadOnlyList<OrderReport>> GetForcedOrdersAsync(string symbol, CancellationToken cancellationToken) =>
            port.GetForcedOrdersAsync(symbol, cancellationToken);

        public async ValueTask<IReadOnlyList<Fill>> GetUserTradesAsync(string symbol, long fromTradeId, int limit, CancellationToken cancellationToken) =>
            defect == Defect.AuditBlind ? [] : await port.GetUserTradesAsync(symbol, fromTradeId, limit, cancellationToken);

        public Task RunUserStreamAsync(IUserStreamHandler handler, CancellationToken cancellationToken) =>
            port.RunUserStreamAsync(new DefectHandler(handler, defect), cancellationToken);
    }

    private sealed class DefectHandler(IUserStreamHandler handler, Defect defect) : IUserStreamHandler
    {
        private int _fills;

        public async ValueTask OnOrderAsync(OrderReport report, CancellationToken cancellationToken)
        {
            var isThird = report.Fill is not null && ++_fills % 3 == 0;
            if (defect == Defect.FeeMisread && isThird) report = report with { Fill = report.Fill! with { Fee = report.Fill.Fee * 2 } };
            await handler.OnOrderAsync(report, cancellationToken);
            if (defect == Defect.FillDoubled && isThird)
                await handler.OnOrderAsync(report with { Fill = report.Fill! with { TradeId = report.Fill.TradeId + 1_000_000_000 } }, cancellationToken);
        }

        public ValueTask OnAccountAsync(
            string reason, IReadOnlyList<BalanceReport> balances, IReadOnlyList<PositionReport> positions, long timeMs, CancellationToken cancellationToken) =>
            handler.OnAccountAsync(reason, balances, positions, timeMs, cancellationToken);

        public ValueTask OnTriggerAsync(TriggerOrderReport report, CancellationToken cancellationToken) => handler.OnTriggerAsync(report, cancellationToken);

        public ValueTask OnConnectionAsync(bool connected, string detail, CancellationToken cancellationToken) =>
            handler.OnConnectionAsync(connected, detail, cancellationToken);
    }
}
