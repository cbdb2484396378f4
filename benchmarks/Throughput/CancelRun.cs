using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Throughput;

/// <summary>
/// Cancels, one after the other, of limit orders that rest in the very symbol whose grain is flooded with trades: from the operator's command to the request on the
/// wire, and to the venue's answer in the books. Each order passes the gate and the journal like any other.
/// </summary>
internal sealed class CancelRun(IGrainFactory grains, string name, string symbol, TimeProvider time)
{
    /// <summary>The exchange takes 1,200 orders in a minute.</summary>
    private static readonly TimeSpan OrderInterval = TimeSpan.FromMilliseconds(52);

    private readonly IRiskGrain _risk = grains.GetGrain<IRiskGrain>("main");
    private readonly IExecutionGrain _execution = grains.GetGrain<IExecutionGrain>($"main/{symbol}");
    private readonly ISymbolGrain _symbol = grains.GetGrain<ISymbolGrain>(symbol);

    /// <summary>Milliseconds from each command to its request on the wire.</summary>
    public List<double> WireMs { get; } = [];

    /// <summary>Milliseconds from each command until the order was cancelled in the journal and the books.</summary>
    public List<double> DoneMs { get; } = [];

    /// <summary>Cancels so many orders.</summary>
    public async Task RunAsync(int count)
    {
        using var wire = new WireWatch("DELETE", "/fapi/v1/order");
        // The flood's prices are its own; orders rest in the exchange's market.
        var price = (await _symbol.GetView()).LastPrice;
        for (var i = 0; i < count; i++)
        {
            var started = time.GetTimestamp();
            await RestAsync(i, price);
            wire.Clear();
            var commanded = TimeProvider.System.GetTimestamp();
            await _risk.CancelAll("cancel latency");
            var done = TimeProvider.System.GetElapsedTime(commanded).TotalMilliseconds;
            if (wire.Sent is not { } sent) throw new InvalidOperationException($"cancel {i}: no request left");
            if ((await _execution.GetView()).LiveOrders.Count > 0) throw new InvalidOperationException($"cancel {i}: the order is still live");
            WireMs.Add(TimeProvider.System.GetElapsedTime(commanded, sent).TotalMilliseconds);
            DoneMs.Add(done);
            var left = OrderInterval - time.GetElapsedTime(started);
            if (left > TimeSpan.Zero) await Task.Delay(left, time);
        }
    }

    /// <summary>Brings one order to rest at the venue, a percent below its market.</summary>
    private async Task RestAsync(int number, decimal price)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var proposal = new Proposal("main", symbol, "resting", $"resting/{name}/{number}", ProposalKind.Entry, OrderSide.Buy, 1, (double)price / 100, price, now, number, null, "")
        {
            OrderType = OrderType.Limit,
            LimitPrice = Math.Round(price * 0.99m),
            TimeInForce = TimeInForce.Gtc,
        };
        var answer = await _risk.Propose(new ProposalMessage(proposal, new MarketState(price, null, null, price, 0, now), "", 0));
        if (!answer.Approved) throw new InvalidOperationException($"order {number}: {answer.Reason} {answer.Detail}");
        while (!(await _execution.GetView()).LiveOrders.Any(o => o.Status == OrderStatus.New)) await Task.Delay(TimeSpan.FromMilliseconds(1), time);
    }
}
